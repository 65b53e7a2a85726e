//! A `select` with nothing to wait for.
//!
//! In Go `select {}` waits for ever; it stands at the end of many a `main`. In Rust `select!` wants
//! at least one branch. Who means to wait for ever writes `std::future::pending().await`; most
//! often, what is meant is to wait for the tasks, or for ctrl-c.

// refused: "select! requires at least one branch"

pub async fn serve() {
    tokio::select! {} //~
}
