//! A message that is used again after the branch that should have sent it has lost.
//!
//! In Go both cases may use `parcel`. In Rust the future of `belt.send(parcel)` owns it from the
//! moment the `select!` begins, and takes it along when it is dropped. Reserve room first, and the
//! parcel stays where it is until there is some.

// refused: E0382

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

pub async fn load(
    parcel: String,
    belt: mpsc::Sender<String>,
    shelf: &mut Vec<String>,
    shift_over: CancellationToken,
) {
    tokio::select! {
        sent = belt.send(parcel) => sent.expect("the belt runs"),
        () = shift_over.cancelled() => shelf.push(parcel), //~
    }
}
