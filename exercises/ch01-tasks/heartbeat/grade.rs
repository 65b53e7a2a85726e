use std::sync::{Arc, Mutex};
use std::time::Duration;

use heartbeat::{Heartbeat, Panicked};
use tokio::time::{self, Instant};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// When beats began and ended, in milliseconds since the diary was opened.
#[derive(Clone)]
struct Diary {
    opened: Instant,
    begun: Arc<Mutex<Vec<u64>>>,
    ended: Arc<Mutex<Vec<u64>>>,
}

impl Diary {
    fn open() -> Self {
        Self {
            opened: Instant::now(),
            begun: Arc::new(Mutex::new(Vec::new())),
            ended: Arc::new(Mutex::new(Vec::new())),
        }
    }

    fn now(&self) -> u64 {
        self.opened.elapsed().as_millis() as u64
    }

    fn begun(&self) -> Vec<u64> {
        self.begun.lock().unwrap().clone()
    }

    #[track_caller]
    fn expect_begun(&self, at: &[u64]) {
        let begun = self.begun();
        assert!(begun == at, "beats began at {begun:?} ms");
    }

    fn ended(&self) -> Vec<u64> {
        self.ended.lock().unwrap().clone()
    }

    /// Writes down a beat that takes that long.
    async fn beat(self, takes: Duration) {
        let now = self.now();
        self.begun.lock().unwrap().push(now);
        if !takes.is_zero() {
            time::sleep(takes).await;
        }
        let now = self.now();
        self.ended.lock().unwrap().push(now);
    }
}

#[test]
fn the_first_beat_comes_at_once_and_then_one_a_period() {
    explore::tasks().check(|| async {
        let diary = Diary::open();
        let notes = diary.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(0)));
        time::sleep(ms(2500)).await;
        heart.stop().await.expect("no beat panicked");
        diary.expect_begun(&[0, 1000, 2000]);
    });
}

#[test]
fn a_beat_that_takes_a_while_does_not_shift_the_next() {
    explore::tasks().check(|| async {
        let diary = Diary::open();
        let notes = diary.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(300)));
        time::sleep(ms(2500)).await;
        heart.stop().await.expect("no beat panicked");
        diary.expect_begun(&[0, 1000, 2000]);
    });
}

#[test]
fn a_late_beat_is_not_followed_by_a_burst() {
    explore::tasks().check(|| async {
        let diary = Diary::open();
        let notes = diary.clone();
        let mut takes = ms(5500);
        let heart = Heartbeat::start(ms(1000), move || {
            // Only the first beat is slow.
            notes.clone().beat(std::mem::take(&mut takes))
        });
        time::sleep(ms(6400)).await;
        heart.stop().await.expect("no beat panicked");
        let begun = diary.begun();
        let after = begun.iter().filter(|&&at| at > 0).count();
        assert!(
            after <= 2,
            "{after} beats began within 0.9 s after one of 5.5 s, at {begun:?} ms"
        );
    });
}

#[test]
fn stop_lets_a_beat_that_has_begun_finish() {
    explore::tasks().check(|| async {
        let diary = Diary::open();
        let notes = diary.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(300)));
        time::sleep(ms(100)).await;
        heart.stop().await.expect("no beat panicked");
        let ended = diary.ended();
        assert!(
            ended == [300],
            "beats had ended at {ended:?} ms when stop returned"
        );
        let now = diary.now();
        assert!(
            now == 300,
            "the beat ended at 300 ms, stop returned at {now} ms"
        );
    });
}

#[test]
fn no_beat_begins_after_stop() {
    explore::tasks().check(|| async {
        let diary = Diary::open();
        let notes = diary.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(0)));
        // The next beat is due at this very moment: it may begin or not.
        time::sleep(ms(1000)).await;
        heart.stop().await.expect("no beat panicked");
        let begun = diary.begun().len();
        time::sleep(ms(5000)).await;
        let later = diary.begun().len() - begun;
        assert!(later == 0, "{later} beats began after stop had returned");
    });
}

#[test]
fn stop_does_not_wait_until_the_next_beat_is_due() {
    explore::tasks().check(|| async {
        let diary = Diary::open();
        let notes = diary.clone();
        let heart = Heartbeat::start(ms(3_600_000), move || notes.clone().beat(ms(0)));
        time::sleep(ms(1000)).await;
        heart.stop().await.expect("no beat panicked");
        let now = diary.now();
        assert!(
            now == 1000,
            "stop was called at 1000 ms and returned at {now} ms"
        );
    });
}

#[test]
fn a_beat_that_panics_is_the_last_and_stop_reports_it() {
    explore::tasks().check(|| async {
        let diary = Diary::open();
        let notes = diary.clone();
        let heart = Heartbeat::start(ms(1000), move || {
            let notes = notes.clone();
            async move {
                let beats = notes.begun().len() + 1;
                notes.beat(ms(0)).await;
                assert!(beats < 2, "the monitor hung up");
            }
        });
        time::sleep(ms(3500)).await;
        let report = heart.stop().await;
        assert!(
            report == Err(Panicked),
            "a beat panicked, and stop reported {report:?}"
        );
        diary.expect_begun(&[0, 1000]);
    });
}

#[test]
fn a_heartbeat_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().check(|| async {
        let diary = Diary::open();
        let notes = diary.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(0)));
        time::sleep(ms(1500)).await;
        drop(heart);
        time::sleep(ms(3000)).await;
        diary.expect_begun(&[0, 1000]);
    });
}
