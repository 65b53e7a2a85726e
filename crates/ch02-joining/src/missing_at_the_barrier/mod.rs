//! One of the party never comes to the barrier.
//!
//! **What goes wrong.** A load test lets all customers log in and then order in the same instant; a
//! barrier holds them until the last is there. A customer who cannot log in returns with `?`,
//! before the barrier. The barrier counts on that customer all the same. The others wait at the
//! start, and `rush` waits for them.
//!
//! **In Go** there is no barrier in the library. It is built from two `WaitGroup`s, as one more of
//! the things that a wait group can be bent to, and a goroutine that returns early leaves the
//! others in the same way. **In Rust** `std::sync::Barrier` and `tokio::sync::Barrier` count who
//! *waits*, not who is alive: nobody can leave the party, a panic does not, and a dropped task does
//! not. Three places and two who come are two who stay.
//!
//! **The mend.** Go to the barrier first, then look at the outcome. Where the second half must not
//! begin unless the first went well for all, there is no need for a barrier: join the first half,
//! look at its results, and start the second.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer, in its first schedule; a test whose
//! customers are all known finds nothing.
//!
//! Covers: a:P13

pub mod broken;
pub mod fixed;

/// A customer who has logged in.
struct Session(&'static str);

/// Stands for a request to the shop; fails for a customer whom it does not know.
fn log_in(customer: &'static str) -> Result<Session, &'static str> {
    match customer {
        "nobody" => Err("unknown customer"),
        _ => Ok(Session(customer)),
    }
}

impl Session {
    /// Stands for the request that the test is about.
    fn order(self) -> String {
        format!("{} has ordered", self.0)
    }
}
