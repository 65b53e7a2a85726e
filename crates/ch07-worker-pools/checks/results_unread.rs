use ch07_worker_pools::results_unread::{broken, fixed};
use explore::FailureKind;

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let station = broken::Station::start();
        station.put(2).await;
        station.put(3).await;
        assert_eq!(station.finish().await, [2000, 3000]);
    });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let station = fixed::Station::start();
        station.put(2).await;
        station.put(3).await;
        assert_eq!(station.finish().await, [2000, 3000]);
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
