//! Wrong: takes every refusal for a farewell, so that a worker who was full once gets nothing any more.
//! Caught by: if_all_are_full_the_job_goes_to_the_first_that_has_room

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
            let free = loop {
                let Some(worker) = self.workers.first() else {
                    return Err(AllGone);
                };
                if worker.try_reserve().is_ok() {
                    break worker;
                }
                self.workers.remove(0);
            };
            let job = self.in_hand.take().expect("it is in hand");
            if let Err(refused) = free.try_send(job) {
                self.in_hand = Some(refused.into_inner());
            }
            self.workers.rotate_left(1);
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
