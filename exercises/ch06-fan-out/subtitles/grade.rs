//! What is asked of the subtitles, in every order in which the translations can run.

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use subtitles::Subtitles;
use subtitles::Untranslated::{self, Failed, Panicked};
use tokio::select;
use tokio::sync::{Barrier, mpsc};
use tokio::task::JoinHandle;
use tokio::time::{self, Instant};

type Translation = Result<String, Untranslated>;

#[test]
fn translations_come_in_the_order_of_the_lines() {
    explore::tasks().bound(2).check(|| async {
        let booth = Booth::default();
        let mut subtitles = booth.translate(3, spoken(&["3 a", "1 b", "2 c", "0 d"]));
        let told = rest(&mut subtitles).await;
        assert!(
            told == good(&["a", "b", "c", "d"]),
            "lines a to d came as {told:?}"
        );
        let begun = booth.begun();
        assert!(
            begun == 4,
            "4 lines were spoken, and {begun} translations begun"
        );
    });
}

#[test]
fn after_the_last_line_there_is_none_and_remains_none() {
    explore::tasks().check(|| async {
        for lines in [&[][..], &["1 a"]] {
            let mut subtitles = Booth::default().translate(2, spoken(lines));
            for _ in lines {
                let told = next(&mut subtitles).await;
                assert!(told.is_some(), "there was no translation of the only line");
            }
            for _ in 0..2 {
                let told = next(&mut subtitles).await;
                assert!(told.is_none(), "after the last line came {told:?}");
            }
        }
    });
}

#[test]
fn lines_are_translated_at_the_same_time_before_anybody_asks() {
    explore::tasks().bound(2).check(|| async {
        // None is translated before three have begun, and this is the fourth at the barrier.
        let all = Arc::new(Barrier::new(4));
        let translators = Arc::clone(&all);
        let translate = move |line: String| {
            let all = Arc::clone(&translators);
            async move {
                all.wait().await;
                Ok(line)
            }
        };
        let mut subtitles = Subtitles::new(spoken(&["a", "b", "c"]), number(3), translate);
        let reproach = "three lines may be out, nobody asked yet, and less than three were begun";
        within(60, all.wait(), reproach).await;
        let told = rest(&mut subtitles).await;
        assert!(
            told == good(&["a", "b", "c"]),
            "lines a to c came as {told:?}"
        );
    });
}

#[test]
fn no_more_lines_are_translated_than_may_be_out() {
    explore::tasks().bound(2).check(|| async {
        let booth = Booth::default();
        let lines = spoken(&["2 a", "1 b", "1 c", "1 d", "1 e"]);
        let mut subtitles = booth.translate(2, lines);
        let told = rest(&mut subtitles).await;
        assert!(told.len() == 5, "of 5 lines {} were translated", told.len());
        let peak = booth.peak.load(Ordering::SeqCst);
        assert!(
            peak <= 2,
            "{peak} lines were being translated, and 2 may be out"
        );
    });
}

#[test]
fn lines_are_taken_up_to_the_bound_and_no_further() {
    explore::tasks().bound(1).check(|| async {
        for at_most in [1, 2] {
            let (speaker, lines) = speaker(&["1 a", "1 b", "1 c", "1 d", "1 e"]);
            let mut subtitles = Booth::default().translate(at_most, lines);
            for returned in 0..=2 {
                time::sleep(seconds(10)).await;
                let taken = speaker.taken();
                let out = taken - returned;
                assert!(
                    out == at_most,
                    "{returned} of 5 lines were returned, {at_most} may be out, and {out} were"
                );
                next(&mut subtitles).await;
            }
        }
    });
}

#[test]
fn a_slow_line_does_not_hold_up_the_others_that_are_out() {
    explore::tasks().bound(2).check(|| async {
        let booth = Booth::default();
        let mut subtitles = booth.translate(3, spoken(&["9 a", "1 b", "2 c", "1 d", "1 e"]));
        time::sleep(seconds(3)).await;
        let done = booth.done();
        assert!(
            done == ["b", "c"],
            "of lines of 9, 1 and 2 s that are out, after 3 s these were translated: {done:?}"
        );
        let begun = booth.begun();
        assert!(
            begun == 3,
            "none was returned, 3 may be out, and {begun} were begun"
        );
        let begin = Instant::now();
        let told = rest(&mut subtitles).await;
        assert!(
            told == good(&["a", "b", "c", "d", "e"]),
            "lines a to e came as {told:?}"
        );
        let took = begin.elapsed().as_secs();
        assert!(
            took == 7,
            "the slow line needed 6 s more and the last ones 1 s, and it took {took} s"
        );
    });
}

#[test]
fn work_goes_on_while_the_reader_is_busy() {
    explore::tasks().bound(2).check(|| async {
        let booth = Booth::default();
        let mut subtitles = booth.translate(2, spoken(&["3 a", "4 b", "3 c"]));
        let first = next(&mut subtitles).await;
        assert!(first == Some(Ok("a".to_owned())), "line a came as {first:?}");
        time::sleep(seconds(5)).await;
        let done = booth.done();
        assert!(
            done == ["a", "b", "c"],
            "a was returned after 3 s, the reader was busy for 5 s, lines need 3, 4 and 3 s, two may be \
             out, and done were {done:?}"
        );
        let told = rest(&mut subtitles).await;
        assert!(told == good(&["b", "c"]), "lines b and c came as {told:?}");
    });
}

#[test]
fn a_translation_is_returned_although_no_other_line_comes() {
    explore::tasks().bound(2).check(|| async {
        for at_most in [1, 2] {
            let begin = Instant::now();
            let (speak, lines) = mpsc::channel(1);
            let mut subtitles = Booth::default().translate(at_most, lines);
            for number in 1..=2 {
                let line = format!("1 {number}");
                speak.send(line).await.expect("somebody listens");
                let told = next(&mut subtitles).await;
                assert!(
                    told == Some(Ok(number.to_string())),
                    "line {number} came as {told:?}"
                );
                let took = begin.elapsed().as_secs();
                assert!(
                    took == number,
                    "{at_most} may be out; line {number} was spoken after {} s, needed 1 s, and was \
                     returned after {took} s",
                    number - 1
                );
            }
        }
    });
}

#[test]
fn a_line_that_fails_or_panics_is_one_result_among_others() {
    // The result tells of the panic, however the program came to know of it.
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let booth = Booth::default();
        let mut subtitles = booth.translate(2, spoken(&["2 a", "1 pun", "1 mumble", "0 b"]));
        let told = rest(&mut subtitles).await;
        let expected = [
            Ok("a".to_owned()),
            Err(Failed("there is no word for pun".to_owned())),
            Err(Panicked),
            Ok("b".to_owned()),
        ];
        assert!(
            told == expected,
            "a good line, one that fails, one that panics and a good one came as {told:?}"
        );
    });
}

#[test]
fn a_call_that_is_given_up_loses_nothing() {
    explore::tasks().bound(2).check(|| async {
        let mut subtitles = Booth::default().translate(2, spoken(&["5 a", "1 b", "3 c"]));
        let mut told = Vec::new();
        // The last of these comes to its end at the same time as line a.
        for patience in [2, 2, 1] {
            told.extend(impatiently(patience, subtitles.next()).await.flatten());
        }
        told.extend(rest(&mut subtitles).await);
        assert!(
            told == good(&["a", "b", "c"]),
            "some calls of next were given up, and lines a to c came as {told:?}"
        );
    });
}

#[test]
fn a_call_that_is_given_up_before_there_is_a_line_loses_nothing() {
    explore::tasks().bound(2).check(|| async {
        let (speak, lines) = mpsc::channel(1);
        let mut subtitles = Booth::default().translate(2, lines);
        let given_up = time::timeout(seconds(2), subtitles.next()).await;
        assert!(given_up.is_err(), "without a line came {given_up:?}");
        speak
            .send("1 a".to_owned())
            .await
            .expect("somebody listens");
        drop(speak);
        let told = rest(&mut subtitles).await;
        assert!(
            told == good(&["a"]),
            "a call of next was given up, and then line a came as {told:?}"
        );
    });
}

#[test]
fn who_leaves_stops_everything() {
    explore::tasks().bound(2).check(|| async {
        let booth = Booth::default();
        let (speaker, lines) = speaker(&["1 a", "8 b", "8 c", "8 d", "8 e"]);
        let mut subtitles = booth.translate(2, lines);
        next(&mut subtitles).await;
        time::sleep(seconds(1)).await;
        drop(subtitles);
        let reproach = "the subtitles were dropped, and the speaker was not told";
        within(1, speaker.told, reproach)
            .await
            .expect("the speaker does not panic");
        time::sleep(seconds(60)).await;
        let (begun, done) = (booth.begun(), booth.done());
        assert!(
            done == ["a"] && begun == 3,
            "a was returned, b and c were out when the subtitles were dropped; {begun} lines were \
             begun in all, and done {done:?}"
        );
    });
}

#[test]
fn who_leaves_while_no_line_comes_lets_the_source_go() {
    explore::tasks().bound(2).check(|| async {
        let (speak, lines) = mpsc::channel(1);
        let mut subtitles = Booth::default().translate(2, lines);
        speak
            .send("1 a".to_owned())
            .await
            .expect("somebody listens");
        next(&mut subtitles).await;
        drop(subtitles);
        let reproach =
            "the subtitles were dropped while no line came, and the speaker was not told";
        within(1, speak.closed(), reproach).await;
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().bound(1).check(|| async {
        let (speak, lines) = mpsc::channel(1);
        let mut subtitles = Booth::default().translate(2, lines);
        let long = Duration::from_millis(100_000_500);
        time::sleep(long).await;
        let begin = Instant::now();
        let line = "0 a".to_owned();
        speak.send(line).await.expect("somebody listens");
        let told = next(&mut subtitles).await;
        let took = begin.elapsed().as_millis();
        assert!(
            told == Some(Ok("a".to_owned())) && took == 0,
            "a line that is translated at once came as {told:?}, after {took} ms"
        );
        let waited = time::timeout(long, subtitles.next()).await;
        assert!(waited.is_err(), "without a line came {waited:?}");
    });
}

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

/// What a future comes to, unless the patience has come to its end: then that goes first.
async fn impatiently<T>(patience: u64, future: impl Future<Output = T>) -> Option<T> {
    select! {
        biased;
        () = time::sleep(seconds(patience)) => None,
        output = future => Some(output),
    }
}

async fn next(subtitles: &mut Subtitles<String>) -> Option<Translation> {
    let reproach = "there was a line, or an end, and next did not return";
    within(1_000, subtitles.next(), reproach).await
}

/// All translations until the end.
async fn rest(subtitles: &mut Subtitles<String>) -> Vec<Translation> {
    let mut all = Vec::new();
    while let Some(translation) = next(subtitles).await {
        all.push(translation);
    }
    all
}

fn good(lines: &[&str]) -> Vec<Translation> {
    lines.iter().map(|line| Ok(line.to_string())).collect()
}

/// Lines that are there from the beginning.
fn spoken(lines: &[&str]) -> mpsc::Receiver<String> {
    let (speak, spoken) = mpsc::channel(lines.len().max(1));
    for line in lines {
        speak.try_send(line.to_string()).expect("there is room");
    }
    spoken
}

/// Speaks a line as soon as there is room for it, and one has room.
struct Speaker {
    spoken: Arc<AtomicUsize>,
    /// How much was spoken that nobody has taken.
    waiting: Box<dyn Fn() -> usize>,
    /// Ends when nobody listens any more.
    told: JoinHandle<()>,
}

fn speaker(lines: &[&str]) -> (Speaker, mpsc::Receiver<String>) {
    let (speak, spoken) = mpsc::channel(1);
    let lines: Vec<_> = lines.iter().map(|line| line.to_string()).collect();
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let weak = speak.downgrade();
    let told = tokio::spawn(async move {
        for line in lines {
            if speak.send(line).await.is_err() {
                break;
            }
            counted.fetch_add(1, Ordering::SeqCst);
        }
        speak.closed().await;
    });
    let waiting = move || weak.upgrade().map_or(0, |speak| 1 - speak.capacity());
    let speaker = Speaker {
        spoken: count,
        waiting: Box::new(waiting),
        told,
    };
    (speaker, spoken)
}

impl Speaker {
    fn taken(&self) -> usize {
        self.spoken.load(Ordering::SeqCst) - (self.waiting)()
    }
}

/// Where lines are translated: "3 a" needs three seconds, and becomes "a".
#[derive(Clone, Default)]
struct Booth {
    begun: Arc<AtomicUsize>,
    now: Arc<AtomicUsize>,
    peak: Arc<AtomicUsize>,
    done: Arc<Mutex<Vec<String>>>,
}

impl Booth {
    fn translate(&self, at_most: usize, lines: mpsc::Receiver<String>) -> Subtitles<String> {
        let booth = self.clone();
        let translate = move |line: String| {
            let booth = booth.clone();
            Box::pin(async move {
                booth.begun.fetch_add(1, Ordering::SeqCst);
                let now = booth.now.fetch_add(1, Ordering::SeqCst) + 1;
                booth.peak.fetch_max(now, Ordering::SeqCst);
                let (needs, words) = line.split_once(' ').expect("a time and a word");
                let needs = needs.parse().expect("seconds");
                if needs > 0 {
                    time::sleep(seconds(needs)).await;
                }
                booth.now.fetch_sub(1, Ordering::SeqCst);
                booth.done.lock().unwrap().push(words.to_owned());
                match words {
                    "pun" => Err("there is no word for pun".to_owned()),
                    "mumble" => panic!("nobody understands {words}"),
                    _ => Ok(words.to_owned()),
                }
            }) as Pin<Box<dyn Future<Output = Result<String, String>> + Send>>
        };
        Subtitles::new(lines, number(at_most), translate)
    }

    fn begun(&self) -> usize {
        self.begun.load(Ordering::SeqCst)
    }

    /// What was translated, in the order of the ends.
    fn done(&self) -> Vec<String> {
        self.done.lock().unwrap().clone()
    }
}
