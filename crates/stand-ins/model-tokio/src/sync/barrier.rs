//! `tokio::sync::Barrier`: tokio's own, told to the explorer.

use std::panic::Location;

use explore::runtime::Object;
use explore::runtime::task::Await;

use crate::leaf::leaf;

pub use real::sync::BarrierWaitResult;

/// A place where tasks wait until enough of them are there.
#[derive(Debug)]
pub struct Barrier {
    object: Object,
    real: real::sync::Barrier,
}

impl Barrier {
    #[track_caller]
    pub fn new(n: usize) -> Barrier {
        Barrier {
            object: Object::new("Barrier", Location::caller()),
            real: real::sync::Barrier::new(n),
        }
    }

    #[track_caller]
    pub fn wait(&self) -> impl Future<Output = BarrierWaitResult> {
        let place = Location::caller();
        async move {
            let wait = Await::on(place, &self.object, "waits for others at");
            let (result, turn) = leaf(wait, self.real.wait()).await;
            turn.say(|note| {
                let name = note.name(&self.object);
                let what = match result.is_leader() {
                    true => format!("is the last to arrive at {name}"),
                    false => format!("goes on from {name}"),
                };
                note.what(what).uses(&self.object)
            });
            result
        }
    }
}
