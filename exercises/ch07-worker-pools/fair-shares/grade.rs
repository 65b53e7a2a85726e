//! What is asked of the queue, in every order in which the tasks can run.

use std::panic;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fair_shares::FairShares;
use tokio::task::{self, JoinHandle};
use tokio::time::{self, Instant};

/// An item: its class, and its number in it.
type Item = (usize, u32);

#[test]
fn under_load_each_class_has_its_share_of_any_round() {
    explore::tasks().bound(1).check(|| async {
        for weights in [&[3, 2, 1][..], &[1, 2, 3], &[1, 1], &[5, 1]] {
            let queue = FairShares::new(weights);
            let round = weights.iter().sum::<u32>();
            push(&queue, weights, 3);
            let handed = hand_out(&queue, 3 * round).await;
            check_shares(weights, &[], &handed, "all classes waited");
        }
    });
}

#[test]
fn shares_hold_while_items_keep_coming() {
    explore::tasks().bound(0).check(|| async {
        let weights = [3, 2, 1];
        let queue = FairShares::new(&weights);
        push(&queue, &weights, 1);
        let mut handed = Vec::new();
        for _ in 0..36 {
            handed.extend(hand_out(&queue, 1).await);
            // For each item that goes another one of its class comes.
            let (class, number) = handed[handed.len() - 1];
            assert!(queue.push(class, (class, number)).is_ok(), "an open queue");
        }
        check_shares(&weights, &[], &handed, "for each item that went one came");
    });
}

#[test]
fn a_class_that_does_not_wait_lends_its_share() {
    explore::tasks().bound(1).check(|| async {
        for absent in 0..3 {
            let mut weights = [3, 2, 1];
            let queue = FairShares::new(&weights);
            weights[absent] = 0;
            push(&queue, &weights, 4);
            let count = 4 * weights.iter().sum::<u32>();
            let handed = hand_out(&queue, count).await;
            let situation = format!("all classes waited but class {absent}");
            check_shares(&weights, &[3, 2, 1], &handed, &situation);
        }
    });
}

#[test]
fn a_class_alone_has_everything() {
    explore::tasks().bound(1).check(|| async {
        for class in 0..3 {
            let mut alone = [0; 3];
            alone[class] = 20;
            let queue = FairShares::new(&[3, 2, 1]);
            push(&queue, &alone, 1);
            let handed = hand_out(&queue, 20).await;
            let numbers: Vec<u32> = handed.iter().map(|(_, number)| *number).collect();
            assert!(
                numbers == Vec::from_iter(0..20),
                "only class {class} waited, with the items 0 to 19, and they came as {numbers:?}"
            );
        }
    });
}

#[test]
fn what_was_not_used_is_not_owed() {
    explore::tasks().bound(1).check(|| async {
        for late in 0..3 {
            let weights = [3, 2, 1];
            let queue = FairShares::new(&weights);
            let mut early = weights;
            early[late] = 0;
            // The others are alone for many rounds.
            push(&queue, &early, 12);
            hand_out(&queue, 10 * early.iter().sum::<u32>()).await;
            push(&queue, &weights, 20);
            let handed = hand_out(&queue, 36).await;
            let situation = format!("class {late} began to wait after 10 rounds of the others");
            check_nobody_starves(&handed, &situation);
            check_shares(&weights, &[], &handed[12..], &situation);
        }
    });
}

#[test]
fn a_share_comes_back_in_the_middle_of_a_round() {
    // Many queues, one after the other, in a single task.
    explore::tasks().bound(0).steps(100_000).check(|| async {
        let weights = [3, 2, 1];
        for (absent, count) in (0..3).flat_map(|class| (1..12).map(move |count| (class, count))) {
            let queue = FairShares::new(&weights);
            let mut early = weights;
            early[absent] = 0;
            push(&queue, &early, 12);
            hand_out(&queue, count).await;
            push(&queue, &weights, 12);
            let handed = hand_out(&queue, 30).await;
            let situation = format!("class {absent} began to wait after {count} items");
            check_nobody_starves(&handed, &situation);
            check_shares(&weights, &[], &handed[12..], &situation);
        }
    });
}

#[test]
fn a_share_is_lent_again_when_a_class_has_no_more() {
    // Many queues, one after the other, in a single task.
    explore::tasks().bound(0).steps(100_000).check(|| async {
        for (absent, count) in (0..3).flat_map(|class| (1..8).map(move |count| (class, count))) {
            let queue = FairShares::new(&[3, 2, 1]);
            let mut early = [30; 3];
            early[absent] = count;
            push(&queue, &early, 1);
            let mut left = count;
            while left > 0 {
                let handed = hand_out(&queue, 1).await;
                left -= u32::from(handed[0].0 == absent);
            }
            hand_out(&queue, 12).await;
            // However many the others have sent by then, they wait for two more rounds.
            let mut weights = [3, 2, 1];
            weights[absent] = 0;
            push(&queue, &weights, 12);
            let handed = hand_out(&queue, 12).await;
            let situation = format!("class {absent} had {count} items and then no more");
            check_shares(&weights, &[3, 2, 1], &handed, &situation);
        }
    });
}

#[test]
fn items_of_a_class_keep_their_order() {
    explore::tasks().bound(2).check(|| async {
        let queue = FairShares::new(&[2, 1]);
        push(&queue, &[2, 1], 3);
        let handed = hand_out(&queue, 9).await;
        for (class, count) in [(0, 6), (1, 3)] {
            let of_class = handed.iter().filter(|(of, _)| *of == class);
            let numbers: Vec<u32> = of_class.map(|(_, number)| *number).collect();
            assert!(
                numbers == Vec::from_iter(0..count),
                "items 0 to {} of class {class} were pushed, and came as {numbers:?}",
                count - 1
            );
        }
    });
}

#[test]
fn each_item_wakes_somebody_who_waits() {
    explore::tasks().check(|| async {
        let queue = Arc::new(FairShares::new(&[2, 1]));
        let consumers = [consumer(&queue), consumer(&queue)];
        for class in [0, 1] {
            assert_eq!(queue.push(class, (class, 0)), Ok(()), "an open queue");
        }
        let mut got = Vec::new();
        for consumer in consumers {
            let reproach = "2 items came, and of 2 consumers one still waits";
            let item = within(10, consumer, reproach).await.expect("next panicked");
            got.extend(item);
        }
        got.sort_unstable();
        assert!(
            got == [(0, 0), (1, 0)],
            "2 consumers waited, an item of each class came, and they got {got:?}"
        );
    });
}

#[test]
fn a_consumer_that_comes_too_late_sleeps_on() {
    explore::tasks().bound(2).check(|| async {
        let queue = Arc::new(FairShares::new(&[2, 1]));
        let waits = consumer(&queue);
        time::sleep(seconds(1)).await;
        assert_eq!(queue.push(0, (0, 0)), Ok(()), "an open queue");
        let quick = time::timeout(seconds(1), queue.next()).await;
        let quick = u32::from(quick.is_ok());
        time::sleep(seconds(1)).await;
        let slow = u32::from(waits.is_finished());
        assert!(
            quick + slow == 1,
            "an item came for one who waited and another who asked, and {} had one",
            quick + slow
        );
        assert_eq!(queue.push(0, (0, 1)), Ok(()), "an open queue");
        let reproach = "an item went to somebody else, another one came, and one still waits";
        if slow == 0 {
            let item = within(10, waits, reproach).await.expect("next panicked");
            assert_eq!(item, Some((0, 1)), "the second item");
        }
    });
}

#[test]
fn several_consumers_share_what_is_handed_out() {
    explore::tasks().bound(2).check(|| async {
        let queue = Arc::new(FairShares::new(&[2, 1]));
        let taken = Arc::new(Mutex::new(Vec::new()));
        let consumers = [0, 1].map(|_| {
            let (queue, taken) = (Arc::clone(&queue), Arc::clone(&taken));
            tokio::spawn(async move {
                while let Some(item) = queue.next().await {
                    taken.lock().unwrap().push(item);
                    task::yield_now().await;
                }
            })
        });
        push(&queue, &[2, 1], 1);
        queue.close();
        for consumer in consumers {
            let end = within(
                10,
                consumer,
                "the queue was closed, and a consumer still waits",
            )
            .await;
            end.expect("next panicked");
        }
        let mut taken = taken.lock().unwrap().clone();
        taken.sort_unstable();
        assert!(
            taken == [(0, 0), (0, 1), (1, 0)],
            "2 items of class 0 and 1 of class 1 were pushed, and 2 consumers got {taken:?}"
        );
    });
}

#[test]
fn what_a_dropped_call_was_about_to_get_another_one_gets() {
    explore::tasks().check(|| async {
        let queue = Arc::new(FairShares::new(&[2, 1]));
        let (dropped, stays) = (consumer(&queue), consumer(&queue));
        time::sleep(seconds(1)).await;
        assert_eq!(queue.push(0, (0, 0)), Ok(()), "an open queue");
        dropped.abort();
        let mut got = Vec::new();
        if let Ok(item) = dropped.await {
            got.push(item);
            queue.close();
        }
        let reproach =
            "2 waited, an item came, one call was dropped, and the other one still waits";
        got.extend(within(10, stays, reproach).await);
        let items: Vec<Item> = got.into_iter().flatten().collect();
        assert!(
            items == [(0, 0)],
            "an item came, one of two calls was dropped, and {items:?} were handed out"
        );
    });
}

#[test]
fn after_close_what_is_queued_is_handed_out_and_nothing_else() {
    explore::tasks().bound(2).check(|| async {
        let queue = FairShares::new(&[2, 1]);
        push(&queue, &[2, 1], 1);
        queue.close();
        queue.close();
        let late = queue.push(1, (1, 9));
        assert!(
            late == Err((1, 9)),
            "an item came after close, and push returned {late:?}"
        );
        let handed = hand_out(&queue, 3).await.len();
        assert_eq!(handed, 3, "3 items were queued, and {handed} handed out");
        for _ in 0..2 {
            let end = within(10, queue.next(), "closed and empty, and next still waits").await;
            assert!(end.is_none(), "closed and empty, and next returned {end:?}");
        }
    });
}

#[test]
fn close_ends_everybody_who_waits() {
    explore::tasks().check(|| async {
        let queue = Arc::new(FairShares::new(&[2, 1]));
        let consumers = [consumer(&queue), consumer(&queue)];
        queue.close();
        for consumer in consumers {
            let end = within(
                10,
                consumer,
                "the queue was closed, and a consumer still waits",
            )
            .await;
            let end = end.expect("next panicked");
            assert!(end.is_none(), "closed and empty, and next returned {end:?}");
        }
    });
}

#[test]
fn an_item_that_comes_with_the_close_is_handed_out_or_given_back() {
    explore::tasks().check(|| async {
        let queue = Arc::new(FairShares::new(&[2, 1]));
        let pushing = Arc::clone(&queue);
        let pushing = tokio::spawn(async move { pushing.push(1, (1, 0)).is_ok() });
        let consumer = consumer(&queue);
        task::yield_now().await;
        queue.close();
        let accepted = pushing.await.expect("push panicked");
        let got = within(
            10,
            consumer,
            "the queue was closed, and a consumer still waits",
        )
        .await;
        let got = got.expect("next panicked").is_some();
        assert!(
            accepted == got,
            "whether the item was accepted: {accepted}; whether it was handed out: {got}"
        );
    });
}

#[test]
fn while_there_is_nothing_to_do_nothing_is_done() {
    explore::tasks().bound(2).check(|| async {
        let queue = Arc::new(FairShares::new(&[2, 1]));
        let consumers = [consumer(&queue), consumer(&queue)];
        time::sleep(Duration::from_millis(100_000_500)).await;
        let begin = Instant::now();
        for class in [0, 1] {
            assert_eq!(queue.push(class, (class, 0)), Ok(()), "an open queue");
        }
        for consumer in consumers {
            let got = within(
                10,
                consumer,
                "2 items came for 2 idle consumers, and one still waits",
            );
            assert!(got.await.is_ok(), "next panicked");
        }
        let took = begin.elapsed().as_millis();
        assert!(
            took == 0,
            "2 idle consumers needed {took} ms for 2 items that were there"
        );
    });
}

#[test]
fn a_class_without_a_share_is_refused() {
    explore::tasks().check(|| async {
        for weights in [&[][..], &[0], &[3, 0, 1]] {
            let made = panic::catch_unwind(|| FairShares::<Item>::new(weights));
            assert!(
                made.is_err(),
                "a queue was made with the weights {weights:?}"
            );
        }
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

/// As many items of each class as it says, times a number.
fn push(queue: &FairShares<Item>, counts: &[u32], times: u32) {
    for (class, count) in counts.iter().enumerate() {
        for number in 0..count * times {
            let pushed = queue.push(class, (class, number));
            assert!(pushed.is_ok(), "an open queue gave an item back");
        }
    }
}

/// The next items; so many are queued.
async fn hand_out(queue: &FairShares<Item>, count: u32) -> Vec<Item> {
    let mut handed = Vec::new();
    for before in 0..count {
        let Ok(next) = time::timeout(seconds(10), queue.next()).await else {
            panic!("{count} items or more were queued, and after {before} next waited");
        };
        handed.push(next.expect("next returned `None` although items were queued"));
        // A task that takes them all in one go looks as if it hung.
        task::yield_now().await;
    }
    handed
}

/// One who wants a single item.
fn consumer(queue: &Arc<FairShares<Item>>) -> JoinHandle<Option<Item>> {
    let queue = Arc::clone(queue);
    tokio::spawn(async move { queue.next().await })
}

fn classes(items: &[Item]) -> Vec<usize> {
    items.iter().map(|(class, _)| *class).collect()
}

/// Of as many items in a row as the weights of those that wait add up to, each class has its weight.
/// Without weights of the queue these are the same.
#[track_caller]
fn check_shares(waiting: &[u32], of_the_queue: &[u32], handed: &[Item], situation: &str) {
    let weights = if of_the_queue.is_empty() {
        waiting
    } else {
        of_the_queue
    };
    let round = waiting.iter().sum::<u32>() as usize;
    for run in handed.windows(round) {
        for (class, weight) in waiting.iter().enumerate() {
            let had = run.iter().filter(|(of, _)| *of == class).count();
            assert!(
                had == *weight as usize,
                "the weights are {weights:?}, {situation}, and the classes of {round} items in a row \
                 were {:?}",
                classes(run)
            );
        }
    }
}

/// Of twice as many items in a row as the weights 3, 2 and 1 add up to, each class has at least one.
#[track_caller]
fn check_nobody_starves(handed: &[Item], situation: &str) {
    for run in handed.windows(12) {
        for class in 0..3 {
            let had = run.iter().any(|(of, _)| *of == class);
            assert!(
                had,
                "the weights are [3, 2, 1], {situation}, and the classes of 12 items in a row were {:?}",
                classes(run)
            );
        }
    }
}
