//! The branch that lost had already read half of something.
//!
//! **What goes wrong.** A mail comes in two lines, and `next` awaits both. Its subject is there;
//! before the body comes, the clock ticks. The tick wins, `select!` drops the future of `next`, and
//! with it the subject that it had in hand. The next turn begins a new `next`, which takes the body
//! for a subject and waits for a body that never comes.
//!
//! **In Go** this cannot happen, and so nobody looks for it. A `case` is a single send or receive:
//! it has happened, or it has not. Whoever reads in two steps does it in a goroutine of its own,
//! and the `select` sees whole mails. **In Rust** a branch may be any future, and to lose means to
//! be dropped at whichever `.await` it stands. A future that may be dropped and made anew without
//! harm is called *cancel safe*. `recv` is. Two `recv`s in a row are not, nor is `read_exact`.
//!
//! **The mend.** What has been read must outlive the future: keep it in the reader, as here, so
//! that each `.await` in `next` may be the last one. Or keep the future: make it outside the loop,
//! `pin!` it, and put `&mut next` into the `select!`. Or do as in Go, and give the reading a task
//! of its own.
//!
//! **Who catches it.** Neither rustc nor clippy. tokio's documentation says of each method whether
//! it is cancel safe. A test in which something else happens in between, which virtual time makes
//! exact.
//!
//! Covers: a:P62

pub mod broken;
pub mod fixed;

/// A mail, put together from two lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Mail {
    /// The first line.
    pub subject: &'static str,
    /// The second line.
    pub body: &'static str,
}
