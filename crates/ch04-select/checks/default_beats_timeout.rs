use std::thread;
use std::time::{Duration, Instant};

use ch04_select::default_beats_timeout::{broken, fixed};
use crossbeam::channel::{self, Receiver};
use explore::FailureKind;

/// Whoever gives up before the weight is there has waited for a second.
fn the_scale_gets_its_second(weigh: fn(&Receiver<u32>) -> Option<u32>) {
    let (settled, scale) = channel::bounded(1);
    let settling = thread::spawn(move || {
        let _ = settled.send(250);
    });
    let start = Instant::now();
    let weight = weigh(&scale);
    let waited = start.elapsed();
    settling.join().expect("a scale does not panic");
    assert!(
        weight.is_some() || waited >= Duration::from_secs(1),
        "the scale was given up after {} ms",
        waited.as_millis()
    );
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| the_scale_gets_its_second(broken::weigh));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| the_scale_gets_its_second(fixed::weigh));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
