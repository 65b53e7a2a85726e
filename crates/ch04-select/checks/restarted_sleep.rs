use std::time::Duration;

use ch04_select::restarted_sleep::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time;

/// Somebody types one letter after 400 ms, and leaves after 800.
async fn work_is_saved_meanwhile<F>(write: fn(mpsc::Receiver<char>) -> F)
where
    F: Future<Output = Vec<String>>,
{
    let (keyboard, keys) = mpsc::channel(1);
    let typing = tokio::spawn(async move {
        time::sleep(Duration::from_millis(400)).await;
        keyboard.send('a').await.expect("the editor is open");
        time::sleep(Duration::from_millis(400)).await;
    });
    let times = write(keys).await.len();
    typing.await.expect("typing does not panic");
    assert!(
        times == 1,
        "in 800 ms the text was saved {times} times, and once is due after 500"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| work_is_saved_meanwhile(broken::write));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| work_is_saved_meanwhile(fixed::write));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
