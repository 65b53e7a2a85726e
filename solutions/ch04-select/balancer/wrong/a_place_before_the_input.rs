//! Wrong: waits for a place before it looks at the input, so with full workers it does not hear that the input has ended.
//! Caught by: whoever_has_no_job_needs_no_place

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
            self.workers.retain(|worker| !worker.is_closed());
            self.workers
                .sort_by_key(|worker| worker.max_capacity() - worker.capacity());
            let (worker, place) = first_place(&self.workers, 0).await?;
            if self.in_hand.is_none() {
                tokio::select! {
                    biased;
                    () = self.workers[worker].closed() => continue,
                    job = self.jobs.recv() => self.in_hand = job,
                }
            }
            if self.in_hand.is_none() {
                break;
            }
            if !self.workers[worker].is_closed() {
                place.send(self.in_hand.take().expect("it is in hand"));
            }
        }
        self.workers.clear();
        Ok(())
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

/// The first place that any worker has, and whose it is. Worker `first` is asked first.
async fn first_place<J>(
    workers: &[Sender<J>],
    first: usize,
) -> Result<(usize, Permit<'_, J>), AllGone> {
    let all = workers.len();
    let mut asked: Vec<_> = (first..first + all)
        .map(|turn| turn % all)
        .map(|worker| (worker, Box::pin(workers[worker].reserve())))
        .collect();
    poll_fn(|context| {
        let mut left = Vec::new();
        for (worker, mut answer) in asked.drain(..) {
            match answer.as_mut().poll(context) {
                Poll::Ready(Ok(place)) => return Poll::Ready(Ok((worker, place))),
                // This worker is gone.
                Poll::Ready(Err(_)) => {}
                Poll::Pending => left.push((worker, answer)),
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
