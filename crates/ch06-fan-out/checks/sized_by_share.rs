use std::time::Duration;

use ch06_fan_out::sized_by_share::{COMPUTING, WAITING, broken, fixed};
use explore::FailureKind;
use tokio::sync::Semaphore;
use tokio::time::{self, Instant};

/// Two images on one core: a permit, which whoever computes holds.
async fn the_core_is_never_idle(convert_all: impl AsyncFn(&Semaphore) -> usize) {
    let core = Semaphore::new(1);
    let began = Instant::now();
    let images = convert_all(&core).await;
    let (took, busy) = (began.elapsed(), COMPUTING * 2);
    let idle = took - busy - WAITING;
    assert!(
        idle == Duration::ZERO,
        "{images} images took {took:?}, and the core was idle for {idle:?} of it"
    );
}

async fn convert(core: &Semaphore) {
    let busy = core.acquire().await.expect("the core stays");
    time::sleep(COMPUTING).await;
    drop(busy);
    time::sleep(WAITING).await;
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| {
        the_core_is_never_idle(async |core| broken::convert_all(2, 1, |_| convert(core)).await)
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| {
        the_core_is_never_idle(async |core| fixed::convert_all(2, 1, |_| convert(core)).await)
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
