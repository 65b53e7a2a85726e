//! `tokio::sync::Barrier`.
//!
//! It is written anew, since tokio's wakes those who wait in a random order; here they go on in
//! the order in which they came, and other orders are tried by the explorer.

use std::panic::Location;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use explore::runtime::Object;
use explore::runtime::task::Await;
use real::sync::Notify;

use crate::leaf::leaf;

/// A place where tasks wait until enough of them are there.
#[derive(Debug)]
pub struct Barrier {
    object: Object,
    needed: usize,
    arrived: AtomicUsize,
    /// How often enough of them have been there.
    generation: AtomicU64,
    opened: Notify,
}

/// Tells one of those who waited together from the others.
#[derive(Debug, Clone)]
pub struct BarrierWaitResult(bool);

impl BarrierWaitResult {
    pub fn is_leader(&self) -> bool {
        self.0
    }
}

impl Barrier {
    #[track_caller]
    pub fn new(n: usize) -> Barrier {
        Barrier {
            object: Object::new("Barrier", Location::caller()),
            needed: n.max(1),
            arrived: AtomicUsize::new(0),
            generation: AtomicU64::new(0),
            opened: Notify::const_new(),
        }
    }

    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = BarrierWaitResult> {
        let place = Location::caller();
        async move {
            let wait = Await::on(place, &self.object, "waits for others at");
            let (leads, turn) = leaf(wait, self.arrive()).await;
            turn.say(|note| {
                let name = note.name(&self.object);
                let what = match leads {
                    true => format!("is the last to arrive at {name}"),
                    false => format!("goes on from {name}"),
                };
                note.what(what).uses(&self.object)
            });
            BarrierWaitResult(leads)
        }
    }

    /// Arrives, and waits for enough others; whether it was the last of them. As in tokio, who
    /// gives up waiting has arrived all the same.
    async fn arrive(&self) -> bool {
        let opened = self.opened.notified();
        let generation = self.generation.load(Ordering::Relaxed);
        let arrived = self.arrived.fetch_add(1, Ordering::Relaxed) + 1;
        if arrived == self.needed {
            self.arrived.store(0, Ordering::Relaxed);
            self.generation.store(generation + 1, Ordering::Relaxed);
            self.opened.notify_waiters();
            return true;
        }
        opened.await;
        debug_assert!(self.generation.load(Ordering::Relaxed) > generation);
        false
    }
}
