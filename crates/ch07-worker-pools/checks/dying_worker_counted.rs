use ch07_worker_pools::dying_worker_counted::{broken, fixed};
use crossbeam::channel::{self, Receiver};
use explore::FailureKind;

/// Unpacks crates, but for the first one, which falls apart.
fn unpack(number: u32) {
    assert!(number > 1, "crate {number} falls apart");
}

fn no_crate_is_left(unpack_all: fn(Receiver<u32>, fn(u32))) {
    let (dock, crates) = channel::bounded(2);
    for number in [1, 2] {
        dock.send(number).expect("the crates are there");
    }
    drop(dock);
    unpack_all(crates.clone(), unpack);
    let left = crates.len();
    assert!(
        left == 0,
        "everybody has gone home, and {left} of 2 crates is left"
    );
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| no_crate_is_left(broken::unpack_all));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| no_crate_is_left(fixed::unpack_all));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
