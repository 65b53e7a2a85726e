use ch06_fan_out::sources_in_turn::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

/// The cellar is cold and stays on; the kitchen burns.
async fn smoke_is_noticed<F>(alarm: fn(Vec<mpsc::Receiver<u32>>, u32) -> F)
where
    F: Future<Output = Option<u32>>,
{
    let (cellar, first) = mpsc::channel(1);
    let (kitchen, second) = mpsc::channel(1);
    cellar.try_send(18).expect("there is room for a reading");
    kitchen.try_send(90).expect("there is room for a reading");
    let reading = alarm(vec![first, second], 60).await;
    assert!(
        reading == Some(90),
        "90 was reported, and heard {reading:?}"
    );
    drop((cellar, kitchen));
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| smoke_is_noticed(broken::alarm));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| smoke_is_noticed(fixed::alarm));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
