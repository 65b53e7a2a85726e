use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use elastic_queue::{Receiver, Sender, elastic_queue};
use tokio::task::JoinSet;
use tokio::time::{self, Instant};

fn at_most(orders: usize) -> NonZeroUsize {
    NonZeroUsize::new(orders).expect("a limit is at least one")
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Nobody who can go on lets this much time pass.
const A_WHILE: Duration = Duration::from_millis(10);

async fn a_while() {
    time::sleep(A_WHILE).await;
}

/// Whether the order goes in, or would have to wait.
async fn goes_in(orders: &Sender<u32>, order: u32) -> bool {
    time::timeout(A_WHILE, orders.send(order)).await == Ok(Ok(()))
}

async fn all_of(mut orders: Receiver<u32>) -> Vec<u32> {
    let mut received = Vec::new();
    while let Some(order) = orders.recv().await {
        received.push(order);
    }
    received
}

/// Tables that send an order each, and how many of these have gone in.
#[derive(Default)]
struct Tables {
    tasks: JoinSet<Result<(), u32>>,
    served: Arc<AtomicUsize>,
}

impl Tables {
    fn send(&mut self, orders: &Sender<u32>, order: u32) {
        let (orders, served) = (orders.clone(), Arc::clone(&self.served));
        self.tasks.spawn(async move {
            orders.send(order).await?;
            served.fetch_add(1, Ordering::SeqCst);
            Ok(())
        });
    }

    /// How many orders have gone in when nobody can go on any more.
    async fn have_sent(&self) -> usize {
        a_while().await;
        self.served.load(Ordering::SeqCst)
    }

    /// The orders that came back.
    async fn got_back(self) -> Vec<u32> {
        let told = self.tasks.join_all().await;
        let mut back: Vec<u32> = told.into_iter().filter_map(Result::err).collect();
        back.sort_unstable();
        back
    }

    async fn were_all_served(self) {
        let back = self.got_back().await;
        assert!(
            back.is_empty(),
            "orders {back:?} came back while the queue was open"
        );
    }
}

#[test]
fn orders_come_out_in_the_order_in_which_they_went_in() {
    explore::tasks().check(|| async {
        let (orders, kitchen, _limit) = elastic_queue(at_most(2));
        let table = tokio::spawn(async move {
            for order in 1..=4 {
                orders.send(order).await?;
            }
            Ok::<(), u32>(())
        });
        let received = all_of(kitchen).await;
        assert!(
            received == [1, 2, 3, 4],
            "orders 1 to 4 came as {received:?}"
        );
        assert_eq!(table.await.unwrap(), Ok(()), "what the table was told");
    });
}

#[test]
fn a_send_waits_while_the_queue_is_full() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, _limit) = elastic_queue(at_most(2));
        let went_in = [goes_in(&orders, 1).await, goes_in(&orders, 2).await];
        assert_eq!(went_in, [true; 2], "two orders, and room for two");
        let third = goes_in(&orders, 3).await;
        assert!(!third, "3 orders are inside, and there is room for 2");
        assert_eq!(kitchen.recv().await, Some(1), "the first order");
        let fourth = goes_in(&orders, 4).await;
        assert!(
            fourth,
            "2 orders went in, 1 came out, and the next has no room"
        );
    });
}

#[test]
fn each_free_place_lets_one_order_in() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, _limit) = elastic_queue(at_most(2));
        orders.send(1).await.unwrap();
        orders.send(2).await.unwrap();
        let mut tables = Tables::default();
        (3..=5).for_each(|order| tables.send(&orders, order));
        a_while().await;
        let received = [kitchen.recv().await, kitchen.recv().await];
        assert_eq!(received, [Some(1), Some(2)], "what went in first");
        let sent = tables.have_sent().await;
        assert!(
            sent == 2,
            "2 places became free, 3 orders waited, and {sent} of them went in"
        );
        drop(orders);
        let rest = all_of(kitchen).await.len();
        assert_eq!(rest, 3, "orders that came after the first two");
        tables.were_all_served().await;
    });
}

#[test]
fn a_higher_limit_lets_in_as_many_as_there_is_room_for() {
    explore::tasks().check(|| async {
        let (orders, kitchen, limit) = elastic_queue(at_most(1));
        orders.send(1).await.unwrap();
        let mut tables = Tables::default();
        (2..=4).for_each(|order| tables.send(&orders, order));
        let before = tables.have_sent().await;
        assert!(
            before == 0,
            "{before} orders went in where 1 of 1 was inside"
        );
        limit.set(at_most(3));
        let sent = tables.have_sent().await;
        assert!(
            sent == 2,
            "the limit went from 1 to 3, and of 3 waiting orders {sent} went in"
        );
        drop(orders);
        let mut received = all_of(kitchen).await;
        tables.were_all_served().await;
        received.sort_unstable();
        assert!(
            received == [1, 2, 3, 4],
            "orders 1 to 4 came, in some order, as {received:?}"
        );
    });
}

#[test]
fn a_lower_limit_leaves_what_is_inside() {
    explore::tasks().check(|| async {
        let (orders, kitchen, limit) = elastic_queue(at_most(4));
        for order in 1..=4 {
            orders.send(order).await.unwrap();
        }
        limit.set(at_most(1));
        limit.set(at_most(2));
        drop(orders);
        let received = all_of(kitchen).await;
        assert!(
            received == [1, 2, 3, 4],
            "orders 1 to 4 were inside when the limit became lower, and came as {received:?}"
        );
    });
}

#[test]
fn under_a_lower_limit_orders_wait_until_there_is_room() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, limit) = elastic_queue(at_most(3));
        for order in 1..=3 {
            orders.send(order).await.unwrap();
        }
        let mut tables = Tables::default();
        tables.send(&orders, 4);
        a_while().await;
        limit.set(at_most(1));
        tables.send(&orders, 5);
        for inside in [2, 1, 0] {
            kitchen.recv().await.expect("it was inside");
            let sent = tables.have_sent().await;
            let room = usize::from(inside == 0);
            assert!(
                sent == room,
                "of a limit of 1 there were {inside} inside, and {sent} more went in"
            );
        }
        drop(orders);
        let last = all_of(kitchen).await;
        assert!(last.len() == 2, "the last two orders came as {last:?}");
        tables.were_all_served().await;
    });
}

#[test]
fn the_limit_that_was_set_last_counts() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, limit) = elastic_queue(at_most(3));
        for order in 1..=3 {
            orders.send(order).await.unwrap();
        }
        // Lower than what is inside, and then a little higher again.
        limit.set(at_most(1));
        limit.clone().set(at_most(2));
        let mut tables = Tables::default();
        (4..=5).for_each(|order| tables.send(&orders, order));
        for (inside, room) in [(3, 0), (2, 0), (1, 1)] {
            let sent = tables.have_sent().await;
            assert!(
                sent == room,
                "limits of 1 and then 2 were set; {inside} orders were inside, {sent} more went in"
            );
            kitchen.recv().await.expect("it was inside");
        }
        let sent = tables.have_sent().await;
        assert_eq!(sent, 2, "orders that went in when there was room for them");

        // And the other way round, where nobody waits.
        limit.set(at_most(9));
        limit.set(at_most(3));
        let more = [goes_in(&orders, 6).await, goes_in(&orders, 7).await];
        assert_eq!(
            more,
            [true, false],
            "limits of 9 and then 3 were set, 2 orders were inside, and 2 more came"
        );
        tables.were_all_served().await;
    });
}

#[test]
fn the_highest_limit_lets_everything_in() {
    explore::tasks().check(|| async {
        let (orders, kitchen, limit) = elastic_queue(NonZeroUsize::MAX);
        let mut went_in = vec![goes_in(&orders, 1).await, goes_in(&orders, 2).await];
        limit.set(at_most(1));
        went_in.push(goes_in(&orders, 3).await);
        limit.set(NonZeroUsize::MAX);
        went_in.push(goes_in(&orders, 4).await);
        assert_eq!(
            went_in,
            [true, true, false, true],
            "two orders under the highest limit, one under a limit of 1, one under the highest"
        );
        drop(orders);
        assert_eq!(all_of(kitchen).await, [1, 2, 4], "what was inside");
    });
}

#[test]
fn a_change_of_the_limit_changes_no_order() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, limit) = elastic_queue(at_most(2));
        let table = tokio::spawn(async move {
            for order in 1..=6 {
                orders.send(order).await?;
            }
            Ok::<(), u32>(())
        });
        let mut received = Vec::new();
        for places in [3, 1, 2] {
            limit.set(at_most(places));
            received.extend(kitchen.recv().await);
        }
        received.extend(all_of(kitchen).await);
        assert!(
            received == [1, 2, 3, 4, 5, 6],
            "orders 1 to 6 came as {received:?} while the limit was changed"
        );
        assert_eq!(table.await.unwrap(), Ok(()), "what the table was told");
    });
}

#[test]
fn what_went_in_comes_out_before_the_end() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, _limit) = elastic_queue(at_most(3));
        let other = orders.clone();
        for order in 1..=3 {
            other.send(order).await.unwrap();
        }
        drop((orders, other));
        a_while().await;
        let mut received = Vec::new();
        for _ in 0..5 {
            received.push(kitchen.recv().await);
        }
        assert!(
            received == [Some(1), Some(2), Some(3), None, None],
            "three orders went in before the last sender went, and came as {received:?}"
        );
    });
}

#[test]
fn the_last_sender_wakes_the_receiver_as_it_goes() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, limit) = elastic_queue::<u32>(at_most(1));
        drop(limit);
        let table = tokio::spawn(async move {
            a_while().await;
            drop(orders);
        });
        assert_eq!(kitchen.recv().await, None, "nothing was sent");
        table.await.unwrap();
    });
}

#[test]
fn closing_gives_back_what_waits_and_keeps_what_is_inside() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, _limit) = elastic_queue(at_most(1));
        orders.send(1).await.unwrap();
        let mut tables = Tables::default();
        (2..=3).for_each(|order| tables.send(&orders, order));
        a_while().await;
        kitchen.close();
        kitchen.close();
        let back = time::timeout(seconds(60), tables.got_back()).await;
        assert!(
            back == Ok(vec![2, 3]),
            "two orders waited when the queue was closed, and came back as {back:?}"
        );
        assert_eq!(orders.send(4).await, Err(4), "a send after closing");
        let received = [kitchen.recv().await, kitchen.recv().await];
        assert_eq!(received, [Some(1), None], "one order was inside");
        assert_eq!(orders.send(5).await, Err(5), "a send after the end");
    });
}

#[test]
fn a_kitchen_that_goes_home_gives_everything_back() {
    explore::tasks().check(|| async {
        let (orders, kitchen, _limit) = elastic_queue(at_most(1));
        orders.send(1).await.unwrap();
        let mut tables = Tables::default();
        (2..=3).for_each(|order| tables.send(&orders, order));
        a_while().await;
        drop(kitchen);
        let back = time::timeout(seconds(60), tables.got_back()).await;
        assert!(
            back == Ok(vec![2, 3]),
            "two orders waited when the receiver went, and came back as {back:?}"
        );
        assert_eq!(orders.send(4).await, Err(4), "a send to nobody");
    });
}

#[test]
fn a_send_that_is_dropped_has_put_nothing_in() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, _limit) = elastic_queue(at_most(1));
        orders.send(1).await.unwrap();
        assert!(
            !goes_in(&orders, 2).await,
            "2 orders are inside a queue of 1"
        );
        assert_eq!(kitchen.recv().await, Some(1), "the first order");
        let third = goes_in(&orders, 3).await;
        assert!(third, "nothing is inside a queue of 1, and an order waits");
        drop(orders);
        let rest = all_of(kitchen).await;
        assert!(
            rest == [3],
            "the send of order 2 was dropped, and after order 1 came {rest:?}"
        );
    });
}

#[test]
fn a_send_that_is_dropped_holds_up_nobody() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, _limit) = elastic_queue(at_most(1));
        orders.send(1).await.unwrap();
        let impatient = orders.clone();
        let impatient = tokio::spawn(async move {
            tokio::select! {
                told = impatient.send(2) => told.is_ok(),
                () = a_while() => false,
            }
        });
        let mut tables = Tables::default();
        tables.send(&orders, 3);
        // Room is made at the very moment at which the first one loses patience.
        a_while().await;
        assert_eq!(kitchen.recv().await, Some(1), "the first order");
        let stayed = tables.have_sent().await;
        let went_in = usize::from(impatient.await.unwrap());
        assert!(
            went_in + stayed == 1,
            "there was room for 1; of one who gave up and one who stayed, {went_in} and {stayed} \
             went in"
        );
        drop(orders);
        let rest = all_of(kitchen).await.len();
        assert!(
            rest == 1 + went_in,
            "{} orders were sent in the end, and {rest} came",
            1 + went_in
        );
        tables.were_all_served().await;
    });
}

#[test]
fn a_recv_that_is_dropped_has_taken_nothing_out() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, _limit) = elastic_queue(at_most(1));
        let table = tokio::spawn(async move {
            for order in 1..=2 {
                a_while().await;
                orders.send(order).await?;
            }
            Ok::<(), u32>(())
        });
        // The kitchen looks up now and then, just when the orders come.
        let mut received = Vec::new();
        for _ in 0..3 {
            tokio::select! {
                order = kitchen.recv() => received.extend(order),
                () = a_while() => {}
            }
        }
        received.extend(all_of(kitchen).await);
        assert!(
            received == [1, 2],
            "orders 1 and 2 came as {received:?} to a kitchen that looks up now and then"
        );
        assert_eq!(table.await.unwrap(), Ok(()), "what the table was told");
    });
}

#[test]
fn a_call_that_moves_to_another_task_goes_on_there() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, limit) = elastic_queue(at_most(1));
        orders.send(1).await.unwrap();
        let sender = orders.clone();
        let mut second = Box::pin(async move { sender.send(2).await });
        let early = time::timeout(A_WHILE, &mut second).await;
        assert!(early.is_err(), "2 orders are inside a queue of 1");
        let second = tokio::spawn(second);
        a_while().await;
        limit.set(at_most(2));
        let told = time::timeout(seconds(60), second).await;
        assert!(
            matches!(told, Ok(Ok(Ok(())))),
            "a send began in one task and waited in another one, and there was room for it; \
             after 60 s it was told {told:?}"
        );

        let received = [kitchen.recv().await, kitchen.recv().await];
        assert_eq!(received, [Some(1), Some(2)], "the first two orders");
        let early = time::timeout(A_WHILE, kitchen.recv()).await;
        assert!(early.is_err(), "nothing was sent, and {early:?} came");
        let kitchen = tokio::spawn(async move { kitchen.recv().await });
        a_while().await;
        orders.send(3).await.unwrap();
        let third = time::timeout(seconds(60), kitchen).await;
        assert!(
            matches!(third, Ok(Ok(Some(3)))),
            "a receiver gave up in one task and waited in another one; of order 3, it had {third:?} \
             after 60 s"
        );
    });
}

#[test]
fn a_recv_that_is_dropped_makes_no_room() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, _limit) = elastic_queue(at_most(1));
        let nothing = time::timeout(A_WHILE, kitchen.recv()).await;
        assert!(nothing.is_err(), "nothing was sent, and {nothing:?} came");
        let went_in = [goes_in(&orders, 1).await, goes_in(&orders, 2).await];
        assert_eq!(
            went_in,
            [true, false],
            "two orders, and room for one; a recv was dropped before"
        );
        drop(orders);
        assert_eq!(all_of(kitchen).await, [1], "what was inside");
    });
}

#[test]
fn a_limit_does_not_keep_the_queue_open() {
    explore::tasks().check(|| async {
        let (orders, mut kitchen, limit) = elastic_queue::<u32>(at_most(1));
        let other = limit.clone();
        let table = tokio::spawn(async move {
            a_while().await;
            drop(orders);
        });
        let end = time::timeout(seconds(60), kitchen.recv()).await;
        assert!(
            end == Ok(None),
            "the only sender has gone, and after 60 s the receiver had {end:?}"
        );
        table.await.unwrap();
        limit.set(at_most(2));
        other.set(at_most(1));
        drop(kitchen);
        limit.set(at_most(2));
    });
}

#[test]
fn whoever_waits_sleeps_and_does_not_poll() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (orders, mut kitchen, limit) = elastic_queue(at_most(1));
        let table = tokio::spawn(async move {
            for order in 1..=4 {
                orders.send(order).await?;
            }
            Ok::<(), u32>(())
        });
        let first = kitchen.recv().await;
        limit.set(at_most(2));
        let rest = all_of(kitchen).await.len();
        assert_eq!((first, rest), (Some(1), 3), "what was received of 4 orders");
        assert_eq!(table.await.unwrap(), Ok(()), "what the table was told");
        let waited = begin.elapsed();
        assert_eq!(
            waited,
            Duration::ZERO,
            "time spent in sleeps and timeouts, where everybody was there"
        );
    });
}
