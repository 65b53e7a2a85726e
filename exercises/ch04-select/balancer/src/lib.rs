//! # Balancer
//!
//! Jobs come in through one channel; each worker has a channel of its own, with a few places. The
//! balancer gives each job to a worker that has room. In Go this is a `select` with one `case` for
//! each worker, and so for as many workers as somebody has written down.
//!
//! Below is that version, for three of them. It is nearly right.
//!
//! The rules:
//!
//! - There may be any number of workers. Each job goes to one of them, once. A worker gets its jobs
//!   in the order in which they came in.
//! - A worker whose places are all taken is skipped as long as another one has room. If nobody has
//!   room, the job goes to the first worker that has, as soon as it has. No worker that has room is
//!   passed over for ever.
//! - Whoever has to wait sleeps: for a job, or for a place. Meanwhile at most one job is in hand;
//!   the others stay in the input.
//! - A worker whose channel is closed is gone for good. Nothing more is given to it, and what was
//!   meant for it goes to another one. (What it has in its channel is lost with it, or done: that
//!   is not the balancer's business.)
//! - When the input has ended and all jobs are handed over, [`Balancer::run`] closes the channels
//!   of the workers and returns `Ok`. When there is a job and all workers are gone, it returns
//!   [`AllGone`].
//! - The future of `run` may be dropped at any time. No job is lost by that, and none is handed
//!   over twice: another `run` goes on with what is left, and [`Balancer::into_rest`] returns it.
//!
//! You may change everything in this file but the signatures of what is public.

use tokio::sync::mpsc::{Receiver, Sender};

/// There is a job, and every worker is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllGone;

/// Stands between those who have jobs and those who do them.
pub struct Balancer<J> {
    jobs: Receiver<J>,
    workers: Vec<Sender<J>>,
}

impl<J: Send + 'static> Balancer<J> {
    /// A balancer of these jobs between these workers.
    pub fn new(jobs: Receiver<J>, workers: Vec<Sender<J>>) -> Self {
        Self { jobs, workers }
    }

    /// Hands out jobs until the input ends.
    ///
    /// # Errors
    ///
    /// If there is a job and no worker is left.
    pub async fn run(&mut self) -> Result<(), AllGone> {
        while let Some(job) = self.jobs.recv().await {
            tokio::select! {
                Ok(place) = self.workers[0].reserve() => place.send(job),
                Ok(place) = self.workers[1].reserve() => place.send(job),
                Ok(place) = self.workers[2].reserve() => place.send(job),
                else => return Err(AllGone),
            }
        }
        Ok(())
    }

    /// The jobs that were not handed over, in the order in which they came in. The input is closed.
    pub async fn into_rest(mut self) -> Vec<J> {
        self.jobs.close();
        let mut rest = Vec::new();
        while let Some(job) = self.jobs.recv().await {
            rest.push(job);
        }
        rest
    }
}
