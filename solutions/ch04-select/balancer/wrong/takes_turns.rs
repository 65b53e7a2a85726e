//! Wrong: gives the next job to the next worker and waits for him, whoever else has room. A guide's version does this, and stood still after 33 jobs while two workers were idle.
//! Caught by: a_full_worker_is_skipped_while_another_has_room

use tokio::sync::mpsc::{Receiver, Sender};

/// There is a job, and every worker is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllGone;

/// Stands between those who have jobs and those who do them.
pub struct Balancer<J> {
    jobs: Receiver<J>,
    workers: Vec<Sender<J>>,
    /// Taken from the input and not handed over.
    in_hand: Option<J>,
    /// Whose turn it is.
    next: usize,
}

impl<J: Send + 'static> Balancer<J> {
    /// A balancer of these jobs between these workers.
    pub fn new(jobs: Receiver<J>, workers: Vec<Sender<J>>) -> Self {
        Self {
            jobs,
            workers,
            in_hand: None,
            next: 0,
        }
    }

    /// Hands out jobs until the input ends.
    ///
    /// # Errors
    ///
    /// If there is a job and no worker is left.
    pub async fn run(&mut self) -> Result<(), AllGone> {
        loop {
            if self.in_hand.is_none() {
                self.in_hand = self.jobs.recv().await;
            }
            if self.in_hand.is_none() {
                self.workers.clear();
                return Ok(());
            }
            if self.workers.is_empty() {
                return Err(AllGone);
            }
            self.next %= self.workers.len();
            if let Ok(place) = self.workers[self.next].reserve().await {
                place.send(self.in_hand.take().expect("it is in hand"));
            }
            self.workers.retain(|worker| !worker.is_closed());
            self.next += 1;
        }
    }

    /// The jobs that were not handed over, in the order in which they came in. The input is closed.
    pub async fn into_rest(mut self) -> Vec<J> {
        self.jobs.close();
        let mut rest: Vec<_> = self.in_hand.into_iter().collect();
        while let Some(job) = self.jobs.recv().await {
            rest.push(job);
        }
        rest
    }
}
