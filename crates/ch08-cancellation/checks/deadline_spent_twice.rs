use std::time::Duration;

use ch08_cancellation::deadline_spent_twice::{broken, fixed};
use explore::FailureKind;
use tokio::time::{self, Instant};
use tokio_util::task::TaskTracker;

/// The customers need 20 seconds, the orders 40, and after 30 the lights go out.
async fn nobody_is_left_in_the_dark(close: impl AsyncFn(&TaskTracker, &TaskTracker) -> bool) {
    let (customers, orders) = (TaskTracker::new(), TaskTracker::new());
    customers.spawn(time::sleep(Duration::from_secs(20)));
    let packing = orders.spawn(time::sleep(Duration::from_secs(40)));
    let start = Instant::now();
    close(&customers, &orders).await;
    let taken = start.elapsed().as_secs();
    assert!(taken <= 30, "closing within 30 s took {taken} s");
    packing.abort();
    orders.wait().await;
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| nobody_is_left_in_the_dark(broken::close));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| nobody_is_left_in_the_dark(fixed::close));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
