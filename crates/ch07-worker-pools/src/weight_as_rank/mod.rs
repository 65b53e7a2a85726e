//! A weight says how much a worker should get, and is used to say who comes first.
//!
//! **What goes wrong.** A depot has a van and a bicycle, of weights 3 and 1: of four parcels the
//! bicycle should get one. `deal` looks for the heaviest courier who has room. As long as the van
//! has room, that is the van, and it has room for as long as it keeps up. The bicycle gets a parcel
//! only when the van is full.
//!
//! **In Go** a guide's "weighted" balancer does this to three workers: of 60 light jobs they got
//! 60, 0 and 0. When the jobs came in a burst, they got 6 each, which is the size of their queues,
//! and 42 were dropped without a word. With unbuffered channels, whose length is always their
//! capacity, nobody got any. **In Rust** it is one `max_by_key`. The dropped jobs are harder to
//! write: `try_send` gives the job back, and not looking at it is a warning.
//!
//! **The mend.** A share needs a memory. In *smooth weighted round robin*, as nginx does it, each
//! courier gains his weight at every turn; who has most is next and pays the weights of all. Only
//! those with room take part, so nobody saves up while he is full. If the couriers are equally
//! fast, weights are not needed at all: one queue for all of them shares by who is free.
//!
//! **Who catches it.** Neither rustc nor clippy. A test that counts, with queues that are never
//! full: with full ones the mistake looks like sharing.
//!
//! Covers: c:S70, c:E30

pub mod broken;
pub mod fixed;
