//! What a `chan struct{}` is used for in Go, and what does it here.

use std::time::Duration;

use explore::FailureKind;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

/// `close(done)`: everybody who waits is released, whoever comes later as well, and one may ask
/// without waiting.
#[test]
fn a_token_releases_those_who_wait_and_those_who_come_later() {
    let verdict = explore::tasks().explore(|| async {
        let closing = CancellationToken::new();
        let waiters = [closing.clone(), closing.clone()]
            .map(|closing| tokio::spawn(async move { closing.cancelled().await }));
        assert!(!closing.is_cancelled(), "the shop closes by itself");
        closing.cancel();
        // To say it twice does no harm.
        closing.cancel();
        assert!(closing.is_cancelled(), "the shop is still open");
        closing.cancelled().await;
        for waiter in waiters {
            waiter.await.expect("waiting does not panic");
        }
    });
    verdict.expect_pass();
}

/// A context that a worker cancels to say that it is done: the handle knows, and knows how.
#[test]
fn a_handle_tells_whether_the_work_is_over() {
    let verdict = explore::tasks().explore(|| async {
        let work = tokio::spawn(time::sleep(Duration::from_secs(5)));
        time::sleep(Duration::from_secs(4)).await;
        assert!(!work.is_finished(), "5 s of work were over after 4 s");
        time::sleep(Duration::from_secs(2)).await;
        assert!(work.is_finished(), "5 s of work were not over after 6 s");
        work.await.expect("sleeping does not panic");
    });
    verdict.expect_pass();
}

/// A buffer of one, so that a worker may end although nobody reads its result: `oneshot` always
/// has that place.
#[test]
fn a_result_that_nobody_reads_does_not_keep_its_worker() {
    let verdict = explore::tasks().explore(|| async {
        let (result, _unread) = oneshot::channel();
        let worker = tokio::spawn(async move { result.send(42) });
        let told = worker.await.expect("a worker does not panic");
        assert!(told == Ok(()), "the result was refused");
    });
    verdict.expect_pass();
}

/// What Go needs the place for: without it the worker waits for a reader who has left.
#[test]
fn without_a_place_the_worker_waits() {
    let verdict = explore::threads().explore(|| {
        let (result, _unread) = crossbeam::channel::bounded(0);
        let worker = std::thread::spawn(move || result.send(42));
        let _ = worker.join();
    });
    verdict.expect_failure(FailureKind::Deadlock);
}

/// A worker that takes tasks and returns results: its output ends when its input has.
#[test]
fn the_output_of_a_stage_ends_after_its_input() {
    fn double(mut input: mpsc::Receiver<u32>) -> mpsc::Receiver<u32> {
        let (results, output) = mpsc::channel(1);
        tokio::spawn(async move {
            while let Some(n) = input.recv().await {
                if results.send(2 * n).await.is_err() {
                    break;
                }
            }
        });
        output
    }
    let verdict = explore::tasks().explore(|| async {
        let (tasks, input) = mpsc::channel(1);
        let mut output = double(input);
        let submitting = tokio::spawn(async move {
            for task in 1..=3 {
                tasks.send(task).await.expect("the stage is there");
            }
        });
        let mut results = Vec::new();
        while let Some(result) = output.recv().await {
            results.push(result);
        }
        assert!(results == [2, 4, 6], "1, 2 and 3 became {results:?}");
        submitting.await.expect("submitting does not panic");
    });
    verdict.expect_pass();
}

/// Result, timeout, cancel: whichever is first, and the others are dropped.
#[test]
fn of_three_ways_to_end_the_first_is_taken() {
    async fn asked(answers_in: u64, cancelled_in: u64) -> (&'static str, u64) {
        let begin = Instant::now();
        let stop = CancellationToken::new();
        let answer = async {
            time::sleep(Duration::from_secs(answers_in)).await;
            "answer"
        };
        let cancel = async {
            time::sleep(Duration::from_secs(cancelled_in)).await;
            stop.cancel();
        };
        let ended = async {
            tokio::select! {
                answer = answer => answer,
                () = stop.cancelled() => "cancelled",
                () = time::sleep(Duration::from_secs(5)) => "too late",
            }
        };
        let (ended, ()) = tokio::join!(async { (ended.await, begin.elapsed().as_secs()) }, cancel);
        ended
    }
    let verdict = explore::tasks().explore(|| async {
        for (answers_in, cancelled_in, expected) in [
            (3, 9, ("answer", 3)),
            (9, 4, ("cancelled", 4)),
            (9, 9, ("too late", 5)),
        ] {
            let ended = asked(answers_in, cancelled_in).await;
            assert!(ended == expected, "{ended:?} and not {expected:?}");
        }
    });
    verdict.expect_pass();
}
