//! A short way to write programs down.
//!
//! `Wx1.rel Ry.acq | F.sc Uy2.ar`: two threads; the first writes 1 to x and reads y, the second
//! has a fence and updates (swaps) y to 2. `L` and `U` take the lock and let go of it. Orderings are `rlx`, `acq`, `rel`, `ar` and `sc`.

use std::sync::atomic::Ordering;

use crate::{Op, Program};

/// Reads a program.
///
/// # Panics
/// If it is not one: programs are part of the source.
pub fn parse(text: &str) -> Program {
    let thread = |text: &str| text.split_whitespace().map(op).collect();
    text.split('|').map(thread).collect()
}

fn op(text: &str) -> Op {
    match text {
        "L" => return Op::Lock,
        "U" => return Op::Unlock,
        _ => {}
    }
    let (what, order) = text.split_once('.').expect("an operation has an ordering");
    let order = match order {
        "rlx" => Ordering::Relaxed,
        "acq" => Ordering::Acquire,
        "rel" => Ordering::Release,
        "ar" => Ordering::AcqRel,
        "sc" => Ordering::SeqCst,
        other => panic!("`{other}` is no ordering"),
    };
    let letters: Vec<char> = what.chars().collect();
    let value = |c: char| c.to_digit(10).expect("a digit") as usize;
    match letters[..] {
        ['R', at] => Op::Read(location(at), order),
        ['W', at, v] => Op::Write(location(at), value(v), order),
        ['U', at, v] => Op::Swap(location(at), value(v), order),
        ['F'] => Op::Fence(order),
        _ => panic!("`{what}` is no operation"),
    }
}

fn location(name: char) -> usize {
    let at = "xyz".find(name);
    at.expect("locations are x, y and z")
}
