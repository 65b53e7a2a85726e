use std::time::Duration;

use ch08_cancellation::expired_is_empty::{Library, broken, fixed};
use explore::FailureKind;
use tokio::time::Instant;
use tokio::time::error::Elapsed;

/// Two libraries, of which the second looks for longer than there is time.
async fn a_part_is_not_the_whole(
    search: impl AsyncFn(&[Library], Instant) -> Result<Vec<u32>, Elapsed>,
) {
    let libraries = [(1, 17), (60, 23)].map(|(seconds, mark)| Library {
        looks_for: Duration::from_secs(seconds),
        mark,
    });
    let deadline = Instant::now() + Duration::from_secs(10);
    if let Ok(found) = search(&libraries, deadline).await {
        let found = found.len();
        assert!(
            found == 2,
            "2 libraries have the book, and a search without an error found it in {found}"
        );
    }
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| a_part_is_not_the_whole(broken::search));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| a_part_is_not_the_whole(fixed::search));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
