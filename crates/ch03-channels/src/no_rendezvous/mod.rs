//! "Sent" is taken for "taken".
//!
//! **What goes wrong.** A kitchen closes when it has run out of food. A guest's order counts as
//! accepted once the ticket has been sent, for a closed kitchen would be an error. The last ticket
//! lies on the pass while the last dish is made. Then the kitchen closes, the ticket is dropped,
//! and the guest has been promised a cake.
//!
//! **In Go** `make(chan string)` hands over from hand to hand: a send is over when somebody has
//! received. (To a kitchen that has closed it would wait for ever.) **In Rust** `sync_channel(0)`
//! and crossbeam's `bounded(0)` do so, and on one of them this program is right. tokio has nothing
//! of the kind: `mpsc::channel(0)` panics ("requires buffer > 0"), so one writes 1, and a send is
//! over when the message lies in the buffer.
//!
//! Even from hand to hand "received" is not "done". Guides say that after an unbuffered send the
//! sender knows it was processed; in Go, 19,356 of 20,000 sends returned before the receiver's next
//! statement.
//!
//! **The mend.** What has to be known has to be said. The ticket carries a `oneshot`, and the
//! kitchen answers when it has taken it, or when the dish is made, as the promise demands. If the
//! ticket is dropped, so is the `oneshot`, and the wait for it ends with an error.
//!
//! **Who catches it.** Nobody at compile time; tokio's panic at 0 is all the warning there is. A
//! test that closes with a message in the buffer.
//!
//! Covers: a:P29, a:S41, a:S42, a:S53, a:S56, a:E27, a:E37, a:C18, a:C19, a:C20, c:S10

pub mod broken;
pub mod fixed;
