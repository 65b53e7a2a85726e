//! A result that nobody has room for is thrown away.
//!
//! **What goes wrong.** An audit sends what it finds to whoever writes the report. It must not wait
//! for the report, thought its author, and used `try_send`. When the channel is full, `try_send`
//! gives the finding back; `let _ =` drops it. The report is short, and adds up.
//!
//! **In Go** it is `select { case findings <- f: default: }`, which a guide explains as "not
//! blocking indefinitely": 50 tasks were run and 5 results delivered, as many as the buffer had
//! places. Another guide's pub-sub published ten messages and delivered one. **In Rust** the three
//! outcomes are one value, `Ok`, `Full(message)`, `Closed(message)`, and the message comes back. It
//! takes a `let _` to lose it.
//!
//! **The mend.** Wait for room: `send().await`. A slow report then slows the audit, which is what a
//! bounded channel is for. Where waiting is out of the question (a sensor, an interrupt), losing is
//! a decision: count what was lost, and say so.
//!
//! **Who catches it.** clippy's `let_underscore_must_use`, which is off by default. A test that
//! counts what comes out, with more findings than places.
//!
//! Covers: a:P36, a:E32, c:S52, c:E64

pub mod broken;
pub mod fixed;
