//! Right: a queue for each urgency, and a hand-made future that looks at all there is to wait for.

use std::collections::{BTreeMap, VecDeque};
use std::future::poll_fn;
use std::num::NonZeroUsize;
use std::pin::pin;
use std::task::Poll;

use tokio::sync::mpsc::{Receiver, Sender};

/// A parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// How urgent it is; more is more urgent.
    pub urgency: u8,
    /// Its number.
    pub number: u32,
}

enum Event {
    Came(Option<Parcel>),
    Room,
    Gone,
}

/// Hands parcels on, the most urgent first, and holds at most `places` of them.
pub async fn sort(mut input: Receiver<Parcel>, output: Sender<Parcel>, places: NonZeroUsize) {
    let mut queues: BTreeMap<u8, VecDeque<Parcel>> = BTreeMap::new();
    let mut held = 0;
    let mut is_open = true;
    while is_open || held > 0 {
        let event = {
            let mut room = pin!(output.reserve());
            let mut closed = pin!(output.closed());
            poll_fn(|context| {
                if is_open
                    && held < places.get()
                    && let Poll::Ready(parcel) = input.poll_recv(context)
                {
                    return Poll::Ready(Event::Came(parcel));
                }
                if held == 0 {
                    return closed.as_mut().poll(context).map(|()| Event::Gone);
                }
                // Given back at once, and taken again by `try_reserve`: there is no other sender.
                room.as_mut().poll(context).map(|room| match room {
                    Ok(_room) => Event::Room,
                    Err(_) => Event::Gone,
                })
            })
            .await
        };
        match event {
            Event::Came(None) => is_open = false,
            Event::Came(Some(parcel)) => {
                queues.entry(parcel.urgency).or_default().push_back(parcel);
                held += 1;
            }
            Event::Gone => return,
            Event::Room => {
                let mut most = queues.last_entry().expect("one is held");
                let parcel = most.get_mut().pop_front().expect("no queue is empty");
                if most.get().is_empty() {
                    most.remove();
                }
                held -= 1;
                if output.try_send(parcel).is_err() {
                    return;
                }
            }
        }
    }
}
