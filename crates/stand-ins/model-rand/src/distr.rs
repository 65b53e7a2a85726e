//! `rand::distr`.

pub use rand::distr::{
    Alphabetic, Alphanumeric, Bernoulli, BernoulliError, Distribution, Iter, Map, Open01,
    OpenClosed01, SampleString, StandardUniform, Uniform,
};

pub mod slice {
    //! `rand::distr::slice`.

    pub use rand::distr::slice::{Choose, Empty};
}

pub mod uniform {
    //! `rand::distr::uniform`.

    pub use rand::distr::uniform::{
        Error, SampleBorrow, SampleRange, SampleUniform, Uniform, UniformChar, UniformDuration,
        UniformFloat, UniformInt, UniformSampler, UniformUsize,
    };
}

pub mod weighted {
    //! `rand::distr::weighted`.

    pub use rand::distr::weighted::{Error, Weight, WeightedIndex};
}
