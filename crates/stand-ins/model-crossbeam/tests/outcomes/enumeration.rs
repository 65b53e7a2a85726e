//! All interleavings of a program, by the rules of channels alone.

use std::collections::{BTreeSet, VecDeque};

use crate::Outcome;
use crate::program::{Op, Program, message};

/// All outcomes.
pub fn outcomes(program: &Program) -> BTreeSet<Outcome> {
    let state = State {
        channels: program
            .capacities
            .iter()
            .enumerate()
            .map(|(c, _)| Channel {
                queue: VecDeque::new(),
                senders: holders(program, Op::DropSender(c)),
                receivers: holders(program, Op::DropReceiver(c)),
            })
            .collect(),
        threads: program.threads.iter().map(|_| Thread::default()).collect(),
        arrivals: 0,
    };
    let mut found = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut todo = vec![state];
    while let Some(state) = todo.pop() {
        if !seen.insert(state.clone()) {
            continue;
        }
        let next: Vec<State> = (0..program.threads.len())
            .flat_map(|thread| state.steps(program, thread))
            .collect();
        if next.is_empty() {
            found.insert(state.end(program));
        }
        todo.extend(next);
    }
    found
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct State {
    channels: Vec<Channel>,
    threads: Vec<Thread>,
    /// How many have begun to wait for a partner so far.
    arrivals: usize,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Channel {
    queue: VecDeque<u32>,
    senders: usize,
    receivers: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Thread {
    /// Which operation comes next; those after the program drop what is left.
    at: usize,
    results: Vec<String>,
    /// Since when it waits for a partner, if it does.
    waits: Option<usize>,
}

impl State {
    fn end(&self, program: &Program) -> Outcome {
        let over = |(thread, state): (usize, &Thread)| state.at == drops(program, thread).len();
        if self.threads.iter().enumerate().all(over) {
            Outcome::Over(self.threads.iter().map(|t| t.results.clone()).collect())
        } else {
            Outcome::Stuck
        }
    }

    /// Every way in which `thread` can take its next step.
    fn steps(&self, program: &Program, thread: usize) -> Vec<State> {
        let ops = drops(program, thread);
        let Some(&op) = ops.get(self.threads[thread].at) else {
            return Vec::new();
        };
        let own = message(thread, self.threads[thread].at);
        match op {
            Op::DropSender(c) => {
                let mut next = self.done(program, thread, String::new());
                next.channels[c].senders -= 1;
                vec![next]
            }
            Op::DropReceiver(c) => {
                let mut next = self.done(program, thread, String::new());
                next.channels[c].receivers -= 1;
                vec![next]
            }
            Op::Send(c) => {
                let sent = self.send(program, thread, c, own, &|ok| match ok {
                    true => "Ok(())".to_owned(),
                    false => r#"Err("SendError(..)")"#.to_owned(),
                });
                sent.unwrap_or_else(|| self.wait(program, thread, &[c]))
            }
            Op::TrySend(c) => {
                let sent = self.send(program, thread, c, own, &|ok| match ok {
                    true => "Ok(())".to_owned(),
                    false => r#"Err("Disconnected(..)")"#.to_owned(),
                });
                let full = || vec![self.done(program, thread, r#"Err("Full(..)")"#.to_owned())];
                sent.unwrap_or_else(full)
            }
            Op::Receive(c) => {
                let got = self.receive(program, thread, c, &|it| match it {
                    Some(value) => format!("Ok({value})"),
                    None => "Err(RecvError)".to_owned(),
                });
                got.unwrap_or_else(|| self.wait(program, thread, &[c]))
            }
            Op::TryReceive(c) => {
                let got = self.receive(program, thread, c, &|it| match it {
                    Some(value) => format!("Ok({value})"),
                    None => "Err(Disconnected)".to_owned(),
                });
                let empty = || vec![self.done(program, thread, "Err(Empty)".to_owned())];
                got.unwrap_or_else(empty)
            }
            Op::Select(a, b) => {
                let got = self.select(program, thread, a, b);
                if got.is_empty() {
                    self.wait(program, thread, &[a, b])
                } else {
                    got
                }
            }
            Op::TrySelect(a, b) => {
                let got = self.select(program, thread, a, b);
                let none = || vec![self.done(program, thread, "none".to_owned())];
                if got.is_empty() { none() } else { got }
            }
        }
    }

    fn select(&self, program: &Program, thread: usize, a: usize, b: usize) -> Vec<State> {
        let arm = |c: usize| {
            self.receive(program, thread, c, &|it| match it {
                Some(value) => format!("{c} Ok({value})"),
                None => format!("{c} Err(RecvError)"),
            })
        };
        [a, b].into_iter().filter_map(arm).flatten().collect()
    }

    /// The next state of a thread that has done its operation.
    fn done(&self, program: &Program, thread: usize, result: String) -> State {
        let mut next = self.clone();
        let state = &mut next.threads[thread];
        if state.at < program.threads[thread].len() {
            state.results.push(result);
        }
        state.at += 1;
        state.waits = None;
        next
    }

    /// The states after a send; nothing if it cannot be done now.
    fn send(
        &self,
        program: &Program,
        thread: usize,
        channel: usize,
        value: u32,
        say: &dyn Fn(bool) -> String,
    ) -> Option<Vec<State>> {
        if self.channels[channel].receivers == 0 {
            return Some(vec![self.done(program, thread, say(false))]);
        }
        match program.capacities[channel] {
            Some(0) => {
                let (partner, op) = self.partner(program, |op| {
                    matches!(op, Op::Receive(c) if c == channel)
                        || matches!(op, Op::Select(a, b) if a == channel || b == channel)
                })?;
                let got = match op {
                    Op::Select(..) => format!("{channel} Ok({value})"),
                    _ => format!("Ok({value})"),
                };
                let next = self.done(program, partner, got);
                Some(vec![next.done(program, thread, say(true))])
            }
            Some(capacity) if self.channels[channel].queue.len() >= capacity => None,
            _ => {
                let mut next = self.done(program, thread, say(true));
                next.channels[channel].queue.push_back(value);
                Some(vec![next])
            }
        }
    }

    /// The states after a receive; nothing if it cannot be done now.
    fn receive(
        &self,
        program: &Program,
        thread: usize,
        channel: usize,
        say: &dyn Fn(Option<u32>) -> String,
    ) -> Option<Vec<State>> {
        let mut queue = self.channels[channel].queue.clone();
        if let Some(value) = queue.pop_front() {
            let mut next = self.done(program, thread, say(Some(value)));
            next.channels[channel].queue = queue;
            return Some(vec![next]);
        }
        let offers = |op| matches!(op, Op::Send(c) if c == channel);
        if program.capacities[channel] == Some(0)
            && let Some((partner, _)) = self.partner(program, offers)
        {
            let value = message(partner, self.threads[partner].at);
            let next = self.done(program, partner, "Ok(())".to_owned());
            return Some(vec![next.done(program, thread, say(Some(value)))]);
        }
        let over = self.channels[channel].senders == 0;
        over.then(|| vec![self.done(program, thread, say(None))])
    }

    /// Who has waited longest for the other half of an operation.
    fn partner(&self, program: &Program, fits: impl Fn(Op) -> bool) -> Option<(usize, Op)> {
        let waiting = self.threads.iter().enumerate().filter_map(|(i, state)| {
            let op = *program.threads[i].get(state.at)?;
            Some((state.waits?, i, op))
        });
        let fitting = waiting.filter(|(.., op)| fits(*op));
        fitting
            .min_by_key(|(since, ..)| *since)
            .map(|(_, i, op)| (i, op))
    }

    /// Begins to wait for a partner, where a channel stores nothing. Nobody waits in the middle
    /// of any other operation: it is done when it can be.
    fn wait(&self, program: &Program, thread: usize, channels: &[usize]) -> Vec<State> {
        let meets = channels.iter().any(|&c| program.capacities[c] == Some(0));
        if !meets || self.threads[thread].waits.is_some() {
            return Vec::new();
        }
        let mut next = self.clone();
        next.threads[thread].waits = Some(self.arrivals);
        next.arrivals += 1;
        vec![next]
    }
}

fn holders(program: &Program, end: Op) -> usize {
    let threads = 0..program.threads.len();
    threads.filter(|&i| program.holds(i, end)).count()
}

/// The operations of a thread, and the drops of what it still holds.
fn drops(program: &Program, thread: usize) -> Vec<Op> {
    let mut ops = program.threads[thread].clone();
    let channels = 0..program.capacities.len();
    let ends = channels.clone().map(Op::DropSender);
    for end in ends.chain(channels.map(Op::DropReceiver)) {
        if program.holds(thread, end) && !ops.contains(&end) {
            ops.push(end);
        }
    }
    ops
}
