use std::time::Duration;

use ch02_joining::half_booked::{Train, broken, fixed};
use explore::FailureKind;
use tokio::time::Instant;

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let (there, back) = trains();
        let trip = broken::book(&there, &back).await;
        assert!(trip.is_err(), "there is a seat on a full train");
        no_seat_is_held(&there);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let (there, back) = trains();
        let asked = Instant::now();
        let trip = fixed::book(&there, &back).await;
        assert!(trip.is_err(), "there is a seat on a full train");
        no_seat_is_held(&there);
        let took = asked.elapsed();
        assert!(
            took == Duration::from_secs(2),
            "the answers come after 1 and 2 s, and both are there after {took:?}"
        );
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}

/// A train with one seat, and one that is full and answers sooner.
fn trains() -> (Train, Train) {
    let there = Train::new(1, Duration::from_secs(2));
    let back = Train::new(0, Duration::from_secs(1));
    (there, back)
}

fn no_seat_is_held(train: &Train) {
    let free = train.free();
    assert!(free == 1, "nobody travels, and {free} of 1 seats are free");
}
