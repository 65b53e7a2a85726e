//! Everybody is late until his answer is in the report, and has panicked until his collection is over. A
//! token ends the collections, and a tracker knows when the last one is gone.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{self, MissedTickBehavior};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

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
    let mut totals = Totals::default();
    let mut due = time::interval(period);
    due.set_missed_tick_behavior(MissedTickBehavior::Skip);
    while stop.run_until_cancelled(due.tick()).await.is_some() {
        if stop.is_cancelled() {
            break;
        }
        let Some(report) = stop
            .run_until_cancelled(cycle(&collectors, period * 9 / 10))
            .await
        else {
            break;
        };
        if stop.is_cancelled() {
            break;
        }
        totals.reports += 1;
        let readings = report.iter().filter(|(_, reading)| reading.is_ok()).count();
        totals.readings += readings;
        totals.missing += report.len() - readings;
        store(report).await;
    }
    totals
}

async fn cycle(collectors: &[Collector], patience: Duration) -> Report {
    let late = |collector: &Collector| (collector.name().to_owned(), Err(Missing::Late));
    let report: Arc<Mutex<Report>> = Arc::new(Mutex::new(collectors.iter().map(late).collect()));
    let over = CancellationToken::new();
    let guard = over.clone().drop_guard();
    let tracker = TaskTracker::new();
    for (number, collector) in collectors.iter().enumerate() {
        let collector = collector.clone();
        let (over, report) = (over.clone(), Arc::clone(&report));
        tracker.spawn(async move {
            report.lock().unwrap()[number].1 = Err(Missing::Panicked);
            let reading = over.run_until_cancelled(collector.collect()).await;
            report.lock().unwrap()[number].1 = match reading {
                None => Err(Missing::Late),
                Some(reading) => reading.map_err(Missing::Failed),
            };
        });
    }
    tracker.close();
    let _ = time::timeout(patience, tracker.wait()).await;
    drop(guard);
    tracker.wait().await;
    let mut report = std::mem::take(&mut *report.lock().unwrap());
    report.sort_by(|a, b| a.0.cmp(&b.0));
    report
}
