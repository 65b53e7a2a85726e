//! What the README shows is what the workshop does.

use std::fs;
use std::path::Path;

use crate::support::Workshop;

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let path = root.expect("the root of the workshop").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn its_picture_is_that_of_the_pair() {
    let snapshot =
        read("crates/ch11-deadlocks/checks/snapshots/checks__opposite_transfers__broken.snap");
    let picture = snapshot.split_once("\n\n").map(|(_, picture)| picture);
    let picture = picture.expect("a verdict, an empty line, a picture");
    let shown = format!("```text\n{}\n```", picture.trim_end());
    assert!(
        read("README.md").contains(&shown),
        "the README has another picture than this one:\n{shown}"
    );
}

#[test]
fn its_commands_exist() {
    let readme = read("README.md");
    let commands: Vec<&str> = readme
        .lines()
        .filter_map(|line| line.strip_prefix("$ cargo xtask "))
        .filter_map(|rest| rest.split_whitespace().next())
        .collect();
    assert!(
        commands.contains(&"check") && commands.contains(&"verify"),
        "{commands:?}"
    );
    let help = Workshop::new("readme").xtask(&["--help"]).stdout;
    for command in commands {
        assert!(
            help.lines()
                .any(|line| line.trim_start().starts_with(&format!("{command} "))),
            "the README names `{command}`, the help does not:\n{help}"
        );
    }
}

#[test]
fn it_names_every_chapter() {
    let readme = read("README.md");
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let chapters = fs::read_dir(crates).expect("crates").filter_map(|entry| {
        let name = entry.ok()?.file_name().into_string().ok()?;
        name.starts_with("ch").then_some(name)
    });
    for chapter in chapters {
        let link = format!("| [{chapter}](crates/{chapter}/src/lib.rs) |");
        assert!(readme.contains(&link), "the README has no row `{link}`");
    }
}
