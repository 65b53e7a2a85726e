use std::thread;

use ch03_channels::one_listener_hears::{broken, fixed};
use crossbeam::channel::Receiver;
use explore::FailureKind;

/// Counts what is heard on all floors until the loudspeakers are turned off.
fn heard_on(floors: Vec<Receiver<&'static str>>) -> usize {
    thread::scope(|store| {
        let listening = floors
            .into_iter()
            .map(|floor| store.spawn(move || floor.iter().count()));
        let listening: Vec<_> = listening.collect();
        listening
            .into_iter()
            .map(|heard| heard.join().unwrap())
            .sum()
    })
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| {
        let (microphone, floors) = broken::Microphone::install(2);
        microphone.announce("we close at eight");
        drop(microphone);
        let heard = heard_on(floors);
        assert!(heard == 2, "it was heard on {heard} of 2 floors");
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| {
        let (microphone, floors) = fixed::Microphone::install(2);
        microphone.announce("we close at eight");
        drop(microphone);
        let heard = heard_on(floors);
        assert!(heard == 2, "it was heard on {heard} of 2 floors");
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
