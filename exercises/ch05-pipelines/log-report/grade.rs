//! What is asked of the report, in every order in which the tasks can run.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use log_report::{NoReport, Report, Times, report};
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn the_report_is_on_all_files_whichever_is_ready_first() {
    explore::tasks().bound(2).check(|| async {
        for seconds in [[1, 2, 3], [3, 2, 1], [2, 2, 2]] {
            let disk = Disk::new([
                (seconds[0], "INFO /cart time=10\nINFO /cart time=40"),
                (seconds[1], "WARN /pay time=20"),
                (seconds[2], "INFO /cart"),
            ]);
            let report = disk.report("INFO", 2).await;
            let expected = Report {
                lines: 4,
                unreadable: 0,
                top: top([("/cart", 3), ("/pay", 1)]),
                times: times(10, 40, 23),
            };
            assert!(
                report == Ok(expected.clone()),
                "three files, ready after {seconds:?} s, say {report:?}; in them is {expected:?}"
            );
        }
    });
}

#[test]
fn lines_below_the_level_are_not_looked_at() {
    explore::tasks().bound(1).check(|| async {
        let lines = "INFO /cart time=1\nWARN /pay time=20\nERROR /pay time=40\nINFO /pay";
        for (least, count) in [("INFO", 4), ("WARN", 2), ("ERROR", 1)] {
            let report = Disk::new([(1, lines)]).report(least, 1).await;
            let lines = report.as_ref().map(|report| report.lines);
            assert!(
                lines == Ok(count),
                "of 4 lines {count} are at least {least}, and the report has {report:?}"
            );
        }
    });
}

#[test]
fn a_level_that_does_not_exist_is_refused_before_anything_is_read() {
    explore::tasks().bound(1).check(|| async {
        for name in ["", "warn", "FATAL"] {
            let disk = Disk::new([(1, "INFO /cart")]);
            let report = disk.report(name, 1).await;
            let begun = disk.begun();
            assert!(
                report == Err(NoReport::NoLevel(name.to_owned())) && begun == 0,
                "there is no level {name:?}; {begun} files were read, and the report is {report:?}"
            );
        }
    });
}

#[test]
fn what_cannot_be_parsed_is_counted_as_such() {
    explore::tasks().bound(1).check(|| async {
        let lines =
            "INFO /cart\n\nINFO cart\nNOTE /cart\nINFO /cart time=soon\nINFO /cart time=1 x";
        let report = Disk::new([(1, lines)]).report("INFO", 1).await;
        let found = report
            .as_ref()
            .map(|report| (report.lines, report.unreadable));
        assert!(
            found == Ok((1, 5)),
            "of 6 lines 1 is one of a log and 5 are not; the report has {report:?}"
        );
    });
}

#[test]
fn the_top_paths_are_the_busiest_and_equals_stand_by_name() {
    explore::tasks().bound(1).check(|| async {
        let disk = Disk::new([
            (2, "INFO /e\nINFO /d\nINFO /a\nINFO /c\nINFO /b"),
            (1, "INFO /e\nINFO /e\nINFO /c\nINFO /a"),
        ]);
        let report = disk.report("INFO", 2).await;
        let found = report.map(|report| report.top);
        assert!(
            found == Ok(top([("/e", 3), ("/a", 2), ("/c", 2)])),
            "/e has 3 lines, /a and /c have 2, /b and /d have 1; the top three are {found:?}"
        );
    });
}

#[test]
fn lines_without_a_time_say_nothing_about_times() {
    explore::tasks().bound(1).check(|| async {
        let some = Disk::new([(1, "INFO /a\nINFO /a time=5\nINFO /a time=8\nINFO /b")]);
        let found = some.report("INFO", 1).await.map(|report| report.times);
        assert!(
            found == Ok(times(5, 8, 6)),
            "of 4 lines two have times, 5 and 8; the report has {found:?}"
        );
        let none = Disk::new([(1, "INFO /a\nINFO /b")]);
        let found = none.report("INFO", 1).await.map(|report| report.times);
        assert!(
            found == Ok(None),
            "no line has a time, and the report has {found:?}"
        );
        let nothing = Disk::new([]).report("INFO", 1).await;
        let found = nothing.map(|report| (report.lines, report.top, report.times));
        assert!(
            found == Ok((0, Vec::new(), None)),
            "there is no file, and the report has {found:?}"
        );
    });
}

#[test]
fn as_many_files_are_read_at_a_time_as_may_be_and_no_more() {
    explore::tasks().bound(1).check(|| async {
        for (at_once, seconds) in [(1, 4), (2, 2), (3, 2), (9, 1)] {
            let disk = Disk::new([(1, ""), (1, ""), (1, ""), (1, "")]);
            let start = Instant::now();
            let report = disk.report("INFO", at_once).await;
            let took = start.elapsed().as_secs();
            let most = disk.most();
            assert!(
                report.is_ok() && most == at_once.min(4) && took == seconds,
                "4 files of a second, {at_once} at a time, take {seconds} s; they took {took} s, and \
                 up to {most} were read at a time"
            );
        }
    });
}

#[test]
fn one_that_is_slow_does_not_hold_up_the_others() {
    explore::tasks().bound(1).check(|| async {
        let disk = Disk::new([(3, ""), (1, ""), (1, ""), (1, "")]);
        let start = Instant::now();
        let report = disk.report("INFO", 2).await;
        let took = start.elapsed().as_secs();
        assert!(
            report.is_ok() && took == 3,
            "one file of 3 s and three of 1 s, two at a time, take 3 s; they took {took} s"
        );
    });
}

#[test]
fn a_file_that_cannot_be_read_ends_all_at_once() {
    explore::tasks().bound(1).check(|| async {
        let disk = Disk::new([
            (600, "INFO /a"),
            (60, "?broken"),
            (1, "INFO /b"),
            (600, ""),
            (600, ""),
        ]);
        let start = Instant::now();
        let report = disk.report("INFO", 2).await;
        let took = start.elapsed().as_secs();
        let expected = Err(NoReport::Unreadable(
            "1.log".to_owned(),
            "broken".to_owned(),
        ));
        assert!(
            report == expected && took == 60,
            "1.log could not be read after 60 s; after {took} s the report is {report:?}"
        );
        disk.is_left_alone(2).await;
    });
}

#[test]
fn a_cancel_is_told_at_once_and_never_as_a_report() {
    explore::tasks().bound(1).check(|| async {
        for when in [0, 30, 90] {
            let disk = Disk::new([(60, "INFO /a"), (60, "INFO /b"), (600, "INFO /c")]);
            let cancel = CancellationToken::new();
            let start = Instant::now();
            let cancelling = async {
                time::sleep(when * SECOND).await;
                cancel.cancel();
            };
            let reporting = disk.report_unless("INFO", 2, cancel.clone());
            let (report, ()) = tokio::join!(reporting, cancelling);
            let took = start.elapsed().as_secs();
            assert!(
                report == Err(NoReport::Cancelled) && took == u64::from(when),
                "it was cancelled after {when} s; after {took} s the report is {report:?}"
            );
            let begun = disk.begun();
            disk.is_left_alone(begun).await;
        }
    });
}

#[test]
fn a_cancel_that_came_before_is_one_too() {
    explore::tasks().bound(1).check(|| async {
        let disk = Disk::new([(60, "INFO /a")]);
        let cancel = CancellationToken::new();
        cancel.cancel();
        let report = disk.report_unless("INFO", 2, cancel).await;
        assert!(
            report == Err(NoReport::Cancelled),
            "it was cancelled before it began, and the report is {report:?}"
        );
        let begun = disk.begun();
        disk.is_left_alone(begun).await;
    });
}

fn top<const N: usize>(top: [(&str, usize); N]) -> Vec<(String, usize)> {
    top.map(|(path, count)| (path.to_owned(), count)).into()
}

fn times(least: u64, most: u64, average: u64) -> Option<Times> {
    Some(Times {
        least,
        most,
        average,
    })
}

/// Files by number, each with the seconds that it takes and what is in it; `?why` cannot be read.
#[derive(Clone)]
struct Disk {
    files: Arc<Vec<(u64, &'static str)>>,
    reading: Arc<Mutex<Reading>>,
    finished: Arc<AtomicUsize>,
}

#[derive(Clone, Copy, Default)]
struct Reading {
    begun: usize,
    now: usize,
    most: usize,
}

/// A file that is being read.
struct Open(Arc<Mutex<Reading>>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.lock().expect("nobody panics").now -= 1;
    }
}

impl Disk {
    fn new<const N: usize>(files: [(u64, &'static str); N]) -> Self {
        Self {
            files: Arc::new(files.into()),
            reading: Arc::default(),
            finished: Arc::default(),
        }
    }

    fn reading(&self) -> Reading {
        *self.reading.lock().expect("nobody panics")
    }

    fn begun(&self) -> usize {
        self.reading().begun
    }

    fn most(&self) -> usize {
        self.reading().most
    }

    async fn read(self, file: String) -> Result<Vec<String>, String> {
        let number: usize = file
            .trim_end_matches(".log")
            .parse()
            .expect("a file of this disk");
        let open = {
            let mut reading = self.reading.lock().expect("nobody panics");
            reading.begun += 1;
            reading.now += 1;
            reading.most = reading.most.max(reading.now);
            Open(Arc::clone(&self.reading))
        };
        let (seconds, text) = self.files[number];
        time::sleep(Duration::from_secs(seconds)).await;
        drop(open);
        self.finished.fetch_add(1, Ordering::SeqCst);
        match text.strip_prefix('?') {
            Some(why) => Err(why.to_owned()),
            None => Ok(text
                .split('\n')
                .filter(|_| !text.is_empty())
                .map(str::to_owned)
                .collect()),
        }
    }

    async fn report(&self, least: &str, at_once: usize) -> Result<Report, NoReport> {
        let all = self.report_unless(least, at_once, CancellationToken::new());
        let all = time::timeout(HOUR, all).await;
        all.unwrap_or_else(|_| panic!("there was no report within an hour"))
    }

    async fn report_unless(
        &self,
        least: &str,
        at_once: usize,
        cancel: CancellationToken,
    ) -> Result<Report, NoReport> {
        let files = (0..self.files.len()).map(|number| format!("{number}.log"));
        let disk = self.clone();
        let read = move |file| disk.clone().read(file);
        report(files.collect(), read, least, at_once, cancel).await
    }

    /// Asserts that nothing is being read, and nothing will be.
    async fn is_left_alone(&self, begun: usize) {
        let now = self.reading().now;
        assert!(
            now == 0,
            "it has returned, and {now} files are still being read"
        );
        let finished = self.finished.load(Ordering::SeqCst);
        time::sleep(HOUR).await;
        let later = (self.begun(), self.finished.load(Ordering::SeqCst));
        assert!(
            later == (begun, finished),
            "it had begun {begun} files and finished {finished} when it returned; an hour later it \
             is {later:?}"
        );
    }
}
