//! Results are awaited in the order of the list, and failures come in the order of time.
//!
//! **What goes wrong.** The version is installed in three regions at once, and the handles are
//! awaited one after the other. Bergen refuses after one second. The loop stands at Oslo, the first
//! of the list, for three: Oslo is live by then. Now `?` returns, and drops the handle of Lund. A
//! dropped handle detaches its task, so Lund goes live after the caller has heard that the roll-out
//! failed.
//!
//! **In Go** this is what `errgroup` is for: the first error cancels a context, and `Wait` waits
//! for all. It needs workers who look at the context. A guide writes a group of its own that
//! cancels a context which no worker is ever given. It then joins the errors with `%v`, so that
//! `errors.Is` finds none of them. **In Rust** stopping needs no cooperation: an aborted task ends
//! at its `.await`.
//!
//! **The mend.** A `JoinSet`: `join_next` gives whoever is first, and `shutdown` aborts the others
//! *and waits* until they are gone, so that nothing changes after the error is out. Dropping the
//! set aborts as well, and does not wait: on several threads a task may still reach its next
//! `.await`. Mind what a task leaves half-done where it is cut; if it must finish a step, give it a
//! `CancellationToken` and let it stop by itself.
//!
//! **Who catches it.** Neither rustc nor clippy. A test in which the second is the first to fail.
//!
//! Covers: a:S121, c:S81, c:E43

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
