//! Plans the round of a delivery van, better with each attempt, until somebody wants to drive.

use tokio::task;
use tokio_util::sync::CancellationToken;

/// After so many attempts a plan hardly gets any better.
const ENOUGH: u32 = 6;

/// After so many attempts the others get a turn.
const TURN: u32 = 2;

/// Makes `attempt`s at a plan until there were enough, or until `stop`.
pub async fn plan(mut attempt: impl FnMut(), stop: CancellationToken) {
    let planning = async {
        for made in 1..=ENOUGH {
            attempt();
            if made % TURN == 0 {
                task::yield_now().await;
            }
        }
    };
    stop.run_until_cancelled(planning).await;
}
