//! How much room a burst needs: what the chapter says of sizes.
//!
//! For two seconds ten parcels a second come in, and five a second go out.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{self, Instant};

const BURST: u32 = 20;
const IN: Duration = Duration::from_millis(100);
const OUT: Duration = Duration::from_millis(200);

/// How many parcels of the burst find no room among `places`.
async fn refused(places: usize) -> u32 {
    let (belt, mut parcels) = mpsc::channel(places);
    let packer = tokio::spawn(async move {
        while parcels.recv().await.is_some() {
            time::sleep(OUT).await;
        }
    });
    let mut refused = 0;
    for parcel in 0..BURST {
        if belt.try_send(parcel).is_err() {
            refused += 1;
        }
        time::sleep(IN).await;
    }
    drop(belt);
    packer.await.expect("packing does not panic");
    refused
}

/// (rate in / rate out) × duration = 10 / 5 × 2 s: four, of something that is no number of parcels.
#[test]
fn what_a_guide_computes_is_too_small() {
    let verdict = explore::tasks().explore(|| async {
        let refused = refused(4).await;
        assert!(refused == 6, "{refused} of {BURST} parcels were refused");
    });
    verdict.expect_pass();
}

/// (rate in - rate out) × duration = (10 - 5) × 2 s: ten.
#[test]
fn what_piles_up_is_enough() {
    let verdict = explore::tasks().explore(|| async {
        let refused = refused(10).await;
        assert!(refused == 0, "{refused} of {BURST} parcels were refused");
    });
    verdict.expect_pass();
}

/// A burst all at once needs a place for each, and the next one is told that there is none.
#[test]
fn a_burst_at_once_needs_a_place_for_each() {
    let verdict = explore::tasks().explore(|| async {
        let (belt, mut parcels) = mpsc::channel(BURST as usize);
        for parcel in 0..BURST {
            belt.try_send(parcel).expect("there is a place for each");
        }
        assert!(belt.capacity() == 0, "{} places are left", belt.capacity());
        let more = belt.try_send(BURST);
        assert!(
            matches!(more, Err(mpsc::error::TrySendError::Full(BURST))),
            "one more was {more:?}"
        );
        // What is there can be taken in one go, as a batch.
        let mut batch = Vec::new();
        let taken = parcels.recv_many(&mut batch, 8).await;
        assert!(taken == 8, "a batch of up to 8 has {taken}");
        assert!(belt.capacity() == 8, "{} places are free", belt.capacity());
    });
    verdict.expect_pass();
}

/// With a bound and a sender that waits, nothing is refused: the source becomes as slow as the sink.
#[test]
fn a_sender_that_waits_takes_over_the_pace_of_the_receiver() {
    let verdict = explore::tasks().explore(|| async {
        let begin = Instant::now();
        let (belt, mut parcels) = mpsc::channel(1);
        let packer = tokio::spawn(async move {
            while parcels.recv().await.is_some() {
                time::sleep(OUT).await;
            }
        });
        for parcel in 0..5 {
            belt.send(parcel).await.expect("the packer is there");
        }
        drop(belt);
        packer.await.expect("packing does not panic");
        let took = begin.elapsed();
        assert!(took == OUT * 5, "5 parcels took {} ms", took.as_millis());
    });
    verdict.expect_pass();
}
