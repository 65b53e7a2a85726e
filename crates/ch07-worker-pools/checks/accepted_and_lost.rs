use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch07_worker_pools::accepted_and_lost::{Status, broken, fixed};
use explore::FailureKind;
use tokio::time;

type Board = Arc<Mutex<BTreeMap<u32, Status>>>;

/// Job 17 is in the printer and job 18 in the tray when the shop closes.
async fn every_job_has_an_end<S>(
    open: fn(Board) -> S,
    accept: fn(&S, u32) -> bool,
    close: impl AsyncFn(S),
) {
    let board = Board::default();
    let shop = open(board.clone());
    for job in [17, 18] {
        assert!(accept(&shop, job), "the tray is empty");
    }
    time::sleep(Duration::from_secs(1)).await;
    close(shop).await;
    let board = board.lock().unwrap();
    assert!(
        board.values().all(|status| *status != Status::Accepted),
        "the shop is closed, and the board says {board:?}"
    );
}

#[test]
fn broken() {
    use broken::Shop;
    let verdict =
        explore::tasks().explore(|| every_job_has_an_end(Shop::open, Shop::accept, Shop::close));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Shop;
    let verdict =
        explore::tasks().explore(|| every_job_has_an_end(Shop::open, Shop::accept, Shop::close));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
