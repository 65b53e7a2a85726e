//! What is asked of the merged readings, in every order in which things can happen.

use std::time::Duration;

use telemetry::{Cancelled, Merged};
use tokio::select;
use tokio::sync::mpsc;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

type Next = Result<Option<String>, Cancelled>;

#[test]
fn each_reading_comes_once_and_those_of_a_source_in_their_order() {
    explore::tasks().bound(2).check(|| async {
        let sources = vec![
            buoy(&["a 1", "a 2", "a 3"]),
            buoy(&["b 1", "b 2"]),
            buoy(&[]),
        ];
        let mut merged = Merged::new(sources, CancellationToken::new());
        let all = rest(&mut merged).await;
        for name in ["a", "b"] {
            let own: Vec<_> = all.iter().filter(|text| text.starts_with(name)).collect();
            let sorted = own.is_sorted();
            assert!(sorted, "the readings of {name} came in the order {own:?}");
        }
        let mut sorted = all.clone();
        sorted.sort_unstable();
        assert!(
            sorted == ["a 1", "a 2", "a 3", "b 1", "b 2"],
            "a has sent 1 to 3 and b 1 and 2, and what came is {all:?}"
        );
    });
}

#[test]
fn the_end_is_told_when_all_have_ended_and_not_before() {
    explore::tasks().bound(2).check(|| async {
        let (sender, source) = mpsc::channel(1);
        let sources = vec![buoy(&["a"]), source];
        let mut merged = Merged::new(sources, CancellationToken::new());
        let first = next(&mut merged).await;
        assert!(first == reading("a"), "the reading of a came as {first:?}");
        let early = time::timeout(seconds(5), merged.next()).await;
        assert!(
            early.is_err(),
            "one of two sources is open, and next returned {early:?}"
        );
        drop(sender);
        for _ in 0..2 {
            let end = within(
                1,
                merged.next(),
                "all sources have ended, and next does not return",
            );
            let end = end.await;
            assert!(
                end == Ok(None),
                "all sources have ended, and next returned {end:?}"
            );
        }
    });
}

#[test]
fn without_sources_the_end_is_there_at_once() {
    explore::tasks().check(|| async {
        let mut merged = Merged::<String>::new(Vec::new(), CancellationToken::new());
        for _ in 0..2 {
            let end = within(
                1,
                merged.next(),
                "there are no sources, and next does not return",
            );
            let end = end.await;
            assert!(
                end == Ok(None),
                "there are no sources, and next returned {end:?}"
            );
        }
    });
}

#[test]
fn a_silent_source_does_not_hold_up_the_others() {
    explore::tasks().bound(2).check(|| async {
        let begin = Instant::now();
        let (_silent, first) = mpsc::channel(1);
        let (_also_silent, last) = mpsc::channel(1);
        let (sender, source) = mpsc::channel(1);
        let sources = vec![first, source, last];
        let mut merged = Merged::new(sources, CancellationToken::new());
        let sending = tokio::spawn(async move {
            for number in 1..=3 {
                time::sleep(seconds(10)).await;
                let sent = sender.send(format!("b {number}")).await;
                sent.expect("somebody reads");
            }
        });
        for number in 1..=3 {
            let came = next(&mut merged).await;
            let expected = reading(&format!("b {number}"));
            assert!(came == expected, "reading {number} of b came as {came:?}");
            let after = begin.elapsed().as_secs();
            assert!(
                after == number * 10,
                "two sources are silent; the third sent reading {number} after {} s, and it came \
                 after {after} s",
                number * 10
            );
        }
        sending.await.expect("it does not panic");
    });
}

#[test]
fn a_source_that_always_has_readings_does_not_shut_out_the_others() {
    explore::tasks().bound(2).check(|| async {
        let many = ["b 1", "b 2", "b 3", "b 4", "b 5", "b 6"];
        let sources = vec![buoy(&["a"]), buoy(&many), buoy(&["c"])];
        let mut merged = Merged::new(sources, CancellationToken::new());
        time::sleep(seconds(1)).await;
        let mut first = Vec::new();
        for _ in 0..4 {
            first.extend(next(&mut merged).await.expect("nobody cancels"));
        }
        let comes = |name: &str| first.iter().any(|text| text == name);
        assert!(
            comes("a") && comes("c"),
            "a and c have one reading waiting and b has six; the first four were {first:?}"
        );
    });
}

#[test]
fn who_comes_later_than_a_source_with_many_readings_has_a_turn() {
    explore::tasks().bound(2).check(|| async {
        for chatty_first in [true, false] {
            let (sender, quiet) = mpsc::channel(1);
            let chatty = buoy(&["b 1", "b 2", "b 3", "b 4", "b 5", "b 6"]);
            let mut sources = vec![chatty, quiet];
            if !chatty_first {
                sources.reverse();
            }
            let mut merged = Merged::new(sources, CancellationToken::new());
            for number in 1..=2 {
                let came = next(&mut merged).await;
                let expected = reading(&format!("b {number}"));
                assert!(came == expected, "reading {number} of b came as {came:?}");
            }
            sender.send("a".to_owned()).await.expect("somebody reads");
            time::sleep(seconds(1)).await;
            let mut more = Vec::new();
            for _ in 0..3 {
                more.extend(next(&mut merged).await.expect("nobody cancels"));
            }
            assert!(
                more.contains(&"a".to_owned()),
                "a has a reading waiting while b has four; the next three were {more:?}"
            );
        }
    });
}

#[test]
fn of_each_source_at_most_one_reading_is_taken_ahead() {
    explore::tasks().bound(2).check(|| async {
        let (mut senders, mut sources) = (Vec::new(), Vec::new());
        for name in ["a", "b"] {
            let (sender, source) = mpsc::channel(4);
            for number in 1..=4 {
                let text = format!("{name} {number}");
                sender.try_send(text).expect("there is room");
            }
            senders.push((name, sender));
            sources.push(source);
        }
        let mut merged = Merged::new(sources, CancellationToken::new());
        let mut all = Vec::new();
        for _ in 0..3 {
            time::sleep(seconds(10)).await;
            for (name, sender) in &senders {
                let came = all.iter().filter(|text: &&String| text.starts_with(name));
                let (came, taken) = (came.count(), sender.capacity());
                assert!(
                    taken <= came + 1,
                    "{came} readings of {name} were handed out, and {taken} taken from it"
                );
            }
            all.extend(next(&mut merged).await.expect("nobody cancels"));
        }
    });
}

#[test]
fn sources_can_be_added() {
    explore::tasks().bound(2).check(|| async {
        let mut merged = Merged::new(vec![buoy(&["a"])], CancellationToken::new());
        merged.add(buoy(&["b"]));
        let mut both = rest(&mut merged).await;
        both.sort_unstable();
        assert!(
            both == ["a", "b"],
            "a was there and b was added, and what came is {both:?}"
        );
        // What has ended goes on.
        for name in ["c", "d"] {
            merged.add(buoy(&[name]));
            let all = rest(&mut merged).await;
            assert!(
                all == [name],
                "after the end {name} was added, and what came is {all:?}"
            );
        }
    });
}

#[test]
fn a_source_that_was_added_is_waited_for() {
    explore::tasks().bound(2).check(|| async {
        for ended_before in [true, false] {
            let (sender, source) = mpsc::channel(1);
            let mut merged = Merged::new(Vec::new(), CancellationToken::new());
            if ended_before {
                let end = next(&mut merged).await;
                assert!(
                    end == Ok(None),
                    "there are no sources, and next returned {end:?}"
                );
            }
            merged.add(source);
            let early = time::timeout(seconds(5), merged.next()).await;
            assert!(
                early.is_err(),
                "an open source was added, and next returned {early:?}"
            );
            sender.send("a".to_owned()).await.expect("somebody reads");
            drop(sender);
            let all = rest(&mut merged).await;
            assert!(all == ["a"], "the source sent a, and what came is {all:?}");
        }
    });
}

#[test]
fn an_end_that_nobody_heard_does_not_hide_a_source_that_was_added() {
    explore::tasks().bound(2).check(|| async {
        let (first, source) = mpsc::channel(1);
        let mut merged = Merged::new(vec![source], CancellationToken::new());
        let given_up = impatiently(1, merged.next()).await;
        assert!(
            given_up.is_none(),
            "nothing was sent, and next returned {given_up:?}"
        );
        drop(first);
        time::sleep(seconds(1)).await;
        merged.add(buoy(&["b"]));
        let all = rest(&mut merged).await;
        assert!(
            all == ["b"],
            "a call of next was given up, the source ended, b was added, and what came is {all:?}"
        );
    });
}

#[test]
fn a_cancel_is_told_while_all_sources_are_idle() {
    explore::tasks().bound(2).check(|| async {
        let (begin, cancel) = (Instant::now(), CancellationToken::new());
        let (_a, first) = mpsc::channel::<String>(1);
        let (_b, second) = mpsc::channel(1);
        let mut merged = Merged::new(vec![first, second], cancel.clone());
        let later = tokio::spawn(async move {
            time::sleep(seconds(5)).await;
            cancel.cancel();
        });
        let end = next(&mut merged).await;
        let after = begin.elapsed().as_secs();
        assert!(
            end == Err(Cancelled) && after == 5,
            "it was cancelled after 5 s, and next returned {end:?} after {after} s"
        );
        later.await.expect("it does not panic");
    });
}

#[test]
fn after_a_cancel_no_readings_come_and_it_is_no_end() {
    explore::tasks().bound(2).check(|| async {
        for open in [true, false] {
            let cancel = CancellationToken::new();
            let (sender, source) = mpsc::channel(4);
            for number in 1..=3 {
                let sent = sender.try_send(format!("a {number}"));
                sent.expect("there is room");
            }
            let open = open.then_some(sender);
            let mut merged = Merged::new(vec![source], cancel.clone());
            let first = next(&mut merged).await;
            assert!(
                first == reading("a 1"),
                "the first reading came as {first:?}"
            );
            cancel.cancel();
            for _ in 0..3 {
                let end = next(&mut merged).await;
                assert!(
                    end == Err(Cancelled),
                    "it was cancelled after one of three readings, and next returned {end:?}"
                );
            }
            drop(open);
        }
    });
}

#[test]
fn what_is_cancelled_before_the_end_was_told_is_cancelled() {
    explore::tasks().bound(2).check(|| async {
        for sources in [vec![], vec![buoy(&[])], vec![buoy(&["a"])]] {
            let cancel = CancellationToken::new();
            let mut merged = Merged::new(sources, cancel.clone());
            time::sleep(seconds(1)).await;
            cancel.cancel();
            let end = next(&mut merged).await;
            assert!(
                end == Err(Cancelled),
                "it was cancelled before anything was told, and next returned {end:?}"
            );
        }
    });
}

#[test]
fn what_was_told_as_the_end_remains_the_end() {
    explore::tasks().bound(2).check(|| async {
        let cancel = CancellationToken::new();
        let mut merged = Merged::new(vec![buoy(&["a"])], cancel.clone());
        let all = rest(&mut merged).await;
        assert!(all == ["a"], "the source sent a, and what came is {all:?}");
        cancel.cancel();
        let end = next(&mut merged).await;
        assert!(
            end == Ok(None),
            "the end was told, then it was cancelled, and next returned {end:?}"
        );
    });
}

#[test]
fn half_of_the_readings_are_never_taken_for_the_whole() {
    explore::tasks().bound(2).check(|| async {
        let cancel = CancellationToken::new();
        let (sender, source) = mpsc::channel(1);
        let mut merged = Merged::new(vec![source, buoy(&[])], cancel.clone());
        let sending = tokio::spawn(async move {
            for number in 1..=2 {
                // Perhaps it was cancelled.
                let _ = sender.send(number.to_string()).await;
            }
        });
        let cancelling = tokio::spawn(async move { cancel.cancel() });
        let mut all = Vec::new();
        let end = loop {
            match next(&mut merged).await {
                Ok(Some(text)) => all.push(text),
                end => break end,
            }
        };
        if end == Ok(None) {
            assert!(
                all == ["1", "2"],
                "1 and 2 were sent and it was cancelled, and the end was told after {all:?}"
            );
        }
        let again = next(&mut merged).await;
        assert!(again == end, "it ended as {end:?}, and then as {again:?}");
        sending.await.expect("it does not panic");
        cancelling.await.expect("it does not panic");
    });
}

#[test]
fn the_token_is_only_looked_at() {
    explore::tasks().bound(2).check(|| async {
        let cancel = CancellationToken::new();
        let mut merged = Merged::new(vec![buoy(&["a"])], cancel.clone());
        rest(&mut merged).await;
        drop(merged);
        let (_sender, source) = mpsc::channel::<String>(1);
        drop(Merged::new(vec![source], cancel.clone()));
        time::sleep(seconds(1)).await;
        assert!(
            !cancel.is_cancelled(),
            "the token of the caller was cancelled, and the caller did not do it"
        );
    });
}

#[test]
fn who_sends_is_told_when_it_is_cancelled() {
    explore::tasks().bound(2).check(|| async {
        let cancel = CancellationToken::new();
        let (idle, first) = mpsc::channel::<String>(1);
        let (full, second) = mpsc::channel(1);
        full.try_send("b".to_owned()).expect("there is room");
        let mut merged = Merged::new(vec![first, second], cancel.clone());
        time::sleep(seconds(1)).await;
        cancel.cancel();
        let end = next(&mut merged).await;
        assert!(
            end == Err(Cancelled),
            "it was cancelled, and next returned {end:?}"
        );
        let (later, third) = mpsc::channel::<String>(1);
        merged.add(third);
        for (name, sender) in [
            ("idle", idle),
            ("with readings", full),
            ("added later", later),
        ] {
            let reproach =
                format!("it was cancelled, and the sender of a source ({name}) not told");
            within(1, sender.closed(), &reproach).await;
        }
    });
}

#[test]
fn who_sends_is_told_when_nobody_reads_any_more() {
    explore::tasks().bound(2).check(|| async {
        let (idle, first) = mpsc::channel::<String>(1);
        let (full, second) = mpsc::channel(2);
        for text in ["b 1", "b 2"] {
            full.try_send(text.to_owned()).expect("there is room");
        }
        let mut merged = Merged::new(vec![first, second], CancellationToken::new());
        let came = next(&mut merged).await;
        assert!(came == reading("b 1"), "the first reading came as {came:?}");
        drop(merged);
        for (name, sender) in [("idle", idle), ("with readings", full)] {
            let reproach =
                format!("nobody reads any more; the sender of a source ({name}) not told");
            within(1, sender.closed(), &reproach).await;
        }
    });
}

#[test]
fn a_call_that_is_given_up_loses_nothing() {
    explore::tasks().bound(2).check(|| async {
        let (sender, source) = mpsc::channel(1);
        let mut merged = Merged::new(vec![source], CancellationToken::new());
        let sending = tokio::spawn(async move {
            for number in 1..=3 {
                time::sleep(seconds(2)).await;
                sender
                    .send(number.to_string())
                    .await
                    .expect("somebody reads");
            }
        });
        let mut all = Vec::new();
        // Now and then a reading and the end of the patience come together.
        for _ in 0..4 {
            if let Some(came) = impatiently(1, merged.next()).await {
                all.extend(came.expect("nobody cancels"));
            }
        }
        all.extend(rest(&mut merged).await);
        assert!(
            all == ["1", "2", "3"],
            "1 to 3 were sent, some calls of next were given up, and what came is {all:?}"
        );
        sending.await.expect("it does not panic");
    });
}

#[test]
fn a_call_that_was_given_up_does_not_outrun_a_cancel() {
    explore::tasks().bound(2).check(|| async {
        for ends in [true, false] {
            let cancel = CancellationToken::new();
            let (sender, source) = mpsc::channel(1);
            let mut merged = Merged::new(vec![source], cancel.clone());
            let given_up = impatiently(1, merged.next()).await;
            assert!(
                given_up.is_none(),
                "nothing was sent, and next returned {given_up:?}"
            );
            let mut sender = Some(sender);
            if ends {
                sender = None;
            } else if let Some(sender) = &sender {
                sender.send("a".to_owned()).await.expect("somebody reads");
            }
            time::sleep(seconds(1)).await;
            cancel.cancel();
            let what = if ends {
                "the source ended"
            } else {
                "a was sent"
            };
            let end = next(&mut merged).await;
            assert!(
                end == Err(Cancelled),
                "a call of next was given up, {what}, it was cancelled, and next returned {end:?}"
            );
            drop(sender);
        }
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().bound(1).check(|| async {
        let long = Duration::from_millis(100_000_500);
        let (sender, source) = mpsc::channel(1);
        let (_silent, other) = mpsc::channel(1);
        let mut merged = Merged::new(vec![other, source], CancellationToken::new());
        let waited = time::timeout(long, merged.next()).await;
        assert!(
            waited.is_err(),
            "nothing was sent, and next returned {waited:?}"
        );
        let begin = Instant::now();
        let sending = tokio::spawn(async move { sender.send("a".to_owned()).await });
        let came = next(&mut merged).await;
        let after = begin.elapsed().as_millis();
        assert!(
            came == reading("a") && after == 0,
            "a reading was sent at once, and {came:?} came after {after} ms"
        );
        let sent = sending.await.expect("it does not panic");
        sent.expect("somebody reads");
    });
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
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

fn reading(text: &str) -> Next {
    Ok(Some(text.to_owned()))
}

async fn next(merged: &mut Merged<String>) -> Next {
    let reproach = "there was a reading, an end, or a cancel, and next did not return";
    within(1_000, merged.next(), reproach).await
}

/// All readings until the end.
async fn rest(merged: &mut Merged<String>) -> Vec<String> {
    let mut all = Vec::new();
    while let Some(text) = next(merged).await.expect("nobody cancels") {
        all.push(text);
    }
    all
}

/// A source that has sent all it will ever send.
fn buoy(readings: &[&str]) -> mpsc::Receiver<String> {
    let (sender, source) = mpsc::channel(readings.len().max(1));
    for text in readings {
        sender.try_send(text.to_string()).expect("there is room");
    }
    source
}
