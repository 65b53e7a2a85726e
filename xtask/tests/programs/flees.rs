/// `setsid` takes the child out of the process group.
pub fn work() -> u32 {
    let child = std::process::Command::new("setsid")
        .args(["sleep", "7654323"])
        .spawn();
    u32::from(child.is_ok())
}
