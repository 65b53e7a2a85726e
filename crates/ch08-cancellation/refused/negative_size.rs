//! A number of rows that comes from outside, and may be negative.
//!
//! In Go `make([]Row, limit)` takes an `int`; with `limit=-1` in the request a guide's server
//! panics in a bare goroutine and is gone. In Rust a size has no sign, and the conversion has to be
//! asked for: `usize::try_from(limit)` has an answer for -1. (`as` has none: it makes 2^64 - 1 of
//! it, and a panic in one task.) Better let the type say it where the request is read: `limit:
//! u32`.

// refused: E0308

pub fn fetch(limit: i64) -> Vec<u32> {
    Vec::with_capacity(limit) //~
}
