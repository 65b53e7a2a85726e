//! Each participant has an envoy: a task that prepares, votes, waits for the decision and carries it out. A
//! participant that is still preparing when the decision comes is given up by its envoy.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time;

/// What a participant says when it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vote {
    /// It has made everything ready, and can still do both.
    Yes,
    /// It cannot, and has cleaned up after itself.
    No,
}

/// Somebody who takes part in a transaction.
pub trait Participant: Send + Sync + 'static {
    /// Makes everything ready.
    fn prepare(&self) -> impl Future<Output = Vote> + Send;

    /// Makes it final; whoever returns has acknowledged it.
    fn commit(&self) -> impl Future<Output = ()> + Send;

    /// Undoes what was made ready, all of it or the part there is; whoever returns has acknowledged it.
    fn roll_back(&self) -> impl Future<Output = ()> + Send;
}

/// What all participants were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// All of them said yes.
    Commit,
    /// Somebody said no, panicked, or did not answer in time.
    RollBack,
}

/// How a transaction ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// What all participants were told.
    pub decision: Decision,
    /// Who was told and did not acknowledge it: the places in the list, in ascending order.
    pub unheard: Vec<usize>,
}

/// Has all `participants` commit, or none of them.
pub async fn transact<P: Participant>(participants: Vec<Arc<P>>, patience: Duration) -> Outcome {
    tokio::spawn(coordinate(participants, patience))
        .await
        .expect("a transaction does not panic")
}

async fn coordinate<P: Participant>(participants: Vec<Arc<P>>, patience: Duration) -> Outcome {
    let asked = participants.len();
    let (votes, mut ballot) = mpsc::unbounded_channel();
    let (announce, decided) = watch::channel(None);
    let mut envoys = JoinSet::new();
    for (place, participant) in participants.into_iter().enumerate() {
        let vote = Ballot {
            place,
            votes: Some(votes.clone()),
        };
        envoys.spawn(envoy(participant, vote, decided.clone(), patience));
    }
    drop((votes, decided));

    let all_say_yes = async {
        let mut yes = 0;
        while yes < asked {
            match ballot.recv().await {
                Some((_, Vote::Yes)) => yes += 1,
                _ => return Decision::RollBack,
            }
        }
        Decision::Commit
    };
    let decision = time::timeout(patience, all_say_yes).await;
    let decision = decision.unwrap_or(Decision::RollBack);
    announce.send_replace(Some(decision));

    let mut unheard = Vec::new();
    while let Some(envoy) = envoys.join_next().await {
        if let Ok(Some(place)) = envoy {
            unheard.push(place);
        }
    }
    unheard.sort_unstable();
    Outcome { decision, unheard }
}

/// The right to vote once; who panics says no.
struct Ballot {
    place: usize,
    votes: Option<mpsc::UnboundedSender<(usize, Vote)>>,
}

impl Ballot {
    fn cast(&mut self, vote: Vote) {
        if let Some(votes) = self.votes.take() {
            let _ = votes.send((self.place, vote));
        }
    }
}

impl Drop for Ballot {
    fn drop(&mut self) {
        self.cast(Vote::No);
    }
}

/// Returns its place if the participant did not acknowledge the decision.
async fn envoy<P: Participant>(
    participant: Arc<P>,
    mut ballot: Ballot,
    mut decided: watch::Receiver<Option<Decision>>,
    patience: Duration,
) -> Option<usize> {
    let place = ballot.place;
    tokio::select! {
        vote = participant.prepare() => {
            ballot.cast(vote);
            if vote == Vote::No {
                return None;
            }
        }
        _ = decided.wait_for(Option::is_some) => {}
    }
    let decision = (*decided.wait_for(Option::is_some).await.ok()?)?;
    let mut task = JoinSet::new();
    task.spawn(async move {
        match decision {
            Decision::Commit => participant.commit().await,
            Decision::RollBack => participant.roll_back().await,
        }
    });
    let heard = time::timeout(patience, task.join_next()).await;
    task.shutdown().await;
    (!matches!(heard, Ok(Some(Ok(()))))).then_some(place)
}
