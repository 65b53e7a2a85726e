use ch07_worker_pools::ratios_never_reset::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Receiver};

/// Four express parcels wait, and one other.
async fn everything_is_loaded<B>(
    bay: fn(Receiver<u32>, Receiver<u32>) -> B,
    load: fn(&mut B) -> Option<u32>,
) {
    let (express, first) = mpsc::channel(4);
    let (standard, second) = mpsc::channel(4);
    for parcel in [1, 2, 3, 4] {
        express.send(parcel).await.expect("the bay is open");
    }
    standard.send(50).await.expect("the bay is open");
    let mut bay = bay(first, second);
    let mut loaded = Vec::new();
    while let Some(parcel) = load(&mut bay) {
        loaded.push(parcel);
    }
    assert!(
        loaded == [1, 2, 50, 3, 4],
        "1 to 4 are express, 50 is not; loaded were {loaded:?}"
    );
}

#[test]
fn broken() {
    let verdict =
        explore::tasks().explore(|| everything_is_loaded(broken::Bay::new, broken::Bay::load));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict =
        explore::tasks().explore(|| everything_is_loaded(fixed::Bay::new, fixed::Bay::load));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
