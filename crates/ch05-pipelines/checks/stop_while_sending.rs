use ch05_pipelines::stop_while_sending::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio_util::sync::CancellationToken;

/// Two parcels; there is room for one label, and the printer takes none.
async fn the_stop_is_heard<F>(
    label: impl FnOnce(Receiver<u32>, Sender<String>, CancellationToken) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let (scales, parcels) = mpsc::channel(2);
    let (labels, _printer) = mpsc::channel(1);
    let stop = CancellationToken::new();
    scales.try_send(410).expect("there is room");
    scales.try_send(395).expect("there is room");
    let labelling = tokio::spawn(label(parcels, labels, stop.clone()));
    tokio::task::yield_now().await;
    stop.cancel();
    labelling.await.expect("labelling does not panic");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_stop_is_heard(broken::label));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_stop_is_heard(fixed::label));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
