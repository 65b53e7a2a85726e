//! Programs of up to three threads that share one or two channels.

/// What threads do. Each holds the ends that its operations use, and drops them one by one when it
/// is done: senders first, in the order of the channels.
#[derive(Clone, Debug)]
pub struct Program {
    pub capacities: Vec<Option<usize>>,
    pub threads: Vec<Vec<Op>>,
}

/// An operation on a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Send(usize),
    TrySend(usize),
    Receive(usize),
    TryReceive(usize),
    /// Receives from either.
    Select(usize, usize),
    /// Receives from either, or from none.
    TrySelect(usize, usize),
    /// Drops its own end.
    DropSender(usize),
    DropReceiver(usize),
}

impl Program {
    /// Whether a thread holds an end of its own.
    pub fn holds(&self, thread: usize, end: Op) -> bool {
        self.threads[thread].iter().any(|&op| match end {
            Op::DropSender(c) => op == end || matches!(op, Op::Send(d) | Op::TrySend(d) if c == d),
            Op::DropReceiver(c) => op == end || receives(op, c),
            _ => false,
        })
    }
}

fn receives(op: Op, channel: usize) -> bool {
    match op {
        Op::Receive(c) | Op::TryReceive(c) => c == channel,
        Op::Select(a, b) | Op::TrySelect(a, b) => a == channel || b == channel,
        _ => false,
    }
}

/// A message tells its sender and which of its operations sent it.
pub fn message(thread: usize, op: usize) -> u32 {
    (10 * thread + op) as u32
}

/// A program for each seed.
pub fn random(seed: u64) -> Program {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut below = move |n: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % n
    };
    let channels = 1 + below(2) as usize;
    let capacities = (0..channels)
        .map(|_| [None, Some(0), Some(0), Some(1)][below(4) as usize])
        .collect();
    let threads = 2 + below(2) as usize;
    let ops = if threads == 2 { 3 } else { 2 };
    let mut thread = || {
        let mut list: Vec<Op> = Vec::new();
        // A thread that has dropped all its ends has nothing left to do.
        for _ in 0..4 * ops {
            let (channel, other) = (below(channels as u64) as usize, channels - 1);
            let op = match below(14) {
                0..=2 => Op::Send(channel),
                3..=4 => Op::TrySend(channel),
                5 => Op::Receive(channel),
                6..=8 => Op::TryReceive(channel),
                9 if channels == 2 => Op::Select(0, other),
                9..=10 if channels == 2 => Op::TrySelect(0, other),
                11 => Op::DropSender(channel),
                12 => Op::DropReceiver(channel),
                _ => Op::TryReceive(channel),
            };
            if list.len() < ops && can_follow(&list, op) {
                list.push(op);
            }
        }
        list
    };
    Program {
        capacities,
        threads: (0..threads).map(|_| thread()).collect(),
    }
}

/// Whether a thread still has the ends that it needs.
fn can_follow(before: &[Op], op: Op) -> bool {
    let sends = |channel| !before.contains(&Op::DropSender(channel));
    let receives = |channel| !before.contains(&Op::DropReceiver(channel));
    match op {
        Op::Send(c) | Op::TrySend(c) | Op::DropSender(c) => sends(c),
        Op::Receive(c) | Op::TryReceive(c) | Op::DropReceiver(c) => receives(c),
        Op::Select(a, b) | Op::TrySelect(a, b) => receives(a) && receives(b),
    }
}
