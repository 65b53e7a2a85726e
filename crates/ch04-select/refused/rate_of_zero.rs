//! A limit of zero requests in a second.
//!
//! In Go `time.Second / time.Duration(rate)` divides by zero and panics, `time.Tick(0)` is a nil
//! channel that never ticks; both at run time, with a number from a configuration file. tokio's
//! `interval` panics for a period of zero, too. In Rust the type can say that zero is no rate:
//! whoever has the number must ask first, with `NonZeroU32::new(rate)`, and decide what zero means.

// refused: E0308

use std::num::NonZeroU32;
use std::time::Duration;

fn spacing(rate: NonZeroU32) -> Duration {
    Duration::from_secs(1) / rate.get()
}

fn main() {
    println!("one request every {:?}", spacing(0)); //~
}
