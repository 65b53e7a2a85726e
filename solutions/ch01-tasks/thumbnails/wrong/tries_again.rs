//! Wrong: renders a photo that panicked a second time, in the hope that it was bad luck.
//! Caught by: each_photo_is_rendered_once_also_when_one_panics

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
    thread::scope(|scope| {
        let threads: Vec<_> = photos
            .iter()
            .map(|photo| {
                scope.spawn(move || {
                    catch_unwind(AssertUnwindSafe(|| render(photo))).or_else(|_| {
                        catch_unwind(AssertUnwindSafe(|| render(photo))).map_err(spoiled)
                    })
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
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
