//! Wrong: sleeps for as long as rendering usually takes, then collects what is there.
//! Caught by: thumbnails_are_in_the_order_of_the_photos

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

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
    let slots: Vec<_> = photos.iter().map(|_| Mutex::new(None)).collect();
    thread::scope(|scope| {
        for (photo, slot) in photos.iter().zip(&slots) {
            let render = &render;
            scope.spawn(move || {
                let result = catch_unwind(AssertUnwindSafe(|| render(photo)));
                *slot.lock().unwrap() = Some(result.map_err(spoiled));
            });
        }
        thread::sleep(Duration::from_secs(1));
        slots
            .iter()
            .filter_map(|slot| slot.lock().unwrap().take())
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
