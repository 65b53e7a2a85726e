use ch08_cancellation::lost_in_the_spawn::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

type Line = (Option<u32>, &'static str);

/// One order, of which the log has two lines.
async fn every_line_names_its_order<F>(take: fn(u32, mpsc::Sender<Line>) -> F)
where
    F: Future<Output = ()>,
{
    let (log, mut lines) = mpsc::channel(2);
    take(17, log).await;
    while let Some((order, what)) = lines.recv().await {
        assert!(order == Some(17), "{what}, and for which order is unknown");
    }
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| every_line_names_its_order(broken::take));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| every_line_names_its_order(fixed::take));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
