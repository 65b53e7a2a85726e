//! Wrong: an iterator is lazy, so each thread is joined before the next one is spawned.
//! Caught by: all_photos_are_in_the_making_at_the_same_time

use std::any::Any;
use std::thread;

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
    let render = &render;
    thread::scope(|scope| {
        photos
            .iter()
            .map(|photo| scope.spawn(move || render(photo)))
            .map(|thread| thread.join().map_err(spoiled))
            .collect()
    })
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
