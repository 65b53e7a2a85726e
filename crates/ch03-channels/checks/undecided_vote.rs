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

/// Hotel and airline are both free: here the two do the same.
async fn a_trip_is_booked<F: Future<Output = bool>>(
    book: impl FnOnce(watch::Sender<Decision>, mpsc::Receiver<bool>) -> F,
) {
    let (decision, decided) = watch::channel(Decision::Open);
    let (voting, votes) = mpsc::channel(2);
    let parts = [voting.clone(), voting].map(|vote| tokio::spawn(hotel(vote, decided.clone())));
    assert!(book(decision, votes).await, "all are free, and it failed");
    for part in parts {
        let heard = part.await.unwrap();
        assert!(heard == Decision::Book, "somebody heard: {heard:?}");
    }
}

#[test]
fn whoever_says_yes_hears_a_yes() {
    let broken = explore::tasks().explore(|| {
        a_trip_is_booked(|decision, votes| async { broken::Trip { decision }.book(2, votes).await })
    });
    broken.expect_pass();
    let fixed = explore::tasks().explore(|| {
        a_trip_is_booked(|decision, votes| async { fixed::Trip { decision }.book(2, votes).await })
    });
    fixed.expect_pass();
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let (decision, decided) = watch::channel(Decision::Open);
        let (hotel, votes) = a_hotel_and_an_airline(decided).await;
        let trip = broken::Trip { decision };
        the_room_is_free_again(hotel, trip.book(2, votes).await).await;
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
        the_room_is_free_again(hotel, trip.book(2, votes).await).await;
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
