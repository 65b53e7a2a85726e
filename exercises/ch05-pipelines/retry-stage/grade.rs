//! What is asked of the stage, in every order in which the tasks can run.

use std::collections::HashMap;
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use retry_stage::{Failed, Fault, Item, OnFailure, Order, Reason, Settings, Work, retry};
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::time::{self, Instant};
use tokio_util::task::AbortOnDropHandle;

use Answer::{Busy, Declined, Never, Paid};

const SECOND: Duration = Duration::from_secs(1);
const HOUR: Duration = Duration::from_secs(3600);

/// What the bank adds to an order in an attempt.
const FEE: u32 = 50;

#[test]
fn for_every_item_one_goes_out_in_the_order_in_which_they_came() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([
            (1, vec![Busy(0), Paid(0)]),
            (2, vec![Declined(0)]),
            (4, vec![Paid(2)]),
        ]);
        let mut stage = Stage::new(&bank).at_once(2).start(5);
        for item in [order(1), order(2), unreadable(3), order(4), order(5)] {
            stage.puts(item).await;
        }
        stage.input = None;
        let out = stage.rest().await;
        assert!(
            out == ["1", "2 declined", "3 unreadable", "4", "5"],
            "in went 1 to 5, of which the bank declines 2, and 3 came in as a failure; out came {out:?}"
        );
        stage.ends("when everything had come out").await;
    });
}

#[test]
fn each_attempt_begins_with_the_order_as_it_came_in() {
    explore::tasks().check(|| async {
        let bank = Bank::new([(1, vec![Busy(0), Busy(0), Paid(0)])]);
        let mut stage = Stage::new(&bank).start(1);
        stage.puts(order(1)).await;
        let out = stage.takes_item().await;
        let cents = bank.cents(1);
        assert!(
            cents == [100, 100, 100],
            "the order came in with 100 cents, and was attempted with {cents:?}"
        );
        let cents = out.map(|order| order.cents);
        assert!(
            cents == Ok(150),
            "100 cents came in, the bank added 50 in the third attempt; out came {cents:?}"
        );
    });
}

#[test]
fn the_bank_declines_only_once() {
    explore::tasks().check(|| async {
        let bank = Bank::new([(1, vec![Declined(1), Paid(0)]), (2, vec![Busy(0), Declined(0)])]);
        let mut stage = Stage::new(&bank).start(1);
        for number in [1, 2] {
            stage.puts(order(number)).await;
            let out = stage.takes().await;
            assert!(
                out == format!("{number} declined"),
                "the bank has declined {number}; out came {out:?}"
            );
        }
        let begun = [bank.begun(1).len(), bank.begun(2).len()];
        assert!(
            begun == [1, 2],
            "order 1 was declined at the first attempt, 2 at the second; they had {begun:?} attempts"
        );
    });
}

#[test]
fn each_pause_is_twice_as_long_as_the_one_before() {
    explore::tasks().check(|| async {
        let bank = Bank::new([(1, vec![Busy(0), Busy(5), Busy(0), Paid(1)])]);
        let mut stage = Stage::new(&bank).attempts(4).start(1);
        stage.puts(order(1)).await;
        let out = stage.takes().await;
        let begun = bank.begun(1);
        assert!(
            begun == [0, 1, 8, 12],
            "the pauses are 1, 2 and 4 s, and the second attempt takes 5 s; the attempts began after \
             {begun:?} s"
        );
        assert!(
            out == "1",
            "the fourth of four attempts succeeded; out came {out:?}"
        );
    });
}

#[test]
fn after_the_last_attempt_it_is_given_up_at_once() {
    explore::tasks().check(|| async {
        for (attempts, last) in [(1, 0), (3, 3)] {
            let bank = Bank::new([(1, vec![Busy(0); 9])]);
            let mut stage = Stage::new(&bank).attempts(attempts).start(1);
            stage.puts(order(1)).await;
            let out = stage.takes().await;
            let begun = bank.begun(1).len();
            assert!(
                begun == attempts as usize,
                "an order has {attempts} attempts; there were {begun}"
            );
            assert!(
                out == format!("1 busy {attempts} times"),
                "the bank was busy in each of {attempts} attempts; out came {out:?}"
            );
            let now = bank.now();
            assert!(
                now == last,
                "the last of {attempts} attempts was over after {last} s, and its failure came out \
                 after {now} s"
            );
        }
    });
}

#[test]
fn nobody_waits_for_the_attempts_or_pauses_of_others() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([
            (1, vec![Busy(0), Busy(0), Paid(0)]),
            (2, vec![Busy(0), Paid(1)]),
            (3, vec![Busy(0), Busy(0), Paid(0)]),
        ]);
        let mut stage = Stage::new(&bank).at_once(3).start(3);
        for number in 1..=3 {
            stage.puts(order(number)).await;
        }
        let out = [
            stage.takes().await,
            stage.takes().await,
            stage.takes().await,
        ];
        let begun = [bank.begun(1), bank.begun(2), bank.begun(3)];
        assert!(
            begun == [vec![0, 1, 3], vec![0, 1], vec![0, 1, 3]],
            "three orders were in hand at a time; their attempts began after {begun:?} s"
        );
        assert!(
            out == ["1", "2", "3"],
            "in went 1, 2 and 3; out came {out:?}"
        );
        let now = bank.now();
        assert!(
            now == 3,
            "all was over after 3 s, and came out after {now} s"
        );
    });
}

#[test]
fn no_more_are_in_hand_than_allowed_and_no_fewer() {
    explore::tasks().bound(2).check(|| async {
        for at_once in [1, 3] {
            // The first one never ends; those behind it are over at once, and wait for it.
            let bank = Bank::new([(1, vec![Never])]);
            let stage = Stage::new(&bank).at_once(at_once).start(1);
            let accepted = stage.accepts().await;
            // One lies in the input, which has room for one.
            let held = accepted - 1;
            assert!(
                held == at_once,
                "order 1 is under way for ever, and with {at_once} allowed, {held} are in hand"
            );
        }
    });
}

#[test]
fn a_full_output_holds_back_what_comes_in() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([]);
        let stage = Stage::new(&bank).at_once(2).start(1);
        let accepted = stage.accepts().await;
        // One lies in the input, and one in the output.
        let held = accepted.saturating_sub(2);
        assert!(
            held == 2,
            "the output is full, and with 2 allowed, {held} are in hand"
        );
        let begun = bank.all_begun();
        assert!(
            begun == 3,
            "one order has gone out, 2 are in hand, and {begun} were attempted"
        );
    });
}

#[test]
fn what_is_over_goes_out_at_once() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([(2, vec![Never])]);
        let mut stage = Stage::new(&bank).at_once(2).start(2);
        // Nobody happens to look at such a time.
        time::sleep(Duration::from_micros(7_777_777_777)).await;
        for number in 1..=2 {
            stage.puts(order(number)).await;
        }
        let start = Instant::now();
        let out = stage.takes().await;
        let waited = start.elapsed();
        assert!(
            out == "1" && waited == Duration::ZERO,
            "1 was over at once, and 2 behind it never is; {out} came out after {waited:?}"
        );
    });
}

#[test]
fn attempts_go_on_while_the_output_is_full() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([(3, vec![Busy(0), Busy(0), Paid(0)])]);
        let mut stage = Stage::new(&bank).at_once(2).start(1);
        for number in 1..=3 {
            stage.puts(order(number)).await;
        }
        time::sleep(60 * SECOND).await;
        let begun = bank.begun(3);
        assert!(
            begun == [0, 1, 3],
            "nobody took anything for a minute, 1 lay in the output, 2 and 3 were in hand; the attempts \
             of 3 began after {begun:?} s"
        );
        let out = [
            stage.takes().await,
            stage.takes().await,
            stage.takes().await,
        ];
        let now = bank.now();
        assert!(
            out == ["1", "2", "3"] && now == 60,
            "everything was over when it was taken, after 60 s; out came {out:?}, after {now} s"
        );
    });
}

#[test]
fn it_ends_with_its_input_when_all_has_come_out() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([(1, vec![Busy(0), Paid(4)]), (2, vec![Paid(1)])]);
        for on_failure in [OnFailure::GoOn, OnFailure::Stop] {
            let mut stage = Stage::new(&bank).on_failure(on_failure).at_once(2).start(1);
            for number in 1..=2 {
                stage.puts(order(number)).await;
            }
            stage.input = None;
            let out = stage.rest().await;
            assert!(
                out == ["1", "2"],
                "1 and 2 were in hand when the input ended, and neither failed; out came {out:?}"
            );
            stage.ends("when everything had come out").await;
            bank.forget();
        }
    });
}

#[test]
fn a_failure_that_stops_is_the_last_to_come_out() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([
            (1, vec![Busy(0), Busy(0), Paid(0)]),
            (2, vec![Declined(1)]),
            (3, vec![Paid(0)]),
        ]);
        let mut stage = Stage::new(&bank)
            .on_failure(OnFailure::Stop)
            .at_once(3)
            .start(3);
        for number in 1..=4 {
            stage.offers(order(number)).await;
        }
        let out = stage.rest().await;
        assert!(
            out == ["1", "2 declined"],
            "1 succeeds after 3 s, 2 fails after 1 s, 3 is over at once; out came {out:?}"
        );
        let now = bank.now();
        assert!(
            now == 3,
            "1 was over after 3 s, which is when the failure of 2 could come out; it ended after {now} s"
        );
        stage.ends("when the failure had come out").await;
    });
}

#[test]
fn nothing_behind_a_failure_that_stops_goes_on() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([
            (1, vec![Paid(100)]),
            (2, vec![Declined(1)]),
            (3, vec![Never]),
            (4, vec![Busy(0); 9]),
        ]);
        let mut stage = Stage::new(&bank)
            .on_failure(OnFailure::Stop)
            .at_once(4)
            .start(1);
        for number in 1..=5 {
            stage.offers(order(number)).await;
        }
        time::sleep(50 * SECOND).await;
        let running = bank.running();
        assert!(
            running == [1],
            "2 has failed after 1 s, and 1 is under way; 49 s later these are: {running:?}"
        );
        let begun = (bank.begun(4), bank.begun(5));
        assert!(
            begun.0.iter().all(|second| *second <= 1) && begun.1.is_empty(),
            "2 has failed after 1 s; 4 was attempted after {:?} s, and 5, for which there was no place \
             before, after {:?} s",
            begun.0,
            begun.1
        );
        let out = stage.rest().await;
        assert!(
            out == ["1", "2 declined"],
            "1 succeeds after 100 s, and 2 has failed; out came {out:?}"
        );
    });
}

#[test]
fn of_two_failures_that_stop_the_one_of_the_earlier_item_comes_out() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([
            (1, vec![Paid(1)]),
            (2, vec![Busy(0); 9]),
            (3, vec![Declined(0)]),
        ]);
        let mut stage = Stage::new(&bank)
            .on_failure(OnFailure::Stop)
            .at_once(3)
            .start(3);
        for number in 1..=3 {
            stage.offers(order(number)).await;
        }
        let out = stage.rest().await;
        assert!(
            out == ["1", "2 busy 3 times"],
            "3 failed at once, and 2, which came before it, after 3 s; out came {out:?}"
        );
        stage.ends("when the failure had come out").await;
    });
}

#[test]
fn a_failure_of_an_earlier_stage_stops_as_well() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([(1, vec![Paid(2)])]);
        let mut stage = Stage::new(&bank)
            .on_failure(OnFailure::Stop)
            .at_once(2)
            .start(3);
        for item in [order(1), unreadable(2), order(3)] {
            stage.offers(item).await;
        }
        let out = stage.rest().await;
        let begun = bank.begun(3);
        assert!(
            out == ["1", "2 unreadable"] && begun.is_empty(),
            "2 had failed in an earlier stage; out came {out:?}, and 3 was attempted after {begun:?} s"
        );
        stage.ends("when the failure had come out").await;
    });
}

#[test]
fn it_ends_at_once_if_nobody_takes_the_output() {
    explore::tasks().bound(2).check(|| async {
        for (what, answers, items) in [
            ("with nothing in hand", None, 0),
            ("in a pause", Some((1, vec![Busy(0); 9])), 1),
            ("in an attempt", Some((1, vec![Never])), 2),
            ("with something that waits for room", None, 2),
        ] {
            let bank = Bank::new(answers);
            let mut stage = Stage::new(&bank).attempts(9).at_once(2).start(1);
            for number in 1..=items {
                stage.puts(order(number)).await;
            }
            time::sleep(SECOND / 2).await;
            stage.output = None;
            stage
                .ends(&format!("when nobody took the output any more, {what}"))
                .await;
            let before = bank.all_begun();
            time::sleep(HOUR).await;
            let (after, running) = (bank.all_begun(), bank.running());
            assert!(
                after == before && running.is_empty(),
                "the stage has ended, {what}; {} attempts began afterwards, and under way are {running:?}",
                after - before
            );
        }
    });
}

#[test]
fn nothing_goes_on_when_the_stage_is_dropped() {
    explore::tasks().bound(2).check(|| async {
        let bank = Bank::new([(1, vec![Never]), (2, vec![Busy(0); 9])]);
        let stage = Stage::new(&bank).attempts(9).at_once(2).start(1);
        for number in 1..=2 {
            stage.puts(order(number)).await;
        }
        time::sleep(SECOND / 2).await;
        drop(stage);
        let before = bank.all_begun();
        time::sleep(HOUR).await;
        let (after, running) = (bank.all_begun(), bank.running());
        assert!(
            after == before && running.is_empty(),
            "the stage was dropped; {} attempts began afterwards, and under way are {running:?}",
            after - before
        );
    });
}

/// An order as it comes in.
fn order(number: u32) -> Item {
    let cents = 100;
    Ok(Order { number, cents })
}

fn unreadable(number: u32) -> Item {
    let reason = Reason::Unreadable;
    Err(Failed { number, reason })
}

/// An item in words.
fn told(item: Item) -> String {
    match item {
        Ok(Order { number, .. }) => number.to_string(),
        Err(Failed { number, reason }) => match reason {
            Reason::Unreadable => format!("{number} unreadable"),
            Reason::Declined => format!("{number} declined"),
            Reason::Busy(attempts) => format!("{number} busy {attempts} times"),
        },
    }
}

/// How an attempt ends, after so many seconds.
#[derive(Clone, Copy)]
enum Answer {
    Paid(u64),
    Busy(u64),
    Declined(u64),
    Never,
}

/// Answers as it is told to, and otherwise that it is paid; notes every attempt.
#[derive(Clone)]
struct Bank {
    answers: Arc<HashMap<u32, Vec<Answer>>>,
    start: Instant,
    notes: Arc<Mutex<Notes>>,
}

#[derive(Default)]
struct Notes {
    /// The number of an order, its cents, and the second in which its attempt began.
    begun: Vec<(u32, u32, u64)>,
    running: Vec<u32>,
}

/// An attempt under way.
struct Visit(Bank, u32);

impl Drop for Visit {
    fn drop(&mut self) {
        let running = &mut self.0.notes.lock().unwrap().running;
        let place = running.iter().position(|number| *number == self.1);
        running.swap_remove(place.expect("it is noted"));
    }
}

impl Bank {
    fn new(answers: impl IntoIterator<Item = (u32, Vec<Answer>)>) -> Self {
        Self {
            answers: Arc::new(answers.into_iter().collect()),
            start: Instant::now(),
            notes: Arc::default(),
        }
    }

    fn work(&self) -> Work {
        let bank = self.clone();
        Arc::new(move |order| Box::pin(bank.clone().charge(order)))
    }

    async fn charge(self, mut order: Order) -> Result<Order, Fault> {
        let number = order.number;
        let attempt = self.begun(number).len();
        {
            let mut notes = self.notes.lock().unwrap();
            notes.begun.push((number, order.cents, self.now()));
            notes.running.push(number);
        }
        let _visit = Visit(self.clone(), number);
        let answers = self.answers.get(&number);
        let answer = answers.and_then(|answers| answers.get(attempt));
        order.cents += FEE;
        match *answer.unwrap_or(&Paid(0)) {
            Paid(after) => takes(after, Ok(order)).await,
            Busy(after) => takes(after, Err(Fault::Busy(order))).await,
            Declined(after) => takes(after, Err(Fault::Declined)).await,
            Never => std::future::pending().await,
        }
    }

    fn now(&self) -> u64 {
        self.start.elapsed().as_secs()
    }

    /// The seconds in which the attempts of an order began.
    fn begun(&self, number: u32) -> Vec<u64> {
        let notes = self.notes.lock().unwrap();
        let of_it = notes.begun.iter().filter(|note| note.0 == number);
        of_it.map(|note| note.2).collect()
    }

    /// With how much the order was attempted.
    fn cents(&self, number: u32) -> Vec<u32> {
        let notes = self.notes.lock().unwrap();
        let of_it = notes.begun.iter().filter(|note| note.0 == number);
        of_it.map(|note| note.1).collect()
    }

    fn all_begun(&self) -> usize {
        self.notes.lock().unwrap().begun.len()
    }

    /// The orders whose attempts are under way.
    fn running(&self) -> Vec<u32> {
        self.notes.lock().unwrap().running.clone()
    }

    fn forget(&self) {
        self.notes.lock().unwrap().begun.clear();
    }
}

async fn takes<T>(seconds: u64, result: T) -> T {
    if seconds > 0 {
        time::sleep(Duration::from_secs(seconds)).await;
    }
    result
}

/// A stage that is not started yet.
struct Plan {
    work: Work,
    settings: Settings,
}

impl Plan {
    fn attempts(mut self, attempts: u32) -> Self {
        self.settings.attempts = NonZeroU32::new(attempts).expect("at least one");
        self
    }

    fn at_once(mut self, at_once: usize) -> Self {
        self.settings.at_once = NonZeroUsize::new(at_once).expect("at least one");
        self
    }

    fn on_failure(mut self, on_failure: OnFailure) -> Self {
        self.settings.on_failure = on_failure;
        self
    }

    /// Between an input with room for one and an output with so much room.
    fn start(self, room: usize) -> Stage {
        let (input, from) = mpsc::channel(1);
        let (to, output) = mpsc::channel(room);
        let running = tokio::spawn(retry(from, to, self.work, self.settings));
        Stage {
            input: Some(input),
            output: Some(output),
            running: AbortOnDropHandle::new(running),
        }
    }
}

struct Stage {
    input: Option<Sender<Item>>,
    output: Option<Receiver<Item>>,
    running: AbortOnDropHandle<()>,
}

impl Stage {
    /// Three attempts, a pause of a second, one at a time, and no stop.
    #[expect(clippy::new_ret_no_self, reason = "it is started in the end")]
    fn new(bank: &Bank) -> Plan {
        let settings = Settings {
            attempts: NonZeroU32::new(3).expect("at least one"),
            pause: SECOND,
            at_once: NonZeroUsize::MIN,
            on_failure: OnFailure::GoOn,
        };
        let work = bank.work();
        Plan { work, settings }
    }

    async fn puts(&self, item: Item) {
        let name = told(item.clone());
        let is_open = self.offers(item).await;
        assert!(is_open, "the stage has ended before {name} came");
    }

    /// Puts an item in, unless a failure has closed the input.
    async fn offers(&self, item: Item) -> bool {
        let input = self.input.as_ref().expect("it is open");
        let name = told(item.clone());
        let put = time::timeout(HOUR, input.send(item)).await;
        let put = put.unwrap_or_else(|_| panic!("{name} was not taken in within an hour"));
        put.is_ok()
    }

    /// How many orders it takes while nobody takes the output.
    async fn accepts(&self) -> usize {
        let input = self.input.as_ref().expect("it is open");
        for (accepted, number) in (1..=20).enumerate() {
            match time::timeout(SECOND, input.send(order(number))).await {
                Ok(sent) => assert!(
                    sent.is_ok(),
                    "the stage has ended before order {number} came"
                ),
                Err(_) => return accepted,
            }
        }
        panic!("20 orders were taken in, and nothing held them back");
    }

    async fn takes(&mut self) -> String {
        told(self.takes_item().await)
    }

    async fn takes_item(&mut self) -> Item {
        let output = self.output.as_mut().expect("it is open");
        let next = time::timeout(HOUR, output.recv()).await;
        let next = next.unwrap_or_else(|_| panic!("nothing came out within an hour"));
        next.expect("the stage has ended")
    }

    /// What comes out until the end.
    async fn rest(&mut self) -> Vec<String> {
        let output = self.output.as_mut().expect("it is open");
        let mut rest = Vec::new();
        while let Ok(Some(item)) = time::timeout(HOUR, output.recv()).await {
            rest.push(told(item));
        }
        rest
    }

    async fn ends(self, when: &str) {
        let start = Instant::now();
        let end = time::timeout(HOUR, self.running).await;
        let waited = start.elapsed();
        assert!(
            matches!(end, Ok(Ok(()))) && waited == Duration::ZERO,
            "the stage was to end {when}; after {waited:?} it is {end:?}"
        );
    }
}
