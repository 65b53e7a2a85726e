//! What is asked of a pipeline, in every order in which the tasks can run.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use pipeline::{Failure, Input, Output, Pipeline, Stage};
use tokio::time::{self, Instant};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

#[test]
fn items_go_through_all_stages_and_come_out_in_order() {
    explore::tasks().bound(2).check(|| async {
        let (input, mut output, pipeline) = Pipeline::start(vec![adds("wash"), adds("dry")], 2);
        puts(&input, &["a", "b", "c"]).await;
        let (end, out) = tokio::join!(pipeline.shutdown(HOUR), rest(&mut output));
        assert!(
            end == Ok(()) && out == ["a wash dry", "b wash dry", "c wash dry"],
            "a, b and c went in; out came {out:?}, and the pipeline ended with {end:?}"
        );
    });
}

#[test]
fn stages_work_at_the_same_time_each_on_one_item() {
    explore::tasks().bound(1).check(|| async {
        let start = Instant::now();
        let (input, mut output, pipeline) =
            Pipeline::start(vec![takes("wash", 60), takes("dry", 60)], 1);
        puts(&input, &["a", "b", "c"]).await;
        let (end, out) = tokio::join!(pipeline.shutdown(HOUR), rest(&mut output));
        let took = start.elapsed().as_secs();
        assert!(
            end == Ok(()) && out.len() == 3 && took == 240,
            "3 items through 2 stages of 60 s take 240 s if the stages overlap and each works on \
             one at a time; it took {took} s for {out:?}, with {end:?}"
        );
    });
}

#[test]
fn who_takes_nothing_holds_everybody_back() {
    explore::tasks().bound(1).check(|| async {
        for room in [1, 2] {
            let (input, _output, _pipeline) =
                Pipeline::start(vec![adds("wash"), adds("dry")], room);
            let mut accepted = 0;
            while time::timeout(SECOND, input.put("a".to_owned()))
                .await
                .is_ok()
            {
                accepted += 1;
                assert!(accepted < 30, "30 items were accepted, and nobody took one");
            }
            // Three channels, and one in the hands of each stage.
            let places = 3 * room + 2;
            assert!(
                accepted == places,
                "2 stages with room for {room} before, between and behind hold {places} items; \
                 {accepted} were accepted"
            );
        }
    });
}

#[test]
fn what_was_accepted_comes_out_after_the_shutdown_whoever_could_still_put() {
    explore::tasks().bound(2).check(|| async {
        let (input, mut output, pipeline) = Pipeline::start(vec![takes("wash", 60), adds("dry")], 2);
        puts(&input, &["a", "b"]).await;
        let start = Instant::now();
        let (end, out) = tokio::join!(pipeline.shutdown(HOUR), rest(&mut output));
        let took = start.elapsed().as_secs();
        assert!(
            end == Ok(()) && out == ["a wash", "b wash"].map(|item| format!("{item} dry")) && took == 120,
            "2 items of 60 s were accepted; after the shutdown {out:?} came out, and it ended after \
             {took} s with {end:?}"
        );
        drop(input);
    });
}

#[test]
fn shutdown_gives_new_and_waiting_items_back_at_once() {
    explore::tasks().bound(1).check(|| async {
        let (input, mut output, pipeline) = Pipeline::start(vec![takes("wash", 600)], 1);
        puts(&input, &["a", "b"]).await;
        let waiting = tokio::spawn({
            let input = input.clone();
            async move {
                let answer = input.put("c".to_owned()).await;
                (answer, Instant::now())
            }
        });
        time::sleep(SECOND).await;
        let called = Instant::now();
        let new = async {
            time::sleep(SECOND).await;
            let start = Instant::now();
            (input.put("d".to_owned()).await, start.elapsed())
        };
        let (end, new, out) = tokio::join!(pipeline.shutdown(HOUR), new, rest(&mut output));
        let (waited, when) = waiting.await.expect("it does not panic");
        assert!(
            waited == Err("c".to_owned()) && when == called,
            "an item that waited for room at the shutdown got {waited:?}, {:?} after it",
            when - called
        );
        assert!(
            new == (Err("d".to_owned()), Duration::ZERO),
            "an item that came during the shutdown got {new:?}"
        );
        assert!(
            end == Ok(()) && out.len() == 2,
            "2 items were accepted; {out:?} came out, and the end was {end:?}"
        );
    });
}

#[test]
fn an_error_stops_all_and_is_told() {
    explore::tasks().bound(1).check(|| async {
        let begun = Arc::new(AtomicUsize::new(0));
        let stages = vec![counts("read", &begun), fails("parse", "b"), adds("sum")];
        stops_at(
            stages,
            Failure::Failed("parse", "b read".to_owned()),
            &begun,
        )
        .await;
    });
}

#[test]
fn a_panic_stops_all_and_is_told() {
    explore::tasks().bound(1).check(|| async {
        let begun = Arc::new(AtomicUsize::new(0));
        let stages = vec![counts("read", &begun), panics("parse", "b"), adds("sum")];
        stops_at(stages, Failure::Panicked("parse"), &begun).await;
    });
}

/// A pipeline of which the second stage fails at the second item.
async fn stops_at(stages: Vec<Stage>, expected: Failure, begun: &AtomicUsize) {
    let (input, mut output, pipeline) = Pipeline::start(stages, 1);
    for item in ["a", "b"] {
        puts(&input, &[item]).await;
        time::sleep(SECOND).await;
    }
    let start = Instant::now();
    let refused = time::timeout(HOUR, input.put("c".to_owned())).await;
    let begun = begun.load(Ordering::SeqCst);
    assert!(
        refused == Ok(Err("c".to_owned())) && begun == 2,
        "a stage had failed; the next item got {refused:?}, and {begun} of 2 had begun"
    );
    let out = rest(&mut output).await;
    assert!(
        out == ["a read parse sum"],
        "a had come out before b failed; the output hands out {out:?} and ends"
    );
    let end = pipeline.shutdown(HOUR).await;
    let took = start.elapsed();
    assert!(
        end == Err(expected.clone()) && took == Duration::ZERO,
        "the end was to be {expected:?} at once; it was {end:?} after {took:?}"
    );
}

#[test]
fn a_failure_during_the_shutdown_does_not_wait_for_the_others() {
    explore::tasks().bound(1).check(|| async {
        let (input, mut output, pipeline) =
            Pipeline::start(vec![takes("read", 600), fails("parse", "a")], 1);
        puts(&input, &["a", "b"]).await;
        let start = Instant::now();
        let (end, out) = tokio::join!(pipeline.shutdown(2 * HOUR), rest(&mut output));
        let took = start.elapsed().as_secs();
        let expected = Err(Failure::Failed("parse", "a read".to_owned()));
        assert!(
            end == expected && out.is_empty() && took == 600,
            "the first item fails after 600 s, while the second is read; the end came after {took} \
             s: {end:?}, and out came {out:?}"
        );
    });
}

#[test]
fn a_stage_that_is_stuck_is_dropped_at_the_limit() {
    explore::tasks().bound(1).check(|| async {
        let (held, finished) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let stages = vec![adds("read"), stuck("parse", &held, &finished), takes("sum", 60)];
        let (input, mut output, pipeline) = Pipeline::start(stages, 1);
        puts(&input, &["a", "b"]).await;
        let start = Instant::now();
        let (end, out) = tokio::join!(pipeline.shutdown(100 * SECOND), rest(&mut output));
        let took = start.elapsed().as_secs();
        assert!(
            end == Err(Failure::TimedOut) && took == 100 && out.is_empty(),
            "a stage was stuck, and the limit was 100 s; after {took} s the end was {end:?}, and out \
             came {out:?}"
        );
        let held = held.load(Ordering::SeqCst);
        assert!(
            held == 0,
            "the shutdown has returned at its limit, and {held} item is still in a stage's hands"
        );
        time::sleep(2 * HOUR).await;
        let finished = finished.load(Ordering::SeqCst);
        assert!(
            finished == 0,
            "the pipeline was shut down at its limit, and {finished} item was finished later"
        );
    });
}

#[test]
fn the_limit_is_for_all_stages_together() {
    explore::tasks().bound(1).check(|| async {
        let stages = vec![takes("read", 60), takes("parse", 60), takes("sum", 60)];
        let (input, mut output, pipeline) = Pipeline::start(stages, 1);
        puts(&input, &["a"]).await;
        let start = Instant::now();
        let (end, out) = tokio::join!(pipeline.shutdown(90 * SECOND), rest(&mut output));
        let took = start.elapsed().as_secs();
        assert!(
            end == Err(Failure::TimedOut) && took == 90 && out.is_empty(),
            "three stages of 60 s, a limit of 90 s; after {took} s the end was {end:?}, and out came \
             {out:?}"
        );
    });
}

#[test]
fn if_nobody_wants_the_output_the_stages_stop() {
    explore::tasks().bound(1).check(|| async {
        let (input, output, pipeline) = Pipeline::start(vec![adds("read"), adds("sum")], 1);
        drop(output);
        let mut accepted = 0;
        while input.put("a".to_owned()).await.is_ok() {
            accepted += 1;
            assert!(
                accepted < 30,
                "30 items were accepted, and nobody wants any"
            );
            time::sleep(SECOND).await;
        }
        let end = time::timeout(HOUR, pipeline.shutdown(2 * HOUR)).await;
        assert!(
            end == Ok(Ok(())),
            "nobody wanted the output; the end was {end:?}"
        );
    });
}

#[test]
fn a_pipeline_that_is_dropped_stops() {
    explore::tasks().bound(1).check(|| async {
        let (held, finished) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let stages = vec![stuck("read", &held, &finished)];
        let (input, mut output, pipeline) = Pipeline::start(stages, 1);
        puts(&input, &["a"]).await;
        time::sleep(SECOND).await;
        drop(pipeline);
        let out = time::timeout(HOUR, rest(&mut output)).await;
        time::sleep(2 * HOUR).await;
        let finished = finished.load(Ordering::SeqCst);
        assert!(
            out == Ok(Vec::new()) && finished == 0,
            "the pipeline was dropped; the output gave {out:?}, and {finished} item was finished later"
        );
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().check(|| async {
        let (input, _output, _pipeline) = Pipeline::start(vec![adds("read"), adds("sum")], 1);
        time::sleep(HOUR).await;
        drop(input);
    });
}

fn stage(
    name: &'static str,
    mut work: impl FnMut(String) -> Result<(String, u64), String> + Send + 'static,
) -> Stage {
    let work = move |item| {
        let worked = work(item);
        let working: std::pin::Pin<Box<dyn Future<Output = Result<String, String>> + Send>> =
            Box::pin(async move {
                let (item, seconds) = worked?;
                if seconds > 0 {
                    time::sleep(Duration::from_secs(seconds)).await;
                }
                Ok(format!("{item} {name}"))
            });
        working
    };
    Stage {
        name,
        work: Box::new(work),
    }
}

/// A stage that adds its name.
fn adds(name: &'static str) -> Stage {
    stage(name, |item| Ok((item, 0)))
}

/// The same, and it takes some seconds.
fn takes(name: &'static str, seconds: u64) -> Stage {
    stage(name, move |item| Ok((item, seconds)))
}

/// The same, and it counts what begins.
fn counts(name: &'static str, begun: &Arc<AtomicUsize>) -> Stage {
    let begun = Arc::clone(begun);
    stage(name, move |item| {
        begun.fetch_add(1, Ordering::SeqCst);
        Ok((item, 0))
    })
}

fn fails(name: &'static str, at: &'static str) -> Stage {
    stage(name, move |item| match item.starts_with(at) {
        true => Err(item),
        false => Ok((item, 0)),
    })
}

fn panics(name: &'static str, at: &'static str) -> Stage {
    stage(name, move |item| {
        assert!(!item.starts_with(at), "{item} cannot be parsed");
        Ok((item, 0))
    })
}

/// An item in the hands of a stage.
struct Held(Arc<AtomicUsize>);

impl Drop for Held {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A stage that takes an hour and a half, and counts what it holds and what it finishes.
fn stuck(name: &'static str, held: &Arc<AtomicUsize>, finished: &Arc<AtomicUsize>) -> Stage {
    let (held, finished) = (Arc::clone(held), Arc::clone(finished));
    let work = move |item| {
        let finished = Arc::clone(&finished);
        held.fetch_add(1, Ordering::SeqCst);
        let holding = Held(Arc::clone(&held));
        let working: std::pin::Pin<Box<dyn Future<Output = Result<String, String>> + Send>> =
            Box::pin(async move {
                let _holding = holding;
                time::sleep(HOUR + HOUR / 2).await;
                finished.fetch_add(1, Ordering::SeqCst);
                Ok(item)
            });
        working
    };
    Stage {
        name,
        work: Box::new(work),
    }
}

async fn puts(input: &Input, items: &[&str]) {
    for item in items {
        let put = time::timeout(HOUR, input.put((*item).to_owned())).await;
        assert!(
            put == Ok(Ok(())),
            "{item} was to be accepted, and got {put:?}"
        );
    }
}

/// What comes out until the end.
async fn rest(output: &mut Output) -> Vec<String> {
    let mut rest = Vec::new();
    while let Some(item) = output.next().await {
        rest.push(item);
    }
    rest
}
