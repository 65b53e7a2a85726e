//! What is asked of the warehouse, in every order in which the tasks can run.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use inventory::{Change, Refused, Snapshot, Warehouse};
use tokio::time::{Instant, sleep, timeout};

/// The world of the properties that do not ask how the warehouse ends.
fn tasks() -> explore::Tasks {
    explore::tasks().may_leave_tasks()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What the warehouse has entered.
#[derive(Clone, Default)]
struct Journal {
    entries: Arc<Mutex<Entries>>,
}

#[derive(Default)]
struct Entries {
    begun: Vec<Change>,
    written: Vec<u64>,
    at_the_same_time: usize,
}

type Writing = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Journal {
    /// Opens a warehouse that enters its changes here; an entry takes that long.
    fn of_a_warehouse(takes: Duration) -> (Self, Warehouse) {
        let journal = Self::default();
        let entries = Arc::clone(&journal.entries);
        let write = move |change: Change| -> Writing {
            let entries = Arc::clone(&entries);
            Box::pin(async move {
                let number = change.number;
                entries.lock().unwrap().begin(change);
                if !takes.is_zero() {
                    sleep(takes).await;
                }
                entries.lock().unwrap().written.push(number);
            })
        };
        (journal, Warehouse::open(write))
    }

    fn begun(&self) -> usize {
        self.entries.lock().unwrap().begun.len()
    }

    fn written(&self) -> usize {
        self.entries.lock().unwrap().written.len()
    }

    fn changes(&self) -> Vec<Change> {
        self.entries.lock().unwrap().begun.clone()
    }

    /// How much there must be of `item` after the first so many changes.
    fn stock_after(&self, changes: u64, item: &str) -> i64 {
        let first = self
            .changes()
            .into_iter()
            .filter(|change| change.number <= changes && change.item == item);
        first.map(|change| change.by).sum()
    }
}

impl Entries {
    fn begin(&mut self, change: Change) {
        self.begun.push(change);
        let now = self.begun.len() - self.written.len();
        self.at_the_same_time = self.at_the_same_time.max(now);
    }
}

/// How many a snapshot says there are.
fn count(stock: &BTreeMap<String, u64>, item: &str) -> u64 {
    stock.get(item).copied().unwrap_or(0)
}

async fn look(warehouse: &Warehouse) -> Snapshot {
    let snapshot = warehouse.snapshot().await;
    snapshot.expect("a snapshot of a warehouse that is open")
}

#[test]
fn what_is_added_and_taken_is_counted() {
    tasks().check(|| async {
        let (_journal, warehouse) = Journal::of_a_warehouse(seconds(0));
        let answers = [
            warehouse.add("tea", 5).await,
            warehouse.add("tea", 5).await,
            warehouse.take("tea", 3).await,
            warehouse.take("tea", 7).await,
        ];
        assert_eq!(
            answers,
            [Ok(5), Ok(10), Ok(7), Ok(0)],
            "answers to: add 5, add 5, take 3, take 7"
        );
    });
}

#[test]
fn a_shortage_is_refused_and_changes_nothing() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(0));
        assert_eq!(warehouse.add("tea", 3).await, Ok(3));
        let answers = [
            warehouse.take("tea", 4).await,
            warehouse.take("salt", 1).await,
        ];
        assert_eq!(
            answers,
            [
                Err(Refused::Short { left: 3 }),
                Err(Refused::Short { left: 0 })
            ],
            "answers to: take 4 of 3 tea, take 1 salt where there was never any"
        );
        let snapshot = look(&warehouse).await;
        let (tea, changes) = (count(&snapshot.stock, "tea"), snapshot.changes);
        assert_eq!(
            (tea, changes, journal.begun()),
            (3, 1, 1),
            "tea, changes and entries after one change and two refusals"
        );
        assert_eq!(warehouse.take("tea", 1).await, Ok(2));
        let numbers: Vec<u64> = journal.changes().iter().map(|c| c.number).collect();
        assert_eq!(
            numbers,
            [1, 2],
            "the numbers of the entries of two changes, with two refusals between them"
        );
    });
}

#[test]
fn large_amounts_are_counted() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(0));
        let answers = [
            warehouse.add("rice", u32::MAX).await,
            warehouse.add("rice", u32::MAX).await,
            warehouse.take("rice", u32::MAX).await,
        ];
        let most = u64::from(u32::MAX);
        assert_eq!(
            answers,
            [Ok(most), Ok(2 * most), Ok(most)],
            "answers to: add {most}, add {most}, take {most}"
        );
        let entered = journal.stock_after(3, "rice");
        assert_eq!(entered, i64::from(u32::MAX), "what the entries add up to");
    });
}

#[test]
fn each_client_gets_the_answer_to_its_own_request() {
    tasks().check(|| async {
        let (_journal, warehouse) = Journal::of_a_warehouse(seconds(0));
        assert_eq!(warehouse.add("tea", 10).await, Ok(10));
        let other = warehouse.clone();
        let rice = tokio::spawn(async move { other.add("rice", 500).await });
        let tea = warehouse.take("tea", 1).await;
        let rice = rice.await.unwrap();
        assert_eq!(
            (tea, rice),
            (Ok(9), Ok(500)),
            "answers to a client that takes 1 of 10 tea, and to one that adds 500 rice"
        );
    });
}

#[test]
fn no_change_is_lost() {
    tasks().check(|| async {
        let (_journal, warehouse) = Journal::of_a_warehouse(seconds(1));
        assert_eq!(warehouse.add("tea", 10).await, Ok(10));
        let other = warehouse.clone();
        let other = tokio::spawn(async move { other.take("tea", 6).await });
        let one = warehouse.take("tea", 6).await;
        let other = other.await.unwrap();
        let left = count(&look(&warehouse).await.stock, "tea");
        let served = [one, other].iter().filter(|answer| answer.is_ok()).count();
        assert!(
            served == 1 && left == 4,
            "two clients wanted 6 of 10; they heard {one:?} and {other:?}, and {left} are left"
        );
    });
}

#[test]
fn forty_clients_are_served() {
    // In one order only: there is no end to the others.
    tasks().bound(0).steps(100_000).check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(1));
        let clients: Vec<_> = (0..40)
            .map(|_| {
                let client = warehouse.clone();
                tokio::spawn(async move { client.add("tea", 1).await })
            })
            .collect();
        let mut answers = Vec::new();
        for client in clients {
            answers.push(client.await.unwrap());
        }
        let refused = answers.iter().filter(|answer| answer.is_err()).count();
        let tea = count(&look(&warehouse).await.stock, "tea");
        assert_eq!(
            (refused, tea, journal.written()),
            (0, 40, 40),
            "refused, tea and entries after 40 clients have added 1 each at the same time"
        );
    });
}

#[test]
fn every_change_is_entered_once_and_in_order() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(1));
        let other = warehouse.clone();
        let rice = tokio::spawn(async move { other.add("rice", 2).await });
        let _ = warehouse.add("tea", 1).await;
        let _ = warehouse.take("tea", 1).await;
        let _ = rice.await.unwrap();

        let changes = journal.changes();
        let numbers: Vec<u64> = changes.iter().map(|change| change.number).collect();
        assert_eq!(numbers, [1, 2, 3], "the numbers of the entries");
        let mut changes: Vec<(String, i64)> = changes
            .into_iter()
            .map(|change| (change.item, change.by))
            .collect();
        changes.sort();
        let expected = [("rice", 2), ("tea", -1), ("tea", 1)];
        assert_eq!(
            changes,
            expected.map(|(item, by)| (item.to_owned(), by)),
            "the entries of: add 2 rice, add 1 tea, take 1 tea"
        );
    });
}

#[test]
fn an_entry_begins_when_the_one_before_is_written() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(1));
        let other = warehouse.clone();
        let rice = tokio::spawn(async move { other.add("rice", 2).await });
        let _ = warehouse.add("tea", 1).await;
        let _ = rice.await.unwrap();
        let most = journal.entries.lock().unwrap().at_the_same_time;
        assert!(most == 1, "entries in the making at the same time: {most}");
    });
}

#[test]
fn an_answer_comes_when_the_change_is_entered() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(1));
        let begin = Instant::now();
        assert_eq!(warehouse.add("tea", 1).await, Ok(1));
        let (written, took) = (journal.written(), begin.elapsed());
        assert!(
            written == 1 && took == seconds(1),
            "an entry takes 1 s; the answer came after {took:?}, entries written: {written}"
        );
    });
}

#[test]
fn the_stock_and_the_number_of_a_snapshot_belong_together() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(0));
        let client = warehouse.clone();
        let client = tokio::spawn(async move {
            let _ = client.add("tea", 7).await;
            let _ = client.take("tea", 2).await;
        });
        let snapshot = look(&warehouse).await;
        client.await.unwrap();
        let (tea, changes) = (count(&snapshot.stock, "tea"), snapshot.changes);
        let expected = journal.stock_after(changes, "tea");
        assert!(
            i64::try_from(tea) == Ok(expected),
            "a snapshot says {tea} tea after {changes} changes; those changes make {expected}"
        );
        let after = look(&warehouse).await;
        let after = (count(&after.stock, "tea"), after.changes);
        assert_eq!(after, (5, 2), "tea and changes after: add 7, take 2");
    });
}

#[test]
fn what_a_client_gave_up_is_done_as_a_whole_or_not_at_all() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(3));
        let tea = timeout(seconds(1), warehouse.add("tea", 4)).await;
        assert!(tea.is_err(), "an entry takes 3 s, and was there within 1 s");

        sleep(seconds(60)).await;
        let (begun, written) = (journal.begun(), journal.written());
        assert!(
            begun == written,
            "a client gave up, and {written} of {begun} entries were written a minute later"
        );
        let snapshot = look(&warehouse).await;
        let (tea, changes) = (count(&snapshot.stock, "tea"), snapshot.changes);
        assert!(
            changes == written as u64 && tea == 4 * changes,
            "a client gave up adding 4 tea; entries: {written}, changes: {changes}, tea: {tea}"
        );
    });
}

#[test]
fn a_client_that_gives_up_while_others_wait_harms_nobody() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(2));
        let hasty = warehouse.clone();
        let hasty = tokio::spawn(async move {
            let _ = timeout(seconds(1), hasty.add("tea", 4)).await;
        });
        let other = warehouse.clone();
        let other = tokio::spawn(async move { other.add("rice", 500).await });
        let salt = warehouse.add("salt", 70).await;
        let rice = other.await.unwrap();
        hasty.await.unwrap();
        assert_eq!(
            (rice, salt),
            (Ok(500), Ok(70)),
            "answers to clients that add 500 rice and 70 salt, while another one gives up on tea"
        );
        sleep(seconds(60)).await;
        let snapshot = look(&warehouse).await;
        let tea = count(&snapshot.stock, "tea");
        let entered = journal.stock_after(snapshot.changes, "tea");
        assert!(
            i64::try_from(tea) == Ok(entered),
            "after one client gave up, there are {tea} tea, and {entered} were entered"
        );
    });
}

#[test]
fn a_client_that_gives_up_leaves_no_answer_behind() {
    tasks().check(|| async {
        let (_journal, warehouse) = Journal::of_a_warehouse(seconds(2));
        // Its patience ends at the very moment when the answer comes.
        let _ = timeout(seconds(2), warehouse.add("tea", 4)).await;
        let rice = warehouse.add("rice", 500).await;
        assert_eq!(
            rice,
            Ok(500),
            "answer to a client that adds 500 rice, after another one gave up on 4 tea"
        );
    });
}

#[test]
fn the_warehouse_ends_with_its_last_handle() {
    explore::tasks().check(|| async {
        let (_journal, warehouse) = Journal::of_a_warehouse(seconds(0));
        let other = warehouse.clone();
        let client = tokio::spawn(async move { other.add("tea", 1).await });
        drop(warehouse);
        let answer = client.await.unwrap();
        assert_eq!(
            answer,
            Ok(1),
            "answer to the client that has the last handle"
        );
    });
}

#[test]
fn an_entry_that_has_begun_is_written_although_nobody_is_left() {
    explore::tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(3));
        let tea = timeout(seconds(1), warehouse.add("tea", 4)).await;
        assert!(tea.is_err(), "an entry takes 3 s, and was there within 1 s");
        drop(warehouse);
        sleep(seconds(60)).await;
        let (begun, written) = (journal.begun(), journal.written());
        assert!(
            begun == written,
            "the last handle is gone, and {written} of {begun} entries were written a minute later"
        );
    });
}

#[test]
fn a_closed_warehouse_refuses() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(0));
        let other = warehouse.clone();
        assert_eq!(warehouse.add("tea", 4).await, Ok(4));
        warehouse.close().await;
        other.close().await;
        let answers = [
            warehouse.add("tea", 1).await,
            other.take("tea", 1).await,
            other.take("tea", 5).await,
            other.snapshot().await.map(|snapshot| snapshot.changes),
        ];
        assert_eq!(
            answers,
            [Err(Refused::Closed); 4],
            "answers to add, take, take too many and snapshot, after closing"
        );
        assert_eq!(journal.begun(), 1, "entries, one of them before closing");
    });
}

#[test]
fn closing_waits_for_what_is_under_way() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(3));
        let client = warehouse.clone();
        let client = tokio::spawn(async move { client.add("tea", 4).await });
        sleep(seconds(1)).await;
        let begun = journal.begun();
        warehouse.close().await;
        let written = journal.written();
        assert!(
            written >= begun,
            "entries that had begun before closing: {begun}; written when close returned: {written}"
        );
        let answer = client.await.unwrap();
        assert!(
            answer == Ok(4) || begun == 0,
            "the entry had begun before closing, and its client heard {answer:?}"
        );
    });
}

#[test]
fn closing_a_second_time_waits_as_well() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(3));
        let ask_at = |at: u64, item: &'static str| {
            let client = warehouse.clone();
            tokio::spawn(async move {
                sleep(seconds(at)).await;
                client.add(item, 4).await
            })
        };
        let clients = [ask_at(0, "tea"), ask_at(2, "rice")];
        let other = warehouse.clone();
        let first = tokio::spawn(async move {
            sleep(seconds(1)).await;
            other.close().await;
        });
        sleep(seconds(4)).await;
        warehouse.close().await;
        let (begun, written) = (journal.begun(), journal.written());
        assert!(
            begun == written,
            "the second close returned; entries begun: {begun}, written: {written}"
        );
        first.await.unwrap();
        for client in clients {
            let _ = client.await.unwrap();
        }
    });
}

#[test]
fn closing_waits_although_somebody_else_gave_up_closing() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(3));
        let client = warehouse.clone();
        let client = tokio::spawn(async move { client.add("tea", 4).await });
        let hasty = warehouse.clone();
        let _ = timeout(seconds(1), hasty.close()).await;
        warehouse.close().await;
        let (begun, written) = (journal.begun(), journal.written());
        assert!(
            begun == written,
            "one handle gave up closing, and another one has closed; entries begun: {begun}, \
             written: {written}"
        );
        let _ = client.await.unwrap();
        let late = warehouse.add("tea", 1).await;
        assert_eq!(late, Err(Refused::Closed), "answer after closing");
    });
}

#[test]
fn what_is_asked_while_the_warehouse_closes_is_done_or_refused() {
    tasks().check(|| async {
        let (journal, warehouse) = Journal::of_a_warehouse(seconds(1));
        let clients = [("tea", 1), ("rice", 2)].map(|(item, n)| {
            let client = warehouse.clone();
            tokio::spawn(async move { client.add(item, n).await })
        });
        warehouse.close().await;
        let when_closed = journal.begun();
        let mut done = 0;
        for client in clients {
            let answer = client.await.unwrap();
            done += usize::from(answer.is_ok());
            assert!(
                !matches!(answer, Err(Refused::Short { .. })),
                "adding was answered with {answer:?}"
            );
        }
        sleep(seconds(60)).await;
        let (begun, written) = (journal.begun(), journal.written());
        assert!(
            [begun, written] == [done; 2],
            "changes answered as done: {done}; entries begun: {begun}, written: {written}"
        );
        assert!(
            when_closed == begun,
            "entries begun when close returned: {when_closed}, a minute later: {begun}"
        );
    });
}
