//! `rand::seq`.

pub use rand::seq::{
    IndexedMutRandom, IndexedRandom, IndexedSamples, IteratorRandom, SliceRandom, WeightError,
};

pub mod index {
    //! `rand::seq::index`.

    pub use rand::seq::index::{
        IndexVec, IndexVecIntoIter, IndexVecIter, sample, sample_array, sample_weighted,
    };
}
