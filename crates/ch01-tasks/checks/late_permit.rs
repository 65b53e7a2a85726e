use ch01_tasks::late_permit::{Memory, broken, fixed};
use explore::FailureKind;

async fn two_at_most_are_in_memory<F>(store_all: fn(usize, Memory) -> F)
where
    F: Future<Output = ()>,
{
    let memory = Memory::empty();
    store_all(3, memory.clone()).await;
    let peak = memory.peak();
    assert!(peak <= 2, "{peak} uploads were in memory at once");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| two_at_most_are_in_memory(broken::store_all));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| two_at_most_are_in_memory(fixed::store_all));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
