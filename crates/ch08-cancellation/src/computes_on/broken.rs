//! Plans the round of a delivery van, better with each attempt, until somebody wants to drive.

use tokio_util::sync::CancellationToken;

/// After so many attempts a plan hardly gets any better.
const ENOUGH: u32 = 6;

/// Makes `attempt`s at a plan until there were enough, or until `stop`.
pub async fn plan(mut attempt: impl FnMut(), stop: CancellationToken) {
    let planning = async {
        for _ in 0..ENOUGH {
            attempt();
        }
    };
    stop.run_until_cancelled(planning).await;
}
