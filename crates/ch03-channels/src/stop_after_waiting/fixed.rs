//! Samples the gauges along a river.

use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

/// The first `count` readings that any of the gauges sends.
pub async fn sample(gauges: &[&'static str], count: usize) -> Vec<&'static str> {
    let (readings, mut inbox) = mpsc::channel(1);
    let stop = CancellationToken::new();
    let mut senders = JoinSet::new();
    for &gauge in gauges {
        senders.spawn(measure(gauge, readings.clone(), stop.clone()));
    }
    let mut sample = Vec::new();
    for _ in 0..count {
        sample.extend(inbox.recv().await);
    }
    stop.cancel();
    senders.join_all().await;
    sample
}

async fn measure(
    gauge: &'static str,
    readings: mpsc::Sender<&'static str>,
    stop: CancellationToken,
) {
    loop {
        tokio::select! {
            () = stop.cancelled() => break,
            sent = readings.send(gauge) => sent.expect("somebody samples"),
        }
    }
}
