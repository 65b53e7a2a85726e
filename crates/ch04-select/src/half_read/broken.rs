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

/// Reads all mails; once a second, `progress` is told how many there are.
pub async fn read_all(lines: mpsc::Receiver<&'static str>, progress: fn(usize)) -> Vec<Mail> {
    let mut inbox = Inbox { lines };
    let mut second = time::interval(Duration::from_secs(1));
    let mut mails = Vec::new();
    loop {
        tokio::select! {
            mail = inbox.next() => match mail {
                Some(mail) => mails.push(mail),
                None => return mails,
            },
            _ = second.tick() => progress(mails.len()),
        }
    }
}
