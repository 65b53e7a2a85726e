use std::thread;

use ch03_channels::room_then_send::{broken, fixed};
use crossbeam::channel::{self, Sender};
use explore::FailureKind;

/// Two customers come at once, and the shelf holds one bicycle.
fn one_of_two_is_accepted(accept: fn(&'static str, &Sender<&'static str>) -> bool) {
    let (shelf, _repairs) = channel::bounded(1);
    thread::scope(|shop| {
        let other = shop.spawn(|| accept("blue", &shelf));
        let mine = accept("red", &shelf);
        let other = other.join().unwrap();
        assert!(mine != other, "accepted: {mine} and {other}");
    });
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| one_of_two_is_accepted(broken::accept));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| one_of_two_is_accepted(fixed::accept));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
