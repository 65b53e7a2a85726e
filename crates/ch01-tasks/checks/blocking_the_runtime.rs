use ch01_tasks::blocking_the_runtime::{Busy, broken, fixed};
use explore::FailureKind;

/// A mirror that is busy the first time it is asked.
fn busy_once() -> impl AsyncFnMut() -> Result<String, Busy> {
    let mut asked = 0;
    async move || {
        asked += 1;
        if asked == 1 {
            Err(Busy)
        } else {
            Ok("tea.png".to_owned())
        }
    }
}

async fn the_file_arrives(download: impl Future<Output = Option<String>>) {
    assert!(download.await.is_some(), "the file was not fetched");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_file_arrives(broken::download(busy_once())));
    verdict.expect_failure(FailureKind::BlocksRuntime);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_file_arrives(fixed::download(busy_once())));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
