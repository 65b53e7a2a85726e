//! The well-known tests, each with one outcome and a verdict reasoned out by hand.

use crate::Outcome;

/// A program, an outcome, and whether C++20 allows it.
#[derive(Clone, Copy, Debug)]
pub struct Litmus {
    /// The usual name, and what is special.
    pub name: &'static str,
    /// The program, in the notation of [`parse`](crate::parse).
    pub program: &'static str,
    /// What the reads find, and after a slash what x, y and z hold in the end, if it matters.
    pub outcome: &'static str,
    /// Whether the standard allows the outcome.
    pub allowed: bool,
    /// Why.
    pub why: &'static str,
}

impl Litmus {
    /// Whether a whole outcome is the one in question.
    pub fn matches(&self, outcome: &Outcome) -> bool {
        let numbers = |text: &str| -> Outcome {
            let numbers = text.split_whitespace();
            numbers.map(|n| n.parse().expect("a number")).collect()
        };
        let (reads, finals) = self.outcome.split_once('/').unwrap_or((self.outcome, ""));
        outcome.starts_with(&numbers(reads)) && outcome.ends_with(&numbers(finals))
    }
}

const fn yes(
    name: &'static str,
    program: &'static str,
    outcome: &'static str,
    why: &'static str,
) -> Litmus {
    Litmus {
        name,
        program,
        outcome,
        allowed: true,
        why,
    }
}

const fn no(
    name: &'static str,
    program: &'static str,
    outcome: &'static str,
    why: &'static str,
) -> Litmus {
    Litmus {
        name,
        program,
        outcome,
        allowed: false,
        why,
    }
}

/// The tests. Names are those of Alglave, Maranget and Tautschnig, *Herding Cats* (2014).
#[rustfmt::skip]
pub const TABLE: &[Litmus] = &[
    // Store buffering: two threads write, and look for the other's write.
    yes("SB rlx", "Wx1.rlx Ry.rlx | Wy1.rlx Rx.rlx", "0 0", "nothing orders a write before a later read"),
    yes("SB rel acq", "Wx1.rel Ry.acq | Wy1.rel Rx.acq", "0 0", "neither read reads from a release"),
    no("SB sc", "Wx1.sc Ry.sc | Wy1.sc Rx.sc", "0 0", "the write that is first in S precedes the other's read"),
    yes("SB sc writes", "Wx1.sc Ry.acq | Wy1.sc Rx.acq", "0 0", "the reads have no place in S"),
    yes("SB sc reads", "Wx1.rel Ry.sc | Wy1.rel Rx.sc", "0 0", "the writes have no place in S"),
    no("SB sc fences", "Wx1.rlx F.sc Ry.rlx | Wy1.rlx F.sc Rx.rlx", "0 0", "each read would put its fence before the other one"),
    yes("SB one fence", "Wx1.rlx F.sc Ry.rlx | Wy1.rlx Rx.rlx", "0 0", "one fence alone orders nothing"),
    yes("SB ar fences", "Wx1.rlx F.ar Ry.rlx | Wy1.rlx F.ar Rx.rlx", "0 0", "these fences order only what reads from what"),
    no("SB fence and sc", "Wx1.rlx F.sc Ry.sc | Wy1.sc Rx.sc", "0 0", "the fence precedes Rx, which precedes Wx: fence < Ry < Wy < Rx < fence"),
    no("SB one swap", "Wx1.rlx Uz1.ar Ry.rlx | Wy1.rlx Uz1.ar Rx.rlx", "0 0 1 0", "the second swap acquires from the first"),
    yes("SB two swaps", "Ux1.ar Ry.rlx | Uy1.ar Rx.rlx", "0 0 0 0", "a swap is no fence for other locations"),
    // Message passing: data, then a flag.
    yes("MP rlx", "Wx1.rlx Wy1.rlx | Ry.rlx Rx.rlx", "1 0", "the flag publishes nothing"),
    yes("MP rel rlx", "Wx1.rlx Wy1.rel | Ry.rlx Rx.rlx", "1 0", "nobody acquires"),
    yes("MP rlx acq", "Wx1.rlx Wy1.rlx | Ry.acq Rx.rlx", "1 0", "nobody releases"),
    no("MP rel acq", "Wx1.rlx Wy1.rel | Ry.acq Rx.rlx", "1 0", "the write happens before the read"),
    no("MP sc flag", "Wx1.rlx Wy1.sc | Ry.sc Rx.rlx", "1 0", "SeqCst is release and acquire too"),
    no("MP fences", "Wx1.rlx F.rel Wy1.rlx | Ry.rlx F.acq Rx.rlx", "1 0", "the fences synchronize through y"),
    no("MP rel fence", "Wx1.rlx F.rel Wy1.rlx | Ry.acq Rx.rlx", "1 0", "a fence releases to an acquiring read"),
    no("MP acq fence", "Wx1.rlx Wy1.rel | Ry.rlx F.acq Rx.rlx", "1 0", "a fence acquires for the read before it"),
    yes("MP fence first", "F.rel Wx1.rlx Wy1.rlx | Ry.acq Rx.rlx", "1 0", "the fence releases only what is before it"),
    yes("MP fence last", "Wx1.rlx Wy1.rel | Ry.rlx Rx.rlx F.acq", "1 0", "the fence comes after the read"),
    no("MP swap", "Wx1.rlx Uy1.rel | Uy2.acq Rx.rlx", "0 1 0", "swaps release and acquire"),
    // Release sequences.
    no("RS swap", "Wx1.rlx Wy1.rel | Uy2.rlx | Ry.acq Rx.rlx", "1 2 0", "a relaxed swap continues the sequence"),
    no("RS fence", "Wx1.rlx F.rel Wy1.rlx | Uy2.rlx | Ry.acq Rx.rlx", "1 2 0", "so it does after a fence"),
    yes("RS write", "Wx1.rlx Wy1.rel Wy2.rlx | Ry.acq Rx.rlx", "2 0", "since C++20 a write of the same thread ends the sequence"),
    yes("RS other write", "Wx1.rlx Wy1.rel | Wy2.rlx | Ry.acq Rx.rlx", "2 0", "a write of another thread ends it"),
    // Load buffering: each thread reads what the other writes later.
    yes("LB rlx", "Rx.rlx Wy1.rlx | Ry.rlx Wx1.rlx", "1 1", "nothing orders a read before a later write"),
    no("LB rel acq", "Rx.acq Wy1.rel | Ry.acq Wx1.rel", "1 1", "each would happen before the other"),
    no("LB one side", "Rx.acq Wy1.rlx | Ry.rlx Wx1.rel", "1 1", "Ry would read what happens after it"),
    no("LB sc fences", "Rx.rlx F.sc Wy1.rlx | Ry.rlx F.sc Wx1.rlx", "1 1", "each fence would precede the other"),
    // Independent reads of independent writes.
    yes("IRIW rlx", "Wx1.rlx | Wy1.rlx | Rx.rlx Ry.rlx | Ry.rlx Rx.rlx", "1 0 1 0", "readers need not agree"),
    yes("IRIW acq", "Wx1.rel | Wy1.rel | Rx.acq Ry.acq | Ry.acq Rx.acq", "1 0 1 0", "acquiring one write says nothing about the other"),
    no("IRIW sc", "Wx1.sc | Wy1.sc | Rx.sc Ry.sc | Ry.sc Rx.sc", "1 0 1 0", "all agree on S"),
    yes("IRIW sc writes", "Wx1.sc | Wy1.sc | Rx.acq Ry.acq | Ry.acq Rx.acq", "1 0 1 0", "the reads have no place in S"),
    no("IRIW sc reads", "Wx1.rel | Wy1.rel | Rx.sc Ry.sc | Ry.sc Rx.sc", "1 0 1 0", "each Ry = 0 precedes in S the Ry = 1, and so for x"),
    no("IRIW fences", "Wx1.rlx | Wy1.rlx | Rx.rlx F.sc Ry.rlx | Ry.rlx F.sc Rx.rlx", "1 0 1 0", "each fence would precede the other"),
    // Two threads write two locations in opposite order.
    yes("2+2W rlx", "Wx1.rlx Wy2.rlx | Wy1.rlx Wx2.rlx", "/1 1", "the orders of x and of y need not fit together"),
    yes("2+2W rel", "Wx1.rel Wy2.rel | Wy1.rel Wx2.rel", "/1 1", "nobody acquires"),
    no("2+2W sc", "Wx1.sc Wy2.sc | Wy1.sc Wx2.sc", "/1 1", "both orders are part of S"),
    // Coherence: one location.
    no("CoRR", "Wx1.rlx Wx2.rlx | Rx.rlx Rx.rlx", "2 1", "a later read never goes back"),
    no("CoRR twice", "Wx1.rlx | Wx2.rlx | Rx.rlx Rx.rlx | Rx.rlx Rx.rlx", "1 2 2 1", "all agree on the order of one location"),
    no("CoWW", "Wx1.rlx Wx2.rlx", "/1", "a thread's writes keep their order"),
    no("CoWR", "Wx1.rlx Rx.rlx | Wx2.rlx", "2/1", "what was read is later than the own write"),
    no("CoRW", "Rx.rlx Wx1.rlx | Wx2.rlx", "2/2", "the own write is later than what was read"),
    no("CoRW own", "Rx.rlx Wx1.rlx", "1", "a read does not see its own future"),
    no("swaps", "Ux1.rlx | Ux1.rlx", "0 0", "a swap reads the write right before its own"),
    // A lock.
    no("lock", "L Wx1.rlx Wx2.rlx U | L Rx.rlx U", "1", "one section is over before the other begins"),
    no("lock MP", "L Wx1.rlx Wy1.rlx U | L Ry.rlx Rx.rlx U", "1 0", "one section happens before the other"),
    yes("lock one side", "L Wx1.rlx Wy1.rlx U | Ry.rlx Rx.rlx", "1 0", "a lock binds only those who take it"),
    yes("lock between", "Wx1.rlx L U Ry.rlx | Wy1.rlx L U Rx.rlx", "0 1", "the first to lock need not see the second"),
    no("lock as fence", "Wx1.rlx L U Ry.rlx | Wy1.rlx L U Rx.rlx", "0 0", "the second to lock sees what the first did before"),
    // Through a third thread.
    yes("WRC rlx", "Wx1.rlx | Rx.rlx Wy1.rlx | Ry.rlx Rx.rlx", "1 1 0", "nothing is passed on"),
    no("WRC rel acq", "Wx1.rlx | Rx.rlx Wy1.rel | Ry.acq Rx.rlx", "1 1 0", "what a thread has read it passes on"),
    yes("ISA2 rlx", "Wx1.rlx Wy1.rel | Ry.rlx Wz1.rel | Rz.acq Rx.rlx", "1 1 0", "the second thread does not acquire"),
    no("ISA2 rel acq", "Wx1.rlx Wy1.rel | Ry.acq Wz1.rel | Rz.acq Rx.rlx", "1 1 0", "happens before is passed on"),
    yes("RWC acq", "Wx1.rel | Rx.acq Ry.acq | Wy1.rel Rx.acq", "1 0 0", "the last read can be early"),
    no("RWC sc", "Wx1.sc | Rx.sc Ry.sc | Wy1.sc Rx.sc", "1 0 0", "Wx < Rx < Ry < Wy < Rx < Wx in S"),
    yes("W+RWC", "Wx1.rlx Wy1.rel | Ry.acq Rz.sc | Wz1.sc Rx.sc", "1 0 0", "Wx is not part of S"),
    yes("Z6.U", "Wx1.sc Wy1.rel | Uy2.sc Ry.rlx | Wy3.sc Rx.sc", "1 3 0", "since C++20 S need not follow happens-before through weaker operations"),
    // A write against a write.
    yes("S rlx", "Wx2.rlx Wy1.rlx | Ry.rlx Wx1.rlx", "1/2 1", "the order of x need not follow what was read"),
    no("S rel acq", "Wx2.rlx Wy1.rel | Ry.acq Wx1.rlx", "1/2 1", "one write happens before the other"),
    yes("R rel acq", "Wx1.rlx Wy1.rel | Wy2.rel Rx.acq", "0/1 2", "nobody acquires y"),
    no("R sc", "Wx1.sc Wy1.sc | Wy2.sc Rx.sc", "0/1 2", "Wx < Wy1 < Wy2 < Rx in S"),
    no("R fences", "Wx1.rlx F.sc Wy1.rlx | Wy2.rlx F.sc Rx.rlx", "0/1 2", "each fence would precede the other"),
];
