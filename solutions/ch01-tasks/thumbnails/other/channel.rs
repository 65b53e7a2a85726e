//! Each thread sends its result with the photo's number; the caller sorts them.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
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
    let (results, rendered) = mpsc::channel();
    thread::scope(|scope| {
        for (number, photo) in photos.iter().enumerate() {
            let results = results.clone();
            scope.spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(|| render(photo)));
                let _ = results.send((number, result.map_err(spoiled)));
            });
        }
    });
    drop(results);
    let mut numbered: Vec<_> = rendered.iter().collect();
    numbered.sort_by_key(|(number, _)| *number);
    numbered.into_iter().map(|(_, result)| result).collect()
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
