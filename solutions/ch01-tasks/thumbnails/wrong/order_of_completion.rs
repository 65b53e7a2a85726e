//! Wrong: results are kept in the order in which the threads finish.
//! Caught by: thumbnails_are_in_the_order_of_the_photos

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
        for photo in photos {
            let results = results.clone();
            scope.spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(|| render(photo)));
                results.send(result.map_err(spoiled)).unwrap();
            });
        }
    });
    drop(results);
    rendered.iter().collect()
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
