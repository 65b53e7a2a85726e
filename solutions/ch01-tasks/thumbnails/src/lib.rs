//! A thread for each photo; its handle keeps the photo's place and brings home how it ended.

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
        // Collected, so that every thread runs before the first is waited for.
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
    let why = match panic.downcast::<String>() {
        Ok(words) => *words,
        Err(panic) => panic
            .downcast_ref::<&str>()
            .unwrap_or(&"no words")
            .to_string(),
    };
    Spoiled { why }
}
