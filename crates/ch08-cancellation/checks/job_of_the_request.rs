use ch08_cancellation::job_of_the_request::{broken, fixed};
use explore::FailureKind;
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

/// The customer takes the receipt and leaves, which ends the request.
async fn what_was_accepted_is_printed(
    serve: impl AsyncFn(u32, oneshot::Sender<()>, mpsc::Sender<u32>, &TaskTracker),
) {
    let jobs = TaskTracker::new();
    let (shelf, mut printed) = mpsc::channel(1);
    let (accepted, receipt) = oneshot::channel();
    tokio::select! {
        () = serve(3, accepted, shelf, &jobs) => {}
        _ = receipt => {}
    }
    jobs.close();
    jobs.wait().await;
    assert!(
        printed.recv().await.is_some(),
        "a job was accepted, all jobs are done, and nothing is printed"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| what_was_accepted_is_printed(broken::serve));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| what_was_accepted_is_printed(fixed::serve));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
