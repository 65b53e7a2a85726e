//! Taking what is there now from two channels, without waiting: what Go does with a `select` and
//! an empty `default` in a loop.

use tokio::sync::mpsc::{self, Receiver, error::TryRecvError};

/// Takes from both in turn until both are empty; which of them are over.
fn drain(mut inboxes: [&mut Receiver<&'static str>; 2]) -> (Vec<&'static str>, [bool; 2]) {
    let (mut taken, mut closed) = (Vec::new(), [false; 2]);
    loop {
        let before = taken.len();
        for (inbox, closed) in inboxes.iter_mut().zip(&mut closed) {
            match inbox.try_recv() {
                Ok(letter) => taken.push(letter),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => *closed = true,
            }
        }
        if taken.len() == before {
            return (taken, closed);
        }
    }
}

#[test]
fn both_are_emptied_in_turn_and_the_end_is_told_from_a_pause() {
    let verdict = explore::tasks().explore(|| async {
        let (post, mut letters) = mpsc::channel(4);
        let (shop, mut parcels) = mpsc::channel(4);
        for letter in ["a", "b", "c"] {
            post.try_send(letter).expect("there is room");
        }
        shop.try_send("X").expect("there is room");
        drop(shop);
        let (taken, closed) = drain([&mut letters, &mut parcels]);
        assert!(taken == ["a", "X", "b", "c"], "{taken:?} were taken");
        assert!(closed == [false, true], "closed are {closed:?}");
        // Nobody has been kept waiting, and the first one goes on.
        post.try_send("d").expect("it is open");
        let (taken, _) = drain([&mut letters, &mut parcels]);
        assert!(taken == ["d"], "{taken:?} were taken");
    });
    verdict.expect_pass();
}
