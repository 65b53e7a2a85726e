//! Spawns nothing: one future polls all collections, catches their panics and owns them. It
//! computes by itself when the next cycle is due.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

/// How a reading comes in.
pub type Collection = Pin<Box<dyn Future<Output = Result<u64, String>> + Send>>;

/// Something that can be asked for a reading.
#[derive(Clone)]
pub struct Collector {
    name: String,
    collect: Arc<dyn Fn() -> Collection + Send + Sync>,
}

impl Collector {
    /// A collector of this name.
    pub fn new<F, Fut>(name: &str, collect: F) -> Self
    where
        F: Fn() -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<u64, String>> + Send + 'static,
    {
        Self {
            name: name.to_owned(),
            collect: Arc::new(move || Box::pin(collect())),
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Asks for a reading.
    pub fn collect(&self) -> Collection {
        (self.collect)()
    }
}

/// Why a reading is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The collector returned this error.
    Failed(String),
    /// The collector panicked.
    Panicked,
    /// The reading was not there in time.
    Late,
}

/// What came of a cycle: for each collector its name, and a reading or why there is none.
pub type Report = Vec<(String, Result<u64, Missing>)>;

/// What came of all cycles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many reports were stored.
    pub reports: usize,
    /// How many readings were in them.
    pub readings: usize,
    /// How many readings were missing in them.
    pub missing: usize,
}

impl Totals {
    fn count(&mut self, report: &Report) {
        let readings = report.iter().filter(|(_, reading)| reading.is_ok()).count();
        self.reports += 1;
        self.readings += readings;
        self.missing += report.len() - readings;
    }
}

/// Asks all `collectors` once every `period` and has the reports stored, until it is to `stop`.
pub async fn monitor<S, Fut>(
    collectors: Vec<Collector>,
    period: Duration,
    mut store: S,
    stop: CancellationToken,
) -> Totals
where
    S: FnMut(Report) -> Fut + Send,
    Fut: Future<Output = ()> + Send,
{
    let mut due = Instant::now();
    let mut totals = Totals::default();
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            () = time::sleep_until(due) => {}
        }
        let mut report: Vec<_> = collectors
            .iter()
            .map(|collector| (collector.name().to_owned(), None))
            .collect();
        let mut collections: Vec<_> = collectors.iter().map(Collector::collect).collect();
        tokio::select! {
            biased;
            () = stop.cancelled() => break,
            () = poll_all(&mut collections, &mut report) => {}
            () = time::sleep_until(Instant::now() + period * 9 / 10) => {}
        }
        drop(collections);
        let mut report: Report = report
            .into_iter()
            .map(|(name, reading)| (name, reading.unwrap_or(Err(Missing::Late))))
            .collect();
        report.sort_by_key(|(name, _)| name.clone());
        totals.count(&report);
        store(report).await;
        while due <= Instant::now() {
            due += period;
        }
    }
    totals
}

type Answer = (String, Option<Result<u64, Missing>>);

/// Fills in the answers, until all are there.
async fn poll_all(collections: &mut [Collection], answers: &mut [Answer]) {
    poll_fn(|context| {
        let mut all = Poll::Ready(());
        for (collection, (_, answer)) in collections.iter_mut().zip(answers.iter_mut()) {
            if answer.is_none() {
                match poll_safely(collection, context) {
                    Poll::Ready(reading) => *answer = Some(reading),
                    Poll::Pending => all = Poll::Pending,
                }
            }
        }
        all
    })
    .await
}

fn poll_safely(collection: &mut Collection, context: &mut Context) -> Poll<Result<u64, Missing>> {
    match catch_unwind(AssertUnwindSafe(|| collection.as_mut().poll(context))) {
        Ok(answer) => answer.map(|reading| reading.map_err(Missing::Failed)),
        Err(_) => Poll::Ready(Err(Missing::Panicked)),
    }
}
