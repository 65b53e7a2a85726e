use std::time::Duration;

use ch03_channels::undecided_vote::{Decision, broken, fixed, hotel};
use explore::FailureKind;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time;

/// The hotel has a room. A second later it turns out that the airline has no seat.
async fn a_hotel_and_an_airline(
    decision: watch::Receiver<Decision>,
) -> (JoinHandle<Decision>, mpsc::Receiver<bool>) {
    let (voting, votes) = mpsc::channel(2);
    let hotel = tokio::spawn(hotel(voting.clone(), decision));
    time::sleep(Duration::from_secs(1)).await;
    voting.send(false).await.expect("the votes are counted");
    (hotel, votes)
}

async fn the_room_is_free_again(hotel: JoinHandle<Decision>, booked: bool) {
    assert!(!booked, "a trip without a seat was booked");
    let heard = hotel.await.unwrap();
    assert!(heard == Decision::Cancel, "the hotel heard: {heard:?}");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let (decision, decided) = watch::channel(Decision::Open);
        let (hotel, votes) = a_hotel_and_an_airline(decided).await;
        let trip = broken::Trip { decision };
        the_room_is_free_again(hotel, trip.book(votes).await).await;
    });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let (decision, decided) = watch::channel(Decision::Open);
        let (hotel, votes) = a_hotel_and_an_airline(decided).await;
        let trip = fixed::Trip { decision };
        the_room_is_free_again(hotel, trip.book(votes).await).await;
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
