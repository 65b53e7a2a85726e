//! Jobs that crash too often are banned for a while.

use std::collections::HashMap;

use parking_lot::RwLock;

/// The bans: until which minute a job may not run.
pub struct Bans {
    bans: RwLock<HashMap<u32, u32>>,
}

impl Bans {
    /// Nothing is banned yet.
    pub fn none() -> Self {
        Self {
            bans: RwLock::new(HashMap::new()),
        }
    }

    /// Bans a job until a minute.
    pub fn ban(&self, job: u32, until: u32) {
        self.bans.write().insert(job, until);
    }

    /// Whether a job may run at this minute. A ban that is over is forgotten.
    pub fn may_run(&self, job: u32, minute: u32) -> bool {
        let until = self.bans.read().get(&job).copied();
        match until {
            Some(until) if minute < until => false,
            Some(_) => {
                self.bans.write().remove(&job);
                true
            }
            None => true,
        }
    }
}
