//! What is asked of the service, in every order in which the tasks can run.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use price_service::start;
use tokio::sync::Notify;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, timeout};

/// The world of the properties that do not ask how the service ends.
fn tasks() -> explore::Tasks {
    explore::tasks().bound(2).may_leave_tasks()
}

/// A source that answers at once: 100 cents for each letter.
async fn by_length(article: String) -> u64 {
    100 * article.len() as u64
}

/// A source that answers at once, except for caviar: its price comes when `gate` says so.
fn slow_for_caviar(gate: &Arc<Notify>) -> impl Fn(String) -> SlowFetch + Send + Sync + 'static {
    let gate = Arc::clone(gate);
    move |article| {
        let gate = Arc::clone(&gate);
        Box::pin(async move {
            if article == "caviar" {
                gate.notified().await;
            }
            by_length(article).await
        })
    }
}

type SlowFetch = std::pin::Pin<Box<dyn Future<Output = u64> + Send>>;

#[test]
fn a_price_comes_from_the_source_once_and_is_remembered() {
    tasks().check(|| async {
        let fetches = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&fetches);
        let (prices, _service) = start(
            move |article| {
                count.fetch_add(1, Ordering::SeqCst);
                by_length(article)
            },
            1,
        );
        assert_eq!(prices.price("tea").await, 300);
        assert_eq!(prices.price("tea").await, 300);
        let fetches = fetches.load(Ordering::SeqCst);
        assert_eq!(
            fetches, 1,
            "fetches of one article that was asked for twice"
        );
    });
}

#[test]
fn an_answer_arrives_when_the_source_has_it() {
    tasks().check(|| async {
        let (prices, _service) = start(
            |article| async {
                sleep(Duration::from_millis(250)).await;
                by_length(article).await
            },
            1,
        );
        let begin = Instant::now();
        assert_eq!(prices.price("tea").await, 300);
        assert_eq!(
            begin.elapsed(),
            Duration::from_millis(250),
            "the source needs 250 ms"
        );
    });
}

#[test]
fn the_service_ends_when_the_last_client_is_gone() {
    explore::tasks().bound(2).check(|| async {
        let (prices, service) = start(by_length, 2);
        let other = prices.clone();
        let client = tokio::spawn(async move { other.price("tea").await });
        assert_eq!(prices.price("milk").await, 400);
        drop(prices);
        assert_eq!(client.await.unwrap(), 300);
        assert_eq!(service.await.unwrap(), 2, "remembered prices");
    });
}

#[test]
fn the_service_leaves_nothing_running() {
    explore::tasks().bound(2).check(|| async {
        let gate = Arc::new(Notify::new());
        let (prices, service) = start(slow_for_caviar(&gate), 2);
        let caviar = timeout(Duration::from_secs(1), prices.price("caviar")).await;
        assert!(
            caviar.is_err(),
            "the source never tells the price of caviar"
        );
        drop(prices);
        assert_eq!(service.await.unwrap(), 0, "remembered prices");
    });
}

#[test]
fn a_slow_price_delays_nobody_else() {
    tasks().check(|| async {
        let gate = Arc::new(Notify::new());
        let (prices, _service) = start(slow_for_caviar(&gate), 2);
        let patient = prices.clone();
        let client = tokio::spawn(async move { patient.price("caviar").await });
        assert_eq!(prices.price("tea").await, 300);
        gate.notify_one();
        assert_eq!(client.await.unwrap(), 600);
    });
}

#[test]
fn a_remembered_price_needs_no_place() {
    tasks().check(|| async {
        let gate = Arc::new(Notify::new());
        let (prices, _service) = start(slow_for_caviar(&gate), 1);
        assert_eq!(prices.price("tea").await, 300);
        let patient = prices.clone();
        let client = tokio::spawn(async move { patient.price("caviar").await });
        assert_eq!(prices.price("tea").await, 300);
        gate.notify_one();
        assert_eq!(client.await.unwrap(), 600);
    });
}

#[test]
fn no_more_fetches_are_under_way_than_there_are_places() {
    tasks().check(|| async {
        let under_way = Arc::new(AtomicUsize::new(0));
        let fetches = Arc::clone(&under_way);
        let (prices, _service) = start(
            move |article| {
                let fetches = Arc::clone(&fetches);
                async move {
                    let now = fetches.fetch_add(1, Ordering::SeqCst) + 1;
                    assert!(now <= 1, "{now} fetches at a time, and there is one place");
                    yield_now().await;
                    fetches.fetch_sub(1, Ordering::SeqCst);
                    by_length(article).await
                }
            },
            1,
        );
        let other = prices.clone();
        let client = tokio::spawn(async move { other.price("tea").await });
        assert_eq!(prices.price("milk").await, 400);
        assert_eq!(client.await.unwrap(), 300);
    });
}

#[test]
fn a_client_that_gives_up_frees_its_place() {
    tasks().check(|| async {
        let gate = Arc::new(Notify::new());
        let (prices, _service) = start(slow_for_caviar(&gate), 1);
        let patience = Duration::from_secs(1);
        let caviar = timeout(patience, prices.price("caviar")).await;
        assert!(
            caviar.is_err(),
            "the source never tells the price of caviar"
        );
        let tea = timeout(patience, prices.price("tea")).await;
        assert_eq!(tea, Ok(300), "after one client gave up on caviar, in time");
    });
}

#[test]
fn a_client_that_gives_up_harms_nobody() {
    tasks().check(|| async {
        let second = Duration::from_secs(1);
        let (prices, _service) = start(
            move |article| async move {
                sleep(second).await;
                by_length(article).await
            },
            1,
        );
        // The answer comes at the very moment when the client's patience ends.
        let _ = timeout(second, prices.price("tea")).await;
        assert_eq!(prices.price("milk").await, 400);
    });
}
