//! What is asked of the worker, in every order in which the tasks can run.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::task::{self, JoinHandle};
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;
use worker::{End, Job, Outcome, Report, Settings, work};

/// A job at most 200 s, 1,000 s without one, a tick every 60 s.
const SETTINGS: Settings = Settings {
    limit: seconds(200),
    idle: seconds(1_000),
    every: seconds(60),
};

/// Notes when what happens, in whole seconds from its begin.
#[derive(Clone)]
struct Diary {
    begin: Instant,
    lines: Arc<Mutex<Vec<String>>>,
    running: Arc<AtomicUsize>,
}

#[test]
fn the_jobs_are_done_one_at_a_time_in_their_order() {
    explore::tasks().bound(2).check(|| async {
        let (diary, jobs) = (Diary::new(), mpsc::channel(4));
        for job in [diary.job("a", 3), diary.job("b", 1), diary.job("c", 2)] {
            send(&jobs.0, job).await;
        }
        let report = at_work(&diary, jobs, Vec::new(), SETTINGS).await;
        diary.says(&["0 a", "3 b", "4 c"], "jobs of 3, 1 and 2 s began");
        says(
            &report,
            "jobs of 3, 1 and 2 s, and no sender",
            "closed; a done, b done, c done; left: ",
        );
        assert!(
            diary.now() == 6,
            "jobs of 3, 1 and 2 s, then no sender: the end came after {} s",
            diary.now()
        );
    });
}

#[test]
fn a_job_that_is_too_slow_is_dropped_and_the_worker_goes_on() {
    explore::tasks().bound(2).check(|| async {
        let (diary, jobs) = (Diary::new(), mpsc::channel(4));
        for job in [diary.job("slow", 500), diary.job("b", 199)] {
            send(&jobs.0, job).await;
        }
        let report = at_work(&diary, jobs, Vec::new(), SETTINGS).await;
        diary.says(
            &["0 slow", "200 b"],
            "a job of 500 s and the next, 200 s for each, began",
        );
        says(
            &report,
            "jobs of 500 and 199 s with 200 s for each, and no sender",
            "closed; slow timed out, b done; left: ",
        );
        diary.nothing_runs("the worker has ended");
    });
}

#[test]
fn a_panic_is_the_outcome_of_its_job() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (diary, jobs) = (Diary::new(), mpsc::channel(4));
        let panicking = Job {
            name: "bad",
            work: Box::new(|_| Box::pin(async { panic!("a bad order") })),
        };
        for job in [panicking, diary.job("b", 1)] {
            send(&jobs.0, job).await;
        }
        let report = at_work(&diary, jobs, Vec::new(), SETTINGS).await;
        says(
            &report,
            "a job that panics, one of 1 s, and no sender",
            "closed; bad panicked, b done; left: ",
        );
    });
}

#[test]
fn what_a_job_started_is_told_when_the_job_is_over() {
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let (diary, jobs) = (Diary::new(), mpsc::channel(4));
        let helped = |name, needs| diary.with_a_helper(name, needs);
        for job in [
            helped("a", Some(5)),
            helped("slow", Some(500)),
            helped("bad", None),
        ] {
            send(&jobs.0, job).await;
        }
        let report = at_work(&diary, jobs, Vec::new(), SETTINGS).await;
        says(
            &report,
            "jobs of 5 s, of 500 s with 200 s for each, one that panics, and no sender",
            "closed; a done, slow timed out, bad panicked; left: ",
        );
        time::sleep(seconds(1)).await;
        // Who of those that are told in the same second is the first to note it is left open.
        diary.lines.lock().unwrap().sort_unstable();
        diary.says(
            &["205 bad told", "205 slow told", "5 a told"],
            "jobs that started a helper were over after 5 (done), 205 (too slow) and 205 s (panic)",
        );
    });
}

#[test]
fn nobody_is_told_while_the_job_runs() {
    explore::tasks().bound(2).check(|| async {
        let (diary, jobs) = (Diary::new(), mpsc::channel(4));
        for name in ["a", "b"] {
            let diary = diary.clone();
            let job = Job {
                name,
                work: Box::new(move |over| {
                    Box::pin(async move {
                        time::sleep(seconds(100)).await;
                        diary.note(&format!("{name} told: {}", over.is_cancelled()));
                    })
                }),
            };
            send(&jobs.0, job).await;
        }
        let report = at_work(&diary, jobs, Vec::new(), SETTINGS).await;
        says(
            &report,
            "two jobs of 100 s, and no sender",
            "closed; a done, b done; left: ",
        );
        diary.says(
            &["100 a told: false", "200 b told: false"],
            "two jobs of 100 s asked at their ends whether they were over",
        );
    });
}

#[test]
fn ticks_come_every_minute_and_not_at_the_begin() {
    explore::tasks().bound(2).check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let worker = begin(&diary, jobs, Vec::new(), SETTINGS);
        time::sleep(seconds(10)).await;
        send(&sender, diary.job("a", 30)).await;
        time::sleep(seconds(180)).await;
        drop(sender);
        says(
            &end(worker).await,
            "a job of 30 s, and after 190 s no sender",
            "closed; a done; left: ",
        );
        diary.says(
            &["10 a", "60 tick", "120 tick", "180 tick"],
            "a tick every 60 s, and a job from 10 to 40 s",
        );
    });
}

#[test]
fn of_ticks_that_were_missed_one_is_made_up_for() {
    explore::tasks().bound(2).check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let worker = begin(&diary, jobs, Vec::new(), SETTINGS);
        time::sleep(seconds(10)).await;
        send(&sender, diary.job("long", 150)).await;
        send(&sender, diary.job("next", 5)).await;
        time::sleep(seconds(240)).await;
        drop(sender);
        says(
            &end(worker).await,
            "jobs of 150 and 5 s, and after 250 s no sender",
            "closed; long done, next done; left: ",
        );
        diary.says(
            &["10 long", "160 tick", "160 next", "180 tick", "240 tick"],
            "a tick every 60 s, a job from 10 to 160 s, and then one of 5 s",
        );
    });
}

#[test]
fn an_idle_worker_ends_although_it_ticks() {
    explore::tasks().bound(2).check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let settings = Settings {
            idle: seconds(150),
            ..SETTINGS
        };
        let worker = begin(&diary, jobs, Vec::new(), settings);
        says(
            &end(worker).await,
            "no job, idle after 150 s, a tick every 60 s",
            "idle; ; left: ",
        );
        diary.says(
            &["60 tick", "120 tick"],
            "idle after 150 s, a tick every 60 s",
        );
        assert!(
            diary.now() == 150,
            "no job came, idle after 150 s, and the end came after {} s",
            diary.now()
        );
        assert!(
            sender.try_send(diary.job("late", 1)).is_err(),
            "the worker has ended, and its queue took a job"
        );
    });
}

#[test]
fn it_is_idle_from_the_end_of_its_last_job() {
    explore::tasks().bound(2).check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let settings = Settings {
            idle: seconds(50),
            ..SETTINGS
        };
        let worker = begin(&diary, jobs, Vec::new(), settings);
        time::sleep(seconds(40)).await;
        send(&sender, diary.job("a", 100)).await;
        time::sleep(seconds(145)).await;
        send(&sender, diary.job("b", 1)).await;
        says(
            &end(worker).await,
            "jobs from 40 to 140 s and from 185 to 186 s, idle after 50 s",
            "idle; a done, b done; left: ",
        );
        assert!(
            diary.now() == 236,
            "idle after 50 s, jobs from 40 to 140 and from 185 to 186 s: the end came after {} s",
            diary.now()
        );
    });
}

#[test]
fn a_job_that_comes_when_it_becomes_idle_is_not_lost() {
    explore::tasks().check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let settings = Settings {
            idle: seconds(50),
            ..SETTINGS
        };
        let worker = begin(&diary, jobs, Vec::new(), settings);
        time::sleep(seconds(50)).await;
        let accepted = sender.send(diary.job("a", 1)).await.is_ok();
        let report = end(worker).await;
        let seen = report.outcomes.len() + report.left.len();
        assert!(
            seen == usize::from(accepted),
            "a job came at the moment when the worker was idle for long enough; accepted by the \
             queue: {accepted}; and the report is: {}",
            told(&report)
        );
    });
}

#[test]
fn a_stop_ends_it_at_once_and_hands_back_the_rest() {
    explore::tasks().bound(2).check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let stop = CancellationToken::new();
        let worker = begin(&diary, jobs, vec![("operator", stop.clone())], SETTINGS);
        for (name, needs) in [("a", 2), ("b", 50), ("c", 1), ("d", 1)] {
            send(&sender, diary.job(name, needs)).await;
        }
        time::sleep(seconds(5)).await;
        stop.cancel();
        let report = end(worker).await;
        diary.nothing_runs("the worker was stopped, and has ended");
        says(
            &report,
            "jobs of 2, 50, 1 and 1 s, stopped after 5 s",
            "stopped by operator; a done, b cancelled; left: c, d",
        );
        assert!(
            diary.now() == 5,
            "stopped after 5 s, and the end came after {} s",
            diary.now()
        );
        assert!(
            sender.try_send(diary.job("late", 1)).is_err(),
            "the worker has ended, and its queue took a job"
        );
    });
}

#[test]
fn what_a_stopped_job_started_is_told() {
    explore::tasks().bound(2).check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let stop = CancellationToken::new();
        let worker = begin(&diary, jobs, vec![("operator", stop.clone())], SETTINGS);
        send(&sender, diary.with_a_helper("a", Some(50))).await;
        time::sleep(seconds(5)).await;
        stop.cancel();
        says(
            &end(worker).await,
            "a job of 50 s, stopped after 5 s",
            "stopped by operator; a cancelled; left: ",
        );
        time::sleep(seconds(1)).await;
        diary.says(&["5 a told"], "a job with a helper was stopped after 5 s");
    });
}

#[test]
fn no_job_is_begun_once_it_is_stopped() {
    explore::tasks().bound(2).check(|| async {
        let (diary, jobs) = (Diary::new(), mpsc::channel(4));
        let stop = CancellationToken::new();
        stop.cancel();
        for name in ["a", "b"] {
            send(&jobs.0, diary.job(name, 1)).await;
        }
        let report = at_work(&diary, jobs, vec![("operator", stop)], SETTINGS).await;
        says(
            &report,
            "two jobs, stopped before the begin",
            "stopped by operator; ; left: a, b",
        );
        diary.says(&[], "it was stopped before it began");
    });
}

#[test]
fn a_waiting_sender_is_not_lost_at_a_stop() {
    explore::tasks().check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(1));
        let stop = CancellationToken::new();
        send(&sender, diary.job("a", 3)).await;
        let worker = begin(&diary, jobs, vec![("operator", stop.clone())], SETTINGS);
        let (waiting, job) = (sender.clone(), diary.job("b", 3));
        let waiting = tokio::spawn(async move { waiting.send(job).await.is_ok() });
        let (second, job) = (sender.clone(), diary.job("c", 3));
        let second = tokio::spawn(async move { second.send(job).await.is_ok() });
        time::sleep(seconds(3)).await;
        stop.cancel();
        let report = end(worker).await;
        let mut number = 1;
        for sending in [waiting, second] {
            let accepted = sending.await.expect("a send does not panic");
            number += usize::from(accepted);
        }
        let seen = report.outcomes.len() + report.left.len();
        assert!(
            seen == number,
            "the queue has accepted {number} jobs until it was stopped, and the report knows \
             {seen}: {}",
            told(&report)
        );
    });
}

#[test]
fn who_has_a_place_in_the_queue_can_use_it() {
    explore::tasks().check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(2));
        let stop = CancellationToken::new();
        let worker = begin(&diary, jobs, vec![("operator", stop.clone())], SETTINGS);
        time::sleep(seconds(3)).await;
        let place = sender.reserve().await;
        let place = place.expect("the worker is there, and its queue has room");
        stop.cancel();
        // The worker has time to hear it before the place is used.
        for _ in 0..3 {
            task::yield_now().await;
        }
        place.send(diary.job("a", 3));
        says(
            &end(worker).await,
            "stopped after 3 s, when somebody had a place in the queue, who then used it for job a",
            "stopped by operator; ; left: a",
        );
    });
}

#[test]
fn the_reason_is_the_first_one() {
    explore::tasks().bound(2).check(|| async {
        for [first, second, expected] in [[3, 8, 0], [8, 3, 1]] {
            let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
            let stops = [CancellationToken::new(), CancellationToken::new()];
            let named = vec![("deploy", stops[0].clone()), ("operator", stops[1].clone())];
            send(&sender, diary.job("a", 100)).await;
            let worker = begin(&diary, jobs, named, SETTINGS);
            let stopping = [first, second].into_iter().zip(stops).map(|(after, stop)| {
                tokio::spawn(async move {
                    time::sleep(seconds(after)).await;
                    stop.cancel();
                })
            });
            let stopping: Vec<_> = stopping.collect();
            let report = end(worker).await;
            let reason = ["deploy", "operator"][usize::try_from(expected).expect("small")];
            says(
                &report,
                "a job of 100 s, and two who stop the worker, one after 3 s and one after 8 s",
                &format!("stopped by {reason}; a cancelled; left: "),
            );
            assert!(
                diary.now() == 3,
                "first stopped after 3 s, and the end came after {} s",
                diary.now()
            );
            for stop in stopping {
                stop.await.expect("to cancel does not panic");
            }
        }
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_counts() {
    explore::tasks().bound(2).check(|| async {
        let (diary, (_sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let stop = CancellationToken::new();
        stop.cancel();
        let stops = vec![
            ("deploy", CancellationToken::new()),
            ("operator", stop.clone()),
            ("signal", stop),
        ];
        let report = end(begin(&diary, jobs, stops, SETTINGS)).await;
        says(
            &report,
            "the second and third of three stops were cancelled before the begin",
            "stopped by operator; ; left: ",
        );
    });
}

#[test]
fn a_work_that_is_dropped_leaves_nothing_running() {
    explore::tasks().bound(2).check(|| async {
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        let stop = CancellationToken::new();
        send(&sender, diary.with_a_helper("a", Some(50))).await;
        let worker = begin(&diary, jobs, vec![("operator", stop.clone())], SETTINGS);
        time::sleep(seconds(5)).await;
        worker.abort();
        assert!(worker.await.is_err(), "a job of 50 s was over after 5 s");
        time::sleep(seconds(1)).await;
        diary.nothing_runs("the worker was dropped a second ago");
        diary.says(
            &["5 a told"],
            "a worker was dropped after 5 s, and its job with it",
        );
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().bound(0).check(|| async {
        let day = seconds(24 * 3600);
        let settings = Settings {
            limit: 2 * day,
            idle: day,
            every: 10 * day,
        };
        let (diary, (sender, jobs)) = (Diary::new(), mpsc::channel(4));
        send(&sender, diary.job("a", 24 * 3600)).await;
        let stops = vec![("operator", CancellationToken::new())];
        let report = begin(&diary, jobs, stops, settings).await;
        let report = report.expect("the worker does not panic");
        says(
            &report,
            "a job of a day, idle after a day",
            "idle; a done; left: ",
        );
    });
}

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

async fn send(sender: &mpsc::Sender<Job>, job: Job) {
    let sent = sender.send(job).await;
    assert!(
        sent.is_ok(),
        "the worker is there, and its queue takes no job"
    );
}

type Stops = Vec<(&'static str, CancellationToken)>;

/// Starts a worker in a task.
fn begin(
    diary: &Diary,
    jobs: mpsc::Receiver<Job>,
    stops: Stops,
    settings: Settings,
) -> JoinHandle<Report> {
    let diary = diary.clone();
    tokio::spawn(work(jobs, stops, settings, move || {
        diary.nothing_runs("a tick came");
        diary.note("tick");
    }))
}

async fn end(worker: JoinHandle<Report>) -> Report {
    let ended = time::timeout(seconds(10_000), worker).await;
    let Ok(ended) = ended else {
        panic!("the worker did not end in 10,000 s");
    };
    ended.expect("the worker panicked")
}

/// Has a worker do what is in the queue; no ticks are noted.
async fn at_work(
    diary: &Diary,
    (sender, jobs): (mpsc::Sender<Job>, mpsc::Receiver<Job>),
    stops: Stops,
    settings: Settings,
) -> Report {
    drop(sender);
    let diary = diary.clone();
    let tick = move || diary.nothing_runs("a tick came");
    let working = work(jobs, stops, settings, tick);
    let ended = time::timeout(seconds(10_000), working).await;
    let Ok(report) = ended else {
        panic!("the worker did not end in 10,000 s");
    };
    report
}

/// A report in words.
fn told(report: &Report) -> String {
    let end = match report.end {
        End::Closed => String::from("closed"),
        End::Idle => String::from("idle"),
        End::Stopped(reason) => format!("stopped by {reason}"),
    };
    let outcomes = report.outcomes.iter().map(|(name, outcome)| {
        let outcome = match outcome {
            Outcome::Done => "done",
            Outcome::TimedOut => "timed out",
            Outcome::Panicked => "panicked",
            Outcome::Cancelled => "cancelled",
        };
        format!("{name} {outcome}")
    });
    let outcomes: Vec<String> = outcomes.collect();
    let left: Vec<&str> = report.left.iter().map(|job| job.name).collect();
    format!("{end}; {}; left: {}", outcomes.join(", "), left.join(", "))
}

/// Compares a report with what it has to be in this situation.
#[track_caller]
fn says(report: &Report, situation: &str, expected: &str) {
    let report = told(report);
    assert!(
        report == expected,
        "{situation}: expected was the report [{expected}], and it is [{report}]"
    );
}

impl Diary {
    fn new() -> Self {
        Self {
            begin: Instant::now(),
            lines: Arc::default(),
            running: Arc::default(),
        }
    }

    fn now(&self) -> u64 {
        self.begin.elapsed().as_secs()
    }

    fn note(&self, what: &str) {
        let line = format!("{} {what}", self.now());
        self.lines.lock().unwrap().push(line);
    }

    /// A job that notes when it begins, and needs so many seconds.
    fn job(&self, name: &'static str, needs: u64) -> Job {
        let diary = self.clone();
        Job {
            name,
            work: Box::new(move |_| {
                Box::pin(async move {
                    diary.note(name);
                    let _running = Running::new(&diary);
                    time::sleep(seconds(needs)).await;
                })
            }),
        }
    }

    /// A job that starts a task which waits until it is told. Without a time, the job panics.
    fn with_a_helper(&self, name: &'static str, needs: Option<u64>) -> Job {
        let diary = self.clone();
        Job {
            name,
            work: Box::new(move |over| {
                Box::pin(async move {
                    let _running = Running::new(&diary);
                    let helper = diary.clone();
                    tokio::spawn(async move {
                        over.cancelled().await;
                        helper.note(&format!("{name} told"));
                    });
                    match needs {
                        Some(needs) => time::sleep(seconds(needs)).await,
                        None => panic!("a bad order"),
                    }
                })
            }),
        }
    }

    #[track_caller]
    fn says(&self, expected: &[&str], why: &str) {
        let noted = self.lines.lock().unwrap().clone();
        assert!(
            noted == expected,
            "{why}: expected {expected:?}, noted {noted:?}"
        );
    }

    #[track_caller]
    fn nothing_runs(&self, when: &str) {
        let running = self.running.load(Ordering::SeqCst);
        assert!(running == 0, "{when}; jobs that still run: {running}");
    }
}

/// A job between its begin and its end.
struct Running(Diary);

impl Running {
    fn new(diary: &Diary) -> Self {
        let before = diary.running.fetch_add(1, Ordering::SeqCst);
        assert!(before == 0, "a job begins while another one runs");
        Self(diary.clone())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::SeqCst);
    }
}
