//! No workers: a job that finds one of the places free begins in a task of its own, and who is done goes
//! on with what is queued. Whoever waits, for room or for the end, is told of each change and looks again.

use std::collections::VecDeque;
use std::fmt;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

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
    shared: Arc<Shared>,
}

struct Shared {
    workers: usize,
    room: usize,
    state: Mutex<State>,
    changed: watch::Sender<()>,
}

struct State {
    urgent: VecDeque<Job>,
    normal: VecDeque<Job>,
    running: usize,
    asked: usize,
    closed: bool,
    tasks: JoinSet<()>,
    outcomes: Option<mpsc::UnboundedSender<Outcome>>,
}

impl Scheduler {
    /// Starts that many workers, with `room` for queued jobs of each class.
    ///
    /// # Panics
    /// Outside a runtime.
    pub fn start(workers: NonZeroUsize, room: NonZeroUsize) -> (Self, Outcomes) {
        let (outcomes, inbox) = mpsc::unbounded_channel();
        let state = State {
            urgent: VecDeque::new(),
            normal: VecDeque::new(),
            running: 0,
            asked: 0,
            closed: false,
            tasks: JoinSet::new(),
            outcomes: Some(outcomes),
        };
        let shared = Arc::new(Shared {
            workers: workers.get(),
            room: room.get(),
            state: Mutex::new(state),
            changed: watch::Sender::new(()),
        });
        (Self { shared }, Outcomes { inbox })
    }

    /// Queues a job, as soon as its class has room.
    ///
    /// # Errors
    /// Gives the job back if the scheduler is shut down.
    pub async fn submit(&self, priority: Priority, job: Job) -> Result<(), Job> {
        let mut changed = self.shared.changed.subscribe();
        loop {
            changed.mark_unchanged();
            {
                let mut state = self.shared.state.lock().unwrap();
                if state.closed {
                    return Err(job);
                }
                if state.running < self.shared.workers {
                    state.running += 1;
                    let shared = Arc::clone(&self.shared);
                    while state.tasks.try_join_next().is_some() {}
                    state.tasks.spawn(run_from(shared, job));
                    return Ok(());
                }
                let room = self.shared.room;
                let queue = state.queue(priority);
                if queue.len() < room {
                    queue.push_back(job);
                    return Ok(());
                }
            }
            changed.changed().await.expect("we hold the sender");
        }
    }

    /// How busy the scheduler is.
    pub async fn status(&self) -> Status {
        let mut state = self.shared.state.lock().unwrap();
        state.asked += 1;
        Status {
            running: state.running,
            urgent: state.urgent.len(),
            normal: state.normal.len(),
            asked: state.asked,
        }
    }

    /// Takes no more jobs, and waits for those that were accepted.
    pub async fn shutdown(&self) {
        let mut changed = self.shared.changed.subscribe();
        {
            let mut state = self.shared.state.lock().unwrap();
            state.closed = true;
            state.end_if_over();
        }
        self.shared.changed.send_replace(());
        let _ = changed
            .wait_for(|()| self.shared.state.lock().unwrap().outcomes.is_none())
            .await;
    }
}

impl Drop for Scheduler {
    fn drop(&mut self) {
        let (tasks, jobs) = {
            let mut state = self.shared.state.lock().unwrap();
            state.outcomes = None;
            let mut jobs = std::mem::take(&mut state.urgent);
            jobs.append(&mut state.normal);
            (std::mem::take(&mut state.tasks), jobs)
        };
        drop((tasks, jobs));
    }
}

impl State {
    fn queue(&mut self, priority: Priority) -> &mut VecDeque<Job> {
        match priority {
            Priority::Urgent => &mut self.urgent,
            Priority::Normal => &mut self.normal,
        }
    }

    fn end_if_over(&mut self) {
        if self.closed && self.running == 0 {
            self.outcomes = None;
        }
    }
}

async fn run_from(shared: Arc<Shared>, mut job: Job) {
    loop {
        let mut only = JoinSet::new();
        only.spawn(job.work);
        let result = only
            .join_next()
            .await
            .expect("one was spawned")
            .map_err(|_| Panicked);
        let next = {
            let mut state = shared.state.lock().unwrap();
            if let Some(outcomes) = &state.outcomes {
                let _ = outcomes.send(Outcome {
                    name: job.name,
                    result,
                });
            }
            let next = state
                .urgent
                .pop_front()
                .or_else(|| state.normal.pop_front());
            if next.is_none() {
                state.running -= 1;
                state.end_if_over();
            }
            next
        };
        shared.changed.send_replace(());
        match next {
            Some(next) => job = next,
            None => return,
        }
    }
}
