use std::time::Duration;

use ch04_select::half_read::{Mail, broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time;

/// The body of the mail comes two seconds after its subject.
async fn the_mail_arrives<F>(read_all: fn(mpsc::Receiver<&'static str>) -> F)
where
    F: Future<Output = (Vec<Mail>, u32)>,
{
    let (connection, lines) = mpsc::channel(1);
    let sending = tokio::spawn(async move {
        for line in ["your order", "is on its way"] {
            time::sleep(Duration::from_millis(1500)).await;
            connection.send(line).await.expect("somebody reads");
        }
    });
    let (mails, _signs) = read_all(lines).await;
    sending.await.expect("the sender does not panic");
    let read = mails.len();
    assert!(
        read == 1,
        "both lines of the mail were sent, and {read} mails were read"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_mail_arrives(broken::read_all));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_mail_arrives(fixed::read_all));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
