use std::time::Duration;

use ch04_select::half_read::{Mail, broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio::time;

/// The body of the mail comes a second and a half after its subject.
async fn the_mail_arrives<F>(read_all: fn(mpsc::Receiver<&'static str>, fn(usize)) -> F)
where
    F: Future<Output = Vec<Mail>>,
{
    let (connection, lines) = mpsc::channel(1);
    let sending = tokio::spawn(async move {
        let _ = connection.send("your order").await;
        time::sleep(Duration::from_millis(1500)).await;
        let _ = connection.send("is on its way").await;
    });
    let mails = read_all(lines, |_| ()).await;
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
