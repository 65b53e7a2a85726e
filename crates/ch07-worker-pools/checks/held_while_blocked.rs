use std::time::Duration;

use ch07_worker_pools::held_while_blocked::{broken, fixed};
use explore::FailureKind;
use tokio::sync::SemaphorePermit;
use tokio::time;

/// While the only cook makes soup, a pie is ordered, and five minutes later something urgent.
async fn the_urgent_dish_is_next<K>(
    kitchen: K,
    order: fn(&K, (u8, &'static str)),
    next: impl AsyncFn(&K) -> (&'static str, SemaphorePermit<'_>),
) {
    order(&kitchen, (1, "soup"));
    let (_soup, cook) = next(&kitchen).await;
    order(&kitchen, (1, "pie"));
    let meanwhile = async {
        time::sleep(Duration::from_secs(300)).await;
        order(&kitchen, (9, "baby food"));
        drop(cook);
    };
    let ((dish, _), ()) = tokio::join!(next(&kitchen), meanwhile);
    assert!(
        dish == "baby food",
        "baby food was ordered before the cook had time, and next was {dish}"
    );
}

#[test]
fn broken() {
    use broken::Kitchen;
    let verdict = explore::tasks()
        .explore(|| the_urgent_dish_is_next(Kitchen::open(1), Kitchen::order, Kitchen::next));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Kitchen;
    let verdict = explore::tasks()
        .explore(|| the_urgent_dish_is_next(Kitchen::open(1), Kitchen::order, Kitchen::next));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
