use std::sync::Barrier;

use ch03_channels::lock_around_recv::{broken, fixed};
use explore::FailureKind;

/// Two photos, and each is finished only when the other has been begun.
///
/// So "one after the other" is not a matter of milliseconds here: it never ends.
fn both_are_under_way(develop_all: impl Fn(Vec<&'static str>, &(dyn Fn(&str) + Sync))) {
    let both = Barrier::new(2);
    develop_all(vec!["harbour", "bridge"], &|_| {
        both.wait();
    });
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| {
        both_are_under_way(|photos, develop| broken::develop_all(photos, develop));
    });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| {
        both_are_under_way(|photos, develop| fixed::develop_all(photos, develop));
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
