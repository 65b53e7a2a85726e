//! # Thumbnails
//!
//! An album of photos is to be rendered: every photo on a thread of its own, all of them at the same
//! time. In Go you would start a goroutine for each photo, let it write its result into a slice, and
//! wait for the `WaitGroup`.
//!
//! Below is such a version. It is nearly right.
//!
//! The rules:
//!
//! - There is one result for each photo, in the order of the photos.
//! - All photos are in the making at the same time. Nobody waits for another photo's rendering.
//! - `render` is called once for each photo.
//! - If `render` panics, the result of that photo is [`Spoiled`], with the words of the panic. The
//!   other photos are rendered as ever, and the caller of `render_all` does not panic.
//! - Photos are borrowed. They may be of any type and need not live for ever.

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
    let rendered = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for photo in photos {
            let (rendered, render) = (&rendered, &render);
            scope.spawn(move || {
                let thumbnail = render(photo);
                rendered.lock().unwrap().push(Ok(thumbnail));
            });
        }
    });
    rendered.into_inner().unwrap()
}
