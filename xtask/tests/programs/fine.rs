pub fn work() -> u32 {
    1
}
