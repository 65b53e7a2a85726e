//! A token that is cancelled after it was given to the task.
//!
//! In Go `ctx` and `cancel` are two values, and both may be used anywhere. In Rust a token is both
//! of them; the task owns the one that it was given. A task that only listens gets a clone; one
//! that has a scope of its own gets `stop.child_token()`.

// refused: E0382

use tokio_util::sync::CancellationToken;

pub async fn run_for_a_moment() {
    let stop = CancellationToken::new();
    let job = tokio::spawn(async move { stop.cancelled().await });
    stop.cancel(); //~
    job.await.expect("the job does not panic");
}
