//! Relations between the events of one execution.

/// A set of pairs of events. There are at most 32 events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation(Vec<u32>);

impl Relation {
    pub fn empty(events: usize) -> Self {
        assert!(events <= 32, "too many events for a bit set");
        Relation(vec![0; events])
    }

    pub fn has(&self, a: usize, b: usize) -> bool {
        self.0[a] & 1 << b != 0
    }

    pub fn add(&mut self, a: usize, b: usize) {
        self.0[a] |= 1 << b;
    }

    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let all = 0..self.0.len();
        all.clone()
            .flat_map(move |a| all.clone().map(move |b| (a, b)))
            .filter(|&(a, b)| self.has(a, b))
    }

    pub fn union(mut self, other: &Relation) -> Self {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
        self
    }

    /// Pairs that are linked by a pair of the one and then a pair of the other.
    pub fn then(&self, other: &Relation) -> Self {
        let row = |&row: &u32| {
            let steps = (0..self.0.len()).filter(|b| row & 1 << b != 0);
            steps.fold(0, |all, b| all | other.0[b])
        };
        Relation(self.0.iter().map(row).collect())
    }

    /// Pairs that are linked by one or more pairs.
    pub fn closure(mut self) -> Self {
        for middle in 0..self.0.len() {
            let onward = self.0[middle];
            for row in &mut self.0 {
                if *row & 1 << middle != 0 {
                    *row |= onward;
                }
            }
        }
        self
    }

    /// Whether nothing is related to itself.
    pub fn is_irreflexive(&self) -> bool {
        (0..self.0.len()).all(|event| !self.has(event, event))
    }
}
