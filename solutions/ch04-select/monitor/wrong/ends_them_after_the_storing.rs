//! Wrong: the collections of a cycle end when the next one begins, and go on as long as the report is being stored.
//! Caught by: a_late_collection_does_nothing_while_its_report_is_stored

use std::collections::HashMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{self, Instant, MissedTickBehavior};
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
    let mut due = time::interval(period);
    due.set_missed_tick_behavior(MissedTickBehavior::Skip);
    let mut totals = Totals::default();
    while let Some(_) = stop.run_until_cancelled(due.tick()).await {
        let deadline = Instant::now() + period * 9 / 10;
        let cycle = cycle(&collectors, deadline);
        let Some((report, collections)) = stop.run_until_cancelled(cycle).await else {
            break;
        };
        if stop.is_cancelled() {
            break;
        }
        totals.count(&report);
        store(report).await;
        drop(collections);
    }
    totals
}

type Collections = JoinSet<Result<u64, String>>;

async fn cycle(collectors: &[Collector], deadline: Instant) -> (Report, Collections) {
    let mut report: Report = collectors
        .iter()
        .map(|collector| (collector.name().to_owned(), Err(Missing::Late)))
        .collect();
    let mut numbers = HashMap::new();
    let mut collections = JoinSet::new();
    for (number, collector) in collectors.iter().enumerate() {
        numbers.insert(collections.spawn(collector.collect()).id(), number);
    }
    while let Ok(Some(answer)) = time::timeout_at(deadline, collections.join_next_with_id()).await {
        match answer {
            Ok((id, reading)) => report[numbers[&id]].1 = reading.map_err(Missing::Failed),
            Err(panic) => report[numbers[&panic.id()]].1 = Err(Missing::Panicked),
        }
    }
    report.sort_by(|one, other| one.0.cmp(&other.0));
    (report, collections)
}
