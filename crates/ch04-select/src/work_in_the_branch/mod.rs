//! The message is made before its branch has won, and lost when another one wins.
//!
//! **What goes wrong.** A parcel is taken off the shelf, and `belt.send(parcel)` waits for room.
//! The bell ends the shift; the other branch wins; `select!` drops the futures that lost. The
//! parcel was inside one of them. It is not on the belt, nor on the shelf.
//!
//! **In Go** it is `case belt <- take(shelf):`. The value is computed when the `select` is entered,
//! before anything is chosen; a guide's generator lost one item in each of 200 cancelled runs. **In
//! Rust** the expression of *every* branch is evaluated first, even of one whose `, if` is false,
//! and a message moves into the future that sends it. With six made, five arrive. crossbeam's
//! `select! { send(belt, take(shelf)) -> … }` is kinder: it takes the parcel only once there is
//! room.
//!
//! **The mend.** Wait for the room, then take the parcel: `reserve()` yields a permit, and `send`
//! on a permit cannot wait or fail. A `reserve` that loses has lost only its place in the queue.
//! Where a message exists already and must survive a timeout, `send_timeout` hands it back.
//!
//! **Who catches it.** Nobody at compile time, as long as the message is made in place; a message
//! that is used again in another branch is refused (see `refused/`). A test that counts what went
//! in and what came out.
//!
//! Covers: a:S94, b:P13, c:P33, c:E54

pub mod broken;
pub mod fixed;
