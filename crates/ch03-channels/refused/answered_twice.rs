//! A question that is answered twice.
//!
//! With a Go channel as the reply, a second answer blocks for ever, or lies in the buffer until
//! another question takes it for its own. `send` on a oneshot consumes the sender: one question,
//! one answer. This is the `return` that was forgotten.
// refused: E0382

use tokio::sync::oneshot;

pub fn answer(stock: u32, wanted: u32, reply: oneshot::Sender<bool>) {
    if wanted > stock {
        let _ = reply.send(false);
    }
    let _ = reply.send(true); //~
}
