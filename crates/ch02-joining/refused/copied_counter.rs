//! A struct that is copied, and its counter with it.
//!
//! In Go `done := progress` copies the number inside, atomic or not, and from there on the two
//! count apart; `go vet` looks for the types that must not be copied. An atomic of Rust is neither
//! `Copy` nor `Clone`, so nothing that holds one can be copied by accident. Mends: lend it
//! (`&Progress`), or share it (`Arc<Progress>`).

// refused: E0277

use std::sync::atomic::AtomicUsize;

#[derive(Clone)]
pub struct Progress {
    pub total: usize,
    pub done: AtomicUsize, //~
}
