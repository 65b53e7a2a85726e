use ch03_channels::no_rendezvous::{broken, fixed};
use explore::FailureKind;

type Dishes = Vec<&'static str>;

/// Two guests, and food for one.
async fn a_promise_is_kept(served: impl Future<Output = (Dishes, Dishes)>) {
    let (promised, made) = served.await;
    assert!(
        promised == made,
        "{promised:?} were promised, {made:?} were made"
    );
}

#[test]
fn broken() {
    let verdict =
        explore::tasks().explore(|| a_promise_is_kept(broken::serve(&["soup", "cake"], 1)));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict =
        explore::tasks().explore(|| a_promise_is_kept(fixed::serve(&["soup", "cake"], 1)));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
