//! Two bounded channels in a ring: each side sends, and nobody receives.
//!
//! **What goes wrong.** The caller sends all orders before it takes the first invoice. The pricing
//! thread cannot hand over its second invoice, so it takes no more orders, so the caller cannot
//! send its fourth. Three orders work. That is what the tests have.
//!
//! **In Go** it is the same program, and with unbuffered channels two orders are enough. "Use a
//! bigger buffer" is the usual advice, and a guide gives it. A buffer of `n` moves the bug to order
//! `2n + 2`.
//!
//! **In Rust** bounded channels block in the same way. An *unbounded* channel would end the hang
//! and buy it with memory: what waits is then only stored, not refused.
//!
//! **The rule.** Draw who waits for whom. Where channels form a ring, one side must be able to
//! receive while it sends: a thread of its own for the sending (here), `select`, or one reply
//! channel per request.
//!
//! **Who catches it.** Neither rustc nor clippy. The explorer does in its first schedule: it needs
//! no bad luck, only enough orders.
//!
//! Covers: b:P88, b:E138

pub mod broken;
pub mod fixed;
