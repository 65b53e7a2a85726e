//! A weight says how much a worker should get, and is used to say who comes first.
//!
//! **What goes wrong.** A depot has a van and a bicycle, of weights 3 and 1: of four parcels the
//! bicycle should get one. `deal` looks for the heaviest courier who has room. As long as the van
//! has room, that is the van, and it has room for as long as it keeps up. The bicycle gets a parcel
//! only when the van is full.
//!
//! **In Go** a guide's "weighted" balancer does this to three workers: of 60 light jobs they got
//! 60, 0 and 0. When the jobs came in a burst, they got 6 each, and 42 were dropped without a word.
//! With unbuffered channels, whose length is never below their capacity, nobody got any. **In
//! Rust** it is one `max_by_key`. To drop a job is harder to write: `try_send` gives it back, and
//! not looking at that is a warning.
//!
//! **The mend.** A share needs a memory. In *smooth weighted round robin*, as nginx has it, all
//! gain their weight at every turn; who has most is next, and pays the weights of all. Only those
//! with room take part, so that nobody saves up while they are full. Where the couriers differ only
//! in speed, no weights are needed: one queue for all of them shares by who is free.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that counts, with queues that are never
//! full: with full ones the mistake looks like sharing.
//!
//! Covers: c:S70, c:E30

pub mod broken;
pub mod fixed;
