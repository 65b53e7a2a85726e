//! # Job queue
//!
//! A queue between threads.
//!
//! The job: make [`JobQueue`] right.
//!
//! The rules:
//!
//! - Each job comes out once.

/// A queue.
pub struct JobQueue;
