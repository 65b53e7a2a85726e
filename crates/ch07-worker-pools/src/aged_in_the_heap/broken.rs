//! Complaints: the gravest first, and who has waited for long counts as graver.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// A complaint; every ten minutes of waiting make it one degree graver.
#[derive(Debug)]
pub struct Complaint {
    /// What is wrong.
    pub about: &'static str,
    gravity: AtomicU32,
    since: u32,
    first: u32,
}

/// Those that nobody has looked at yet.
#[derive(Default)]
pub struct Desk {
    order: BinaryHeap<Complaint>,
}

impl Desk {
    /// Takes a complaint, at a minute of the day.
    pub fn take(&mut self, about: &'static str, gravity: u32, minute: u32) {
        self.order.push(Complaint {
            about,
            gravity: AtomicU32::new(gravity),
            since: minute,
            first: gravity,
        });
    }

    /// The one that is gravest at this minute.
    pub fn next(&mut self, minute: u32) -> Option<&'static str> {
        for complaint in &self.order {
            let waited = minute - complaint.since;
            let gravity = complaint.first + waited / 10;
            complaint.gravity.store(gravity, Relaxed);
        }
        Some(self.order.pop()?.about)
    }
}

impl Ord for Complaint {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gravity.load(Relaxed).cmp(&other.gravity.load(Relaxed))
    }
}

impl PartialOrd for Complaint {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Complaint {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Complaint {}
