//! Right: one half takes in, the other hands on, and a lock with the parcels stands between them.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};

use tokio::sync::mpsc::{Receiver, Sender};
use tokio::sync::{Notify, Semaphore};

/// A parcel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// How urgent it is; more is more urgent.
    pub urgency: u8,
    /// Its number.
    pub number: u32,
}

/// Hands parcels on, the most urgent first, and holds at most `places` of them.
pub async fn sort(mut input: Receiver<Parcel>, output: Sender<Parcel>, places: NonZeroUsize) {
    let held = Mutex::new(Vec::<Parcel>::new());
    let free = Arc::new(Semaphore::new(places.get()));
    let came = Notify::new();
    let taking_in = async {
        loop {
            let place = free.acquire().await.expect("it stays open");
            let Some(parcel) = input.recv().await else {
                return;
            };
            place.forget();
            held.lock().unwrap().push(parcel);
            came.notify_one();
        }
    };
    let handing_on = async {
        loop {
            while held.lock().unwrap().is_empty() {
                came.notified().await;
            }
            let Ok(room) = output.reserve().await else {
                return;
            };
            room.send(most_urgent(&mut held.lock().unwrap()));
            free.add_permits(1);
        }
    };
    tokio::select! {
        () = taking_in => {}
        () = handing_on => return,
        () = output.closed() => return,
    }
    let mut rest = held.into_inner().unwrap();
    while !rest.is_empty() {
        let Ok(room) = output.reserve().await else {
            return;
        };
        room.send(most_urgent(&mut rest));
    }
}

fn most_urgent(held: &mut Vec<Parcel>) -> Parcel {
    let most = held.iter().map(|parcel| parcel.urgency).max();
    let place = held.iter().position(|parcel| Some(parcel.urgency) == most);
    held.remove(place.expect("one is held"))
}
