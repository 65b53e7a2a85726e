//! Each thread writes into a slot of its own, so there is nothing to lock and nothing to sort.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
    let mut slots: Vec<_> = photos.iter().map(|_| None).collect();
    thread::scope(|scope| {
        for (photo, slot) in photos.iter().zip(&mut slots) {
            scope.spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(|| render(photo)));
                *slot = Some(result.map_err(spoiled));
            });
        }
    });
    slots
        .into_iter()
        .map(|slot| slot.expect("the scope has joined every thread"))
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
