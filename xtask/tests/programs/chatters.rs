/// Ten million lines.
pub fn work() -> u32 {
    let thousand = "a line that nobody wants to read\n".repeat(1000);
    for _ in 0..10_000 {
        print!("{thousand}");
    }
    1
}
