//! Random programs: what nobody thought of writing down.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Relaxed, Release, SeqCst};

use crate::{Op, Program};

/// The program with this number, always the same.
pub fn random(seed: u64) -> Program {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let threads = 2 + random.below(2);
    let longest = if threads == 2 { 4 } else { 3 };
    // Half of the programs have `SeqCst` in every second place, the others are all sorts.
    let strong = random.below(2) == 0;
    let locking = random.below(3) == 0;
    let thread = |random: &mut Random| {
        let length = 2 + random.below(longest - 1);
        let mut ops: Vec<Op> = (0..length).map(|_| op(random, strong)).collect();
        if locking {
            let (from, to) = (random.below(length), random.below(length) + 1);
            ops.insert(from, Op::Lock);
            ops.insert(to.max(from) + 1, Op::Unlock);
        }
        ops
    };
    (0..threads).map(|_| thread(&mut random)).collect()
}

fn op(random: &mut Random, strong: bool) -> Op {
    let at = random.below(2);
    let value = 1 + random.below(2);
    let sc = strong && random.below(2) == 0;
    let mut one_of = |orders: &[Ordering]| {
        let order = orders[random.below(orders.len())];
        if sc { SeqCst } else { order }
    };
    let (read, write) = ([Relaxed, Acquire, SeqCst], [Relaxed, Release, SeqCst]);
    let update = [Relaxed, Acquire, Release, AcqRel, SeqCst];
    let fence = [Acquire, Release, AcqRel, SeqCst];
    let orders = [
        one_of(&read),
        one_of(&write),
        one_of(&update),
        one_of(&fence),
    ];
    match random.below(10) {
        0..=3 => Op::Read(at, orders[0]),
        4..=6 => Op::Write(at, value, orders[1]),
        7 => Op::Swap(at, value, orders[2]),
        _ => Op::Fence(orders[3]),
    }
}

/// Xorshift (Marsaglia, 2003): enough to choose programs.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % limit
    }
}
