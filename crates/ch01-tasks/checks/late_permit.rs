use ch01_tasks::late_permit::{Memory, broken, fixed};
use explore::FailureKind;

async fn room_for_two_is_enough<F>(store_all: fn(usize, Memory) -> F)
where
    F: Future<Output = ()>,
{
    store_all(3, Memory::with_room_for(2)).await;
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| room_for_two_is_enough(broken::store_all));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| room_for_two_is_enough(fixed::store_all));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
