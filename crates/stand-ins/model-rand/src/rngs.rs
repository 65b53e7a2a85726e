//! `rand::rngs`.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;
use std::rc::Rc;

pub use rand::rngs::{SmallRng, StdRng, Xoshiro128PlusPlus, Xoshiro256PlusPlus};

use rand::{TryCryptoRng, TryRng};

/// Draws from the seed of the world, for the thread that it is used on.
#[derive(Clone)]
pub struct ThreadRng {
    /// It stays on its thread.
    not_send: PhantomData<Rc<()>>,
}

#[must_use]
pub fn rng() -> ThreadRng {
    ThreadRng {
        not_send: PhantomData,
    }
}

impl ThreadRng {
    /// The world has one seed: there is no other to take.
    ///
    /// # Errors
    /// Never.
    pub fn reseed(&mut self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl TryRng for ThreadRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((explore::runtime::random() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(explore::runtime::random())
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        for chunk in dst.chunks_mut(8) {
            let word = explore::runtime::random().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for ThreadRng {}

impl Default for ThreadRng {
    fn default() -> Self {
        rng()
    }
}

impl fmt::Debug for ThreadRng {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("ThreadRng { .. }")
    }
}
