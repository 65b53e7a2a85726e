use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use ch07_worker_pools::accepted_and_lost::{Status, broken, fixed};
use explore::FailureKind;

type Board = Arc<Mutex<BTreeMap<u32, Status>>>;

/// The shop closes as soon as it has accepted a job.
async fn every_job_has_an_end<S>(
    open: fn(Board) -> S,
    accept: fn(&S, u32) -> bool,
    close: impl AsyncFn(S),
) {
    let board = Arc::new(Mutex::new(BTreeMap::new()));
    let shop = open(board.clone());
    assert!(accept(&shop, 17), "the tray is empty");
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
