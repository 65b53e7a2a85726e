use ch07_worker_pools::weight_as_rank::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Sender, error::TrySendError};

/// There is room for every parcel.
async fn of_four_the_bicycle_gets_one<D: Default>(
    hire: fn(&mut D, &'static str, i32, Sender<u32>),
    deal: fn(&mut D, u32) -> Result<&'static str, TrySendError<u32>>,
) {
    let (van, _parcels_of_the_van) = mpsc::channel(4);
    let (bicycle, _parcels_of_the_bicycle) = mpsc::channel(4);
    let mut depot = D::default();
    hire(&mut depot, "van", 3, van);
    hire(&mut depot, "bicycle", 1, bicycle);
    let mut dealt = [1, 2, 3, 4].map(|parcel| deal(&mut depot, parcel).expect("there is room"));
    dealt.sort_unstable();
    assert!(
        dealt == ["bicycle", "van", "van", "van"],
        "of 4 parcels 3 are for the van and 1 for the bicycle, and they went to {dealt:?}"
    );
}

#[test]
fn broken() {
    use broken::Depot;
    let verdict =
        explore::tasks().explore(|| of_four_the_bicycle_gets_one(Depot::hire, Depot::deal));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Depot;
    let verdict =
        explore::tasks().explore(|| of_four_the_bicycle_gets_one(Depot::hire, Depot::deal));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
