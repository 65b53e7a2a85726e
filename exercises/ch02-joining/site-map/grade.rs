//! What is asked of the crawler, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use site_map::{Missing, SiteMap, site_map};
use tokio::sync::Barrier;
use tokio::task::yield_now;
use tokio::time::{self, Instant};

type Links = Result<Vec<String>, String>;
type Fetch = Pin<Box<dyn Future<Output = Links> + Send>>;

/// A page, how many milliseconds it takes to fetch it, and its links.
type Page = (&'static str, u64, &'static [&'static str]);

fn at_most(fetches: usize) -> NonZeroUsize {
    NonZeroUsize::new(fetches).expect("a limit is at least one")
}

fn texts(links: &[&str]) -> Vec<String> {
    links.iter().map(|link| link.to_string()).collect()
}

/// How these pages are fetched. A page that takes no time does not wait for anything.
fn site(pages: &'static [Page]) -> impl Fn(String) -> Fetch + Send + Sync + 'static {
    move |page| {
        Box::pin(async move {
            let found = pages.iter().find(|(name, ..)| *name == page);
            let (_, takes, links) = found.ok_or("not found")?;
            if *takes > 0 {
                time::sleep(Duration::from_millis(*takes)).await;
            }
            Ok(texts(links))
        })
    }
}

/// The map of a site on which nothing goes wrong.
fn map(pages: &[Page]) -> SiteMap {
    let entry = |(name, _, links): &Page| (name.to_string(), Ok(texts(links)));
    pages.iter().map(entry).collect()
}

const TREE: &[Page] = &[
    ("home", 10, &["tea", "about"]),
    ("tea", 30, &["green"]),
    ("about", 10, &[]),
    ("green", 10, &["sencha"]),
    ("sencha", 0, &[]),
];

#[test]
fn every_page_that_can_be_reached_is_in_the_map() {
    explore::tasks().check(|| async {
        let found = site_map("home".to_owned(), at_most(2), site(TREE)).await;
        assert!(
            found == map(TREE),
            "of a site of 5 pages, the map is {found:?}"
        );
    });
}

#[test]
fn pages_that_are_there_at_once_are_in_the_map_too() {
    const QUICK: &[Page] = &[
        ("home", 0, &["tea"]),
        ("tea", 0, &["green"]),
        ("green", 0, &[]),
    ];
    explore::tasks().check(|| async {
        let found = site_map("home".to_owned(), at_most(2), site(QUICK)).await;
        assert!(
            found == map(QUICK),
            "of a site of 3 pages, the map is {found:?}"
        );
    });
}

#[test]
fn a_circle_of_links_comes_to_an_end() {
    const CIRCLE: &[Page] = &[
        ("home", 0, &["home", "tea"]),
        ("tea", 0, &["shop"]),
        ("shop", 0, &["tea", "home"]),
    ];
    explore::tasks().check(|| async {
        let found = site_map("home".to_owned(), at_most(2), site(CIRCLE)).await;
        assert!(
            found == map(CIRCLE),
            "of a circle of 3 pages, the map is {found:?}"
        );
    });
}

#[test]
fn a_page_that_is_found_twice_at_the_same_time_is_fetched_once() {
    const DIAMOND: &[Page] = &[
        ("home", 0, &["tea", "cups"]),
        ("tea", 10, &["basket"]),
        ("cups", 10, &["basket", "basket"]),
        ("basket", 10, &[]),
    ];
    explore::tasks().check(|| async {
        let fetches = Arc::new(AtomicUsize::new(0));
        let (count, fetch) = (Arc::clone(&fetches), site(DIAMOND));
        let counted = move |page: String| {
            if page == "basket" {
                count.fetch_add(1, Ordering::SeqCst);
            }
            fetch(page)
        };
        let found = site_map("home".to_owned(), at_most(2), counted).await;
        let fetches = fetches.load(Ordering::SeqCst);
        assert!(
            fetches == 1,
            "two pages link to a third, which was fetched {fetches} times"
        );
        assert!(
            found == map(DIAMOND),
            "of a site of 4 pages, the map is {found:?}"
        );
    });
}

#[test]
fn a_page_that_is_linked_again_later_is_not_fetched_again() {
    // However a panic is noticed, the page is known.
    explore::tasks().may_lose_panics().check(|| async {
        let fetches = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&fetches);
        let counted = move |page: String| {
            let count = Arc::clone(&count);
            async move {
                count.fetch_add(1, Ordering::SeqCst);
                match page.as_str() {
                    "home" => Ok(texts(&["home", "bad", "gone", "tea"])),
                    "bad" => panic!("this page has no end tag"),
                    "gone" => Err("not found".to_owned()),
                    _ => {
                        time::sleep(Duration::from_secs(1)).await;
                        Ok(texts(&["bad", "gone", "home"]))
                    }
                }
            }
        };
        site_map("home".to_owned(), at_most(2), counted).await;
        let fetches = fetches.load(Ordering::SeqCst);
        assert!(
            fetches == 4,
            "4 pages link to each other, and {fetches} fetches were begun"
        );
    });
}

#[test]
fn pages_that_are_found_late_are_fetched_at_the_same_time() {
    const STAR: &[Page] = &[
        ("home", 50, &["tea", "cups", "pots"]),
        ("tea", 0, &[]),
        ("cups", 0, &[]),
        ("pots", 0, &[]),
    ];
    explore::tasks().check(|| async {
        // None of the three arrives before all have been asked for.
        let (all, fetch) = (Arc::new(Barrier::new(3)), site(STAR));
        let together = move |page: String| {
            let (all, fetch) = (Arc::clone(&all), fetch(page.clone()));
            Box::pin(async move {
                if page != "home" {
                    all.wait().await;
                }
                fetch.await
            })
        };
        let found = site_map("home".to_owned(), at_most(3), together).await;
        assert!(
            found == map(STAR),
            "of a site of 4 pages, the map is {found:?}"
        );
    });
}

#[test]
fn no_more_fetches_are_under_way_than_allowed() {
    const WIDE: &[Page] = &[
        ("home", 0, &["tea", "cups", "pots"]),
        ("tea", 10, &[]),
        ("cups", 10, &[]),
        ("pots", 10, &[]),
    ];
    explore::tasks().check(|| async {
        let (now, peak) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (seen, fetch) = (Arc::clone(&peak), site(WIDE));
        let counted = move |page| {
            let (now, seen, fetch) = (Arc::clone(&now), Arc::clone(&seen), fetch(page));
            async move {
                seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let links = fetch.await;
                now.fetch_sub(1, Ordering::SeqCst);
                links
            }
        };
        site_map("home".to_owned(), at_most(2), counted).await;
        let peak = peak.load(Ordering::SeqCst);
        assert!(peak <= 2, "{peak} fetches were under way, 2 were allowed");
    });
}

#[test]
fn a_slow_page_does_not_hold_up_what_others_have_found() {
    const UNEVEN: &[Page] = &[
        ("home", 0, &["slow", "quick"]),
        ("slow", 4000, &[]),
        ("quick", 1000, &["late"]),
        ("late", 1000, &[]),
    ];
    explore::tasks().check(|| async {
        let start = Instant::now();
        let begun = Arc::new(AtomicU64::new(0));
        let (begins, fetch) = (Arc::clone(&begun), site(UNEVEN));
        let noted = move |page: String| {
            let (begins, fetch) = (Arc::clone(&begins), fetch(page.clone()));
            async move {
                if page == "late" {
                    let now = start.elapsed().as_millis();
                    begins.store(now.try_into().expect("a while"), Ordering::SeqCst);
                }
                fetch.await
            }
        };
        site_map("home".to_owned(), at_most(2), noted).await;
        let begun = begun.load(Ordering::SeqCst);
        assert!(
            begun == 1000,
            "a page was found after 1000 ms with a place free, and asked for after {begun} ms"
        );
    });
}

#[test]
fn a_place_is_free_when_its_page_is_there() {
    const CHAIN: &[Page] = &[
        ("home", 10, &["tea"]),
        ("tea", 10, &["green"]),
        ("green", 10, &[]),
    ];
    explore::tasks().check(|| async {
        let found = site_map("home".to_owned(), at_most(1), site(CHAIN)).await;
        assert!(
            found == map(CHAIN),
            "of a chain of 3 pages, the map is {found:?}"
        );
    });
}

#[test]
fn the_map_is_returned_when_the_last_page_is_there_and_not_later() {
    const SLOW: &[Page] = &[
        ("home", 1234, &["tea", "cups"]),
        ("tea", 10, &[]),
        ("cups", 3_600_000, &["pots"]),
        ("pots", 321, &[]),
    ];
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let found = site_map("home".to_owned(), at_most(2), site(SLOW)).await;
        assert!(
            found == map(SLOW),
            "of a site of 4 pages, the map is {found:?}"
        );
        let (took, expected) = (begin.elapsed().as_millis(), 1234 + 3_600_000 + 321);
        assert!(
            took == expected,
            "the last page was there after {expected} ms, and the map after {took} ms"
        );
    });
}

#[test]
fn a_page_can_have_more_links_than_there_are_places() {
    // One schedule will do: what matters is the number of pages.
    explore::tasks().bound(0).check(|| async {
        let fetch = |page: String| async move {
            if page == "home" {
                Ok((0..150).map(|number| format!("tea {number}")).collect())
            } else {
                Ok(Vec::new())
            }
        };
        let found = site_map("home".to_owned(), at_most(1), fetch).await.len();
        assert!(
            found == 151,
            "of a site of 151 pages, {found} are in the map"
        );
    });
}

#[test]
fn a_page_that_fails_or_panics_is_reported_and_the_others_go_on() {
    // However a panic is noticed, the map has to tell of it.
    explore::tasks().may_lose_panics().check(|| async {
        let fetch = |page: String| async move {
            yield_now().await;
            match page.as_str() {
                "home" => Ok(texts(&["bad", "gone", "tea"])),
                "tea" => Ok(texts(&["green"])),
                "bad" => panic!("this page has no end tag"),
                "gone" => Err("not found".to_owned()),
                _ => Ok(Vec::new()),
            }
        };
        let found = site_map("home".to_owned(), at_most(2), fetch).await;
        let expected = [
            ("home", Ok(texts(&["bad", "gone", "tea"]))),
            ("bad", Err(Missing::Panicked)),
            ("gone", Err(Missing::Failed("not found".to_owned()))),
            ("tea", Ok(texts(&["green"]))),
            ("green", Ok(Vec::new())),
        ];
        let expected = expected.map(|(page, links)| (page.to_owned(), links));
        assert!(
            found == SiteMap::from(expected),
            "of a site with a page that panics and one that fails, the map is {found:?}"
        );
    });
}

#[test]
fn a_place_is_free_when_its_page_fails_or_panics() {
    // However a panic is noticed, the fetch is over.
    explore::tasks().may_lose_panics().check(|| async {
        let fetch = |page: String| async move {
            match page.as_str() {
                "home" => Ok(texts(&["bad", "gone", "tea", "cups"])),
                "bad" => panic!("this page has no end tag"),
                "gone" => Err("not found".to_owned()),
                _ => Ok(Vec::new()),
            }
        };
        let found = site_map("home".to_owned(), at_most(1), fetch).await.len();
        assert!(
            found == 5,
            "of a site of 5 pages, one of which panics and one fails, {found} are in the map"
        );
    });
}

#[test]
fn a_site_without_a_home_has_a_map_all_the_same() {
    // However a panic is noticed, the map has to tell of it.
    explore::tasks().may_lose_panics().check(|| async {
        for (home, why) in [
            ("bad", Missing::Panicked),
            ("gone", Missing::Failed("not found".to_owned())),
        ] {
            let fetch = |page: String| async move {
                assert!(page != "bad", "this page has no end tag");
                Err("not found".to_owned())
            };
            let found = site_map(home.to_owned(), at_most(2), fetch).await;
            assert!(
                found == SiteMap::from([(home.to_owned(), Err(why))]),
                "of a site whose home is {home}, the map is {found:?}"
            );
        }
    });
}

#[test]
fn a_crawl_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().check(|| async {
        let stored = Arc::new(AtomicUsize::new(0));
        let stores = Arc::clone(&stored);
        let fetch = move |page: String| {
            let stores = Arc::clone(&stores);
            async move {
                if page == "home" {
                    return Ok(texts(&["tea", "cups", "pots"]));
                }
                time::sleep(Duration::from_secs(8)).await;
                stores.fetch_add(1, Ordering::SeqCst);
                Ok(Vec::new())
            }
        };
        let crawl = site_map("home".to_owned(), at_most(2), fetch);
        let found = time::timeout(Duration::from_secs(2), crawl).await;
        assert!(found.is_err(), "pages of 8 s arrived within 2 s");

        time::sleep(Duration::from_secs(60)).await;
        let stored = stored.load(Ordering::SeqCst);
        assert!(
            stored == 0,
            "{stored} pages were stored after the crawl was dropped"
        );
    });
}
