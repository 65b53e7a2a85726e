//! # Two-phase commit
//!
//! A trip is a flight, a hotel and a car, of three firms: book all of them or none. A coordinator asks
//! all to prepare, collects their votes, and tells all what was decided. In Go the participants are
//! goroutines that wait for a commit on a channel; when somebody says no, nobody sends one, and those who
//! said yes wait for ever.
//!
//! Below is a version for tokio that tells them. It works while all of them answer, and the caller stays.
//!
//! The rules:
//!
//! - All participants are asked to [`prepare`](Participant::prepare) at the same time.
//! - The decision is [`Decision::Commit`] if all of them say yes within `patience`, counted from the
//!   beginning. Otherwise it is [`Decision::RollBack`], and it falls as soon as that is certain: a no, or
//!   a panic, is not followed by more waiting. If nobody takes part, it is a commit, at once.
//! - Whoever has not voted when the decision falls is given up: its `prepare` is dropped. The next call to
//!   a participant begins when its `prepare` is over.
//! - All are told the decision, once and at the same time; except those who said no or panicked before it
//!   fell, who are told nothing. Nobody commits while another one rolls back.
//! - A participant has acknowledged the decision when its `commit` or `roll_back` returns.
//!   [`transact`] returns when all who were told have done so, or `patience` after the decision. Whoever
//!   has panicked or not returned until then is reported. Nobody is harmed by another one's panic or
//!   silence.
//! - When `transact` returns, nothing that it started is still running.
//! - The caller may lose interest, and drop the future of `transact` half-way. The transaction comes to an
//!   end all the same, in the background: everybody who was asked is told one and the same decision, by
//!   the rules above; which one it is, is open as long as none had fallen. Afterwards nothing is running.
//!
//! You may change everything in this file but the signatures of what is public.

use std::sync::Arc;
use std::time::Duration;

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
    let mut votes = JoinSet::new();
    for (place, participant) in participants.iter().enumerate() {
        let participant = Arc::clone(participant);
        votes.spawn(async move { (place, participant.prepare().await) });
    }
    let mut ready = Vec::new();
    let voting = async {
        while let Some(vote) = votes.join_next().await {
            match vote {
                Ok((place, Vote::Yes)) => ready.push(place),
                _ => break,
            }
        }
    };
    let _ = time::timeout(patience, voting).await;
    let decision = if ready.len() == participants.len() {
        Decision::Commit
    } else {
        Decision::RollBack
    };

    let mut told = JoinSet::new();
    for place in &ready {
        let (place, participant) = (*place, Arc::clone(&participants[*place]));
        told.spawn(async move {
            match decision {
                Decision::Commit => participant.commit().await,
                Decision::RollBack => participant.roll_back().await,
            }
            place
        });
    }
    let mut unheard = ready;
    let hearing = async {
        while let Some(told) = told.join_next().await {
            unheard.retain(|place| told.as_ref().ok() != Some(place));
        }
    };
    let _ = time::timeout(patience, hearing).await;
    unheard.sort_unstable();
    Outcome { decision, unheard }
}
