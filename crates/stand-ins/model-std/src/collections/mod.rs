//! `std::collections`.
//!
//! A `HashMap` of std begins in another order in every instance of every run, so that the same
//! schedule would not lead to the same run. Here the order depends on which thread makes the map
//! and on what that thread has seen: two maps still differ, and a run can be repeated.

mod map;
mod set;
pub(crate) mod state;

pub use real::collections::{
    BTreeMap, BTreeSet, BinaryHeap, LinkedList, TryReserveError, VecDeque, binary_heap, btree_map,
    btree_set, linked_list, vec_deque,
};
pub use real::ops::Bound;

pub use self::map::HashMap;
pub use self::set::HashSet;

pub mod hash_map {
    pub use real::collections::hash_map::{
        Drain, Entry, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, OccupiedEntry,
        VacantEntry, Values, ValuesMut,
    };
    pub use real::hash::DefaultHasher;

    pub use super::HashMap;
    pub use super::state::RandomState;
}

pub mod hash_set {
    pub use real::collections::hash_set::{
        Difference, Drain, Intersection, IntoIter, Iter, SymmetricDifference, Union,
    };

    pub use super::HashSet;
}
