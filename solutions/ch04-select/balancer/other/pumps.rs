//! The workers pull: each has a task that waits until there is a job, then for a place of his, and then
//! takes the job, if nobody was quicker.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::sync::mpsc::{Receiver, Sender};
use tokio::task::JoinSet;

/// There is a job, and every worker is gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AllGone;

/// Stands between those who have jobs and those who do them.
pub struct Balancer<J> {
    input: Arc<Mutex<Input<J>>>,
    workers: Vec<Sender<J>>,
}

struct Input<J> {
    jobs: Receiver<J>,
    /// The next job, if somebody has already looked at it.
    next: Option<J>,
}

/// Why a pump stands still.
#[derive(PartialEq)]
enum Still {
    InputEnded,
    WorkerGone,
}

impl<J: Send + 'static> Balancer<J> {
    /// A balancer of these jobs between these workers.
    pub fn new(jobs: Receiver<J>, workers: Vec<Sender<J>>) -> Self {
        let input = Input { jobs, next: None };
        Self {
            input: Arc::new(Mutex::new(input)),
            workers,
        }
    }

    /// Hands out jobs until the input ends.
    pub async fn run(&mut self) -> Result<(), AllGone> {
        let mut pumps = JoinSet::new();
        for worker in &self.workers {
            pumps.spawn(pump(Arc::clone(&self.input), worker.clone()));
        }
        while let Some(still) = pumps.join_next().await {
            if still.expect("a pump does not panic") == Still::InputEnded {
                pumps.shutdown().await;
                self.workers.clear();
                return Ok(());
            }
        }
        // That matters only if there is a job.
        let mut input = self.input.lock().await;
        if input.next.is_none() {
            input.next = input.jobs.recv().await;
        }
        match input.next {
            Some(_) => Err(AllGone),
            None => Ok(()),
        }
    }

    /// The jobs that were not handed over, in the order in which they came in. The input is closed.
    pub async fn into_rest(self) -> Vec<J> {
        let mut input = self.input.lock().await;
        input.jobs.close();
        let mut rest: Vec<_> = input.next.take().into_iter().collect();
        while let Some(job) = input.jobs.recv().await {
            rest.push(job);
        }
        rest
    }
}

async fn pump<J>(input: Arc<Mutex<Input<J>>>, worker: Sender<J>) -> Still {
    loop {
        if let Some(still) = look(&mut *input.lock().await, &worker).await {
            return still;
        }
        let Ok(place) = worker.reserve().await else {
            return Still::WorkerGone;
        };
        // Somebody else may have been quicker.
        let mut input = input.lock().await;
        if let Some(still) = look(&mut input, &worker).await {
            return still;
        }
        if worker.is_closed() {
            return Still::WorkerGone;
        }
        place.send(input.next.take().expect("it is there"));
    }
}

/// Waits until there is a job. If there will be none for this worker, says why.
async fn look<J>(input: &mut Input<J>, worker: &Sender<J>) -> Option<Still> {
    if input.next.is_none() {
        tokio::select! {
            () = worker.closed() => return Some(Still::WorkerGone),
            job = input.jobs.recv() => input.next = job,
        }
    }
    input.next.is_none().then_some(Still::InputEnded)
}
