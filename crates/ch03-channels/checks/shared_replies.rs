use std::thread::{self, JoinHandle};

use ch03_channels::shared_replies::{broken, fixed};
use explore::FailureKind;

/// Two counters ask at the same time.
fn everybody_gets_their_own_answer<O: Sync>(
    (office, work): (O, JoinHandle<()>),
    postage: fn(&O, u32) -> u32,
) {
    let cents = thread::scope(|town| {
        let parcel = town.spawn(|| postage(&office, 500));
        [postage(&office, 20), parcel.join().unwrap()]
    });
    drop(office);
    work.join().unwrap();
    assert!(
        cents == [120, 1080],
        "the answers are {cents:?}, and not [120, 1080]"
    );
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| {
        everybody_gets_their_own_answer(broken::Office::open(), broken::Office::postage);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| {
        everybody_gets_their_own_answer(fixed::Office::open(), fixed::Office::postage);
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
