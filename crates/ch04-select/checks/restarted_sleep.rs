use std::time::Duration;

use ch04_select::restarted_sleep::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time;

/// Somebody types two letters, one every 400 ms.
async fn work_is_saved_meanwhile<F>(write: fn(mpsc::Receiver<char>) -> F)
where
    F: Future<Output = Vec<String>>,
{
    let (keyboard, keys) = mpsc::channel(1);
    let typing = tokio::spawn(async move {
        for key in ['o', 'k'] {
            time::sleep(Duration::from_millis(400)).await;
            keyboard.send(key).await.expect("the editor is open");
        }
    });
    let saved = write(keys).await;
    typing.await.expect("typing does not panic");
    let times = saved.len();
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
