//! Wrong: the lock is taken before its argument is computed, and so held while a photo is rendered.
//! Caught by: all_photos_are_in_the_making_at_the_same_time

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
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
    let rendered = Mutex::new(BTreeMap::new());
    thread::scope(|scope| {
        for (number, photo) in photos.iter().enumerate() {
            let (rendered, render) = (&rendered, &render);
            scope.spawn(move || {
                rendered.lock().unwrap().insert(
                    number,
                    catch_unwind(AssertUnwindSafe(|| render(photo))).map_err(spoiled),
                );
            });
        }
    });
    rendered.into_inner().unwrap().into_values().collect()
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
