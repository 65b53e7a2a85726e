use ch04_select::closed_branch::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

/// Two lines of news; then the project is closed.
async fn the_letter_is_sent<F>(letter: fn(mpsc::Receiver<&'static str>) -> F)
where
    F: Future<Output = Vec<&'static str>>,
{
    let (events, news) = mpsc::channel(2);
    for line in ["a build failed", "a build passed"] {
        events.send(line).await.expect("somebody collects the news");
    }
    drop(events);
    let lines = letter(news).await.len();
    assert!(lines == 2, "{lines} of 2 lines are in the letter");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_letter_is_sent(broken::letter));
    verdict.expect_failure(FailureKind::TooLong);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_letter_is_sent(fixed::letter));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
