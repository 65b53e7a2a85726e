//! What is asked of the hub, in every order in which the tasks can run.

use std::hash::{Hash, Hasher};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout};
use topics::Received::{Message, Missed};
use topics::{Hub, Received, Subscription};

/// The world of the properties that do not ask what is left running.
fn tasks() -> explore::Tasks {
    explore::tasks().may_leave_tasks()
}

fn hub<T: Clone + Send + 'static>(room: usize) -> Hub<&'static str, T> {
    Hub::new(NonZeroUsize::new(room).expect("room for at least one message"))
}

/// What a subscriber gets until the hub is closed.
async fn rest(mut subscription: Subscription<&'static str, u32>) -> Vec<Received<u32>> {
    let mut all = Vec::new();
    while let Some(received) = subscription.next().await {
        all.push(received);
    }
    all
}

fn messages(range: impl Iterator<Item = u32>) -> Vec<Received<u32>> {
    range.map(Message).collect()
}

/// Something of which one can tell how many there are in memory.
struct Counted<T> {
    value: T,
    alive: Arc<AtomicUsize>,
}

impl<T> Counted<T> {
    fn new(value: T, alive: &Arc<AtomicUsize>) -> Self {
        alive.fetch_add(1, Ordering::SeqCst);
        let alive = Arc::clone(alive);
        Self { value, alive }
    }
}

impl<T: Clone> Clone for Counted<T> {
    fn clone(&self) -> Self {
        Self::new(self.value.clone(), &self.alive)
    }
}

impl<T> Drop for Counted<T> {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

impl<T: PartialEq> PartialEq for Counted<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T: Eq> Eq for Counted<T> {}

impl<T: Hash> Hash for Counted<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.value.hash(state);
    }
}

#[test]
fn every_subscriber_gets_every_message_in_order() {
    tasks().check(|| async {
        let hub = hub(4);
        let screen = tokio::spawn(rest(hub.subscribe("gold")));
        let archive = tokio::spawn(rest(hub.subscribe("gold")));
        for price in 1..=3 {
            hub.publish(&"gold", price);
        }
        drop(hub);
        for subscriber in [screen, archive] {
            let got = subscriber.await.unwrap();
            assert!(
                got == messages(1..=3),
                "of messages 1, 2 and 3, one of two subscribers got {got:?}"
            );
        }
    });
}

#[test]
fn a_subscriber_gets_what_is_published_after_it_subscribed() {
    tasks().check(|| async {
        let hub = hub(4);
        let early = hub.subscribe("gold");
        hub.publish(&"gold", 1);
        let late = hub.subscribe("gold");
        hub.publish(&"gold", 2);
        drop(hub);
        let got = (rest(early).await, rest(late).await);
        assert!(
            got == (messages(1..=2), messages(2..=2)),
            "one subscribed before message 1, one before message 2; they got {got:?}"
        );
    });
}

#[test]
fn a_subscriber_gets_only_its_topic() {
    tasks().check(|| async {
        let hub = hub(4);
        let gold = hub.subscribe("gold");
        let salt = hub.subscribe("salt");
        let told = [hub.publish(&"gold", 1), hub.publish(&"salt", 2)];
        drop(hub);
        let got = (rest(gold).await, rest(salt).await);
        assert!(
            got == (messages(1..=1), messages(2..=2)) && told == [1, 1],
            "message 1 is on gold and 2 on salt; given to {told:?} subscribers, who got {got:?}"
        );
    });
}

#[test]
fn publish_says_how_many_subscribers_there_are() {
    tasks().check(|| async {
        let hub = hub(2);
        let mut told = vec![hub.publish(&"gold", 1)];
        let screen = hub.subscribe("gold");
        told.push(hub.publish(&"gold", 2));
        let archive = hub.subscribe("gold");
        // More than there is room for: a full subscription is one all the same.
        for price in 3..=6 {
            told.push(hub.publish(&"gold", price));
        }
        drop(screen);
        told.push(hub.publish(&"gold", 7));
        drop(archive);
        told.push(hub.publish(&"gold", 8));
        assert!(
            told == [0, 1, 2, 2, 2, 2, 1, 0],
            "to nobody, to one, four times to two, to one, to nobody; publish says {told:?}"
        );
    });
}

#[test]
fn a_subscriber_that_keeps_up_misses_nothing() {
    tasks().check(|| async {
        let hub = hub(2);
        let mut screen = hub.subscribe("gold");
        for price in [1, 3, 5] {
            hub.publish(&"gold", price);
            hub.publish(&"gold", price + 1);
            let got = [screen.next().await, screen.next().await];
            assert!(
                got == [Some(Message(price)), Some(Message(price + 1))],
                "room for 2, two messages at a time; messages {price} and {} came as {got:?}",
                price + 1
            );
        }
    });
}

#[test]
fn a_slow_subscriber_is_told_how_many_it_missed() {
    tasks().check(|| async {
        let hub = hub(2);
        let slow = hub.subscribe("gold");
        for price in 1..=10 {
            hub.publish(&"gold", price);
        }
        drop(hub);
        let got = rest(slow).await;
        let expected = [2, 3].map(|kept| {
            let missed = 10 - kept;
            let mut expected = vec![Missed(u64::from(missed))];
            expected.extend(messages(missed + 1..=10));
            expected
        });
        assert!(
            expected.contains(&got),
            "room for 2, ten messages before the first is read: {got:?}"
        );
    });
}

#[test]
fn there_is_as_much_room_as_was_asked_for() {
    tasks().check(|| async {
        for room in [1, 3, 20_u32] {
            let hub = hub(room as usize);
            let slow = hub.subscribe("gold");
            for price in 1..=100 {
                hub.publish(&"gold", price);
            }
            drop(hub);
            let got = rest(slow).await;
            let kept = got.iter().filter(|one| matches!(one, Message(_))).count();
            assert!(
                (room..2 * room).contains(&(kept as u32)),
                "room for {room}, 100 messages before the first is read, {kept} of them were read"
            );
        }
    });
}

#[test]
fn a_slow_subscriber_goes_on_after_what_it_missed() {
    tasks().check(|| async {
        let hub = hub(2);
        let mut slow = hub.subscribe("gold");
        let mut got = Vec::new();
        for price in 1..=8 {
            hub.publish(&"gold", price);
            // Looks in after messages 4 and 8, and reads a bit.
            if price % 4 == 0 {
                got.extend([slow.next().await, slow.next().await]);
            }
        }
        drop(hub);
        got.extend(rest(slow).await.into_iter().map(Some));

        let read = got.iter().filter(|one| matches!(one, Some(Message(_))));
        let missed: u64 = got
            .iter()
            .map(|one| match one {
                Some(Missed(n)) => *n,
                _ => 0,
            })
            .sum();
        let all = read.count() as u64 + missed;
        assert!(
            all == 8,
            "of 8 messages, {all} were read or reported as missed: {got:?}"
        );
        assert!(
            got.last() == Some(&Some(Message(8))),
            "the last of 8 messages is not the last that was read: {got:?}"
        );
    });
}

#[test]
fn a_slow_subscriber_harms_nobody() {
    tasks().check(|| async {
        let hub = hub(2);
        let slow = hub.subscribe("gold");
        let mut quick = hub.subscribe("gold");
        for price in 1..=6 {
            hub.publish(&"gold", price);
            let got = quick.next().await;
            assert!(
                got == Some(Message(price)),
                "one reads nothing; the other, who keeps up, got message {price} as {got:?}"
            );
        }
        drop(slow);
    });
}

#[test]
fn a_busy_topic_harms_no_quiet_one() {
    tasks().check(|| async {
        let hub = hub(2);
        let busy = hub.subscribe("gold");
        let quiet = hub.subscribe("salt");
        hub.publish(&"salt", 1);
        for price in 2..=9 {
            hub.publish(&"gold", price);
        }
        drop((hub, busy));
        let got = rest(quiet).await;
        assert!(
            got == messages(1..=1),
            "one message on a quiet topic, eight on a busy one; the quiet subscriber got {got:?}"
        );
    });
}

#[test]
fn whoever_waits_gets_a_message_at_once() {
    tasks().check(|| async {
        let begin = Instant::now();
        let hub = hub(2);
        let readers = [(); 2].map(|()| {
            let mut screen = hub.subscribe("gold");
            tokio::spawn(async move { (screen.next().await, begin.elapsed()) })
        });
        sleep(Duration::from_secs(1)).await;
        hub.publish(&"gold", 1);
        sleep(Duration::from_secs(1)).await;
        drop(hub);
        for reader in readers {
            let (got, after) = reader.await.unwrap();
            assert!(
                (got, after) == (Some(Message(1)), Duration::from_secs(1)),
                "a message was published after 1 s, and the hub dropped after 2 s; one of two who \
                 waited for the message got {got:?} after {after:?}"
            );
        }
    });
}

#[test]
fn a_subscription_that_moves_to_another_task_gets_a_message_at_once() {
    tasks().check(|| async {
        let begin = Instant::now();
        let hub = hub(2);
        let mut screen = hub.subscribe("gold");
        let early = timeout(Duration::from_secs(1), screen.next()).await;
        assert!(
            early.is_err(),
            "nothing was published, and it got {early:?}"
        );
        let reader = tokio::spawn(async move { (screen.next().await, begin.elapsed()) });
        sleep(Duration::from_secs(1)).await;
        hub.publish(&"gold", 1);
        sleep(Duration::from_secs(1)).await;
        drop(hub);
        let (got, after) = reader.await.unwrap();
        assert!(
            (got, after) == (Some(Message(1)), Duration::from_secs(2)),
            "one task gave up waiting, another one waited with the same subscription; a message \
             was published after 2 s, and came as {got:?} after {after:?}"
        );
    });
}

#[test]
fn who_gives_up_waiting_loses_nothing() {
    tasks().check(|| async {
        let hub = hub(2);
        let mut screen = hub.subscribe("gold");
        let publisher = tokio::spawn(async move {
            sleep(Duration::from_secs(1)).await;
            hub.publish(&"gold", 1);
            hub.publish(&"gold", 2);
        });
        let mut got = Vec::new();
        // The patience ends at the very moment when the messages come.
        for _ in 0..2 {
            got.extend(timeout(Duration::from_secs(1), screen.next()).await);
        }
        publisher.await.unwrap();
        let mut got: Vec<_> = got.into_iter().flatten().collect();
        got.extend(rest(screen).await);
        assert!(
            got == messages(1..=2),
            "of messages 1 and 2, a subscriber that gave up now and then got {got:?}"
        );
    });
}

#[test]
fn what_was_published_is_read_after_closing() {
    tasks().check(|| async {
        let hub = hub(2);
        let mut screen = hub.subscribe("gold");
        hub.publish(&"gold", 1);
        hub.publish(&"gold", 2);
        drop(hub);
        let mut got = Vec::new();
        for _ in 0..4 {
            got.push(screen.next().await);
        }
        assert!(
            got == [Some(Message(1)), Some(Message(2)), None, None],
            "messages 1 and 2, then the hub was dropped; four calls of next got {got:?}"
        );
    });
}

#[test]
fn closing_ends_those_who_wait() {
    tasks().check(|| async {
        let hub = hub(2);
        let subscribers =
            ["gold", "gold", "salt"].map(|topic| tokio::spawn(rest(hub.subscribe(topic))));
        sleep(Duration::from_secs(1)).await;
        drop(hub);
        for subscriber in subscribers {
            let got = subscriber.await.unwrap();
            assert!(
                got.is_empty(),
                "nothing was published, and a subscriber got {got:?}"
            );
        }
    });
}

#[test]
fn a_slow_subscriber_keeps_no_more_than_it_has_room_for() {
    tasks().check(|| async {
        let alive = Arc::new(AtomicUsize::new(0));
        let hub = hub(2);
        let slow = hub.subscribe("gold");
        for price in 1..=10 {
            hub.publish(&"gold", Counted::new(price, &alive));
        }
        sleep(Duration::from_secs(1)).await;
        let kept = alive.load(Ordering::SeqCst);
        assert!(
            kept < 4,
            "room for 2, ten messages that nobody reads: {kept} are in memory"
        );
        drop(slow);
    });
}

#[test]
fn a_dropped_subscription_keeps_no_message() {
    tasks().check(|| async {
        let alive = Arc::new(AtomicUsize::new(0));
        let hub = hub(2);
        let screen = hub.subscribe("gold");
        for price in 1..=3 {
            hub.publish(&"gold", Counted::new(price, &alive));
        }
        drop(screen);
        sleep(Duration::from_secs(1)).await;
        let kept = alive.load(Ordering::SeqCst);
        assert!(
            kept == 0,
            "the only subscription was dropped, and {kept} messages are in memory"
        );
    });
}

#[test]
fn a_dropped_subscription_keeps_no_message_although_another_one_stays() {
    tasks().check(|| async {
        let alive = Arc::new(AtomicUsize::new(0));
        let hub = hub(2);
        let stays = hub.subscribe("gold");
        let both = [hub.subscribe("gold"), hub.subscribe("gold")];
        for price in 1..=3 {
            hub.publish(&"gold", Counted::new(price, &alive));
        }
        drop(both);
        let kept = alive.load(Ordering::SeqCst);
        assert!(
            kept < 4,
            "two of three subscriptions were dropped, with room for 2 each; {kept} messages are \
             in memory"
        );
        drop(stays);
    });
}

#[test]
fn nothing_is_kept_of_a_topic_without_subscribers() {
    tasks().check(|| async {
        let names = Arc::new(AtomicUsize::new(0));
        let prices = Arc::new(AtomicUsize::new(0));
        let gold = Counted::new("gold", &names);
        let hub = Hub::new(NonZeroUsize::MIN);
        hub.publish(&gold, Counted::new(1, &prices));
        let both = [hub.subscribe(gold.clone()), hub.subscribe(gold.clone())];
        hub.publish(&gold, Counted::new(2, &prices));
        drop((both, gold));
        sleep(Duration::from_secs(1)).await;
        let kept = [&names, &prices].map(|alive| alive.load(Ordering::SeqCst));
        assert!(
            kept == [0, 0],
            "nobody subscribes; names of topics and messages in memory: {kept:?}"
        );
        drop(hub);
    });
}

#[test]
fn a_topic_stays_until_its_last_subscriber_goes() {
    tasks().check(|| async {
        let hub = hub(4);
        let screens = [(); 2].map(|()| hub.subscribe("gold"));
        let archive = hub.subscribe("gold");
        let mut told = Vec::new();
        for (price, screen) in (1..).zip(screens) {
            told.push(hub.publish(&"gold", price));
            drop(screen);
        }
        told.push(hub.publish(&"gold", 3));
        drop(hub);
        let got = rest(archive).await;
        assert!(
            told == [3, 2, 1] && got == messages(1..=3),
            "two of three subscribers went, one after each message; publish says {told:?}, \
             and the third got {got:?}"
        );
    });
}

#[test]
fn one_can_subscribe_again() {
    tasks().check(|| async {
        let hub = hub(2);
        drop(hub.subscribe("gold"));
        let again = hub.subscribe("gold");
        hub.publish(&"gold", 1);
        drop(hub);
        let got = rest(again).await;
        assert!(
            got == messages(1..=1),
            "the second subscriber, after the first one went, got {got:?} of one message"
        );
    });
}

#[test]
fn nothing_is_left_running() {
    explore::tasks().check(|| async {
        let hub = hub(2);
        let screen = tokio::spawn(rest(hub.subscribe("gold")));
        let slow = hub.subscribe("gold");
        for price in 1..=4 {
            hub.publish(&"gold", price);
        }
        drop((hub, slow));
        screen.await.unwrap();
    });
}
