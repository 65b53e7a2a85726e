//! Grades the papers of a class, with several threads that take the next from one pile.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

/// How many grade at a time.
const TEACHERS: usize = 2;

/// The points of all `papers` together.
pub fn grade_all(papers: &[u32]) -> u32 {
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let teachers: [_; TEACHERS] = std::array::from_fn(|_| {
            scope.spawn(|| {
                let mut points = 0;
                while let Some(paper) = papers.get(next.fetch_add(1, Relaxed)) {
                    points += paper;
                }
                points
            })
        });
        let points = teachers.map(|teacher| teacher.join().expect("grading does not fail"));
        points.iter().sum()
    })
}
