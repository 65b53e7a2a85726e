//! One task owns the jobs, queued and running, and is sent messages. What others may know of them is on a board, where
//! everything is settled at once; the task hears of it a little later.

use std::collections::{HashMap, VecDeque};
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::select;
use tokio::sync::{mpsc, watch};
use tokio::task::{AbortHandle, JoinSet};
use tokio::time;
use tokio_util::task::AbortOnDropHandle;

/// What a job does.
pub type Work = Pin<Box<dyn Future<Output = String> + Send>>;

/// How far a job has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It waits for a worker.
    Queued,
    /// A worker is at it.
    Running,
    /// It came to its end, with this result.
    Done(String),
    /// It panicked.
    Panicked,
    /// It was cancelled before it came to its end.
    Cancelled,
}

/// Why a job was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The desk is closed.
    Closed,
    /// There is or was a job of this id.
    Duplicate,
    /// No worker is free, and there is no room in the queue.
    Full,
}

/// Takes jobs by id and runs a few of them at a time.
pub struct JobDesk {
    board: Arc<Mutex<Board>>,
    /// Nothing once the desk is closed to new jobs.
    orders: Mutex<Option<mpsc::UnboundedSender<(usize, Work)>>>,
    cancels: mpsc::UnboundedSender<usize>,
    over: watch::Receiver<bool>,
    room: usize,
    _manager: AbortOnDropHandle<()>,
}

#[derive(Default)]
struct Board {
    entries: Vec<(String, Status)>,
    numbers: HashMap<String, usize>,
    queued: usize,
}

impl JobDesk {
    /// Starts that many workers, with `room` for queued jobs.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn open(workers: NonZeroUsize, room: NonZeroUsize) -> Self {
        let (orders, ordered) = mpsc::unbounded_channel();
        let (cancels, cancelled) = mpsc::unbounded_channel();
        let (end, over) = watch::channel(false);
        let board = Arc::default();
        let manager = Manager {
            board: Arc::clone(&board),
            places: workers.get(),
            queue: VecDeque::new(),
            running: JoinSet::new(),
            handles: HashMap::new(),
        };
        let manager = tokio::spawn(manager.live(ordered, cancelled, end));
        Self {
            board,
            orders: Mutex::new(Some(orders)),
            cancels,
            over,
            room: room.get(),
            _manager: AbortOnDropHandle::new(manager),
        }
    }

    /// Accepts a job under an id, or refuses it. Waits for nothing.
    ///
    /// # Errors
    /// If the desk is closed, if the id is taken, or if there is no room.
    pub fn submit(&self, id: &str, work: Work) -> Result<(), Refused> {
        let orders = self.orders.lock().unwrap();
        let Some(orders) = &*orders else {
            return Err(Refused::Closed);
        };
        let mut board = self.board.lock().unwrap();
        if board.numbers.contains_key(id) {
            return Err(Refused::Duplicate);
        }
        if board.queued == self.room {
            return Err(Refused::Full);
        }
        let number = board.entries.len();
        board.numbers.insert(id.to_owned(), number);
        board.entries.push((id.to_owned(), Status::Queued));
        board.queued += 1;
        let sent = orders.send((number, work));
        assert!(
            sent.is_ok(),
            "the manager lives as long as somebody can send"
        );
        Ok(())
    }

    /// Cancels a job. Whether there was anything to cancel.
    pub fn cancel(&self, id: &str) -> bool {
        let number = self.board.lock().unwrap().numbers.get(id).copied();
        number.is_some_and(|number| self.cancel_number(number))
    }

    fn cancel_number(&self, number: usize) -> bool {
        let mut board = self.board.lock().unwrap();
        match board.entries[number].1 {
            Status::Queued => board.queued -= 1,
            Status::Running => {}
            _ => return false,
        }
        board.entries[number].1 = Status::Cancelled;
        let _ = self.cancels.send(number);
        true
    }

    /// How far a job has come; `None` if none of this id was ever accepted.
    pub fn status(&self, id: &str) -> Option<Status> {
        let board = self.board.lock().unwrap();
        let number = board.numbers.get(id)?;
        Some(board.entries[*number].1.clone())
    }

    /// Closes the desk, waits for all jobs, and cancels those that are left after this time. How each of
    /// them ended, in the order in which they were accepted.
    pub async fn shutdown(&self, within: Duration) -> Vec<(String, Status)> {
        drop(self.orders.lock().unwrap().take());
        let mut over = self.over.clone();
        if time::timeout(within, over.wait_for(|over| *over))
            .await
            .is_err()
        {
            let accepted = self.board.lock().unwrap().entries.len();
            for number in 0..accepted {
                self.cancel_number(number);
            }
            let _ = over.wait_for(|over| *over).await;
        }
        self.board.lock().unwrap().entries.clone()
    }
}

struct Manager {
    board: Arc<Mutex<Board>>,
    places: usize,
    queue: VecDeque<(usize, Work)>,
    running: JoinSet<(usize, String)>,
    handles: HashMap<tokio::task::Id, (usize, AbortHandle)>,
}

impl Manager {
    async fn live(
        mut self,
        mut ordered: mpsc::UnboundedReceiver<(usize, Work)>,
        mut cancelled: mpsc::UnboundedReceiver<usize>,
        end: watch::Sender<bool>,
    ) {
        let mut open = true;
        while open || !self.queue.is_empty() || !self.running.is_empty() {
            select! {
                order = ordered.recv(), if open => match order {
                    Some(order) => self.queue.push_back(order),
                    None => open = false,
                },
                Some(number) = cancelled.recv() => {
                    for (running, handle) in self.handles.values() {
                        if *running == number {
                            handle.abort();
                        }
                    }
                }
                Some(ended) = self.running.join_next_with_id() => {
                    let (id, status) = match ended {
                        Ok((id, (_, result))) => (id, Status::Done(result)),
                        Err(error) if error.is_panic() => (error.id(), Status::Panicked),
                        Err(error) => (error.id(), Status::Cancelled),
                    };
                    let (number, _) = self.handles.remove(&id).expect("every job has a handle");
                    let entry = &mut self.board.lock().unwrap().entries[number].1;
                    if *entry == Status::Running {
                        *entry = status;
                    }
                }
            }
            self.begin();
        }
        end.send_replace(true);
    }

    fn begin(&mut self) {
        let is_queued = |board: &Board, number: usize| board.entries[number].1 == Status::Queued;
        let away: VecDeque<_> = {
            let board = self.board.lock().unwrap();
            let queue = self.queue.drain(..);
            let (stay, away) = queue.partition(|(number, _)| is_queued(&board, *number));
            self.queue = stay;
            away
        };
        // What they own is dropped without the lock.
        drop(away);
        while self.running.len() < self.places
            && let Some((number, work)) = self.queue.pop_front()
        {
            {
                let mut board = self.board.lock().unwrap();
                if !is_queued(&board, number) {
                    continue;
                }
                board.queued -= 1;
                board.entries[number].1 = Status::Running;
            }
            let handle = self.running.spawn(async move { (number, work.await) });
            self.handles.insert(handle.id(), (number, handle));
        }
    }
}
