pub fn work() -> u32 {
    let one: u32 = "one";
    one
}
