//! The schedules that every renderer is tried on.

mod large;
mod threads;

use timeline::Timeline;

pub use large::*;
pub use threads::*;

/// Every sample with the name that its snapshots carry.
pub fn all() -> Vec<(&'static str, Timeline)> {
    vec![
        ("abba", abba()),
        ("lost_update", lost_update()),
        ("lost_wakeup", lost_wakeup()),
        ("stale_read", stale_read()),
        ("tasks", tasks()),
        ("philosophers", philosophers()),
        ("long_loop", long_loop()),
        ("two_files", two_files()),
        ("passing", passing()),
    ]
}
