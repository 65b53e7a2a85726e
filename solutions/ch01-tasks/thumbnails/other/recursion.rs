//! Gives the first photo to a new thread and the rest to itself, then puts the results together.

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
    render_rest(photos, &render)
}

fn render_rest<P, T, F>(photos: &[P], render: &F) -> Vec<Result<T, Spoiled>>
where
    P: Sync,
    T: Send,
    F: Fn(&P) -> T + Sync,
{
    let Some((first, rest)) = photos.split_first() else {
        return Vec::new();
    };
    thread::scope(|scope| {
        let first = scope.spawn(|| render(first));
        let rest = render_rest(rest, render);
        let mut results = vec![first.join().map_err(spoiled)];
        results.extend(rest);
        results
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
