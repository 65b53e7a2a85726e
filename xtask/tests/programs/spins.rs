pub fn work() -> u32 {
    loop {}
}
