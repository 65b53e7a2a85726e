//! A `select!` of two branches will do for any number: each half of the workers is asked in the same way.
//! Who got a job goes to the end of the list.

use std::pin::Pin;

use tokio::select;
use tokio::sync::mpsc::{OwnedPermit, Receiver, Sender};

/// There is a job, and every worker is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllGone;

/// Stands between those who have jobs and those who do them.
pub struct Balancer<J> {
    jobs: Receiver<J>,
    workers: Vec<Sender<J>>,
    in_hand: Option<J>,
}

type Place<'a, J> = Pin<Box<dyn Future<Output = Option<(usize, OwnedPermit<J>)>> + Send + 'a>>;

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
            let Some((number, place)) = place(0, &self.workers).await else {
                return Err(AllGone);
            };
            place.send(self.in_hand.take().unwrap());
            self.workers[number..].rotate_left(1);
        }
    }

    /// The jobs that were not handed over, in the order in which they came in. The input is closed.
    pub async fn into_rest(mut self) -> Vec<J> {
        self.jobs.close();
        let mut rest: Vec<J> = self.in_hand.take().into_iter().collect();
        while let Some(job) = self.jobs.recv().await {
            rest.push(job);
        }
        rest
    }
}

fn place<J: Send + 'static>(first: usize, workers: &[Sender<J>]) -> Place<'_, J> {
    Box::pin(async move {
        match workers {
            [] => None,
            [worker] => Some((first, worker.clone().reserve_owned().await.ok()?)),
            _ => {
                let half = workers.len() / 2;
                let (left, right) = workers.split_at(half);
                let (mut left, mut right) = (place(first, left), place(first + half, right));
                select! {
                    biased;
                    place = &mut left => match place {
                        Some(place) => Some(place),
                        None => right.await,
                    },
                    place = &mut right => match place {
                        Some(place) => Some(place),
                        None => left.await,
                    },
                }
            }
        }
    })
}
