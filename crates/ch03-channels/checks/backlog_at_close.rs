use ch03_channels::backlog_at_close::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;

/// Two patients come, the door is closed behind them, and the doctor starts work.
async fn everybody_is_seen<F>(
    waiting_room: fn(mpsc::Receiver<&'static str>, mpsc::Sender<&'static str>) -> F,
) where
    F: Future<Output = ()> + Send + 'static,
{
    let (street, door) = mpsc::channel(1);
    let (doctor, mut surgery) = mpsc::channel(1);
    tokio::spawn(waiting_room(door, doctor));
    for patient in ["Ada", "Grace"] {
        street.send(patient).await.expect("the door is open");
    }
    drop(street);
    let mut seen = 0;
    while surgery.recv().await.is_some() {
        seen += 1;
    }
    assert!(seen == 2, "{seen} of 2 patients were seen");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| everybody_is_seen(broken::waiting_room));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| everybody_is_seen(fixed::waiting_room));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
