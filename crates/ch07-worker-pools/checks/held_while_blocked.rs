use std::sync::Arc;
use std::time::Duration;

use ch07_worker_pools::held_while_blocked::{broken, fixed};
use explore::FailureKind;
use tokio::time;

/// A pie is ordered while soup is cooked, and five minutes later something urgent.
async fn the_urgent_dish_is_next<B: Send + Sync + 'static>(
    board: B,
    order: fn(&B, (u8, &'static str)),
    cook: impl AsyncFn(&B, &mut Vec<&'static str>),
) {
    let board = Arc::new(board);
    for dish in ["soup", "pie"] {
        order(&board, (1, dish));
    }
    let guest = tokio::spawn({
        let board = Arc::clone(&board);
        async move {
            time::sleep(Duration::from_secs(300)).await;
            order(&board, (9, "baby food"));
        }
    });
    let mut begun = Vec::new();
    cook(&board, &mut begun).await;
    guest.await.expect("no panic");
    let urgent = begun.iter().position(|dish| *dish == "baby food");
    assert!(
        urgent == Some(1),
        "baby food was ordered while the first dish was cooked, and the dishes were {begun:?}"
    );
}

#[test]
fn broken() {
    use broken::Board;
    let verdict = explore::tasks().explore(|| {
        the_urgent_dish_is_next(Board::empty(), Board::order, async |board, begun| {
            board.cook(2, |dish| begun.push(dish)).await;
        })
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Board;
    let verdict = explore::tasks().explore(|| {
        the_urgent_dish_is_next(Board::empty(), Board::order, async |board, begun| {
            board.cook(2, |dish| begun.push(dish)).await;
        })
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
