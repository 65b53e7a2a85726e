use std::time::Duration;

use ch06_fan_out::one_ledger::{Ledger, broken, fixed};
use explore::FailureKind;
use tokio::time::{self, Instant};

/// Every shop needs a second to count.
async fn takings(shop: u32) -> (&'static str, u64) {
    time::sleep(Duration::from_secs(1)).await;
    ("EUR", u64::from(shop) * 100)
}

async fn the_shops_count_at_the_same_time(close_the_books: impl AsyncFn(Vec<u32>) -> Ledger) {
    let began = Instant::now();
    let ledger = close_the_books(vec![1, 2]).await;
    let took = began.elapsed();
    assert!(ledger == Ledger::from([("EUR", 300)]), "{ledger:?}");
    assert!(
        took == Duration::from_secs(1),
        "two shops that count for a second each took {took:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| {
        the_shops_count_at_the_same_time(async |shops| {
            broken::close_the_books(shops, takings).await
        })
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| {
        the_shops_count_at_the_same_time(async |shops| fixed::close_the_books(shops, takings).await)
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
