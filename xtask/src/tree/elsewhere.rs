//! Systems that have no `/proc` as Linux has: a tree is ended, but nobody looks into it.

use super::Activity;

/// Linux only.
pub fn adopt_orphans() {}

/// Linux only.
pub fn end_orphans() {}

/// Ends a process group. On Windows, Ctrl-C reaches every program of the console by itself.
pub fn end_group(leader: u32) {
    #[cfg(unix)]
    {
        use nix::sys::signal::{Signal, killpg};
        let _ = killpg(
            nix::unistd::Pid::from_raw(leader.cast_signed()),
            Signal::SIGKILL,
        );
    }
    #[cfg(not(unix))]
    let _ = leader;
}

/// Whether there are processes in a tree whose first process is gone; their names are not known.
pub fn members(leader: u32, _nonce: &str) -> Vec<String> {
    #[cfg(unix)]
    {
        use nix::sys::signal::killpg;
        let group = nix::unistd::Pid::from_raw(leader.cast_signed());
        if killpg(group, None).is_ok() {
            return vec!["a process".to_owned()];
        }
    }
    #[cfg(not(unix))]
    let _ = leader;
    Vec::new()
}

/// Ending the group, or the job, was all that can be done.
pub fn end_members(_leader: u32, _nonce: &str) {}

/// Not known here.
pub fn activity(_id: u32) -> Activity {
    Activity::Unknown
}
