//! Wrong: looks for a place, sleeps for a millisecond and looks again.
//! Caught by: whoever_waits_for_a_place_sleeps

use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender};
use tokio::time;

/// There is a job, and every worker is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllGone;

/// Stands between those who have jobs and those who do them.
pub struct Balancer<J> {
    jobs: Receiver<J>,
    workers: Vec<Sender<J>>,
    /// Taken from the input and not handed over.
    in_hand: Option<J>,
}

impl<J: Send + 'static> Balancer<J> {
    /// A balancer of these jobs between these workers.
    pub fn new(jobs: Receiver<J>, workers: Vec<Sender<J>>) -> Self {
        Self {
            jobs,
            workers,
            in_hand: None,
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
            self.workers.retain(|worker| !worker.is_closed());
            if self.workers.is_empty() {
                return Err(AllGone);
            }
            self.workers.rotate_left(1);
            let free = self
                .workers
                .iter()
                .find_map(|worker| worker.try_reserve().ok());
            match free {
                Some(place) => place.send(self.in_hand.take().expect("it is in hand")),
                None => time::sleep(Duration::from_millis(1)).await,
            }
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
