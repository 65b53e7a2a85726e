//! Giving way to the others.

use std::future::poll_fn;
use std::panic::Location;
use std::task::Poll;

use explore::runtime::task;

#[track_caller]
pub fn yield_now() -> impl Future<Output = ()> {
    let place = Location::caller();
    async move {
        let mut yielded = false;
        poll_fn(|_| {
            if yielded {
                return Poll::Ready(());
            }
            yielded = true;
            task::step(place).say(|note| note.what("yields"));
            task::defer();
            Poll::Pending
        })
        .await;
    }
}
