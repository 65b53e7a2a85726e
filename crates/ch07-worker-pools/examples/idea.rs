//! The chapter's idea in Rust, as the book shows it: three workers, one queue.

use std::thread;

use crossbeam::channel;

/// Squares all numbers, with three workers; the results come in no order.
fn squares(numbers: Vec<u64>) -> Vec<u64> {
    let (jobs, queue) = channel::bounded(10);
    let (done, results) = channel::bounded(10);
    thread::scope(|scope| {
        for _ in 0..3 {
            let (queue, done) = (queue.clone(), done.clone());
            scope.spawn(move || {
                for number in queue {
                    done.send(number * number).expect("somebody collects");
                }
            });
        }
        // The workers have theirs; the results end when the last of them is gone.
        drop((queue, done));
        scope.spawn(move || {
            for number in numbers {
                jobs.send(number).expect("somebody works");
            }
        });
        results.iter().collect()
    })
}

fn main() {
    let mut squares = squares((1..=10).collect());
    squares.sort_unstable();
    println!("{squares:?}");
}
