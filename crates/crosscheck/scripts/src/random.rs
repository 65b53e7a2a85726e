//! Random scripts of one sort of thing, or of all sorts.

use crate::{Script, Step, Told};

/// The script with this number, always the same.
pub fn random(seed: u64) -> Script {
    let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let threads = 2 + random.below(2);
    let longest = if threads == 2 { 3 } else { 2 };
    // Scripts of one sort interact more than scripts of all sorts.
    let sorts = [0..4, 4..8, 8..11, 11..16, 0..17];
    let sort = sorts[random.below(sorts.len())].clone();
    let receivers = [random.below(threads), random.below(threads)];
    let thread = |random: &mut Random, me: usize| {
        let mut steps = Vec::new();
        let mut held = Vec::new();
        for _ in 0..1 + random.below(longest) {
            let which = random.below(2);
            let told = [Told::One, Told::All, Told::One, Told::Nobody][random.below(4)];
            let mine = receivers[which] == me;
            let step = match sort.start + random.below(sort.len()) {
                0 | 1 if !held.contains(&which) => {
                    held.push(which);
                    Step::Lock(which)
                }
                2 if !held.contains(&which) => Step::TryLock(which),
                0..=3 => match held.pop() {
                    Some(_) => Step::Unlock,
                    None => continue,
                },
                4 | 5 => Step::Take(which),
                6 | 7 => Step::Put(which, told),
                8 => Step::Read(which),
                9 => Step::Raise(which),
                10 => Step::RaiseInTwoSteps(which),
                11 | 12 if mine => Step::Receive(which),
                13 if mine => Step::TryReceive(which),
                11..=15 if !mine => Step::Send(which),
                16 => Step::Meet,
                _ => continue,
            };
            steps.push(step);
        }
        steps.extend(held.iter().map(|_| Step::Unlock));
        steps
    };
    let capacity = |random: &mut Random| [None, Some(0), Some(1)][random.below(3)];
    Script {
        threads: (0..threads).map(|me| thread(&mut random, me)).collect(),
        receivers,
        capacities: [capacity(&mut random), capacity(&mut random)],
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
