//! A stand-in for `rand` under the explorer.
//!
//! The judge compiles a program a second time with `rand` renamed to this crate. Numbers come
//! from the seed of the world: the same ones in every run of the same schedule, whatever other
//! threads draw. Generators that the program seeds itself are the real ones, as are traits,
//! distributions and sequences. Entropy of the operating system (`SysRng`) is not here, so a
//! program that insists on it does not compile in the judge.
//!
//! Outside a world the functions panic that draw from its seed.
#![expect(
    missing_docs,
    reason = "the items are those of `rand`, and are documented there"
)]

pub mod distr;
pub mod prelude;
pub mod rngs;
pub mod seq;

pub use rand::{
    CryptoRng, Fill, Rng, RngExt, RngReader, SeedableRng, TryCryptoRng, TryRng, rand_core,
};

pub use self::rngs::rng;

use self::distr::{Distribution, StandardUniform, uniform};

/// A generator with a seed of the world.
pub fn make_rng<R: SeedableRng>() -> R {
    R::from_rng(&mut rng())
}

#[must_use]
pub fn random<T>() -> T
where
    StandardUniform: Distribution<T>,
{
    rng().random()
}

pub fn random_iter<T>() -> distr::Iter<StandardUniform, rngs::ThreadRng, T>
where
    StandardUniform: Distribution<T>,
{
    rng().random_iter()
}

#[track_caller]
pub fn random_range<T, R>(range: R) -> T
where
    T: uniform::SampleUniform,
    R: uniform::SampleRange<T>,
{
    rng().random_range(range)
}

#[must_use]
#[track_caller]
pub fn random_bool(p: f64) -> bool {
    rng().random_bool(p)
}

#[must_use]
#[track_caller]
pub fn random_ratio(numerator: u32, denominator: u32) -> bool {
    rng().random_ratio(numerator, denominator)
}

#[track_caller]
pub fn fill<T: Fill>(dest: &mut [T]) {
    Fill::fill_slice(dest, &mut rng());
}
