//! What happens to a panic inside a world: it is noted, not printed.

use std::panic::{self, PanicHookInfo};
use std::sync::Once;

use crate::runtime::Note;
use crate::source::Spot;
use crate::world::World;

/// Installs the hook of the process, once. Outside a world the hook of before goes on.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let outside = panic::take_hook();
        panic::set_hook(Box::new(move |info| match World::current() {
            Some(world) => note(&world, info),
            None => outside(info),
        }));
    });
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
