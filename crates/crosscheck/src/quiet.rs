//! Runs something that reports its findings by panicking, and keeps the panic to itself.

use std::cell::Cell;
use std::panic;
use std::sync::Once;
use std::thread;

thread_local! {
    static QUIET: Cell<bool> = const { Cell::new(false) };
}

/// What `f` returns, or the text of the panic that ended it. Nothing is printed.
///
/// `f` runs on a thread of its own: an explorer that gives up in the middle of a panic leaves the
/// thread's count of panics behind.
///
/// # Errors
/// With the text of the panic.
pub(crate) fn quietly<R: Send>(f: impl FnOnce() -> R + Send) -> Result<R, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        // shuttle sets a hook of its own in its first run, which must come before ours.
        shuttle::check_random(|| (), 1);
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !QUIET.get() {
                loud(info);
            }
        }));
    });
    let apart = thread::scope(|scope| {
        let apart = scope.spawn(|| {
            QUIET.set(true);
            f()
        });
        apart.join()
    });
    apart.map_err(|payload| {
        let text = payload.downcast_ref::<String>().cloned();
        let text = text.or_else(|| payload.downcast_ref::<&str>().map(ToString::to_string));
        text.unwrap_or_default()
    })
}
