//! `try_join!` drops the other half where it stands.
//!
//! **What goes wrong.** Seats are held on two trains at once. A `Seat` gives itself back when it is
//! dropped, so an error seems to need no care. The train back is full and says so after a second.
//! `try_join!` returns that at once and drops the other future, which has asked for its seat and
//! waits for the answer. The seat is held on the server, and there is no `Seat` here to drop.
//!
//! **In Go** nothing is dropped. In an `errgroup` the sibling goes on until it looks at its
//! context, and whoever compensates sees how it ended. **In Rust** a dropped future ends at the
//! `.await` where it stands, and what the rest of the world has done for it by then stays done. A
//! destructor cleans up after values, and the value was not made yet. `select!` and `timeout` cut
//! in the same way.
//!
//! **The mend.** `join!` runs both to their end (two seconds, the longer one, not three) and gives
//! both outcomes. Now `back?` drops the seat that was got. Use `try_join!` for what may be cut
//! anywhere: reading, computing.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that asks the other side, with an answer
//! that comes later than the failure.
//!
//! Covers: c:S5

pub mod broken;
pub mod fixed;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use tokio::time;

/// A train, as its reservation server knows it.
pub struct Train {
    free: AtomicU32,
    answers_in: Duration,
}

/// A seat that is held. Dropping it gives it back.
pub struct Seat<'t>(&'t Train);

/// All seats are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

impl Train {
    /// A train with so many free seats, whose server takes so long to answer.
    pub fn new(free: u32, answers_in: Duration) -> Self {
        Self {
            free: AtomicU32::new(free),
            answers_in,
        }
    }

    /// How many seats are free.
    pub fn free(&self) -> u32 {
        self.free.load(Ordering::SeqCst)
    }

    /// Holds a seat.
    async fn hold(&self) -> Result<Seat<'_>, Full> {
        let one_less = |free: u32| free.checked_sub(1);
        let held = self
            .free
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
        // The seat is held; the answer is on its way.
        time::sleep(self.answers_in).await;
        held.map(|_| Seat(self)).map_err(|_| Full)
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.0.free.fetch_add(1, Ordering::SeqCst);
    }
}
