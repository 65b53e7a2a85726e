//! Handles that abort when they are dropped, and a channel in which the answers meet. A panic is an
//! answer, too: each collection has a second task that asks how it ended.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{self, Instant, MissedTickBehavior};
use tokio_util::sync::CancellationToken;
use tokio_util::task::AbortOnDropHandle;

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
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => break,
            _ = due.tick() => {}
        }
        let deadline = time::sleep_until(Instant::now() + period * 9 / 10);
        tokio::pin!(deadline);
        let (answers, mut answered) = mpsc::channel(1);
        let mut report: Report = Vec::new();
        let mut collections = Vec::new();
        for (number, collector) in collectors.iter().enumerate() {
            report.push((collector.name().to_owned(), Err(Missing::Late)));
            let collection = AbortOnDropHandle::new(tokio::spawn(collector.collect()));
            let answers = answers.clone();
            collections.push(AbortOnDropHandle::new(tokio::spawn(async move {
                let _ = answers.send((number, collection.await)).await;
            })));
        }
        drop(answers);
        loop {
            let (number, answer) = tokio::select! {
                () = stop.cancelled() => break,
                () = &mut deadline => break,
                answer = answered.recv() => match answer {
                    Some(answer) => answer,
                    None => break,
                },
            };
            report[number].1 = match answer {
                Ok(reading) => reading.map_err(Missing::Failed),
                Err(_) => Err(Missing::Panicked),
            };
        }
        drop(collections);
        if !stop.is_cancelled() {
            report.sort_by(|one, other| one.0.cmp(&other.0));
            totals.count(&report);
            store(report).await;
        }
    }
    totals
}
