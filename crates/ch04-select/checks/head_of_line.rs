use ch04_select::head_of_line::{broken, fixed};
use explore::FailureKind;
use tokio::sync::oneshot;

/// The first of three shops never answers.
async fn two_shops_have_answered<F>(offers: fn(Vec<oneshot::Receiver<u32>>) -> F)
where
    F: Future<Output = Vec<u32>>,
{
    let (_silent, first) = oneshot::channel();
    let (tea, second) = oneshot::channel();
    let (coffee, third) = oneshot::channel();
    tea.send(250).expect("somebody asks");
    coffee.send(310).expect("somebody asks");
    let offers = offers(vec![first, second, third]).await.len();
    assert!(
        offers == 2,
        "2 shops have answered, and {offers} offers are there"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| two_shops_have_answered(broken::offers));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| two_shops_have_answered(fixed::offers));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
