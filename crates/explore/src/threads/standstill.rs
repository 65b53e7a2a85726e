//! Nobody can go on: what that means.

use crate::recorder::Standing;
use crate::verdict::FailureKind;
use crate::words::listed;
use crate::world::{Lane, World};

/// Notes a failure, unless all lanes are over or those that are not may be left behind.
pub(super) fn judge(world: &World, standing: &[Standing], may_leave_threads: bool) {
    let (left, main_is_over) = {
        let lanes = world.lanes.borrow();
        let left = lanes.iter().filter(|lane| !lane.done);
        let names: Vec<String> = left.map(|lane| lane.name.clone()).collect();
        (names, lanes[0].done)
    };
    if left.is_empty() || main_is_over && may_leave_threads {
        return;
    }
    let (unwinding, dead) = panics(world);
    if let Some(panic) = unwinding {
        let what = format!("{panic}, and its scope waits for a thread that never ends");
        return world.note_failure(FailureKind::Panicked, what);
    }
    let why = standing.first().and_then(|first| first.blocked.clause());
    let (kind, what) = match left.as_slice() {
        [one] if main_is_over => (
            FailureKind::LeftBehind,
            match why {
                Some(why) => format!("main is over, and {one} can never end: it {why}"),
                None => format!("main is over, and {one} can never end"),
            },
        ),
        many if main_is_over => (
            FailureKind::LeftBehind,
            format!("main is over, and {} can never end", listed(many)),
        ),
        [one] => (
            FailureKind::Deadlock,
            match why {
                Some(why) => format!("{one} {why}"),
                None => format!("{one} waits for ever: nobody is left who could wake it"),
            },
        ),
        many => (
            FailureKind::Deadlock,
            format!("{} wait for ever", listed(many)),
        ),
    };
    let before = dead.map(|panic| format!("; before that {panic}"));
    world.note_failure(kind, what + &before.unwrap_or_default());
}

/// The panic that unwinds a lane which stands still in the middle of it, and the panic that ended
/// a lane without anybody having noticed.
fn panics(world: &World) -> (Option<String>, Option<String>) {
    let lanes = world.lanes.borrow();
    let first = |wanted: &dyn Fn(&Lane) -> bool| {
        let lane = lanes.iter().find(|lane| wanted(lane))?;
        let panic = lane.panic.as_deref()?;
        Some(format!("{} panicked ({panic})", lane.name))
    };
    (
        first(&|lane| !lane.done && lane.panicking),
        first(&|lane| lane.done && lane.panic.is_some() && !lane.panic_seen),
    )
}
