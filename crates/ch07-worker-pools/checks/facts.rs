//! What the chapter states about sizes, ageing and pools of their own.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

/// Ten seconds of four jobs a second, each of which waits for half a second; how long the last one
/// waits for a worker.
async fn last_wait(workers: usize) -> Duration {
    let free = Arc::new(Semaphore::new(workers));
    let mut jobs = JoinSet::new();
    for _ in 0..40 {
        let free = free.clone();
        jobs.spawn(async move {
            let came = Instant::now();
            let _worker = free.acquire().await.expect("it is never closed");
            let waited = came.elapsed();
            sleep(Duration::from_millis(500)).await;
            waited
        });
        sleep(Duration::from_millis(250)).await;
    }
    let waits = jobs.join_all().await;
    waits.into_iter().max().expect("40 jobs came")
}

/// Little's law: 4 a second × 0.5 s = 2 under way.
#[test]
fn the_rate_times_the_time_of_one_is_enough_and_one_less_is_not() {
    let verdict = explore::tasks().bound(0).explore(|| async {
        assert_eq!(last_wait(2).await, Duration::ZERO);
        // Half of what comes stays, and the last one waits for as long as it has been going on.
        assert_eq!(last_wait(1).await, Duration::from_millis(39 * 250));
    });
    verdict.expect_pass();
}

#[test]
fn twenty_jobs_of_half_a_second_five_at_a_time_take_two_seconds() {
    let verdict = explore::tasks().bound(1).explore(|| async {
        let free = Arc::new(Semaphore::new(5));
        let mut jobs = JoinSet::new();
        let start = Instant::now();
        for _ in 0..20 {
            // Before the spawn: what waits is the submitter, not a task.
            let worker = free.clone().acquire_owned().await;
            jobs.spawn(async move {
                sleep(Duration::from_millis(500)).await;
                drop(worker);
            });
        }
        jobs.join_all().await;
        assert_eq!(start.elapsed(), Duration::from_secs(2));
    });
    verdict.expect_pass();
}

/// One degree in ten seconds for whoever waits: a key that never moves puts them in the same order.
#[test]
fn even_ageing_is_a_key_that_does_not_move() {
    let verdict = explore::tasks().explore(|| async {
        let jobs = || (0..4_i64).flat_map(|priority| (0..6).map(move |i| (priority, 7 * i)));
        for (one, other) in jobs().flat_map(|one| jobs().map(move |other| (one, other))) {
            let key = |(priority, since): (i64, i64)| 10 * priority - since;
            for now in 35..100 {
                // In tenths of a degree, so that nothing is cut off.
                let aged = |(priority, since): (i64, i64)| 10 * priority + (now - since);
                assert_eq!(aged(one).cmp(&aged(other)), key(one).cmp(&key(other)));
            }
        }
    });
    verdict.expect_pass();
}

/// A pool for a class of its own: sends the class of each job that it has done.
fn pool(class: &'static str, done: mpsc::Sender<&'static str>) -> mpsc::Sender<Duration> {
    let (jobs, mut queue) = mpsc::channel(8);
    tokio::spawn(async move {
        while let Some(job) = queue.recv().await {
            sleep(job).await;
            done.send(class).await.expect("somebody collects");
        }
    });
    jobs
}

#[test]
fn pools_of_their_own_share_the_results_which_end_with_the_last_pool() {
    let verdict = explore::tasks().explore(|| async {
        let (done, mut results) = mpsc::channel(1);
        let high = pool("high", done.clone());
        let low = pool("low", done);
        for _ in 0..2 {
            low.try_send(Duration::from_secs(60))
                .expect("there is room");
        }
        sleep(Duration::from_secs(1)).await;
        high.try_send(Duration::from_secs(1))
            .expect("there is room");
        let start = Instant::now();
        // The low class has two minutes of work, and the high one does not feel it.
        assert_eq!(results.recv().await, Some("high"));
        assert_eq!(start.elapsed(), Duration::from_secs(1));
        drop(high);
        assert_eq!(results.recv().await, Some("low"));
        drop(low);
        assert_eq!(results.recv().await, Some("low"));
        assert_eq!(results.recv().await, None);
    });
    verdict.expect_pass();
}
