use ch02_joining::one_signal_two_waiters::{broken, fixed};
use explore::FailureKind;

async fn the_album_is_bound(album: impl Future<Output = String>) {
    let album = album.await;
    assert!(album == "beach, boats", "the album has {album}");
}

#[test]
fn broken() {
    let verdict =
        explore::tasks().explore(|| the_album_is_bound(broken::bind(vec!["beach", "boats"])));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict =
        explore::tasks().explore(|| the_album_is_bound(fixed::bind(vec!["beach", "boats"])));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
