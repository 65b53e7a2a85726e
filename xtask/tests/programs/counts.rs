use std::sync::Arc;

pub fn work() -> u32 {
    let one = Arc::new(1);
    // Arc::weak_count in a comment is nobody's business.
    u32::try_from(Arc::strong_count(&one)).unwrap_or(0)
}
