//! The order in which `select!` looks at its branches.

use super::super::here;
use super::observe;
use crate::survey::Way;

/// The order in which one poll of a `select!` looks at its branches.
#[derive(Debug)]
pub struct Branches {
    /// The branches that may come first, which are those that are looked at.
    enabled: Vec<usize>,
    first: usize,
    /// Which decision of the run it was.
    decision: usize,
    count: usize,
}

impl Branches {
    /// Chooses the branch to begin with, among `count` of them but for those with a bit in
    /// `disabled`: the first, or, unless it is `biased`, another one for a departure.
    pub fn choose(count: usize, disabled: u64, biased: bool) -> Self {
        let enabled = (0..count).filter(|branch| biased || disabled & (1 << branch) == 0);
        let mut enabled: Vec<usize> = enabled.collect();
        if biased {
            enabled.truncate(1);
        }
        let world = here();
        let mut costs = vec![1; enabled.len().max(1)];
        costs[0] = 0;
        let decision = world.run.borrow().path().len();
        let way = |&branch: &usize| Way {
            lane: world.current.get(),
            label: Some(format!("branch {} of the select! first", branch + 1)),
        };
        let option = world.choose(&costs, || None, || enabled.iter().map(way).collect());
        let first = enabled.get(option).copied().unwrap_or(0);
        if costs.len() > 1 {
            observe(('b', first));
        }
        Branches {
            enabled,
            first,
            decision,
            count,
        }
    }

    /// The branch to look at as the `nth`.
    pub fn at(&self, nth: usize) -> usize {
        (self.first + nth) % self.count
    }

    /// The poll is over: the branch looked at as the `nth` was taken, or none was ready. What
    /// would have come to the same is not tried.
    pub fn taken(self, nth: Option<usize>) {
        if self.enabled.len() < 2 {
            return;
        }
        // To begin with another one of those that were found pending makes no difference.
        let distance = |branch: usize| (branch + self.count - self.first) % self.count;
        let same =
            |option: u16| nth.is_none_or(|nth| distance(self.enabled[option as usize]) <= nth);
        here().run.borrow_mut().withdraw(self.decision, same);
    }
}
