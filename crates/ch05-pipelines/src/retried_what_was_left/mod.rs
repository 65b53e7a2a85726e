//! The second attempt begins with what the first one left behind.
//!
//! **What goes wrong.** An order is prepared and sent to the bank; if the bank is busy, the loop
//! does both again. To prepare means to add the fee, and the fee is added to what has it already.
//! Who pays at the second attempt pays it twice. If the bank is never busy, which is so in most
//! tests, the sum is right.
//!
//! **In Go** a guide's retry stage calls the function again with `result.Value`: that is the output
//! of the attempt that failed, and not its input, which nobody has kept. For most functions that is
//! the zero value. **In Rust** there is no zero value to fall back on, and an input that was moved
//! into the attempt is gone, so that rustc asks for a clone. What it lets pass is an input that is
//! changed in place: `mut order`, and a loop around it.
//!
//! **The rule.** An attempt is a function of the input. Keep the input as it came, without `mut`,
//! and let each attempt make what it needs. What has left the process is another matter: a charge
//! that was made and whose answer was lost is made twice by any retry, and only a key that both
//! sides know makes it one (idempotency).
//!
//! **Who catches it.** Neither rustc nor clippy. A test in which the first attempt fails.
//!
//! Covers: b:S4, b:E4

pub mod broken;
pub mod fixed;
