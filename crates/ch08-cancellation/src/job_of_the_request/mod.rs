//! A job that runs inside the request ends when the customer goes away.
//!
//! **What goes wrong.** The counter of a print shop hands out a receipt and prints. The job is even
//! counted, so that closing time waits for it. But it is awaited where the request is served. The
//! customer has what they came for and leaves, the server drops the future of the request, and the
//! job is in it. It was accepted, all jobs are over, and nothing is printed.
//!
//! **In Go** the mistake has the same name and the opposite way: `go run(r.Context())` keeps
//! running, but its context is cancelled when the handler returns. In a guide's job server *every*
//! accepted job ended as "cancelled", after 50 µs; and as its entry is deleted at the return of the
//! handler as well, a cancel 50 ms after the 202 met a 404, and the status can never be
//! "processing". **In Rust** a token of the request does no harm to a task that does not listen to
//! it. It is the *future* that has the lifetime of the request.
//!
//! **The mend.** What was promised belongs to the service: `jobs.spawn(job)`, with a child of the
//! service's token if it is to be cancelled, and an entry that is removed when the *job* ends. What
//! the customer waits for (a query, a page) belongs to the request, and to drop it is right.
//!
//! **Who catches it.** Nobody at compile time, where the client stays until the end. A test in
//! which it leaves after the receipt.
//!
//! Covers: b:P33, b:S42, b:E52, b:E53

pub mod broken;
pub mod fixed;
