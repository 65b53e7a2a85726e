//! What happens to a panic inside a world: it is noted, not printed.

use std::cell::RefCell;
use std::panic::{self, PanicHookInfo};
use std::path::Path;
use std::sync::Once;

use crate::runtime::Note;
use crate::source::Spot;
use crate::world::World;

thread_local! {
    /// What the last panic of this thread said, while somebody wants to know.
    static SAID: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Installs the hook of the process, once. Outside a world the hook of before goes on.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let outside = panic::take_hook();
        panic::set_hook(Box::new(move |info| match World::current() {
            Some(world) => note(&world, info),
            None if SAID.with_borrow(Option::is_some) => SAID.set(Some(said(info))),
            None => outside(info),
        }));
    });
}

/// Does something on this thread that may panic.
///
/// # Errors
/// What the panic said, and where.
pub(crate) fn catch(f: impl FnOnce()) -> Result<(), String> {
    install();
    SAID.set(Some(String::new()));
    // Nobody looks at what the panic left half done: it is reported, and all is over.
    let end = panic::catch_unwind(panic::AssertUnwindSafe(f));
    let said = SAID.take().unwrap_or_default();
    end.map_err(|_| said)
}

/// `no answer came (grade.rs:31)`.
fn said(info: &PanicHookInfo<'_>) -> String {
    let message = first_line(info.payload_as_str().unwrap_or("a value that is no text"));
    let place = info.location().and_then(|place| {
        let file = Path::new(place.file()).file_name()?.to_string_lossy();
        Some(format!(" ({file}:{})", place.line()))
    });
    message + &place.unwrap_or_default()
}

fn note(world: &World, info: &PanicHookInfo<'_>) {
    let message = first_line(info.payload_as_str().unwrap_or("a value that is no text"));
    let spot = info.location().map(Spot::of);
    world.lane(|lane| lane.panicking = true);
    if let Some(recorder) = &world.recorder {
        recorder.push(
            world,
            spot.clone(),
            Note::new().what(format!("panics: {message}")),
        );
    }
    let line = spot.as_ref().map(|spot| format!(" at line {}", spot.line));
    let text = format!("{message}{}", line.unwrap_or_default());
    world.lane(|lane| lane.panic = Some(text));
}

/// The first line of a message: `assert_eq!` puts its values on two more, which are joined to it.
fn first_line(message: &str) -> String {
    let lines: Vec<&str> = message
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(", ")
}
