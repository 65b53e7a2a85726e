//! Prints what it costs each explorer to find each bug, as Markdown.
//!
//! ```text
//! cargo run --release --example table 2>/dev/null
//! ```
//! shuttle reports what it finds to the standard error as well.

use crosscheck::measure::{self, Row};
use crosscheck::{tasks, threads};

fn main() {
    let threads: Vec<Row> = threads::programs().iter().map(measure::threads).collect();
    let tasks: Vec<Row> = tasks::programs().iter().map(measure::tasks).collect();
    for (what, rows, with_loom) in [("threads", threads, true), ("tasks", tasks, false)] {
        let (broken, sound): (Vec<Row>, Vec<Row>) =
            rows.into_iter().partition(|row| row.broken.is_some());
        let columns = [true, true, true, true, with_loom];
        print(&format!("Programs of {what} that break"), &broken, columns);
        // Random schedules never come to an end.
        let columns = [true, false, false, true, with_loom];
        print(&format!("Programs of {what} that hold"), &sound, columns);
    }
}

fn print(title: &str, rows: &[Row], columns: [bool; 5]) {
    let line = |name: &str, cells: [String; 5]| {
        let cells = cells.into_iter().zip(columns);
        let cells: Vec<String> = cells
            .filter_map(|(cell, shown)| shown.then_some(cell))
            .collect();
        println!("| {name} | {} |", cells.join(" | "));
    };
    println!("### {title}\n");
    line(
        "program",
        ["ours", "random", "PCT", "DFS", "loom"].map(str::to_owned),
    );
    line("---", columns.map(|_| "--:".to_owned()));
    for row in rows {
        let name = format!("`{}`", row.name);
        line(&name, row.costs.map(|cost| cost.to_string()));
    }
    println!();
}
