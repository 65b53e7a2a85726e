//! A photo lab: so many benches develop what customers bring.

use std::thread::{self, JoinHandle};

use crossbeam::channel::{self, Receiver, Sender};

/// A lab that is open until it is closed.
pub struct Lab {
    orders: Sender<Order>,
    queue: Receiver<Order>,
    benches: Vec<JoinHandle<()>>,
}

struct Order {
    prints: &'static str,
    done: Sender<u32>,
}

impl Lab {
    /// Opens it with so many benches.
    pub fn open(benches: usize) -> Self {
        let (orders, queue) = channel::unbounded();
        let start = |_| {
            let queue = queue.clone();
            thread::spawn(move || work(&queue))
        };
        Self {
            orders,
            benches: (0..benches).map(start).collect(),
            queue,
        }
    }

    /// How many orders wait for a bench.
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// Has an order done, as the customer wrote it; how many prints there are, or nothing if it
    /// could not be done.
    pub fn develop(&self, prints: &'static str) -> Option<u32> {
        let (done, developed) = channel::bounded(1);
        self.orders.send(Order { prints, done }).ok()?;
        developed.recv().ok()
    }

    /// Closes it, when all orders are done.
    pub fn close(self) {
        drop(self.orders);
        for bench in self.benches {
            let _ = bench.join();
        }
    }
}

fn work(queue: &Receiver<Order>) {
    for order in queue {
        let _ = order.done.send(develop(order.prints));
    }
}

fn develop(prints: &str) -> u32 {
    prints.parse().expect("an order is a number of prints")
}
