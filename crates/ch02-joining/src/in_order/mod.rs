//! TODO

pub mod broken;
pub mod fixed;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time;

/// The regions in which the new version is live.
pub type Live = Arc<Mutex<Vec<&'static str>>>;

/// A region does not take the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refused(pub &'static str);

/// A region, and how long it takes to install a version.
#[derive(Clone, Copy)]
pub struct Region {
    /// Its name.
    pub name: &'static str,
    /// From the request to the answer.
    pub takes: Duration,
    /// Whether the version passes its tests.
    pub accepts: bool,
}

impl Region {
    /// Installs the version, which is live at the end.
    async fn install(self, live: Live) -> Result<(), Refused> {
        time::sleep(self.takes).await;
        if !self.accepts {
            return Err(Refused(self.name));
        }
        live.lock().unwrap().push(self.name);
        Ok(())
    }
}
