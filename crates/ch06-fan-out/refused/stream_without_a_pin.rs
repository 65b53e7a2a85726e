//! A stream that is asked for its next item where it lies.
//!
//! In Go a channel is a reference, and may lie anywhere. In Rust a stream that awaits holds a
//! future, which must not move once it was polled; `next` borrows the stream only, so somebody has
//! to hold it in place. `pin!(labels)` does it for a local variable, `.boxed()` for one that is to
//! be handed on. (`buffer_unordered` keeps its futures in boxes. What stands in front of it
//! decides.)

// refused: E0277

use futures::stream::{self, StreamExt};

pub async fn print_labels(parcels: Vec<u32>) {
    let mut labels = stream::iter(parcels).then(|parcel| async move { format!("no. {parcel}") });
    while let Some(label) = labels.next().await { //~
        println!("{label}");
    }
}
