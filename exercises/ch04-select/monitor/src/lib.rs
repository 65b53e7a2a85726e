//! # Monitor
//!
//! A service watches itself: once a period it asks a handful of collectors for a reading each, and
//! what has arrived in time is stored. In Go this is a ticker, a goroutine for each collector, a
//! channel in which they meet, and a `context.WithTimeout` for each cycle.
//!
//! Below is a version for tokio. While all collectors answer, it is nearly right.
//!
//! The rules:
//!
//! - The first cycle begins at once, the others are due one, two, three … periods after it.
//! - A cycle asks all collectors, of which there may be none, at the same time. It has a deadline:
//!   nine tenths of the period, counted from its beginning. Its report is stored as soon as all have
//!   answered, and at the deadline at the latest.
//! - A report has an entry for each collector, sorted by name; two may have the same. Who failed,
//!   panicked or was late is reported as such, and costs the others nothing: neither their readings
//!   in this cycle nor the cycles to come.
//! - A collection that was late does nothing any more.
//! - To store a report may take long. Meanwhile no cycle begins. What was due in the meantime is
//!   not made up for, except that one cycle may begin as soon as the report is stored.
//! - When `stop` is cancelled, no storing begins any more, and no collection goes on; a storing
//!   that has begun is finished. `monitor` does not wait for anything else, and returns what was
//!   stored.
//! - When `monitor` returns, nothing that it started goes on. The same holds if it is dropped
//!   half-way, which may also cut a storing short.
//!
//! The period is at least 10 ms. You may change everything in this file but what is public.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::time;
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
    let mut due = time::interval(period);
    let mut totals = Totals::default();
    loop {
        tokio::select! {
            () = stop.cancelled() => return totals,
            _ = due.tick() => {
                let report = cycle(&collectors, period * 9 / 10).await;
                totals.reports += 1;
                totals.readings += report.len();
                store(report).await;
            }
        }
    }
}

async fn cycle(collectors: &[Collector], patience: Duration) -> Report {
    let collections: Vec<_> = collectors
        .iter()
        .map(|collector| (collector.name(), tokio::spawn(collector.collect())))
        .collect();
    let all = async {
        let mut report = Vec::new();
        for (name, collection) in collections {
            let reading = collection.await.expect("a collector does not panic");
            report.push((name.to_owned(), reading.map_err(Missing::Failed)));
        }
        report
    };
    // What we have so far.
    time::timeout(patience, all).await.unwrap_or_default()
}
