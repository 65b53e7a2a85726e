//! Reads mails from a connection that brings one line at a time.

use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time;

use super::Mail;

struct Inbox {
    lines: mpsc::Receiver<&'static str>,
}

impl Inbox {
    /// The next mail: a subject, then a body; `None` when the connection is closed.
    async fn next(&mut self) -> Option<Mail> {
        let subject = self.lines.recv().await?;
        let body = self.lines.recv().await?;
        Some(Mail { subject, body })
    }
}

/// Reads all mails, and counts a sign of life once a second.
pub async fn read_all(lines: mpsc::Receiver<&'static str>) -> (Vec<Mail>, u32) {
    let mut inbox = Inbox { lines };
    let mut second = time::interval(Duration::from_secs(1));
    let (mut mails, mut signs) = (Vec::new(), 0);
    loop {
        tokio::select! {
            mail = inbox.next() => match mail {
                Some(mail) => mails.push(mail),
                None => return (mails, signs),
            },
            _ = second.tick() => signs += 1,
        }
    }
}
