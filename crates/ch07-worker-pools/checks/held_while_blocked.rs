use std::sync::Arc;

use ch07_worker_pools::held_while_blocked::{broken, fixed};
use explore::FailureKind;

/// A pie is ordered, then something urgent, and then a cook has time.
async fn the_urgent_dish_is_next<K: Send + Sync + 'static>(
    kitchen: K,
    order: fn(&K, (u8, &'static str)),
    cook_is_free: fn(&K),
    next: impl AsyncFn(&K) -> &'static str,
) {
    let kitchen = Arc::new(kitchen);
    order(&kitchen, (1, "pie"));
    let guests = Arc::clone(&kitchen);
    let guest = tokio::spawn(async move {
        order(&guests, (9, "baby food"));
        cook_is_free(&guests);
    });
    let dish = next(&kitchen).await;
    guest.await.expect("guests do not panic");
    assert!(
        dish == "baby food",
        "baby food was ordered before a cook had time, and next was {dish}"
    );
}

#[test]
fn broken() {
    use broken::Kitchen as K;
    let verdict = explore::tasks()
        .explore(|| the_urgent_dish_is_next(K::busy(), K::order, K::cook_is_free, K::next));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Kitchen as K;
    let verdict = explore::tasks()
        .explore(|| the_urgent_dish_is_next(K::busy(), K::order, K::cook_is_free, K::next));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
