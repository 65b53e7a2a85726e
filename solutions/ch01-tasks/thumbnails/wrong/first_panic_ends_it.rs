//! Wrong: unwraps the join, so that one photo's panic becomes everybody's.
//! Caught by: a_panic_spoils_one_photo_and_the_others_are_rendered

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
            .map(|thread| Ok(thread.join().unwrap()))
            .collect()
    })
}
