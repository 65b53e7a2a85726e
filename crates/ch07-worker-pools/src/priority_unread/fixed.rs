//! A laboratory: samples come over a counter and are tested one after the other.

use std::time::Duration;

use tokio::sync::mpsc::{self, Receiver, Sender, error::TrySendError};
use tokio::time;

use super::{Sample, Test};

/// Where samples are brought.
pub struct Counter {
    samples: [Sender<Sample>; 2],
}

/// Where they are tested.
pub struct Laboratory {
    samples: [Receiver<Sample>; 2],
}

/// A laboratory, and the counter in front of it.
pub fn open() -> (Counter, Laboratory) {
    let (routine, second) = mpsc::channel(16);
    let (urgent, first) = mpsc::channel(16);
    let counter = [routine, urgent];
    let samples = [second, first];
    (Counter { samples: counter }, Laboratory { samples })
}

impl Counter {
    /// Takes a sample; gives it back if there is no room.
    pub fn take(&self, sample: Sample) -> Result<(), TrySendError<Sample>> {
        self.samples[usize::from(sample.urgent)].try_send(sample)
    }
}

impl Laboratory {
    /// Tests everything, and reports each number; returns when the counter is closed.
    pub async fn work(mut self, mut report: impl FnMut(u32)) {
        while let Some(sample) = self.next().await {
            let minutes = match sample.test {
                Test::BloodCount => 5,
                Test::Culture => 24 * 60,
            };
            time::sleep(Duration::from_secs(60 * minutes)).await;
            report(sample.number);
        }
    }

    async fn next(&mut self) -> Option<Sample> {
        let [routine, urgent] = &mut self.samples;
        tokio::select! {
            biased;
            Some(sample) = urgent.recv() => Some(sample),
            Some(sample) = routine.recv() => Some(sample),
            else => None,
        }
    }
}
