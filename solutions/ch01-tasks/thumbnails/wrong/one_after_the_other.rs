//! Wrong: renders one photo after the other, on the caller's thread.
//! Caught by: all_photos_are_in_the_making_at_the_same_time

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A photo that could not be rendered, because `render` panicked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoiled {
    /// What the panic said.
    pub why: String,
}

/// Renders all `photos` at the same time.
pub fn render_all<P, T, F>(photos: &[P], render: F) -> Vec<Result<T, Spoiled>>
where
    P: Sync,
    T: Send,
    F: Fn(&P) -> T + Sync,
{
    photos
        .iter()
        .map(|photo| catch_unwind(AssertUnwindSafe(|| render(photo))).map_err(spoiled))
        .collect()
}

fn spoiled(panic: Box<dyn Any + Send>) -> Spoiled {
    let why = match panic.downcast::<String>() {
        Ok(words) => *words,
        Err(panic) => panic
            .downcast_ref::<&str>()
            .unwrap_or(&"no words")
            .to_string(),
    };
    Spoiled { why }
}
