//! A loading bay that lets express parcels through twice as often as others, and starves nobody.

use tokio::sync::mpsc::Receiver;

/// How many of each class are loaded in a turn.
const SHARES: [usize; 2] = [2, 1];

/// A bay with a queue for each class: express, standard.
pub struct Bay {
    queues: [Receiver<u32>; 2],
    loaded: [usize; 2],
}

impl Bay {
    /// A bay before its first turn.
    pub fn new(express: Receiver<u32>, standard: Receiver<u32>) -> Self {
        Self {
            queues: [express, standard],
            loaded: [0; 2],
        }
    }

    /// The parcel that is to be loaded next, if one waits.
    pub fn load(&mut self) -> Option<u32> {
        self.within_shares().or_else(|| {
            self.loaded = [0; 2];
            self.within_shares()
        })
    }

    fn within_shares(&mut self) -> Option<u32> {
        for (class, queue) in self.queues.iter_mut().enumerate() {
            if self.loaded[class] < SHARES[class]
                && let Ok(parcel) = queue.try_recv()
            {
                self.loaded[class] += 1;
                return Some(parcel);
            }
        }
        None
    }
}
