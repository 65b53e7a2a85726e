use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use heartbeat::{Heartbeat, Panicked};
use tokio::time::{self, Instant};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// How many beats have begun and ended.
#[derive(Clone)]
struct Beats {
    begun: Arc<AtomicUsize>,
    ended: Arc<AtomicUsize>,
}

impl Beats {
    fn none() -> Self {
        Self {
            begun: Arc::new(AtomicUsize::new(0)),
            ended: Arc::new(AtomicUsize::new(0)),
        }
    }

    /// A beat that takes that long.
    async fn beat(self, takes: Duration) {
        self.begun.fetch_add(1, Ordering::SeqCst);
        if !takes.is_zero() {
            time::sleep(takes).await;
        }
        self.ended.fetch_add(1, Ordering::SeqCst);
    }

    fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    fn ended(&self) -> usize {
        self.ended.load(Ordering::SeqCst)
    }
}

#[test]
fn the_first_beat_comes_at_once_and_then_one_a_period() {
    explore::tasks().check(|| async {
        let beats = Beats::none();
        let notes = beats.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(0)));
        time::sleep(ms(500)).await;
        let begun = beats.begun();
        assert!(begun == 1, "{begun} beats in the first 0.5 s");
        time::sleep(ms(2000)).await;
        let begun = beats.begun();
        assert!(begun == 3, "{begun} beats in 2.5 s, with a period of 1 s");
        heart.stop().await.expect("no beat panicked");
    });
}

#[test]
fn a_beat_that_takes_a_while_does_not_shift_the_next() {
    explore::tasks().check(|| async {
        let beats = Beats::none();
        let notes = beats.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(300)));
        time::sleep(ms(2200)).await;
        let begun = beats.begun();
        assert!(
            begun == 3,
            "{begun} beats of 0.3 s began in 2.2 s, with a period of 1 s"
        );
        heart.stop().await.expect("no beat panicked");
    });
}

#[test]
fn a_late_beat_is_not_followed_by_a_burst() {
    explore::tasks().check(|| async {
        let beats = Beats::none();
        let notes = beats.clone();
        let mut takes = ms(5500);
        let heart = Heartbeat::start(ms(1000), move || {
            // Only the first beat is slow.
            notes.clone().beat(std::mem::take(&mut takes))
        });
        time::sleep(ms(6400)).await;
        let after = beats.begun().saturating_sub(1);
        assert!(
            after <= 2,
            "{after} beats began in the 0.9 s after one of 5.5 s, with a period of 1 s"
        );
        heart.stop().await.expect("no beat panicked");
    });
}

#[test]
fn stop_lets_a_beat_that_has_begun_finish() {
    explore::tasks().check(|| async {
        let start = Instant::now();
        let beats = Beats::none();
        let notes = beats.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(300)));
        time::sleep(ms(100)).await;
        heart.stop().await.expect("no beat panicked");
        let ended = beats.ended();
        assert!(
            ended == 1,
            "when stop returned, 1 beat had begun and {ended} had ended"
        );
        let took = start.elapsed().as_millis();
        assert!(
            took == 300,
            "the beat ended at 300 ms, stop returned at {took} ms"
        );
    });
}

#[test]
fn no_beat_begins_after_stop() {
    explore::tasks().check(|| async {
        let beats = Beats::none();
        let notes = beats.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(0)));
        // The next beat is due at this very moment: it may begin or not.
        time::sleep(ms(1000)).await;
        heart.stop().await.expect("no beat panicked");
        let before = beats.begun();
        time::sleep(ms(5000)).await;
        let after = beats.begun();
        assert!(
            after == before,
            "beats before stop returned: {before}, in all: {after}"
        );
    });
}

#[test]
fn stop_does_not_wait_until_the_next_beat_is_due() {
    explore::tasks().check(|| async {
        let start = Instant::now();
        let beats = Beats::none();
        let notes = beats.clone();
        let heart = Heartbeat::start(ms(3_600_000), move || notes.clone().beat(ms(0)));
        time::sleep(ms(1000)).await;
        heart.stop().await.expect("no beat panicked");
        let took = start.elapsed().as_secs();
        assert!(
            took == 1,
            "stop was called after 1 s and returned after {took} s"
        );
    });
}

#[test]
fn a_beat_that_panics_is_the_last_and_stop_reports_it() {
    explore::tasks().check(|| async {
        let beats = Beats::none();
        let notes = beats.clone();
        let heart = Heartbeat::start(ms(1000), move || {
            let notes = notes.clone();
            async move {
                notes.clone().beat(ms(0)).await;
                assert!(notes.ended() < 2, "the monitor hung up");
            }
        });
        time::sleep(ms(3500)).await;
        let report = heart.stop().await;
        assert!(
            report == Err(Panicked),
            "a beat panicked, and stop reported {report:?}"
        );
        let begun = beats.begun();
        assert!(begun == 2, "the second beat panicked, and {begun} began");
    });
}

#[test]
fn a_heartbeat_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().check(|| async {
        let beats = Beats::none();
        let notes = beats.clone();
        let heart = Heartbeat::start(ms(1000), move || notes.clone().beat(ms(0)));
        time::sleep(ms(500)).await;
        drop(heart);
        let before = beats.begun();
        time::sleep(ms(2000)).await;
        let after = beats.begun();
        assert!(
            after == before,
            "beats before it was dropped: {before}, in all: {after}"
        );
    });
}
