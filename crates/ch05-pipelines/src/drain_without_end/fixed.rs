//! Counts visitors at a turnstile until it is told to close.

use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

/// How many came, those included who are through the turnstile when it closes.
pub async fn count(mut visitors: Receiver<()>, closing: CancellationToken) -> usize {
    let mut count = 0;
    loop {
        tokio::select! {
            visitor = visitors.recv() => match visitor {
                Some(()) => count += 1,
                None => return count,
            },
            () = closing.cancelled() => break,
        }
    }
    visitors.close();
    while let Some(()) = visitors.recv().await {
        count += 1;
    }
    count
}
