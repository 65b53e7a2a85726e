//! Wrong: asks the panic for a `&str` only, and forgets those that were formatted.
//! Caught by: a_spoiled_photo_says_what_the_panic_said

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
        let threads: Vec<_> = photos
            .iter()
            .map(|photo| scope.spawn(move || render(photo)))
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().map_err(spoiled))
            .collect()
    })
}

fn spoiled(panic: Box<dyn Any + Send>) -> Spoiled {
    let why = panic.downcast_ref::<&str>().unwrap_or(&"panicked");
    Spoiled {
        why: why.to_string(),
    }
}
