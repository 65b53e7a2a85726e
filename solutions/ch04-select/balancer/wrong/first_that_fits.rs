//! Wrong: begins every search with the first worker, and comes to the others only while he is full.
//! Caught by: no_worker_with_room_is_passed_over_for_ever

use std::future::poll_fn;
use std::task::Poll;

use tokio::sync::mpsc::{Permit, Receiver, Sender};

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
            let place = first_place(&self.workers).await?;
            place.send(self.in_hand.take().expect("it is in hand"));
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

/// The first place that any worker has, beginning with the first worker.
async fn first_place<J>(workers: &[Sender<J>]) -> Result<Permit<'_, J>, AllGone> {
    let mut asked: Vec<_> = workers
        .iter()
        .map(|worker| Box::pin(worker.reserve()))
        .collect();
    poll_fn(|context| {
        let mut left = Vec::new();
        for mut answer in asked.drain(..) {
            match answer.as_mut().poll(context) {
                Poll::Ready(Ok(place)) => return Poll::Ready(Ok(place)),
                // This worker is gone.
                Poll::Ready(Err(_)) => {}
                Poll::Pending => left.push(answer),
            }
        }
        asked = left;
        if asked.is_empty() {
            return Poll::Ready(Err(AllGone));
        }
        Poll::Pending
    })
    .await
}
