pub fn work() -> u32 {
    std::process::abort()
}
