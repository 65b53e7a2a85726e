pub fn work() -> u32 {
    2
}
