//! A saw that cuts planks until somebody hits the emergency stop.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Cuts `planks` as they come; after an emergency stop, none.
pub async fn saw(
    mut planks: mpsc::Receiver<u32>,
    cut: &mut dyn FnMut(u32),
    emergency: CancellationToken,
) {
    loop {
        tokio::select! {
            biased;
            plank = planks.recv() => match plank {
                Some(plank) => cut(plank),
                None => return,
            },
            () = emergency.cancelled() => return,
        }
    }
}
