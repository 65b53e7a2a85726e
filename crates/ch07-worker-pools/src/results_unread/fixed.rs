//! Weighs parcels: scales work off a belt, and the weights come out at the other end.

use tokio::sync::mpsc;
use tokio::task::JoinSet;

/// A weighing station.
pub struct Station {
    belt: mpsc::Sender<u32>,
    weights: mpsc::Receiver<u32>,
    scales: JoinSet<()>,
}

impl Station {
    /// Starts one with a single scale.
    pub fn start() -> Self {
        let (belt, mut parcels) = mpsc::channel(4);
        let (weighed, weights) = mpsc::channel(1);
        let mut scales = JoinSet::new();
        scales.spawn(async move {
            while let Some(parcel) = parcels.recv().await {
                let grams = parcel * 1000;
                if weighed.send(grams).await.is_err() {
                    return;
                }
            }
        });
        Self {
            belt,
            weights,
            scales,
        }
    }

    /// Puts a parcel on the belt.
    pub async fn put(&self, parcel: u32) {
        self.belt.send(parcel).await.expect("the scale works");
    }

    /// Stops the belt; all weights, when everything is weighed.
    pub async fn finish(mut self) -> Vec<u32> {
        drop(self.belt);
        let mut all = Vec::new();
        while let Some(grams) = self.weights.recv().await {
            all.push(grams);
        }
        while self.scales.join_next().await.is_some() {}
        all
    }
}
