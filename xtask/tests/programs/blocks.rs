pub fn work() -> u32 {
    let ended = std::process::Command::new("sleep").arg("7654321").status();
    u32::from(ended.is_ok())
}
