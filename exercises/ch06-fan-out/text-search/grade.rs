//! What is asked of the search, in every order in which the reads can run.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use text_search::{Interrupted, Report, Unreadable, search};
use tokio::sync::Barrier;
use tokio::time::{self, Instant};

#[test]
fn every_match_is_found_with_its_line() {
    explore::tasks().check(|| async {
        let archive = Archive::new()
            .with("letters", 0, "oak and oak\nelm\n\nan oak")
            .with("empty", 0, "")
            .with("wills", 0, "elm\n\noaken\n");
        let report = archive.search(2, ALL).await;
        assert!(
            matches(&report) == ["letters:1", "letters:4", "wills:3"],
            "oak is in lines 1 and 4 of letters and in line 3 of wills, and was found in {:?}",
            matches(&report)
        );
        let texts: Vec<_> = report.matches.iter().map(|found| &found.text).collect();
        assert!(
            texts == ["oak and oak", "an oak", "oaken"],
            "the lines with an oak came as {texts:?}"
        );
        assert!(
            report.unreadable.is_empty(),
            "all documents could be read, and these not: {:?}",
            report.unreadable
        );
    });
}

#[test]
fn a_line_may_be_of_any_length() {
    explore::tasks().bound(1).check(|| async {
        let long = format!("{}oak", "-".repeat(200_000));
        let archive = Archive::new().with("letters", 0, &format!("oak\n{long}\noak"));
        let report = archive.search(1, ALL).await;
        assert!(
            matches(&report) == ["letters:1", "letters:2", "letters:3"],
            "oak is in lines 1 to 3, of which the second has 200,003 letters, and was found in {:?}",
            matches(&report)
        );
        let length = report.matches[1].text.len();
        assert!(
            length == long.len(),
            "a line of 200,003 letters came with {length}"
        );
    });
}

#[test]
fn the_report_is_the_same_for_any_number_of_workers() {
    explore::tasks().bound(2).check(|| async {
        for workers in [1, 2, 3, 9] {
            let archive = Archive::new()
                .with("slow", 5, "oak\noak")
                .interrupted("torn", 1, "elm")
                .with("quick", 1, "elm\noak");
            let report = archive.search(workers, ALL).await;
            assert!(
                matches(&report) == ["slow:1", "slow:2", "quick:2"],
                "slow 1 and 2 and quick 2 have an oak; {workers} at a time found {:?}",
                matches(&report)
            );
            assert!(
                unreadable(&report) == ["torn"],
                "torn cannot be read to its end; {workers} at a time reported {:?}",
                unreadable(&report)
            );
        }
    });
}

#[test]
fn an_archive_that_cannot_be_listed_is_an_error() {
    explore::tasks().check(|| async {
        let archive = Archive::new();
        let listing = async {
            time::sleep(seconds(1)).await;
            Err("no such directory".to_owned())
        };
        let searching = search("oak", listing, number(2), number(ALL), archive.reader());
        let report = within(
            60,
            searching,
            "the listing failed, and the search did not end",
        )
        .await;
        assert!(
            report == Err("no such directory".to_owned()),
            "an archive that cannot be listed was reported as {report:?}"
        );
    });
}

#[test]
fn an_archive_without_documents_has_an_empty_report() {
    explore::tasks().check(|| async {
        let report = Archive::new().search(2, 1).await;
        assert!(
            report == Report::default(),
            "an archive without documents was reported as {report:?}"
        );
    });
}

#[test]
fn what_was_read_of_a_document_before_it_failed_is_searched() {
    explore::tasks().check(|| async {
        let archive = Archive::new()
            .interrupted("torn", 2, "oak\nelm\nan oa")
            .with("whole", 1, "oak")
            .interrupted("burnt", 1, "");
        let report = archive.search(2, ALL).await;
        assert!(
            matches(&report) == ["torn:1", "whole:1"],
            "the part of torn that was read has an oak in line 1, whole has one as well; found: {:?}",
            matches(&report)
        );
        let failed = |name: &str| (name.to_owned(), Unreadable::Failed(format!("{name} ends here")));
        assert!(
            report.unreadable == [failed("torn"), failed("burnt")],
            "torn and burnt could not be read to their ends, and reported were {:?}",
            report.unreadable
        );

        let archive = Archive::new().interrupted("torn", 1, "oak\noak");
        let report = archive.search(2, 1).await;
        assert!(
            (matches(&report), unreadable(&report)) == (vec!["torn:1".to_owned()], vec!["torn"]),
            "1 match is enough, torn has 2 and is unreadable; reported were {report:?}"
        );
    });
}

#[test]
fn a_read_that_panics_is_reported_and_the_others_go_on() {
    // The report tells of the panic, however the program came to know of it.
    explore::tasks().may_lose_panics().check(|| async {
        let archive = Archive::new()
            .with("letters", 2, "oak")
            .panicking("mould", 1)
            .with("wills", 1, "oak");
        let report = archive.search(2, ALL).await;
        assert!(
            matches(&report) == ["letters:1", "wills:1"],
            "one of three documents panicked, the others have an oak in line 1; found: {:?}",
            matches(&report)
        );
        assert!(
            report.unreadable == [("mould".to_owned(), Unreadable::Panicked)],
            "mould panicked, and reported were {:?}",
            report.unreadable
        );
    });
}

#[test]
fn documents_are_read_at_the_same_time() {
    explore::tasks().check(|| async {
        // Nobody has read anything before three have begun.
        let three = Arc::new(Barrier::new(3));
        let read = move |name: String| {
            let three = Arc::clone(&three);
            async move {
                three.wait().await;
                Ok(format!("an oak in {name}"))
            }
        };
        let listing = listing(&["a", "b", "c"]);
        let searching = search("oak", listing, number(3), number(ALL), read);
        let reproach = "three documents may be read at the same time, and less than three were";
        let report = within(60, searching, reproach).await.expect("it is listed");
        assert!(
            matches(&report) == ["a:1", "b:1", "c:1"],
            "a, b and c have an oak in line 1; found: {:?}",
            matches(&report)
        );
    });
}

#[test]
fn no_more_documents_than_allowed_are_being_read() {
    explore::tasks().check(|| async {
        let archive = Archive::new()
            .with("a", 1, "")
            .with("b", 2, "")
            .with("c", 1, "")
            .with("d", 1, "");
        archive.search(2, ALL).await;
        let peak = archive.desk.peak.load(Ordering::SeqCst);
        assert!(peak <= 2, "{peak} documents were being read, 2 are allowed");
        let begun = archive.desk.begun();
        let mut sorted = begun.clone();
        sorted.sort_unstable();
        assert!(
            sorted == ["a", "b", "c", "d"],
            "of documents a to d these were read: {begun:?}"
        );
    });
}

#[test]
fn a_slow_document_does_not_hold_up_the_next_one() {
    explore::tasks().bound(2).check(|| async {
        // Two at a time: one reader has the first, the other one all the rest, whichever is slow.
        for takes in [[9, 1, 1, 1, 1], [1, 9, 1, 1, 1], [1, 1, 1, 1, 9]] {
            let begin = Instant::now();
            let mut archive = Archive::new();
            for (name, takes) in ["a", "b", "c", "d", "e"].into_iter().zip(takes) {
                archive = archive.with(name, takes, "oak");
            }
            archive.search(2, ALL).await;
            let took = begin.elapsed().as_secs();
            let needed = if takes[4] == 9 { 11 } else { 9 };
            assert!(
                took == needed,
                "two at a time, documents of {takes:?} s need {needed} s, and the search took {took} s"
            );
            let last = archive.desk.begun_at("e");
            let expected = if takes[4] == 9 { 2 } else { 3 };
            assert!(
                last == expected,
                "two at a time, of documents of {takes:?} s, the last began after {last} s and \
                 not after {expected} s"
            );
        }
    });
}

#[test]
fn a_single_reader_goes_on_no_further_than_enough() {
    explore::tasks().check(|| async {
        let archive = Archive::new()
            .interrupted("torn", 1, "elm")
            .with("b", 1, "oak\noak\noak")
            .interrupted("late", 1, "oak")
            .with("d", 1, "oak");
        let report = archive.search(1, 2).await;
        assert!(
            matches(&report) == ["b:1", "b:2"],
            "2 are enough of b 1, b 2, b 3 and more, and reported were {:?}",
            matches(&report)
        );
        assert!(
            unreadable(&report) == ["torn"],
            "torn is before the second match and late behind it; reported as unreadable: {:?}",
            unreadable(&report)
        );
        let done = archive.desk.done.load(Ordering::SeqCst);
        assert!(
            done == 2,
            "the first two documents have enough matches, and {done} were read to their ends"
        );
    });
}

#[test]
fn enough_is_enough_for_any_number_of_workers() {
    explore::tasks().bound(2).check(|| async {
        for workers in [1, 2, 4] {
            let archive = Archive::new()
                .with("a", 4, "oak")
                .interrupted("b", 3, "elm")
                .with("c", 1, "oak\noak")
                .interrupted("d", 1, "elm");
            let report = archive.search(workers, 2).await;
            assert!(
                matches(&report) == ["a:1", "c:1"],
                "2 are enough, and the first two are a 1 and c 1; {workers} at a time found {:?}",
                matches(&report)
            );
            assert!(
                unreadable(&report) == ["b"],
                "b is before the last match that is wanted, and d behind it; {workers} at a \
                 time reported as unreadable {:?}",
                unreadable(&report)
            );
        }
    });
}

#[test]
fn the_search_returns_as_soon_as_there_is_enough_and_leaves_nothing_behind() {
    explore::tasks().bound(2).check(|| async {
        let begin = Instant::now();
        let archive = Archive::new()
            .with("a", 2, "elm")
            .with("b", 3, "oak\noak")
            .with("c", 60, "oak")
            .with("d", 60, "oak");
        let report = archive.search(3, 2).await;
        let took = begin.elapsed().as_secs();
        assert!(
            took == 3,
            "after 3 s a and b were read and had enough matches, and the search took {took} s"
        );
        assert!(
            matches(&report) == ["b:1", "b:2"],
            "b 1 and b 2 are enough, and reported were {:?}",
            matches(&report)
        );
        let open = archive.desk.open.load(Ordering::SeqCst);
        assert!(
            open == 0,
            "the search has returned, and {open} documents are being read"
        );
    });
}

#[test]
fn a_search_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().bound(2).check(|| async {
        let archive = Archive::new()
            .with("a", 8, "oak")
            .with("b", 8, "oak")
            .with("c", 8, "oak");
        let given_up = time::timeout(seconds(2), archive.search(2, ALL)).await;
        assert!(given_up.is_err(), "documents of 8 s were read within 2 s");
        time::sleep(seconds(100)).await;
        let done = archive.desk.done.load(Ordering::SeqCst);
        assert!(
            done == 0,
            "{done} documents were read after the search was dropped"
        );
    });
}

const ALL: usize = usize::MAX;

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn number(number: usize) -> NonZeroUsize {
    NonZeroUsize::new(number).expect("at least one")
}

/// What a future comes to, in so many seconds; otherwise the reproach.
async fn within<T>(limit: u64, future: impl Future<Output = T>, otherwise: &str) -> T {
    match time::timeout(seconds(limit), future).await {
        Ok(output) => output,
        Err(_) => panic!("{otherwise}"),
    }
}

async fn listing(names: &[&str]) -> Result<Vec<String>, String> {
    Ok(names.iter().map(|name| name.to_string()).collect())
}

/// Documents and lines, as in "letters:4".
fn matches(report: &Report) -> Vec<String> {
    let matches = report.matches.iter();
    matches
        .map(|found| format!("{}:{}", found.document, found.line))
        .collect()
}

fn unreadable(report: &Report) -> Vec<&str> {
    let documents = report.unreadable.iter();
    documents.map(|(document, _)| document.as_str()).collect()
}

/// Notes who reads what.
struct Desk {
    start: Instant,
    open: AtomicUsize,
    peak: AtomicUsize,
    done: AtomicUsize,
    begun: Mutex<Vec<(String, u64)>>,
}

impl Desk {
    fn begun(&self) -> Vec<String> {
        let begun = self.begun.lock().unwrap();
        begun.iter().map(|(name, _)| name.clone()).collect()
    }

    /// After how many seconds a document was begun.
    fn begun_at(&self, name: &str) -> u64 {
        let begun = self.begun.lock().unwrap();
        let found = begun.iter().find(|(begun, _)| begun == name);
        found.expect("it was not read").1
    }
}

/// A document that is being read.
struct Opened(Arc<Desk>);

impl Opened {
    fn new(desk: &Arc<Desk>, name: &str) -> Self {
        let at = desk.start.elapsed().as_secs();
        desk.begun.lock().unwrap().push((name.to_owned(), at));
        let open = desk.open.fetch_add(1, Ordering::SeqCst) + 1;
        desk.peak.fetch_max(open, Ordering::SeqCst);
        Self(Arc::clone(desk))
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::SeqCst);
    }
}

#[derive(Clone)]
enum End {
    Whole,
    Interrupted,
    Panics,
}

#[derive(Clone)]
struct Document {
    takes: u64,
    text: String,
    end: End,
}

/// Documents, and how their reads go.
struct Archive {
    desk: Arc<Desk>,
    names: Vec<String>,
    documents: BTreeMap<String, Document>,
}

impl Archive {
    fn new() -> Self {
        let desk = Desk {
            start: Instant::now(),
            open: AtomicUsize::new(0),
            peak: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            begun: Mutex::default(),
        };
        Self {
            desk: Arc::new(desk),
            names: Vec::new(),
            documents: BTreeMap::new(),
        }
    }

    fn add(mut self, name: &str, takes: u64, text: &str, end: End) -> Self {
        let text = text.to_owned();
        let document = Document { takes, text, end };
        self.names.push(name.to_owned());
        self.documents.insert(name.to_owned(), document);
        self
    }

    /// A document whose read takes so many seconds.
    fn with(self, name: &str, takes: u64, text: &str) -> Self {
        self.add(name, takes, text, End::Whole)
    }

    /// The same, and then the read fails.
    fn interrupted(self, name: &str, takes: u64, text: &str) -> Self {
        self.add(name, takes, text, End::Interrupted)
    }

    /// The same, and then it panics.
    fn panicking(self, name: &str, takes: u64) -> Self {
        self.add(name, takes, "", End::Panics)
    }

    fn reader(
        &self,
    ) -> impl Fn(String) -> Pin<Box<dyn Future<Output = Result<String, Interrupted>> + Send>>
    + Send
    + Sync
    + 'static {
        let (desk, documents) = (Arc::clone(&self.desk), self.documents.clone());
        move |name| {
            let (desk, document) = (Arc::clone(&desk), documents[&name].clone());
            Box::pin(async move {
                let _opened = Opened::new(&desk, &name);
                time::sleep(seconds(document.takes)).await;
                desk.done.fetch_add(1, Ordering::SeqCst);
                match document.end {
                    End::Whole => Ok(document.text),
                    End::Interrupted => Err(Interrupted {
                        read: document.text,
                        why: format!("{name} ends here"),
                    }),
                    End::Panics => panic!("{name} is not to be touched"),
                }
            })
        }
    }

    /// Searches all documents for an oak.
    async fn search(&self, workers: usize, enough: usize) -> Report {
        let names = self.names.clone();
        let listing = async { Ok(names) };
        let searching = search(
            "oak",
            listing,
            number(workers),
            number(enough),
            self.reader(),
        );
        let report = within(1_000, searching, "the search did not end").await;
        report.expect("the archive was listed")
    }
}
