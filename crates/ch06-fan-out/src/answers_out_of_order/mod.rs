//! Answers come in the order in which they are ready, and are paired in the order of the questions.
//!
//! **What goes wrong.** Two parcels are weighed at the same time. `buffer_unordered` hands on
//! whichever price is there first, `zip` gives the first price to the first parcel, and the
//! customer pays for somebody else's. In tokio's own order the first clerk is the first to answer,
//! so a test passes every day. On a busy day the second is faster.
//!
//! **In Go** it is `results = append(results, <-out)` behind a fan-out. A guide's version loses the
//! order so, and has no bound either: a thousand goroutines for a thousand items. Another's server,
//! of which it says that responses come in the order of the requests, gave 11 of 20 answers to the
//! wrong client with four clients and two workers. **In Rust** `JoinSet::join_next`,
//! `FuturesUnordered`, `select_all` and every shared channel of results order by arrival.
//! `join_all`, `try_join_all`, `buffered` and a loop over handles order by question.
//!
//! **The mend.** `buffered`: as many at a time, in the order of the stream. It has a price. An
//! answer that is early waits in the buffer and keeps its place there: with one item of ten
//! seconds, nineteen of one, and two at a time it is 19 s instead of 15 (`checks/facts.rs`). Where
//! the order does not matter, let each answer carry its question, `(parcel, price)`, and do not
//! pair.
//!
//! **Who catches it.** Nobody at compile time: both lists have the right length and type. A test in
//! which a later answer overtakes; the world finds it in schedule 4.
//!
//! Covers: c:S19, c:E37, c:C16, a:S111

pub mod broken;
pub mod fixed;
