//! Wrong: counts the deadline from the moment that the interval names, which is when the cycle was due and not when it began.
//! Caught by: a_cycle_that_begins_late_has_its_time_all_the_same

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
    loop {
        let begin = tokio::select! {
            () = stop.cancelled() => return totals,
            begin = due.tick() => begin,
        };
        let deadline = begin + period * 9 / 10;
        let report = tokio::select! {
            // Asked first: a report that is ready in the same moment is not stored.
            biased;
            () = stop.cancelled() => return totals,
            report = cycle(&collectors, deadline) => report,
        };
        totals.count(&report);
        // Outside of `select!`: what has begun is finished.
        store(report).await;
    }
}

/// Asks everybody. The set ends with this future, so no collection outlives its cycle.
async fn cycle(collectors: &[Collector], deadline: Instant) -> Report {
    let mut report: Report = Vec::new();
    let mut names = HashMap::new();
    let mut collections = JoinSet::new();
    for collector in collectors {
        // The deadline is inside the task, and ends this one collection.
        let collection = collections.spawn(time::timeout_at(deadline, collector.collect()));
        names.insert(collection.id(), collector.name());
    }
    while let Some(answer) = collections.join_next_with_id().await {
        let (id, reading) = match answer {
            Ok((id, Ok(reading))) => (id, reading.map_err(Missing::Failed)),
            Ok((id, Err(_))) => (id, Err(Missing::Late)),
            Err(panic) => (panic.id(), Err(Missing::Panicked)),
        };
        report.push((names[&id].to_owned(), reading));
    }
    report.sort_by(|(one, _), (other, _)| one.cmp(other));
    report
}
