//! Wrong: takes a roll-back for done, whoever has acknowledged it.
//! Caught by: who_does_not_acknowledge_a_roll_back_is_reported

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Duration;

use tokio::task::{Id, JoinError, JoinSet};
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
    let transaction = tokio::spawn(async move {
        let ballot = Ballot::hold(&participants, patience).await;
        let unheard = tell(&participants, &ballot, patience).await;
        let decision = ballot.decision();
        Outcome { decision, unheard }
    });
    transaction.await.expect("a transaction does not panic")
}

/// Who has said what; silence is neither.
struct Ballot {
    asked: usize,
    yes: BTreeSet<usize>,
    out: BTreeSet<usize>,
}

impl Ballot {
    async fn hold<P: Participant>(participants: &[Arc<P>], patience: Duration) -> Self {
        let (mut votes, mut places) = (JoinSet::new(), HashMap::new());
        for (place, participant) in participants.iter().enumerate() {
            let participant = Arc::clone(participant);
            let task = votes.spawn(async move { participant.prepare().await });
            places.insert(task.id(), place);
        }
        let mut ballot = Self {
            asked: participants.len(),
            yes: BTreeSet::new(),
            out: BTreeSet::new(),
        };
        let until_certain = async {
            while ballot.out.is_empty()
                && let Some(vote) = votes.join_next_with_id().await
            {
                ballot.count(&places, vote);
            }
        };
        let _ = time::timeout(patience, until_certain).await;

        votes.shutdown().await;
        ballot
    }

    fn count(&mut self, places: &HashMap<Id, usize>, vote: Result<(Id, Vote), JoinError>) {
        match vote {
            Ok((id, Vote::Yes)) => self.yes.insert(places[&id]),
            Ok((id, Vote::No)) => self.out.insert(places[&id]),
            Err(panicked) => self.out.insert(places[&panicked.id()]),
        };
    }

    fn decision(&self) -> Decision {
        if self.yes.len() == self.asked {
            Decision::Commit
        } else {
            Decision::RollBack
        }
    }
}

/// Tells all who are still in it, and says who has not acknowledged it.
async fn tell<P: Participant>(
    participants: &[Arc<P>],
    ballot: &Ballot,
    patience: Duration,
) -> Vec<usize> {
    let decision = ballot.decision();
    let mut told = JoinSet::new();
    let mut unheard = BTreeSet::new();
    for (place, participant) in participants.iter().enumerate() {
        if ballot.out.contains(&place) {
            continue;
        }
        unheard.insert(place);
        let participant = Arc::clone(participant);
        told.spawn(async move {
            match decision {
                Decision::Commit => participant.commit().await,
                Decision::RollBack => participant.roll_back().await,
            }
            place
        });
    }
    let until_all_are_heard = async {
        while let Some(answer) = told.join_next().await {
            if let Ok(place) = answer {
                unheard.remove(&place);
            }
        }
    };
    let _ = time::timeout(patience, until_all_are_heard).await;
    told.shutdown().await;
    if decision == Decision::RollBack {
        return Vec::new();
    }
    unheard.into_iter().collect()
}
