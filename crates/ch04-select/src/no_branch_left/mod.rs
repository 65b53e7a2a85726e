//! All branches are off, and `select!` has nothing to wait for.
//!
//! **What goes wrong.** An order is taken only while there is stock, and stock comes with
//! deliveries. The shelf is empty, so the first branch is off; the supplier has closed, so the
//! pattern of the second does not match, and it is off as well. There is no third. `select!`
//! panics: all branches are disabled and there is no else branch.
//!
//! **In Go** one turns a case off by making its channel `nil`, and a `select` with nothing but nil
//! channels waits for ever: a leaked goroutine, or "all goroutines are asleep". **In Rust** there
//! is no nil channel. A branch is off when its condition (`, if stock > 0`) is false or its pattern
//! does not match. The difference is that somebody notices, at run time, on the day when everything
//! is off at once.
//!
//! **The mend.** `else` is where all branches are off, and there one has to say what it means:
//! here, that nothing more can be sold. It is *not* Go's `default`, which runs when nothing is
//! ready *yet*; with one open, empty channel `else` waits like everybody. (For a look without
//! waiting there is `try_recv`.) Who wants to wait for ever, says `std::future::pending()`. A guide
//! warns that a `select` without `default` can block for ever, but blocking is the point; with an
//! empty `default` in the loop it spins.
//!
//! **Who catches it.** Neither rustc nor clippy. A test in which both ends come: the world finds it
//! in its first schedule.
//!
//! Covers: a:P18, a:P48, a:E67

pub mod broken;
pub mod fixed;
