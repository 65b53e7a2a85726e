//! Stages end from the source to the sink when there is no more, and from the sink to the source when
//! nobody takes any more: without a word from anybody.

use std::sync::{Arc, Mutex};

use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::task::JoinSet;

type Ended = Arc<Mutex<Vec<&'static str>>>;

/// Hands items on until there are none, or nobody takes them.
async fn stage(name: &'static str, mut from: Receiver<u32>, to: Sender<u32>, ended: Ended) {
    while let Some(item) = from.recv().await {
        if to.send(item).await.is_err() {
            break;
        }
    }
    ended.lock().expect("no panic").push(name);
}

fn pipeline(ended: &Ended) -> (Sender<u32>, Receiver<u32>, JoinSet<()>) {
    let (source, first) = mpsc::channel(1);
    let (between, second) = mpsc::channel(1);
    let (out, sink) = mpsc::channel(1);
    let mut stages = JoinSet::new();
    stages.spawn(stage("parse", first, between, Arc::clone(ended)));
    stages.spawn(stage("count", second, out, Arc::clone(ended)));
    (source, sink, stages)
}

#[test]
fn the_end_of_the_source_goes_through_all_stages_in_order() {
    let verdict = explore::tasks().explore(|| async {
        let ended = Ended::default();
        let (source, mut sink, stages) = pipeline(&ended);
        source.send(7).await.expect("somebody parses");
        drop(source);
        assert_eq!(sink.recv().await, Some(7));
        assert_eq!(sink.recv().await, None);
        stages.join_all().await;
        assert_eq!(*ended.lock().expect("no panic"), ["parse", "count"]);
    });
    verdict.expect_pass();
}

#[test]
fn a_sink_that_leaves_stops_the_source() {
    let verdict = explore::tasks().explore(|| async {
        let ended = Ended::default();
        let (source, sink, stages) = pipeline(&ended);
        drop(sink);
        let mut sent = 0;
        while source.send(sent).await.is_ok() {
            sent += 1;
        }
        stages.join_all().await;
        // One that `count` fails to hand on, and so many that lie between.
        assert!(sent <= 4, "{sent} were sent after the sink had left");
        assert_eq!(*ended.lock().expect("no panic"), ["count", "parse"]);
    });
    verdict.expect_pass();
}
