//! What C++20 allows, by enumeration.
//!
//! An execution says from which write each read reads, and in which order the writes to each
//! location took effect. All of them are tried; the axioms of \[intro.races\] and
//! \[atomics.order\] (ISO/IEC 14882:2020) tell which are allowed. Nothing here runs a program,
//! and nothing is shared with the explorer.

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use crate::event::Event;
use crate::relation::Relation;
use crate::{Op, Outcome, Program, locations};

/// The outcomes of a program.
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    /// All that the standard allows.
    pub allowed: BTreeSet<Outcome>,
    /// Those that have an execution in which every read comes after the write that it reads from,
    /// and writes to one location take effect in the order in which they come. What can be had
    /// by running one operation after the other.
    pub in_order: BTreeSet<Outcome>,
}

/// All outcomes of a program.
pub fn outcomes(program: &Program) -> Outcomes {
    let events = Events::of(program);
    let mut outcomes = Outcomes::default();
    let mut execution = Execution {
        source: vec![0; events.all.len()],
        order: Vec::new(),
        sections: Vec::new(),
    };
    events.choose_sources(0, &mut execution, &mut outcomes);
    outcomes
}

struct Events {
    all: Vec<Event>,
    locations: usize,
    /// Sequenced before: the order of the program, and the initial writes before all of it.
    sb: Relation,
}

struct Execution {
    /// For each read, the write that it reads from.
    source: Vec<usize>,
    /// For each location its writes, in modification order.
    order: Vec<Vec<usize>>,
    /// The critical sections, each a lock and its unlock, in the order of the lock.
    sections: Vec<(usize, usize)>,
}

impl Execution {
    /// Each unlock synchronizes with the next lock.
    fn locks(&self, events: usize) -> Relation {
        let mut locks = Relation::empty(events);
        for pair in self.sections.windows(2) {
            locks.add(pair[0].1, pair[1].0);
        }
        locks
    }
}

impl Events {
    fn of(program: &Program) -> Self {
        let locations = locations(program);
        let initial = |at| Event {
            thread: None,
            op: Op::Write(at, 0, Ordering::Relaxed),
        };
        let mut all: Vec<Event> = (0..locations).map(initial).collect();
        for (thread, ops) in program.iter().enumerate() {
            let thread = Some(thread);
            all.extend(ops.iter().map(|&op| Event { thread, op }));
        }
        let mut sb = Relation::empty(all.len());
        for (b, later) in all.iter().enumerate() {
            for (a, earlier) in all[..b].iter().enumerate() {
                let first = earlier.thread.is_none() && later.thread.is_some();
                if first || earlier.thread == later.thread {
                    sb.add(a, b);
                }
            }
        }
        Events { all, locations, sb }
    }

    fn writes(&self, location: usize) -> Vec<usize> {
        let writes = |&e: &usize| {
            self.all[e].location() == Some(location) && self.all[e].written().is_some()
        };
        (0..self.all.len()).filter(writes).collect()
    }

    fn choose_sources(&self, event: usize, execution: &mut Execution, outcomes: &mut Outcomes) {
        let Some(next) = self.all.get(event) else {
            return self.choose_order(execution, outcomes);
        };
        let Some(location) = next.location().filter(|_| next.reads()) else {
            return self.choose_sources(event + 1, execution, outcomes);
        };
        for write in self.writes(location) {
            if write != event {
                execution.source[event] = write;
                self.choose_sources(event + 1, execution, outcomes);
            }
        }
    }

    fn choose_order(&self, execution: &mut Execution, outcomes: &mut Outcomes) {
        let location = execution.order.len();
        if location == self.locations {
            return self.choose_sections(execution, outcomes);
        }
        let writes = self.writes(location);
        // The initial write is the first of every order.
        for order in permutations(&writes[1..]) {
            execution.order.push([&writes[..1], &order].concat());
            self.choose_order(execution, outcomes);
            execution.order.pop();
        }
    }

    fn choose_sections(&self, execution: &mut Execution, outcomes: &mut Outcomes) {
        let is = |op: Op| (0..self.all.len()).filter(move |&e| self.all[e].op == op);
        let unlock = |lock: usize| is(Op::Unlock).find(|&e| self.sb.has(lock, e));
        let locks: Vec<usize> = is(Op::Lock).collect();
        for order in permutations(&locks) {
            let sections = order.into_iter();
            let sections = sections.map(|lock| (lock, unlock(lock).expect("locks are let go")));
            execution.sections = sections.collect();
            self.judge(execution, outcomes);
        }
    }

    fn judge(&self, execution: &Execution, outcomes: &mut Outcomes) {
        let Some(relations) = self.consistent(execution) else {
            return;
        };
        let value = |write: usize| self.all[write].written().expect("a write");
        let reads = (0..self.all.len()).filter(|&e| self.all[e].reads());
        let seen = reads.map(|read| value(execution.source[read]));
        let last = execution.order.iter().map(|order| order[order.len() - 1]);
        let outcome: Outcome = seen.chain(last.map(value)).collect();
        if relations.closure().is_irreflexive() {
            outcomes.in_order.insert(outcome.clone());
        }
        outcomes.allowed.insert(outcome);
    }

    /// All that one operation after the other has to respect; nothing if the execution is not
    /// allowed at all.
    fn consistent(&self, execution: &Execution) -> Option<Relation> {
        let n = self.all.len();
        let (mut rf, mut mo, mut fr) = (Relation::empty(n), Relation::empty(n), Relation::empty(n));
        for order in &execution.order {
            for (i, &a) in order.iter().enumerate() {
                order[i + 1..].iter().for_each(|&b| mo.add(a, b));
            }
        }
        for read in (0..n).filter(|&e| self.all[e].reads()) {
            let write = execution.source[read];
            rf.add(write, read);
            let order = &execution.order[self.all[read].location()?];
            let at = order.iter().position(|&w| w == write)?;
            let later = order[at + 1..].iter().filter(|&&w| w != read);
            later.for_each(|&w| fr.add(read, w));
            // A read-modify-write reads the write right before its own.
            if self.all[read].written().is_some() && order.get(at + 1) != Some(&read) {
                return None;
            }
        }
        let sw = self.synchronizes(execution);
        let hb = self.sb.clone().union(&sw).closure();
        let cob = rf.clone().union(&mo).union(&fr).closure();
        let coherent = hb.pairs().all(|(a, b)| !cob.has(b, a));
        if !coherent || !hb.is_irreflexive() || !cob.is_irreflexive() {
            return None;
        }
        let s = self.single_order(&sw, &hb, &cob);
        let s_exists = s.clone().closure().is_irreflexive();
        let locks = execution.locks(n);
        let all = [&rf, &mo, &s, &locks];
        s_exists.then(|| all.into_iter().fold(self.sb.clone(), Relation::union))
    }

    /// Synchronizes with: releases, and acquires that read from their release sequences.
    fn synchronizes(&self, execution: &Execution) -> Relation {
        let mut sw = execution.locks(self.all.len());
        for read in (0..self.all.len()).filter(|&e| self.all[e].reads()) {
            let acquires = |&e: &usize| {
                let fence = self.all[e].is_fence() && self.sb.has(read, e);
                self.all[e].acquires() && (e == read || fence)
            };
            let acquirers: Vec<usize> = (0..self.all.len()).filter(acquires).collect();
            let mut write = execution.source[read];
            loop {
                let releases = |&e: &usize| {
                    let fence = self.all[e].is_fence() && self.sb.has(e, write);
                    self.all[e].releases() && (e == write || fence)
                };
                for release in (0..self.all.len()).filter(releases) {
                    acquirers
                        .iter()
                        .for_each(|&acquire| sw.add(release, acquire));
                }
                // A release sequence goes on through read-modify-writes only.
                if !self.all[write].reads() {
                    break;
                }
                write = execution.source[write];
            }
        }
        sw
    }

    /// What S, the single total order of all `SeqCst` operations, has to respect.
    fn single_order(&self, sw: &Relation, hb: &Relation, cob: &Relation) -> Relation {
        let n = self.all.len();
        let sc = |e: usize| self.all[e].is_seqcst();
        let fence = |e: usize| sc(e) && self.all[e].is_fence();
        let mut strongly = self.sb.clone().union(&self.sb.then(hb).then(&self.sb));
        let both = sw.pairs().filter(|&(a, b)| sc(a) && sc(b));
        both.for_each(|(a, b)| strongly.add(a, b));
        let mut s = Relation::empty(n);
        let between = strongly.closure();
        between
            .pairs()
            .filter(|&(a, b)| sc(a) && sc(b))
            .for_each(|(a, b)| s.add(a, b));
        for (a, b) in cob.pairs() {
            let before = (0..n).filter(|&x| x == a && sc(a) || fence(x) && hb.has(x, a));
            for x in before {
                let after = (0..n).filter(|&y| y == b && sc(b) || fence(y) && hb.has(b, y));
                after.for_each(|y| s.add(x, y));
            }
        }
        s
    }
}

fn permutations(items: &[usize]) -> Vec<Vec<usize>> {
    if items.is_empty() {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for i in 0..items.len() {
        let rest = [&items[..i], &items[i + 1..]].concat();
        let with = |mut tail: Vec<usize>| {
            tail.insert(0, items[i]);
            tail
        };
        all.extend(permutations(&rest).into_iter().map(with));
    }
    all
}
