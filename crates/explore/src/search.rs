//! The search: which decisions to take next, in the order of how far they depart from the default.
//!
//! A run asks [`Run::choose`] at every decision. Option 0 is the default and free; any other
//! option may cost one departure. All runs with 0 departures are made first, then those with 1,
//! and so on, so the first failure has as few departures as any: iterative context bounding
//! (Musuvathi and Qadeer, PLDI 2007). Where a world can name the state it is in, a state that was
//! expanded before is not expanded again; as levels are visited in order, the first visit is
//! always the one with the most departures left.

use std::collections::{HashSet, VecDeque};
use std::fmt;

use timeline::Coverage;

/// One decision of a run: the option that was taken, and out of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Decision {
    pub taken: u16,
    pub options: u16,
}

/// The same decisions lead to the same run.
pub(crate) type Path = Vec<Decision>;

/// A replay met other decisions than the run it repeats: the program depends on something that
/// the world does not control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Diverged;

impl fmt::Display for Diverged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "the same schedule led to two different runs: the program depends on something that \
             the world does not control, such as the order of a HashMap, the real time or a \
             `static`",
        )
    }
}

/// The decisions of one run, as they are taken.
#[derive(Default)]
pub(crate) struct Run {
    forced: Path,
    taken: Path,
    branches: Vec<Branch>,
    /// Whether alternatives are still noted: not after a state that was expanded before.
    open: bool,
    seen: HashSet<u64>,
}

struct Branch {
    at: usize,
    option: u16,
    cost: u8,
}

impl Run {
    /// A run that repeats `path` and then takes every default.
    pub fn replay(path: Path) -> Self {
        Run {
            forced: path,
            ..Run::default()
        }
    }

    /// Takes one decision. `costs` holds the price of each option in departures; the first is free.
    /// `state` is asked for a name of the state when alternatives are still noted.
    pub fn choose(
        &mut self,
        costs: &[u8],
        state: impl FnOnce() -> Option<u64>,
    ) -> Result<usize, Diverged> {
        debug_assert_eq!(costs.first(), Some(&0), "the default is free");
        if costs.len() == 1 {
            return Ok(0);
        }
        let options = costs.len() as u16;
        let at = self.taken.len();
        if let Some(&decision) = self.forced.get(at) {
            if decision.options != options && decision.options != 0 || decision.taken >= options {
                return Err(Diverged);
            }
            self.taken.push(Decision {
                options,
                ..decision
            });
            return Ok(decision.taken.into());
        }
        if self.open
            && let Some(state) = state()
        {
            self.open = self.seen.insert(state);
        }
        if self.open {
            let others = (1..options).zip(&costs[1..]);
            self.branches
                .extend(others.map(|(option, &cost)| Branch { at, option, cost }));
        }
        self.taken.push(Decision { taken: 0, options });
        Ok(0)
    }

    /// The options of a decision for which `vain` holds need not be tried: they turned out to
    /// lead to the same run.
    pub fn withdraw(&mut self, decision: usize, vain: impl Fn(u16) -> bool) {
        self.branches
            .retain(|branch| branch.at != decision || !vain(branch.option));
    }

    /// The decisions so far.
    pub fn path(&self) -> &Path {
        &self.taken
    }
}

/// What is left to try.
pub(crate) struct Search {
    now: VecDeque<Path>,
    next: VecDeque<Path>,
    seen: HashSet<u64>,
    level: u32,
    bound: u32,
}

impl Search {
    /// A search with up to `bound` departures.
    pub fn new(bound: u32) -> Self {
        Search {
            now: VecDeque::from([Path::new()]),
            next: VecDeque::new(),
            seen: HashSet::new(),
            level: 0,
            bound,
        }
    }

    /// The next run to make; nothing when everything within the bound has been tried.
    pub fn next(&mut self) -> Option<Run> {
        if self.now.is_empty() && self.level < self.bound && !self.next.is_empty() {
            self.level += 1;
            self.now = std::mem::take(&mut self.next);
        }
        Some(Run {
            forced: self.now.pop_front()?,
            open: true,
            seen: std::mem::take(&mut self.seen),
            ..Run::default()
        })
    }

    /// Takes back a run that has ended, with the alternatives that it noted.
    pub fn finish(&mut self, run: Run) {
        self.seen = run.seen;
        for branch in run.branches {
            let mut path = run.taken[..branch.at].to_vec();
            path.push(Decision {
                taken: branch.option,
                options: run.taken[branch.at].options,
            });
            let queue = if branch.cost == 0 {
                &mut self.now
            } else {
                &mut self.next
            };
            queue.push_back(path);
        }
    }

    /// How many departures the runs of now have.
    pub fn level(&self) -> u32 {
        self.level
    }

    /// What has been covered once [`Search::next`] has nothing more.
    pub fn coverage(&self) -> Coverage {
        if self.next.is_empty() {
            Coverage::Everything
        } else {
            Coverage::UpTo { bound: self.bound }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Runs a "program" of `n` decisions with the given costs; returns the options of each run.
    fn all(n: usize, costs: &[u8], bound: u32) -> (Vec<Vec<u16>>, Coverage) {
        let mut search = Search::new(bound);
        let mut runs = Vec::new();
        while let Some(mut run) = search.next() {
            for _ in 0..n {
                run.choose(costs, || None).expect("nothing diverges");
            }
            runs.push(run.path().iter().map(|d| d.taken).collect());
            search.finish(run);
        }
        (runs, search.coverage())
    }

    #[test]
    fn departures_come_in_order_and_none_is_missed() {
        let (runs, coverage) = all(3, &[0, 1], 2);
        let cost = |run: &Vec<u16>| run.iter().sum::<u16>();
        assert!(runs.is_sorted_by_key(cost), "{runs:?}");
        let distinct: HashSet<_> = runs.iter().collect();
        assert_eq!(
            (runs.len(), distinct.len()),
            (7, 7),
            "of 8 runs one has 3 departures"
        );
        assert_eq!(coverage, Coverage::UpTo { bound: 2 });
    }

    #[test]
    fn free_options_are_all_tried_at_once() {
        let (runs, coverage) = all(2, &[0, 0, 0], 0);
        assert_eq!(runs.len(), 9);
        assert_eq!(coverage, Coverage::Everything);
    }

    #[test]
    fn a_state_is_expanded_once() {
        let mut search = Search::new(3);
        let mut runs = 0;
        while let Some(mut run) = search.next() {
            let first = run.choose(&[0, 0], || Some(1)).expect("same");
            // Both options lead to the same state, so only the first of them branches.
            let _ = first;
            run.choose(&[0, 0], || Some(2)).expect("same");
            runs += 1;
            search.finish(run);
        }
        assert_eq!(runs, 3);
    }

    #[test]
    fn another_number_of_options_is_a_divergence() {
        let mut search = Search::new(1);
        let mut run = search.next().expect("the first run");
        run.choose(&[0, 0], || None).expect("new");
        search.finish(run);
        let mut run = search.next().expect("the other option");
        assert_eq!(run.choose(&[0, 0, 0], || None), Err(Diverged));
    }
}
