//! A throttle that learns quickly, forgets slowly, and knows no limit.
//!
//! **What goes wrong.** A sender waits 5 ms longer with each mail while the server is under load,
//! and 1 ms less with each one when it is not. A hundred mails under load make half a second. The
//! load is gone, and every mail still waits for half a second; it takes 500 mails, over two minutes,
//! until the sender is as fast as before. After a thousand it is 5 s a mail and hours to recover.
//!
//! **In Go** a guide's adaptive stage has these numbers, no limit, and a `time.Sleep` that hears no
//! cancel. **In Rust** the sleep can be dropped like any future, so that half of it is cured by
//! itself; the arithmetic is the same.
//!
//! **The rule.** A feedback needs a cap, and it has to fall at least as fast as it rises. What TCP
//! does is the reverse of the above in the unit that counts: the *rate* grows by a little and is
//! halved at a loss (additive increase, multiplicative decrease). And what it listens to should be
//! what it influences: the server's answers, and not the load of the machine that it runs on.
//!
//! **Who catches it.** Neither rustc nor clippy. A test with a hot minute and a cool one after it,
//! on a virtual clock.
//!
//! Covers: b:S11, b:E9

pub mod broken;
pub mod fixed;
