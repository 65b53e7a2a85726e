//! Two different jobs in one list.
//!
//! In Go a slice of `func() int` holds any functions, and each gets its goroutine. In Rust every
//! `async` block is a type of its own, and a list has one type. Two jobs that are known when the
//! program is written go into `join!`. A list of jobs of all sorts holds boxes:
//! `Vec<BoxFuture<'static, u32>>`, filled with `.boxed()`; or they go into a `JoinSet`, which asks
//! only that their outputs are of one type.

// refused: E0308

use futures::future::join_all;

pub async fn stock() -> Vec<u32> {
    let shelves = async { 12 };
    let cellar = async { 40 };
    join_all([shelves, cellar]).await //~
}
