use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use crawl_all::{Missing, crawl_all};
use tokio::sync::Barrier;
use tokio::time::{self, Instant};

type Page = Result<String, String>;
type BoxedPage = Pin<Box<dyn Future<Output = Page> + Send>>;

fn urls(pages: &[&str]) -> Vec<String> {
    pages.iter().map(|page| page.to_string()).collect()
}

fn at_most(pages: usize) -> NonZeroUsize {
    NonZeroUsize::new(pages).expect("a limit is at least one")
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// A page whose URL says how many seconds it takes: "3/news" takes three.
async fn slow_page(url: String) -> Page {
    let (takes, name) = url.split_once('/').expect("a time and a name");
    time::sleep(seconds(takes.parse().expect("seconds"))).await;
    Ok(name.to_owned())
}

#[test]
fn every_page_is_reported_in_the_order_of_the_urls() {
    explore::tasks().check(|| async {
        let pages = urls(&["3/news", "1/sport", "2/weather"]);
        let results = crawl_all(pages, at_most(3), seconds(10), slow_page).await;
        let names: Vec<_> = results.into_iter().map(|page| page.unwrap()).collect();
        assert!(
            names == ["news", "sport", "weather"],
            "news, sport and weather came as {names:?}"
        );
    });
}

#[test]
fn pages_are_fetched_at_the_same_time() {
    explore::tasks().check(|| async {
        // No page arrives before both have been asked for.
        let both = Arc::new(Barrier::new(2));
        let fetch = move |url: String| {
            let both = Arc::clone(&both);
            async move {
                both.wait().await;
                Ok(url)
            }
        };
        let results = crawl_all(urls(&["a", "b"]), at_most(2), seconds(10), fetch).await;
        assert!(
            results.iter().all(Result::is_ok),
            "both came as {results:?}"
        );
    });
}

#[test]
fn no_more_pages_than_allowed_are_in_the_making() {
    explore::tasks().check(|| async {
        let (now, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let seen = Arc::clone(&peak);
        let fetch = move |url: String| {
            let (now, seen) = (Arc::clone(&now), Arc::clone(&seen));
            async move {
                seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let page = slow_page(url).await;
                now.fetch_sub(1, Ordering::SeqCst);
                page
            }
        };
        let pages = urls(&["1/a", "1/b", "1/c"]);
        crawl_all(pages, at_most(2), seconds(10), fetch).await;
        let peak = peak.load(Ordering::SeqCst);
        assert!(peak <= 2, "{peak} pages were in the making, 2 were allowed");
    });
}

#[test]
fn a_slow_page_does_not_hold_up_the_next_one() {
    explore::tasks().check(|| async {
        let start = Instant::now();
        let begun = Arc::new(AtomicU64::new(0));
        let begins = Arc::clone(&begun);
        let fetch = move |url: String| {
            let begins = Arc::clone(&begins);
            async move {
                begins.store(start.elapsed().as_secs(), Ordering::SeqCst);
                slow_page(url).await
            }
        };
        let pages = urls(&["4/slow", "1/a", "1/b"]);
        crawl_all(pages, at_most(2), seconds(10), fetch).await;
        // Whichever two are fetched first, one of them is over after a second.
        let last = begun.load(Ordering::SeqCst);
        assert!(
            last == 1,
            "two at a time, of pages of 4, 1 and 1 s, the last began after {last} s"
        );
    });
}

#[test]
fn a_page_that_never_arrives_is_given_up_in_time() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let fetch = |url: String| async move {
            if url == "silent" {
                std::future::pending::<()>().await;
            }
            Ok(url)
        };
        let results = crawl_all(urls(&["silent", "a"]), at_most(1), seconds(5), fetch).await;
        assert!(
            results == [Err(Missing::TimedOut), Ok("a".to_owned())],
            "a silent page and a quick one came as {results:?}"
        );
        let took = begin.elapsed().as_secs();
        assert!(
            took == 5,
            "a silent page took {took} s of a patience of 5 s"
        );
    });
}

#[test]
fn waiting_for_a_turn_does_not_count() {
    explore::tasks().check(|| async {
        let pages = urls(&["2/a", "2/b", "2/c"]);
        let results = crawl_all(pages, at_most(1), seconds(3), slow_page).await;
        let arrived = results.iter().filter(|page| page.is_ok()).count();
        assert!(
            arrived == 3,
            "{arrived} of 3 pages arrived, each of 2 s, with a patience of 3 s"
        );
    });
}

#[test]
fn a_page_that_fails_or_panics_is_reported_and_the_others_arrive() {
    // The result tells of the panic, however the program came to know of it.
    explore::tasks().may_lose_panics().check(|| async {
        let fetch = |url: String| async move {
            match url.as_str() {
                "404" => Err("not found".to_owned()),
                "bad" => panic!("this page has no end tag"),
                _ => Ok(url),
            }
        };
        let results = crawl_all(urls(&["bad", "404", "a"]), at_most(2), seconds(5), fetch).await;
        let expected = [
            Err(Missing::Panicked),
            Err(Missing::Failed("not found".to_owned())),
            Ok("a".to_owned()),
        ];
        assert!(
            results == expected,
            "a page that panics, one that fails and a good one came as {results:?}"
        );
    });
}

/// Stores a page after eight seconds.
fn store_late(stored: Arc<AtomicUsize>) -> impl Fn(String) -> BoxedPage {
    move |url| {
        let stored = Arc::clone(&stored);
        Box::pin(async move {
            time::sleep(seconds(8)).await;
            stored.fetch_add(1, Ordering::SeqCst);
            Ok(url)
        })
    }
}

#[test]
fn a_fetch_that_was_given_up_does_nothing_any_more() {
    explore::tasks().check(|| async {
        let stored = Arc::new(AtomicUsize::new(0));
        let pages = urls(&["late"]);
        let results = crawl_all(
            pages,
            at_most(1),
            seconds(5),
            store_late(Arc::clone(&stored)),
        )
        .await;
        assert!(
            results == [Err(Missing::TimedOut)],
            "a page of 8 s came as {results:?}, with a patience of 5 s"
        );

        time::sleep(seconds(60)).await;
        let stored = stored.load(Ordering::SeqCst);
        assert!(stored == 0, "a page was stored although it was given up");
    });
}

#[test]
fn a_crawl_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().check(|| async {
        let stored = Arc::new(AtomicUsize::new(0));
        let crawl = crawl_all(
            urls(&["a", "b"]),
            at_most(2),
            seconds(30),
            store_late(Arc::clone(&stored)),
        );
        let result = time::timeout(seconds(2), crawl).await;
        assert!(result.is_err(), "pages of 8 s arrived within 2 s");

        time::sleep(seconds(60)).await;
        let stored = stored.load(Ordering::SeqCst);
        assert!(
            stored == 0,
            "{stored} pages were stored after the crawl was dropped"
        );
    });
}
