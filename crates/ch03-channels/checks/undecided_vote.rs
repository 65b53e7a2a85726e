use ch03_channels::undecided_vote::{Decision, broken, fixed, take_part};
use explore::FailureKind;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

/// The hotel has a room, the airline has no seat.
fn hotel_and_airline(
    decision: &watch::Sender<Decision>,
) -> (JoinSet<Decision>, mpsc::Receiver<bool>) {
    let (voting, votes) = mpsc::channel(2);
    let mut parties = JoinSet::new();
    for free in [true, false] {
        parties.spawn(take_part(free, voting.clone(), decision.subscribe()));
    }
    (parties, votes)
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let decision = watch::Sender::new(Decision::Open);
        let (parties, votes) = hotel_and_airline(&decision);
        let trip = broken::Trip { decision };
        assert!(!trip.book(votes).await, "a trip without a seat was booked");
        let decisions = parties.join_all().await;
        assert!(decisions == [Decision::Cancel; 2], "{decisions:?}");
    });
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let decision = watch::Sender::new(Decision::Open);
        let (parties, votes) = hotel_and_airline(&decision);
        let trip = fixed::Trip { decision };
        assert!(!trip.book(votes).await, "a trip without a seat was booked");
        let decisions = parties.join_all().await;
        assert!(decisions == [Decision::Cancel; 2], "{decisions:?}");
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
