//! One task owns everything, and is sent messages; there are no workers, but places for running jobs. A
//! question carries the channel for its answer, so it cannot be taken for anybody else's.

use std::collections::{HashMap, VecDeque};
use std::fmt;
use std::num::NonZeroUsize;
use std::pin::Pin;

use tokio::select;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{Id, JoinSet};
use tokio_util::task::AbortOnDropHandle;

/// Which queue a job goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// Before everything that is normal.
    Urgent,
    /// When nothing is urgent.
    Normal,
}

/// Work with a name.
pub struct Job {
    /// What it is called in its outcome.
    pub name: String,
    /// What is to be done; its result is a text.
    pub work: Pin<Box<dyn Future<Output = String> + Send>>,
}

impl Job {
    /// A job from its name and its work.
    pub fn new(name: &str, work: impl Future<Output = String> + Send + 'static) -> Self {
        Self {
            name: name.to_owned(),
            work: Box::pin(work),
        }
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Job").field(&self.name).finish()
    }
}

/// A job panicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Panicked;

/// What became of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The name of the job.
    pub name: String,
    /// Its result.
    pub result: Result<String, Panicked>,
}

/// How busy a scheduler is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// How many jobs run.
    pub running: usize,
    /// How many urgent jobs are queued.
    pub urgent: usize,
    /// How many normal jobs are queued.
    pub normal: usize,
    /// How often the status was asked for, this time included.
    pub asked: usize,
}

/// Where the outcomes of a scheduler wait.
pub struct Outcomes {
    inbox: mpsc::UnboundedReceiver<Outcome>,
}

impl Outcomes {
    /// The next outcome, as soon as there is one; `None` once there will be no more.
    pub async fn next(&mut self) -> Option<Outcome> {
        self.inbox.recv().await
    }
}

/// Runs jobs, urgent ones first.
pub struct Scheduler {
    messages: mpsc::UnboundedSender<Message>,
    _actor: AbortOnDropHandle<()>,
}

enum Message {
    Submit(Priority, Waiting),
    Status(oneshot::Sender<Status>),
    Shutdown(oneshot::Sender<()>),
}

/// Somebody who waits until his job is accepted.
struct Waiting {
    job: Job,
    answer: oneshot::Sender<Result<(), Job>>,
}

impl Scheduler {
    /// Starts that many workers, with `room` for queued jobs of each class.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> (Self, Outcomes) {
        let (messages, questions) = mpsc::unbounded_channel();
        let (outcomes, inbox) = mpsc::unbounded_channel();
        let actor = Actor {
            places: workers.get(),
            urgent: Queue::new(room.get()),
            normal: Queue::new(room.get()),
            running: JoinSet::new(),
            names: HashMap::new(),
            outcomes: Some(outcomes),
            closing: None,
            asked: 0,
        };
        let scheduler = Self {
            messages,
            _actor: AbortOnDropHandle::new(tokio::spawn(actor.live(questions))),
        };
        (scheduler, Outcomes { inbox })
    }

    /// Queues a job, as soon as its class has room.
    ///
    /// # Errors
    /// Gives the job back if the scheduler is shut down.
    pub async fn submit(&self, priority: Priority, job: Job) -> Result<(), Job> {
        self.ask(|answer| Message::Submit(priority, Waiting { job, answer }))
            .await
    }

    /// How busy the scheduler is.
    pub async fn status(&self) -> Status {
        self.ask(Message::Status).await
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn shutdown(&self) {
        self.ask(Message::Shutdown).await;
    }

    async fn ask<T>(&self, question: impl FnOnce(oneshot::Sender<T>) -> Message) -> T {
        let (answer, answered) = oneshot::channel();
        let sent = self.messages.send(question(answer));
        assert!(sent.is_ok(), "the actor lives as long as its scheduler");
        answered.await.expect("the actor answers everybody")
    }
}

/// The jobs of one class.
struct Queue {
    jobs: VecDeque<Job>,
    waiting: VecDeque<Waiting>,
    room: usize,
}

impl Queue {
    fn new(room: usize) -> Self {
        Self {
            jobs: VecDeque::new(),
            waiting: VecDeque::new(),
            room,
        }
    }

    /// Accepts jobs of those who wait, as long as there is room and somebody still waits.
    fn accept(&mut self) {
        while self.jobs.len() < self.room
            && let Some(Waiting { job, answer }) = self.waiting.pop_front()
        {
            if answer.send(Ok(())).is_ok() {
                self.jobs.push_back(job);
            }
        }
    }

    fn send_away(&mut self) {
        for Waiting { job, answer } in self.waiting.drain(..) {
            let _ = answer.send(Err(job));
        }
    }
}

struct Actor {
    places: usize,
    urgent: Queue,
    normal: Queue,
    running: JoinSet<String>,
    names: HashMap<Id, String>,
    outcomes: Option<mpsc::UnboundedSender<Outcome>>,
    /// Those who wait for the end, once it has been asked for.
    closing: Option<Vec<oneshot::Sender<()>>>,
    asked: usize,
}

impl Actor {
    async fn live(mut self, mut questions: mpsc::UnboundedReceiver<Message>) {
        loop {
            select! {
                Some(question) = questions.recv() => self.hear(question),
                Some(ended) = self.running.join_next_with_id() => {
                    let (id, result) = match ended {
                        Ok((id, text)) => (id, Ok(text)),
                        Err(error) => (error.id(), Err(Panicked)),
                    };
                    let name = self.names.remove(&id).expect("every job has a name");
                    if let Some(outcomes) = &self.outcomes {
                        let _ = outcomes.send(Outcome { name, result });
                    }
                }
                else => return,
            }
            self.go_on();
        }
    }

    fn hear(&mut self, question: Message) {
        match question {
            Message::Submit(priority, waiting) => {
                let queue = match priority {
                    Priority::Urgent => &mut self.urgent,
                    Priority::Normal => &mut self.normal,
                };
                queue.waiting.push_back(waiting);
            }
            Message::Status(answer) => {
                self.asked += 1;
                let _ = answer.send(Status {
                    running: self.running.len(),
                    urgent: self.urgent.jobs.len(),
                    normal: self.normal.jobs.len(),
                    asked: self.asked,
                });
            }
            Message::Shutdown(answer) => self.closing.get_or_insert_default().push(answer),
        }
    }

    /// Does whatever can be done without waiting.
    fn go_on(&mut self) {
        loop {
            if self.closing.is_some() {
                self.urgent.send_away();
                self.normal.send_away();
            }
            self.urgent.accept();
            self.normal.accept();
            if self.running.len() == self.places {
                return;
            }
            let next = self.urgent.jobs.pop_front();
            let Some(job) = next.or_else(|| self.normal.jobs.pop_front()) else {
                break;
            };
            let task = self.running.spawn(job.work);
            self.names.insert(task.id(), job.name);
        }
        if self.running.is_empty()
            && let Some(closing) = &mut self.closing
        {
            self.outcomes = None;
            for waiting in closing.drain(..) {
                let _ = waiting.send(());
            }
        }
    }
}
