//! What the order of a hash map depends on.

use real::cell::Cell;
use real::fmt;
use real::hash::{BuildHasher, DefaultHasher, Hasher};

use explore::runtime::{self, Released};

/// Makes hashers. Each instance differs from the ones before, and is the same in every run in
/// which its thread has seen the same.
#[derive(Clone)]
pub struct RandomState {
    seed: u64,
}

/// How many a lane has made.
#[derive(Default)]
struct Made(Cell<u64>);

impl RandomState {
    #[must_use]
    pub fn new() -> Self {
        if runtime::world().is_none() {
            return RandomState { seed: 0 };
        }
        let made = runtime::belonging(runtime::lane(), Made::default);
        made.0.update(|made| made + 1);
        let mut hasher = DefaultHasher::new();
        hasher.write_u64(Released::now().identity());
        hasher.write_u64(made.0.get());
        RandomState {
            seed: hasher.finish(),
        }
    }
}

impl Default for RandomState {
    fn default() -> Self {
        RandomState::new()
    }
}

impl BuildHasher for RandomState {
    type Hasher = DefaultHasher;

    fn build_hasher(&self) -> DefaultHasher {
        let mut hasher = DefaultHasher::new();
        hasher.write_u64(self.seed);
        hasher
    }
}

impl fmt::Debug for RandomState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RandomState").finish_non_exhaustive()
    }
}
