use ch08_cancellation::kept_from_the_first::{broken, fixed};
use explore::FailureKind;
use tokio_util::sync::CancellationToken;

/// Two requests, one after the other; the first one is over before the second begins.
async fn each_request_has_its_own(
    mut price: impl AsyncFnMut(u32, &CancellationToken) -> Option<u32>,
) {
    for article in [1, 2] {
        let request = CancellationToken::new();
        let price = price(article, &request).await;
        assert!(
            price.is_some(),
            "request {article} was not cancelled, and got no price"
        );
        request.cancel();
    }
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let mut catalogue = broken::Catalogue::default();
        each_request_has_its_own(async |article, request| catalogue.price(article, request).await)
            .await;
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let mut catalogue = fixed::Catalogue::default();
        each_request_has_its_own(async |article, request| catalogue.price(article, request).await)
            .await;
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
