//! What is asked of the gateway, in every order in which the tasks can run.

use std::num::{NonZeroU32, NonZeroU64, NonZeroUsize};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use gateway::{Backend, Gateway, Limits, Request, Status};
use tokio::sync::Barrier;
use tokio::time::{self, Instant};

/// The world of the properties that do not ask what goes on afterwards.
fn may_leave_tasks() -> explore::Tasks {
    explore::tasks().bound(2).may_leave_tasks()
}

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// What has happened in a kitchen.
struct Seen {
    asked: AtomicUsize,
    fetched: AtomicUsize,
    rendered: AtomicUsize,
    now: AtomicUsize,
    peak: AtomicUsize,
}

impl Seen {
    fn nothing() -> Self {
        Self {
            asked: AtomicUsize::new(0),
            fetched: AtomicUsize::new(0),
            rendered: AtomicUsize::new(0),
            now: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// An order says what becomes of it: "600/0/tea" takes 600 ms in the first stage and none in the second.
/// A stage may also be "bad", "panic", "never", or "both": then it takes until two are there.
struct Kitchen {
    seen: Arc<Seen>,
    both: Barrier,
}

impl Kitchen {
    async fn stage(&self, takes: &str) -> Result<(), String> {
        match takes {
            "0" => {}
            "bad" => return Err("the oven is cold".to_owned()),
            "panic" => panic!("the oven is on fire"),
            "never" => std::future::pending().await,
            "both" => drop(self.both.wait().await),
            takes => time::sleep(ms(takes.parse().expect("milliseconds"))).await,
        }
        Ok(())
    }
}

/// Counts down when it goes.
struct InTheMaking(Arc<Seen>);

impl InTheMaking {
    fn begin(seen: &Arc<Seen>) -> Self {
        seen.asked.fetch_add(1, Ordering::SeqCst);
        let now = seen.now.fetch_add(1, Ordering::SeqCst) + 1;
        seen.peak.fetch_max(now, Ordering::SeqCst);
        Self(Arc::clone(seen))
    }
}

impl Drop for InTheMaking {
    fn drop(&mut self) {
        self.0.now.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Backend for Kitchen {
    async fn fetch(&self, order: String) -> Result<String, String> {
        let _making = InTheMaking::begin(&self.seen);
        let (first, rest) = order.split_once('/').expect("a first stage");
        self.stage(first).await?;
        self.seen.fetched.fetch_add(1, Ordering::SeqCst);
        Ok(format!("{rest}, fetched"))
    }

    async fn render(&self, record: String) -> Result<String, String> {
        let (second, name) = record.split_once('/').expect("a second stage");
        self.stage(second).await?;
        self.seen.rendered.fetch_add(1, Ordering::SeqCst);
        Ok(format!("{name}, rendered"))
    }
}

/// A gateway with so many places, such a bucket and a patience of one second.
fn gateway(at_most: usize, burst: u32, every_ms: u64) -> (Arc<Gateway<Kitchen>>, Arc<Seen>) {
    let seen = Arc::new(Seen::nothing());
    let kitchen = Kitchen {
        seen: Arc::clone(&seen),
        both: Barrier::new(2),
    };
    let limits = Limits {
        at_most: NonZeroUsize::new(at_most).expect("at least one"),
        burst: NonZeroU32::new(burst).expect("at least one"),
        every_ms: NonZeroU64::new(every_ms).expect("at least one"),
        patience: ms(1000),
    };
    (Arc::new(Gateway::new(limits, kitchen)), seen)
}

/// One with enough tokens.
fn with_places(at_most: usize) -> (Arc<Gateway<Kitchen>>, Arc<Seen>) {
    gateway(at_most, 100, 1000)
}

/// Asks for this, as patient as the gateway allows.
async fn ask(gateway: &Gateway<Kitchen>, order: &str) -> Status {
    let request = Request {
        order: order.to_owned(),
        patience: None,
    };
    gateway.handle(request).await
}

fn is_done(status: &Status) -> bool {
    matches!(status, Status::Done(_))
}

fn count(statuses: &[Status], wanted: &Status) -> usize {
    statuses.iter().filter(|status| *status == wanted).count()
}

#[test]
fn what_is_fetched_is_rendered() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (gateway, _) = with_places(1);
        let status = ask(&gateway, "300/400/tea").await;
        let took = begin.elapsed().as_millis();
        assert!(
            status == Status::Done("tea, fetched, rendered".to_owned()) && took == 700,
            "stages of 300 and 400 ms gave {status:?} after {took} ms"
        );
    });
}

#[test]
fn requests_are_made_at_the_same_time() {
    explore::tasks().bound(2).check(|| async {
        let (gateway, _) = with_places(2);
        let other = Arc::clone(&gateway);
        let other = tokio::spawn(async move { ask(&other, "both/0/tea").await });
        let one = ask(&gateway, "both/0/toast").await;
        let statuses = [one, other.await.expect("a status, and no panic")];
        assert!(
            statuses.iter().all(is_done),
            "two places, two requests that are done when both are in the making: {statuses:?}"
        );
    });
}

#[test]
fn one_more_than_there_are_places_is_busy_at_once() {
    may_leave_tasks().check(|| async {
        let (gateway, seen) = with_places(2);
        let (mut guests, mut statuses) = (Vec::new(), Vec::new());
        for _ in 0..3 {
            let gateway = Arc::clone(&gateway);
            guests.push(tokio::spawn(async move {
                let begin = Instant::now();
                let status = ask(&gateway, "400/400/tea").await;
                (status, begin.elapsed().as_millis())
            }));
        }
        for guest in guests {
            statuses.push(guest.await.expect("a status, and no panic"));
        }
        let peak = seen.peak.load(Ordering::SeqCst);
        assert!(
            peak <= 2,
            "with 2 places {peak} requests were in the making"
        );
        let done = statuses
            .iter()
            .filter(|(status, _)| is_done(status))
            .count();
        let busy = statuses.contains(&(Status::Busy, 0));
        assert!(
            done == 2 && busy && seen.asked() == 2,
            "2 places, 3 requests of 800 ms at the same time: {statuses:?} (milliseconds), and \
             the backend was asked {} times",
            seen.asked()
        );
    });
}

#[test]
fn as_many_requests_as_the_burst_pass_at_once_and_no_more() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (gateway, seen) = gateway(1, 3, 1000);
        let mut statuses = Vec::new();
        for _ in 0..5 {
            statuses.push(ask(&gateway, "0/0/tea").await);
        }
        let took = begin.elapsed().as_millis();
        let passed = statuses[..3].iter().all(is_done);
        let refused = count(&statuses[3..], &Status::TooMany);
        assert!(
            passed && refused == 2 && took == 0 && seen.asked() == 3,
            "a bucket of 3 tokens, 5 requests at once: {statuses:?} after {took} ms, and the \
             backend was asked {} times",
            seen.asked()
        );
    });
}

#[test]
fn one_token_comes_at_a_time() {
    explore::tasks().check(|| async {
        let (gateway, _) = gateway(1, 2, 1000);
        let mut seen = Vec::new();
        for wait in [0, 990, 20, 980, 20] {
            time::sleep(ms(wait)).await;
            let statuses = [ask(&gateway, "0/0/a").await, ask(&gateway, "0/0/b").await];
            seen.push(statuses.iter().filter(|status| is_done(status)).count());
        }
        assert!(
            seen == [2, 0, 1, 0, 1],
            "a bucket of 2 tokens that gains one every 1000 ms: of two requests each at 0, 990, \
             1010, 1990 and 2010 ms were done {seen:?}"
        );
    });
}

#[test]
fn no_fraction_of_a_token_is_lost() {
    explore::tasks().bound(1).check(|| async {
        for (every, pause) in [(1000, 310), (1000, 730), (1000, 930), (250, 190), (70, 60)] {
            let (gateway, _) = gateway(1, 2, every);
            let mut done = 0;
            for _ in 0..2 {
                done += usize::from(is_done(&ask(&gateway, "0/0/tea").await));
            }
            for _ in 0..30 {
                time::sleep(ms(pause)).await;
                done += usize::from(is_done(&ask(&gateway, "0/0/tea").await));
            }
            let whole = (pause * 30 / every) as usize;
            assert!(
                done == 2 + whole,
                "a bucket of 2 tokens that gains one every {every} ms, a request every {pause} ms: \
                 {done} passed in {} ms, and there were {} tokens",
                pause * 30,
                2 + whole
            );
        }
    });
}

#[test]
fn the_bucket_never_holds_more_than_the_burst() {
    explore::tasks().check(|| async {
        let (gateway, _) = gateway(1, 2, 1000);
        ask(&gateway, "0/0/tea").await;
        time::sleep(ms(30_500)).await;
        let mut statuses = Vec::new();
        for _ in 0..4 {
            statuses.push(ask(&gateway, "0/0/tea").await);
        }
        let passed = statuses[..2].iter().all(is_done);
        let refused = count(&statuses[2..], &Status::TooMany);
        assert!(
            passed && refused == 2,
            "a bucket of 2 tokens, 4 requests after half a minute without any: {statuses:?}"
        );
    });
}

#[test]
fn whoever_is_refused_as_busy_takes_no_token() {
    explore::tasks().check(|| async {
        let (gateway, _) = gateway(1, 2, 3_600_000);
        let slow = async { ask(&gateway, "500/0/tea").await };
        let busy = async {
            time::sleep(ms(100)).await;
            ask(&gateway, "0/0/toast").await
        };
        let (slow, busy) = tokio::join!(slow, busy);
        let last = ask(&gateway, "0/0/eggs").await;
        assert!(
            is_done(&slow) && busy == Status::Busy && is_done(&last),
            "one place, 2 tokens. A slow request, one meanwhile, one afterwards: {slow:?}, \
             {busy:?}, {last:?}"
        );
    });
}

#[test]
fn whoever_is_refused_for_the_rate_takes_no_place() {
    explore::tasks().check(|| async {
        let (gateway, _) = gateway(1, 1, 1000);
        let first = ask(&gateway, "0/0/tea").await;
        let refused = ask(&gateway, "0/0/toast").await;
        time::sleep(ms(1010)).await;
        let last = ask(&gateway, "0/0/eggs").await;
        assert!(
            is_done(&first) && refused == Status::TooMany && is_done(&last),
            "one place, a token a second. Two requests at once, one after a second: {first:?}, \
             {refused:?}, {last:?}"
        );
    });
}

#[test]
fn a_request_that_comes_to_nothing_has_taken_its_token() {
    may_leave_tasks().may_lose_panics().bound(1).check(|| async {
        for order in ["bad/0/tea", "0/panic/tea", "never/0/tea", "given up"] {
            let (gateway, _) = gateway(1, 1, 3_600_000);
            let what = match order {
                "given up" => {
                    ask_and_go(&gateway, "500/0/tea").await;
                    "its caller went away".to_owned()
                }
                order => format!("it was answered by {:?}", ask(&gateway, order).await),
            };
            let next = ask(&gateway, "0/0/toast").await;
            assert!(
                next == Status::TooMany,
                "one token an hour. A request took it, {what}, and the next request was answered \
                 by {next:?}"
            );
        }
    });
}

#[test]
fn a_silent_backend_is_given_up_on_the_dot() {
    may_leave_tasks().check(|| async {
        for order in ["never/0/tea", "300/never/tea"] {
            let begin = Instant::now();
            let (gateway, _) = with_places(1);
            let status = ask(&gateway, order).await;
            let took = begin.elapsed().as_millis();
            assert!(
                status == Status::TimedOut && took == 1000,
                "a patience of 1000 ms, and \"{order}\" was answered by {status:?} after {took} ms"
            );
        }
    });
}

#[test]
fn both_stages_together_have_the_patience() {
    may_leave_tasks().check(|| async {
        let begin = Instant::now();
        let (gateway, _) = with_places(1);
        let status = ask(&gateway, "600/600/tea").await;
        let took = begin.elapsed().as_millis();
        assert!(
            status == Status::TimedOut && took == 1000,
            "a patience of 1000 ms, and two stages of 600 ms each were answered by {status:?} \
             after {took} ms"
        );
    });
}

#[test]
fn a_request_may_ask_for_less_patience_and_not_for_more() {
    may_leave_tasks().check(|| async {
        for (asked, expected) in [(500, 500), (3_600_000, 1000)] {
            let begin = Instant::now();
            let (gateway, _) = with_places(1);
            let request = Request {
                order: "5000/0/tea".to_owned(),
                patience: Some(ms(asked)),
            };
            let status = gateway.handle(request).await;
            let took = begin.elapsed().as_millis();
            assert!(
                status == Status::TimedOut && took == expected,
                "the gateway has a patience of 1000 ms and the client of {asked}: a request of \
                 5000 ms was answered by {status:?} after {took} ms"
            );
        }
    });
}

#[test]
fn work_whose_time_is_over_does_nothing_any_more() {
    explore::tasks().bound(2).check(|| async {
        let (gateway, seen) = with_places(2);
        let both = tokio::join!(ask(&gateway, "1500/0/tea"), ask(&gateway, "600/600/tea"));
        assert!(
            both == (Status::TimedOut, Status::TimedOut),
            "a patience of 1000 ms, and two requests that take longer: {both:?}"
        );
        time::sleep(ms(10_000)).await;
        let fetched = seen.fetched.load(Ordering::SeqCst);
        let rendered = seen.rendered.load(Ordering::SeqCst);
        assert!(
            fetched == 1 && rendered == 0,
            "until their time was over, one of two requests had been fetched and none rendered; \
             later it was {fetched} and {rendered}"
        );
    });
}

#[test]
fn a_stage_that_returns_an_error_makes_its_request_fail() {
    explore::tasks().bound(2).check(|| async {
        for order in ["bad/0/tea", "0/bad/tea"] {
            let (gateway, _) = with_places(2);
            let other = async { ask(&gateway, "100/100/toast").await };
            let (failed, other) = tokio::join!(ask(&gateway, order), other);
            assert!(
                failed == Status::Failed && is_done(&other),
                "\"{order}\" was answered by {failed:?}, and a good request meanwhile by {other:?}"
            );
        }
    });
}

#[test]
fn a_stage_that_panics_makes_its_request_fail() {
    // The answer says that it panicked, from wherever the gateway knows it.
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        for order in ["panic/0/tea", "0/panic/tea"] {
            let (gateway, _) = with_places(2);
            let other = async { ask(&gateway, "100/100/toast").await };
            let (failed, other) = tokio::join!(ask(&gateway, order), other);
            assert!(
                failed == Status::Failed && is_done(&other),
                "\"{order}\" was answered by {failed:?}, and a good request meanwhile by {other:?}"
            );
        }
    });
}

#[test]
fn whatever_the_answer_the_place_is_free_again() {
    may_leave_tasks().may_lose_panics().bound(1).check(|| async {
        let (gateway, _) = with_places(1);
        for order in ["0/0/a", "bad/0/b", "0/bad/c", "panic/0/d", "0/panic/e", "never/0/f"] {
            let answer = ask(&gateway, order).await;
            let next = ask(&gateway, "0/0/tea").await;
            assert!(
                is_done(&next),
                "one place: \"{order}\" was answered by {answer:?}, and the next request by {next:?}"
            );
        }
    });
}

/// Asks, and goes away after 400 ms.
async fn ask_and_go(gateway: &Gateway<Kitchen>, order: &str) {
    let status = time::timeout(ms(400), ask(gateway, order)).await;
    assert!(
        status.is_err(),
        "a request of more than 400 ms was answered by {status:?} before"
    );
    // A moment for those who have to be told.
    time::sleep(ms(1)).await;
}

#[test]
fn a_caller_that_goes_away_frees_its_place() {
    may_leave_tasks().check(|| async {
        let (gateway, _) = with_places(1);
        for order in ["500/0/tea", "200/300/tea"] {
            ask_and_go(&gateway, order).await;
            let next = ask(&gateway, "0/0/toast").await;
            assert!(
                is_done(&next),
                "one place: the caller of \"{order}\" went away after 400 ms, and the next request \
                 was answered by {next:?}"
            );
        }
    });
}

#[test]
fn work_of_a_caller_that_has_gone_away_does_nothing_any_more() {
    explore::tasks().bound(2).check(|| async {
        for order in ["500/0/tea", "200/500/tea"] {
            let (gateway, seen) = with_places(1);
            ask_and_go(&gateway, order).await;
            let fetched = seen.fetched.load(Ordering::SeqCst);
            time::sleep(ms(10_000)).await;
            let later = seen.fetched.load(Ordering::SeqCst);
            let rendered = seen.rendered.load(Ordering::SeqCst);
            assert!(
                later == fetched && rendered == 0,
                "the caller of \"{order}\" went away after 400 ms. By then it had been fetched \
                 {fetched} times, and rendered never; later it was {later} and {rendered}"
            );
        }
    });
}
