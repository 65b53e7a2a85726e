//! The transaction runs in the future of its caller, and keeps all it knows in one value. When that future is
//! dropped half-way, the value is handed on to a task, which goes on from there. Every await can be left and
//! taken up again: nothing is known only to a local variable.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{self, Instant};

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
    let mut transaction = Transaction(Some(State {
        calls: participants.iter().map(prepare).enumerate().collect(),
        participants,
        yes: 0,
        refused: Vec::new(),
        unheard: Vec::new(),
        decision: None,
        patience,
        until: Instant::now() + patience,
    }));
    let state = transaction.0.as_mut().expect("nobody has taken it");
    state.run().await;
    let state = transaction.0.take().expect("nobody has taken it");
    let decision = state.decision.unwrap_or(Decision::RollBack);
    Outcome {
        decision,
        unheard: state.unheard,
    }
}

struct Transaction<P: Participant>(Option<State<P>>);

impl<P: Participant> Drop for Transaction<P> {
    fn drop(&mut self) {
        if let Some(mut state) = self.0.take() {
            tokio::spawn(async move { state.run().await });
        }
    }
}

/// A call to a participant; it says yes, if it comes to an end.
type Call = Pin<Box<dyn Future<Output = Vote> + Send>>;

struct State<P> {
    participants: Vec<Arc<P>>,
    calls: BTreeMap<usize, Call>,
    yes: usize,
    refused: Vec<usize>,
    unheard: Vec<usize>,
    decision: Option<Decision>,
    patience: Duration,
    until: Instant,
}

impl<P: Participant> State<P> {
    async fn run(&mut self) {
        if self.decision.is_none() {
            self.vote().await;
            self.decide();
        }
        self.hear().await;
        self.unheard
            .extend(std::mem::take(&mut self.calls).into_keys());
        self.unheard.sort_unstable();
    }

    async fn vote(&mut self) {
        let until = self.until;
        let votes = std::future::poll_fn(|context| {
            for (place, vote) in poll_all(&mut self.calls, context) {
                match vote {
                    Some(Vote::Yes) => self.yes += 1,
                    _ => self.refused.push(place),
                }
            }
            if self.calls.is_empty() || !self.refused.is_empty() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        });
        let _ = time::timeout_at(until, votes).await;
    }

    fn decide(&mut self) {
        let decision = if self.yes == self.participants.len() {
            Decision::Commit
        } else {
            Decision::RollBack
        };
        self.calls.clear();
        for (place, participant) in self.participants.iter().enumerate() {
            if !self.refused.contains(&place) {
                self.calls.insert(place, tell(participant, decision));
            }
        }
        self.decision = Some(decision);
        self.until = Instant::now() + self.patience;
    }

    async fn hear(&mut self) {
        let until = self.until;
        let answers = std::future::poll_fn(|context| {
            for (place, answer) in poll_all(&mut self.calls, context) {
                if answer.is_none() {
                    self.unheard.push(place);
                }
            }
            if self.calls.is_empty() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        });
        let _ = time::timeout_at(until, answers).await;
    }
}

fn prepare<P: Participant>(participant: &Arc<P>) -> Call {
    let participant = Arc::clone(participant);
    Box::pin(async move { participant.prepare().await })
}

fn tell<P: Participant>(participant: &Arc<P>, decision: Decision) -> Call {
    let participant = Arc::clone(participant);
    Box::pin(async move {
        match decision {
            Decision::Commit => participant.commit().await,
            Decision::RollBack => participant.roll_back().await,
        }
        Vote::Yes
    })
}

/// Takes out the calls that are over; one that panicked has no answer.
fn poll_all(
    calls: &mut BTreeMap<usize, Call>,
    context: &mut Context<'_>,
) -> Vec<(usize, Option<Vote>)> {
    let mut over = Vec::new();
    calls.retain(|place, call| {
        match catch_unwind(AssertUnwindSafe(|| call.as_mut().poll(context))) {
            Ok(Poll::Pending) => return true,
            Ok(Poll::Ready(vote)) => over.push((*place, Some(vote))),
            Err(_) => over.push((*place, None)),
        }
        false
    });
    over
}
