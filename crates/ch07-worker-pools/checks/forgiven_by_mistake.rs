use std::thread;

use ch07_worker_pools::forgiven_by_mistake::{broken, fixed};
use explore::FailureKind;

/// The ban of job 7 is over at minute 60. One worker asks for it, and another one has just seen it
/// crash again.
fn a_new_ban_stands<B: Sync>(bans: B, ban: fn(&B, u32, u32), may_run: fn(&B, u32, u32) -> bool) {
    ban(&bans, 7, 60);
    thread::scope(|scope| {
        scope.spawn(|| may_run(&bans, 7, 60));
        ban(&bans, 7, 120);
    });
    let runs = may_run(&bans, 7, 61);
    assert!(
        !runs,
        "job 7 is banned until minute 120, and runs at minute 61"
    );
}

#[test]
fn broken() {
    use broken::Bans;
    let verdict =
        explore::threads().explore(|| a_new_ban_stands(Bans::none(), Bans::ban, Bans::may_run));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Bans;
    let verdict =
        explore::threads().explore(|| a_new_ban_stands(Bans::none(), Bans::ban, Bans::may_run));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
