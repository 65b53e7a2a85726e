//! What is asked of the batcher, in every order in which the tasks can run.

use std::num::NonZeroUsize;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use batcher::{Failed, Reading, Summary, batch};
use tokio::sync::mpsc::{self, Sender};
use tokio::task::JoinHandle;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

type Stored = Pin<Box<dyn Future<Output = Result<(), &'static str>> + Send>>;
type Collected = Result<Summary, Failed<&'static str>>;

/// No right answer needs more steps than that, and one that polls is soon found out.
fn tasks() -> explore::Tasks {
    explore::tasks().steps(2_000)
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The reading with that number.
fn reading(number: i32) -> Reading {
    Reading {
        sensor: 7,
        tenths: number,
    }
}

fn numbers(readings: &[Reading]) -> Vec<i32> {
    readings.iter().map(|reading| reading.tenths).collect()
}

/// A store that needs some seconds for a batch, and notes which ones came, and after how many seconds.
#[derive(Clone)]
struct Store {
    opened: Instant,
    needs: u64,
    /// The number of the batch that it fails to store.
    fails: usize,
    came: Arc<Mutex<Vec<(u64, Vec<i32>)>>>,
    under_way: Arc<AtomicUsize>,
    most: Arc<AtomicUsize>,
    finished: Arc<AtomicUsize>,
}

impl Store {
    fn that_needs(needs: u64) -> Self {
        Self {
            opened: Instant::now(),
            needs,
            fails: 0,
            came: Arc::default(),
            under_way: Arc::default(),
            most: Arc::default(),
            finished: Arc::default(),
        }
    }

    fn that_fails(batch: usize, needs: u64) -> Self {
        Self {
            fails: batch,
            ..Self::that_needs(needs)
        }
    }

    fn stores(&self) -> impl FnMut(Vec<Reading>) -> Stored + Send + 'static {
        let store = self.clone();
        move |batch| Box::pin(store.clone().store(batch))
    }

    async fn store(self, batch: Vec<Reading>) -> Result<(), &'static str> {
        let number = {
            let mut came = self.came.lock().unwrap();
            came.push((self.opened.elapsed().as_secs(), numbers(&batch)));
            came.len()
        };
        let now = self.under_way.fetch_add(1, Ordering::SeqCst) + 1;
        self.most.fetch_max(now, Ordering::SeqCst);
        if self.needs > 0 {
            time::sleep(seconds(self.needs)).await;
        }
        self.under_way.fetch_sub(1, Ordering::SeqCst);
        self.finished.fetch_add(1, Ordering::SeqCst);
        match number == self.fails {
            true => Err("the disk is full"),
            false => Ok(()),
        }
    }

    /// The batches that came, with the second in which each did.
    fn came(&self) -> Vec<(u64, Vec<i32>)> {
        self.came.lock().unwrap().clone()
    }

    /// What came, in its order.
    fn readings(&self) -> Vec<i32> {
        self.came()
            .into_iter()
            .flat_map(|(_, batch)| batch)
            .collect()
    }
}

/// Collects batches in a task of its own; the channel has `room`.
fn collect(room: usize, n: usize, age: u64, store: &Store) -> (Sender<Reading>, Collecting) {
    let (sensor, readings) = mpsc::channel(room);
    let n = NonZeroUsize::new(n).expect("a batch has at least one reading");
    let stop = CancellationToken::new();
    let collecting = batch(readings, n, seconds(age), stop.clone(), store.stores());
    let task = tokio::spawn(collecting);
    (sensor, Collecting { stop, task })
}

struct Collecting {
    stop: CancellationToken,
    task: JoinHandle<Collected>,
}

impl Collecting {
    /// What `batch` returns, which it should do at some time.
    async fn returns(self) -> Collected {
        match time::timeout(seconds(10_000), self.task).await {
            Ok(result) => result.expect("batch panicked"),
            Err(_) => panic!("batch did not return"),
        }
    }
}

async fn send(sensor: &Sender<Reading>, numbers: impl IntoIterator<Item = i32>) {
    for number in numbers {
        let sent = sensor.send(reading(number)).await;
        assert!(sent.is_ok(), "reading {number} was not accepted");
    }
}

/// Sends readings from 1 on, up to `last`, until one is not accepted; how many were.
fn source(sensor: Sender<Reading>, last: i32) -> (Arc<AtomicUsize>, JoinHandle<()>) {
    let accepted = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&accepted);
    let task = tokio::spawn(async move {
        for number in 1..=last {
            if sensor.send(reading(number)).await.is_err() {
                break;
            }
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    (accepted, task)
}

fn batches(batches: &[(u64, &[i32])]) -> Vec<(u64, Vec<i32>)> {
    let owned = |(second, batch): &(u64, &[i32])| (*second, batch.to_vec());
    batches.iter().map(owned).collect()
}

#[test]
fn a_batch_goes_out_when_it_has_n_readings() {
    tasks().check(|| async {
        let store = Store::that_needs(0);
        let (sensor, collecting) = collect(4, 2, 60, &store);
        send(&sensor, [1]).await;
        time::sleep(seconds(3)).await;
        send(&sensor, [2]).await;
        time::sleep(seconds(1)).await;
        let came = store.came();
        assert!(
            came == batches(&[(3, &[1, 2])]),
            "with n = 2, readings 1 and 2 in the seconds 0 and 3 went out as (second, batch): {came:?}"
        );
        drop(sensor);
        collecting.returns().await.expect("the store does not fail");
    });
}

#[test]
fn a_batch_goes_out_when_its_oldest_reading_is_old_enough() {
    tasks().check(|| async {
        let store = Store::that_needs(0);
        let (sensor, collecting) = collect(4, 10, 5, &store);
        for number in 1..=4 {
            send(&sensor, [number]).await;
            time::sleep(seconds(3)).await;
        }
        let came = store.came();
        assert!(
            came == batches(&[(5, &[1, 2]), (11, &[3, 4])]),
            "with an age of 5 s, readings 1 to 4 in the seconds 0, 3, 6 and 9 went out as (second, \
             batch): {came:?}"
        );
        drop(sensor);
        collecting.returns().await.expect("the store does not fail");
    });
}

#[test]
fn the_age_of_a_batch_does_not_depend_on_the_batch_before() {
    tasks().check(|| async {
        let store = Store::that_needs(0);
        let (sensor, collecting) = collect(4, 2, 5, &store);
        send(&sensor, [1]).await;
        time::sleep(seconds(1)).await;
        send(&sensor, [2]).await;
        time::sleep(seconds(3)).await;
        send(&sensor, [3]).await;
        time::sleep(seconds(9)).await;
        let came = store.came();
        assert!(
            came == batches(&[(1, &[1, 2]), (9, &[3])]),
            "with n = 2 and an age of 5 s, readings 1 to 3 in the seconds 0, 1 and 4 went out as \
             (second, batch): {came:?}"
        );
        drop(sensor);
        collecting.returns().await.expect("the store does not fail");
    });
}

#[test]
fn no_batch_is_empty() {
    tasks().check(|| async {
        let store = Store::that_needs(0);
        let (sensor, collecting) = collect(4, 2, 5, &store);
        time::sleep(seconds(12)).await;
        send(&sensor, [1, 2]).await;
        time::sleep(seconds(12)).await;
        drop(sensor);
        let summary = collecting.returns().await.expect("the store does not fail");
        let came = store.came();
        assert!(
            came == batches(&[(12, &[1, 2])]),
            "two readings in the second 12, and silence before and after, went out as (second, \
             batch): {came:?}"
        );
        let expected = Summary {
            batches: 1,
            readings: 2,
        };
        assert!(
            summary == expected,
            "1 batch of 2 readings was stored, and batch returned {summary:?}"
        );
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    tasks().check(|| async {
        let store = Store::that_needs(100_000);
        let (sensor, collecting) = collect(4, 10, 100_000, &store);
        time::sleep(seconds(100_000)).await;
        send(&sensor, [1]).await;
        time::sleep(seconds(150_000)).await;
        send(&sensor, [2]).await;
        drop(sensor);
        let summary = collecting.task.await.expect("batch panicked");
        let came = store.came();
        assert!(
            came == batches(&[(200_000, &[1]), (300_000, &[2])]),
            "with an age of 100,000 s and a store that needs as long, readings 1 and 2 in the \
             seconds 100,000 and 250,000 went out as (second, batch): {came:?}"
        );
        assert!(summary.is_ok(), "the store does not fail: {summary:?}");
    });
}

#[test]
fn the_rest_goes_out_at_once_when_the_channel_ends() {
    tasks().check(|| async {
        let store = Store::that_needs(0);
        let (sensor, collecting) = collect(4, 2, 60, &store);
        send(&sensor, 1..=3).await;
        time::sleep(seconds(2)).await;
        drop(sensor);
        let summary = collecting.returns().await.expect("the store does not fail");
        let took = store.opened.elapsed().as_secs();
        assert!(
            took == 2,
            "the channel ended after 2 s, and batch returned after {took} s"
        );
        let stored = store.readings();
        assert!(
            stored == [1, 2, 3],
            "readings 1 to 3 were accepted, and {stored:?} stored"
        );
        let expected = Summary {
            batches: 2,
            readings: 3,
        };
        assert!(
            summary == expected,
            "3 readings went out in 2 batches, and batch returned {summary:?}"
        );
    });
}

#[test]
fn readings_go_out_in_their_order_and_never_more_than_n_of_them() {
    tasks().bound(2).check(|| async {
        let store = Store::that_needs(1);
        let (sensor, collecting) = collect(3, 2, 60, &store);
        let (_, source) = source(sensor, 7);
        collecting.returns().await.expect("the store does not fail");
        source.await.expect("the source does not panic");
        let stored = store.readings();
        assert!(
            stored == (1..=7).collect::<Vec<_>>(),
            "readings 1 to 7 were stored as {stored:?}"
        );
        let largest = store.came().iter().map(|(_, batch)| batch.len()).max();
        assert!(
            largest == Some(2),
            "with n = 2, the largest batch has {largest:?} readings"
        );
    });
}

#[test]
fn the_store_works_on_one_batch_at_a_time() {
    tasks().bound(2).check(|| async {
        let store = Store::that_needs(3);
        let (sensor, collecting) = collect(2, 1, 60, &store);
        send(&sensor, 1..=3).await;
        drop(sensor);
        let _ = collecting.returns().await;
        let most = store.most.load(Ordering::SeqCst);
        assert!(most == 1, "the store had {most} batches at the same time");
        let took = store.opened.elapsed().as_secs();
        assert!(
            took == 9,
            "3 batches of 3 s each were stored within {took} s"
        );
    });
}

#[test]
fn a_busy_store_does_not_hold_up_the_next_n_readings() {
    tasks().check(|| async {
        let store = Store::that_needs(30);
        let (sensor, collecting) = collect(1, 2, 5, &store);
        let (accepted, source) = source(sensor, 5);
        time::sleep(seconds(1)).await;
        let sent = accepted.load(Ordering::SeqCst);
        assert!(
            sent == 5,
            "{sent} of 5 readings were accepted within a second: 2 can be in the store, 2 be the next \
             batch, and the channel is for 1"
        );
        collecting.returns().await.expect("the store does not fail");
        source.await.expect("the source does not panic");
    });
}

#[test]
fn a_busy_store_holds_the_source_back() {
    tasks().bound(2).check(|| async {
        let store = Store::that_needs(30);
        let (sensor, collecting) = collect(1, 2, 5, &store);
        let (accepted, source) = source(sensor, 8);
        time::sleep(seconds(20)).await;
        let sent = accepted.load(Ordering::SeqCst);
        assert!(
            sent <= 5,
            "{sent} readings were accepted while the store had the first batch: 2 are in the store, 2 \
             are the next batch, and the channel is for 1"
        );
        collecting.returns().await.expect("the store does not fail");
        source.await.expect("the source does not panic");
        let stored = store.readings();
        assert!(
            stored == (1..=8).collect::<Vec<_>>(),
            "readings 1 to 8 were accepted, and {stored:?} stored"
        );
    });
}

#[test]
fn a_batch_that_is_due_goes_out_as_soon_as_the_store_is_free() {
    tasks().check(|| async {
        let store = Store::that_needs(20);
        let (sensor, collecting) = collect(4, 2, 5, &store);
        send(&sensor, [1, 2]).await;
        time::sleep(seconds(2)).await;
        send(&sensor, [3, 4]).await;
        time::sleep(seconds(20)).await;
        send(&sensor, [5]).await;
        time::sleep(seconds(40)).await;
        let came = store.came();
        assert!(
            came == batches(&[(0, &[1, 2]), (20, &[3, 4]), (40, &[5])]),
            "with n = 2, an age of 5 s and a store that needs 20 s, readings 1 to 5 in the seconds 0, \
             0, 2, 2 and 22 went out as (second, batch): {came:?}"
        );
        drop(sensor);
        collecting.returns().await.expect("the store does not fail");
    });
}

#[test]
fn a_batch_that_is_due_takes_more_readings_until_the_store_is_free() {
    tasks().check(|| async {
        let store = Store::that_needs(20);
        let (sensor, collecting) = collect(4, 3, 5, &store);
        send(&sensor, 1..=3).await;
        time::sleep(seconds(2)).await;
        send(&sensor, [4]).await;
        time::sleep(seconds(8)).await;
        send(&sensor, [5]).await;
        time::sleep(seconds(40)).await;
        let came = store.came();
        assert!(
            came == batches(&[(0, &[1, 2, 3]), (20, &[4, 5])]),
            "with n = 3, an age of 5 s and a store that needs 20 s, readings 1 to 5 in the seconds 0, \
             0, 0, 2 and 10 went out as (second, batch): {came:?}"
        );
        drop(sensor);
        collecting.returns().await.expect("the store does not fail");
    });
}

#[test]
fn a_reading_grows_older_while_the_store_is_busy() {
    tasks().check(|| async {
        let store = Store::that_needs(20);
        let (sensor, collecting) = collect(4, 2, 5, &store);
        send(&sensor, [1, 2]).await;
        time::sleep(seconds(18)).await;
        send(&sensor, [3]).await;
        time::sleep(seconds(40)).await;
        let came = store.came();
        assert!(
            came == batches(&[(0, &[1, 2]), (23, &[3])]),
            "with n = 2, an age of 5 s and a store that needs 20 s, readings 1 to 3 in the seconds 0, \
             0 and 18 went out as (second, batch): {came:?}"
        );
        drop(sensor);
        collecting.returns().await.expect("the store does not fail");
    });
}

#[test]
fn a_store_that_fails_gives_back_what_is_accepted_and_not_stored() {
    tasks().bound(2).check(|| async {
        // The second batch fails while the third is there and more is in the channel.
        let store = Store::that_fails(2, 1);
        let (sensor, collecting) = collect(2, 2, 60, &store);
        let (accepted, source) = source(sensor, 20);
        let result = collecting.returns().await;
        source.await.expect("the source does not panic");
        let failed = result.expect_err("the store failed, and batch reported success");
        let accepted = accepted.load(Ordering::SeqCst) as i32;
        let came = store.readings();
        assert!(
            came == [1, 2, 3, 4],
            "readings 1 and 2 were stored, 3 and 4 failed, and the store was asked for {came:?}"
        );
        let back = numbers(&failed.readings);
        assert!(
            back == (3..=accepted).collect::<Vec<_>>(),
            "readings 1 to {accepted} were accepted, 1 and 2 are stored, and {back:?} came back"
        );
        assert!(
            failed.error == "the disk is full",
            "the store said \"the disk is full\", and batch \"{}\"",
            failed.error
        );
    });
}

#[test]
fn an_error_comes_back_at_once() {
    tasks().check(|| async {
        let store = Store::that_fails(1, 3);
        let (sensor, collecting) = collect(4, 2, 60, &store);
        send(&sensor, 1..=3).await;
        let failed = collecting.returns().await;
        let took = store.opened.elapsed().as_secs();
        let failed = failed.expect_err("the store failed, and batch reported success");
        assert!(
            took == 3,
            "the store failed after 3 s, and batch returned after {took} s"
        );
        let back = numbers(&failed.readings);
        assert!(
            back == [1, 2, 3],
            "readings 1 to 3 were accepted, none is stored, and {back:?} came back"
        );
        let late = sensor.send(reading(4)).await;
        assert!(late.is_err(), "a reading was accepted after the end");
    });
}

#[test]
fn a_store_that_fails_after_the_end_or_the_stop_gives_back_the_rest() {
    tasks().bound(2).check(|| async {
        let (channel, stop) = ("the end of the channel", "the stop");
        for (end, last) in [(channel, 5), (stop, 5), (channel, 7), (stop, 7)] {
            let store = Store::that_fails(2, 10);
            let (sensor, collecting) = collect(4, 2, 60, &store);
            send(&sensor, 1..=last).await;
            time::sleep(seconds(5)).await;
            match end == stop {
                true => collecting.stop.cancel(),
                false => drop(sensor),
            }
            let result = collecting.returns().await;
            let took = store.opened.elapsed().as_secs();
            let failed = result.expect_err("the store failed, and batch reported success");
            let back = numbers(&failed.readings);
            assert!(
                back == (3..=last).collect::<Vec<_>>(),
                "readings 1 to {last} were accepted, then came {end}, 1 and 2 were stored, 3 and 4 \
                 failed, and {back:?} came back"
            );
            assert!(
                took == 20,
                "the store failed after 20 s, and batch returned after {took} s"
            );
        }
    });
}

#[test]
fn a_stop_stores_what_was_accepted_and_nothing_else() {
    tasks().bound(2).check(|| async {
        let store = Store::that_needs(10);
        let (sensor, collecting) = collect(2, 2, 600, &store);
        let (accepted, source) = source(sensor, 20);
        time::sleep(seconds(5)).await;
        collecting.stop.cancel();
        let summary = collecting.returns().await.expect("the store does not fail");
        source.await.expect("the source does not panic");
        let accepted = accepted.load(Ordering::SeqCst);
        let stored = store.readings();
        assert!(
            stored == (1..=accepted as i32).collect::<Vec<_>>(),
            "until the stop readings 1 to {accepted} were accepted, and {stored:?} stored"
        );
        assert!(
            summary.readings == accepted,
            "{accepted} readings were stored, and batch returned {summary:?}"
        );
        let largest = store.came().iter().map(|(_, batch)| batch.len()).max();
        assert!(
            largest == Some(2),
            "with n = 2, the largest batch has {largest:?} readings"
        );
    });
}

#[test]
fn a_stop_that_comes_before_the_beginning_stores_what_is_in_the_channel() {
    tasks().check(|| async {
        let store = Store::that_needs(0);
        let (sensor, readings) = mpsc::channel(4);
        send(&sensor, 1..=3).await;
        let stop = CancellationToken::new();
        stop.cancel();
        let n = NonZeroUsize::new(2).expect("2 is not 0");
        let task = tokio::spawn(batch(readings, n, seconds(5), stop.clone(), store.stores()));
        let summary = Collecting { stop, task }.returns().await;
        let stored = store.readings();
        assert!(
            stored == [1, 2, 3],
            "readings 1 to 3 were in the channel when batch was called, `stop` was cancelled already, \
             and {stored:?} stored"
        );
        assert!(summary.is_ok(), "the store does not fail: {summary:?}");
        drop(sensor);
    });
}

#[test]
fn a_stop_does_not_wait_for_the_age() {
    tasks().check(|| async {
        let store = Store::that_needs(0);
        let (sensor, collecting) = collect(4, 2, 600, &store);
        send(&sensor, 1..=3).await;
        time::sleep(seconds(2)).await;
        collecting.stop.cancel();
        collecting.returns().await.expect("the store does not fail");
        let took = store.opened.elapsed().as_secs();
        assert!(
            took == 2,
            "the stop came after 2 s, and batch returned after {took} s"
        );
        let stored = store.readings();
        assert!(
            stored == [1, 2, 3],
            "readings 1 to 3 were accepted, and {stored:?} stored"
        );
        drop(sensor);
    });
}

#[test]
fn no_reading_is_accepted_after_a_stop_even_while_the_store_is_busy() {
    tasks().check(|| async {
        let store = Store::that_needs(20);
        // One is in the store, one is the next batch, and the channel has room.
        let (sensor, collecting) = collect(4, 1, 60, &store);
        send(&sensor, [1, 2]).await;
        time::sleep(seconds(2)).await;
        collecting.stop.cancel();
        time::sleep(seconds(1)).await;
        let late = sensor.try_send(reading(3));
        assert!(
            late.is_err(),
            "a reading was accepted one second after the stop, while the store was busy"
        );
        collecting.returns().await.expect("the store does not fail");
        let stored = store.readings();
        assert!(
            stored == [1, 2],
            "readings 1 and 2 were accepted, and {stored:?} stored"
        );
    });
}

#[test]
fn a_batcher_that_is_dropped_leaves_nothing_behind() {
    tasks().check(|| async {
        let store = Store::that_needs(8);
        let (sensor, readings) = mpsc::channel(4);
        send(&sensor, 1..=3).await;
        let stop = CancellationToken::new();
        let n = NonZeroUsize::new(2).expect("2 is not 0");
        let collecting = batch(readings, n, seconds(5), stop, store.stores());
        let result = time::timeout(seconds(2), collecting).await;
        assert!(
            result.is_err(),
            "batch returned {result:?} before the channel ended"
        );

        time::sleep(seconds(60)).await;
        let finished = store.finished.load(Ordering::SeqCst);
        assert!(
            finished == 0,
            "{finished} batches were stored after the batcher was dropped"
        );
        assert!(
            sensor.is_closed(),
            "readings are still accepted a minute after the batcher was dropped"
        );
    });
}
