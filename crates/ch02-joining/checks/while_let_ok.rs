use std::time::Duration;

use ch02_joining::while_let_ok::{Supplier, broken, fixed};
use explore::FailureKind;

fn supplier(seconds: u64, price: Option<u32>) -> Supplier {
    Supplier {
        answers_in: Duration::from_secs(seconds),
        price,
    }
}

async fn the_lowest_price_wins<F>(best_offer: fn(Vec<Supplier>) -> F)
where
    F: Future<Output = Option<u32>>,
{
    let suppliers = vec![
        supplier(1, Some(1200)),
        supplier(2, None),
        supplier(3, Some(900)),
    ];
    let best = best_offer(suppliers).await;
    assert!(best == Some(900), "the best of 1200 and 900 is {best:?}");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_lowest_price_wins(broken::best_offer));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_lowest_price_wins(fixed::best_offer));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
