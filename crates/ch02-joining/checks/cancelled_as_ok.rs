use std::time::Duration;

use ch02_joining::cancelled_as_ok::{Incomplete, Shop, broken, fixed};
use explore::FailureKind;
use tokio::time;
use tokio_util::sync::CancellationToken;

/// The second shop needs five seconds, and after three the caller gives up.
async fn a_part_is_not_the_sum<F>(turnover: fn(Vec<Shop>, CancellationToken) -> F)
where
    F: Future<Output = Result<u32, Incomplete>>,
{
    let shop = |seconds, turnover| Shop {
        counts_for: Duration::from_secs(seconds),
        turnover,
    };
    let stop = CancellationToken::new();
    let give_up = async {
        time::sleep(Duration::from_secs(3)).await;
        stop.cancel();
    };
    let shops = vec![shop(1, 700), shop(5, 900)];
    let (total, ()) = tokio::join!(turnover(shops, stop.clone()), give_up);
    assert!(
        total == Err(Incomplete),
        "shops that sold for 700 and 900 report {total:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| a_part_is_not_the_sum(broken::turnover));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| a_part_is_not_the_sum(fixed::turnover));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
