//! `?` on an error that the stage does not have.
//!
//! In Go every error is an `error`, so that whatever fails can be returned; what is lost is which of
//! them it was, unless somebody wraps it. A stage of Rust names the errors that it can have. One
//! that is not among them needs a conversion, and this is the place to say what it means.

// refused: E0277

use std::num::ParseIntError;

fn parse(line: &[u8]) -> Result<u32, ParseIntError> {
    let text = std::str::from_utf8(line)?; //~
    text.trim().parse()
}

fn main() {
    println!("{:?}", parse(b"410\n"));
}
