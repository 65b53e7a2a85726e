pub fn work() -> u32 {
    deeper([1; 64])
}

#[allow(unconditional_recursion)]
fn deeper(numbers: [u32; 64]) -> u32 {
    deeper(numbers.map(|number| number + 1)) + numbers[0]
}
