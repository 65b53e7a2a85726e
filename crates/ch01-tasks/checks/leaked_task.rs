use std::time::Duration;

use ch01_tasks::leaked_task::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let sessions = broken::Sessions::open();
        sessions.log_in("ada", Duration::from_secs(30));
        sessions.close().await;
    });
    verdict.expect_failure(FailureKind::LeftBehind);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let sessions = fixed::Sessions::open();
        sessions.log_in("ada", Duration::from_secs(30));
        sessions.close().await;
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
