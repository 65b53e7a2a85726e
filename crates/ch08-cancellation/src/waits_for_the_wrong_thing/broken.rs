//! The backup jobs of a company, and how they are stopped.

use tokio::task::{JoinHandle, JoinSet};
use tokio_util::sync::CancellationToken;

/// The jobs that run.
#[derive(Default)]
pub struct Backups {
    running: Vec<(CancellationToken, JoinHandle<()>)>,
}

impl Backups {
    /// Starts a job, which gets a token that tells it to stop.
    pub fn start<F>(&mut self, job: impl FnOnce(CancellationToken) -> F)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let stop = CancellationToken::new();
        self.running.push((stop.clone(), tokio::spawn(job(stop))));
    }

    /// Stops all jobs, and waits until they have ended.
    pub async fn stop(self) {
        let mut stopping = JoinSet::new();
        for (stop, _job) in self.running {
            stopping.spawn(async move { stop.cancel() });
        }
        stopping.join_all().await;
    }
}
