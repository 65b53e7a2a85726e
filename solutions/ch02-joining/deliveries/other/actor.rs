//! One task keeps the books, and owns the deliveries. It takes messages one by one, so what was accepted
//! before a flush is known by the order of the messages.

use std::collections::{HashMap, HashSet};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::sync::{mpsc, oneshot};
use tokio::task::{AbortHandle, Id, JoinError, JoinSet};
use tokio_util::task::AbortOnDropHandle;

/// A delivery that is under way, or fails for a reason.
pub type Delivery = Pin<Box<dyn Future<Output = Result<(), String>> + Send>>;

/// What became of the parcels that were accepted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Those whose delivery returned `Ok`.
    pub delivered: usize,
    /// Those whose delivery returned `Err`.
    pub failed: usize,
    /// Those whose delivery panicked.
    pub panicked: usize,
}

enum Message {
    Deliver(String),
    /// Asks for an answer when all that was accepted so far is over.
    Flush(oneshot::Sender<Report>),
}

/// Delivers parcels in the background. A parcel is what is written on it.
pub struct Courier {
    messages: mpsc::UnboundedSender<Message>,
    closed: AtomicBool,
    _office: AbortOnDropHandle<()>,
}

impl Courier {
    /// A courier that delivers each parcel in this way.
    pub fn new(deliver: impl Fn(String) -> Delivery + Send + Sync + 'static) -> Self {
        let (messages, inbox) = mpsc::unbounded_channel();
        Self {
            messages,
            closed: AtomicBool::new(false),
            _office: AbortOnDropHandle::new(tokio::spawn(office(deliver, inbox))),
        }
    }

    /// Begins to deliver a parcel.
    ///
    /// # Errors
    ///
    /// Gives the parcel back if the courier is closed.
    pub fn accept(&self, parcel: String) -> Result<(), String> {
        if self.closed.load(Ordering::SeqCst) {
            return Err(parcel);
        }
        let sent = self.messages.send(Message::Deliver(parcel));
        assert!(sent.is_ok(), "the office is open as long as the courier");
        Ok(())
    }

    /// Waits for the parcels that have been accepted so far.
    pub async fn flush(&self) {
        self.report().await;
    }

    /// Accepts no more parcels, and waits for those that have been accepted.
    pub async fn close(&self) -> Report {
        self.closed.store(true, Ordering::SeqCst);
        self.report().await
    }

    async fn report(&self) -> Report {
        let (reply, answer) = oneshot::channel();
        let sent = self.messages.send(Message::Flush(reply));
        assert!(sent.is_ok(), "the office is open as long as the courier");
        answer.await.expect("the office answers")
    }
}

#[derive(Default)]
struct Books {
    deliveries: JoinSet<Result<(), String>>,
    under_way: HashMap<Id, AbortHandle>,
    flushes: Vec<(HashSet<Id>, oneshot::Sender<Report>)>,
    report: Report,
}

async fn office(deliver: impl Fn(String) -> Delivery, mut inbox: mpsc::UnboundedReceiver<Message>) {
    let mut books = Books::default();
    loop {
        tokio::select! {
            message = inbox.recv() => match message {
                None => return,
                Some(Message::Deliver(parcel)) => {
                    let delivery = books.deliveries.spawn(deliver(parcel));
                    books.under_way.insert(delivery.id(), delivery);
                }
                Some(Message::Flush(reply)) => {
                    let awaited = books.under_way.keys().copied().collect();
                    books.flushes.push((awaited, reply));
                    books.answer();
                }
            },
            Some(end) = books.deliveries.join_next_with_id() => books.enter(end),
        }
    }
}

impl Books {
    fn enter(&mut self, end: Result<(Id, Result<(), String>), JoinError>) {
        let id = match end {
            Ok((id, Ok(()))) => {
                self.report.delivered += 1;
                id
            }
            Ok((id, Err(_))) => {
                self.report.failed += 1;
                id
            }
            Err(panic) => {
                self.report.panicked += 1;
                panic.id()
            }
        };
        self.under_way.remove(&id);
        for (awaited, _) in &mut self.flushes {
            awaited.remove(&id);
        }
        self.answer();
    }

    fn answer(&mut self) {
        let report = self.report;
        for (_, reply) in self
            .flushes
            .extract_if(.., |(awaited, _)| awaited.is_empty())
        {
            // Whoever asked may have given up.
            let _ = reply.send(report);
        }
    }
}
