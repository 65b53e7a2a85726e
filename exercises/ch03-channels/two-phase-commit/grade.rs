//! What is asked of a transaction, in every order in which the tasks can run.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Barrier;
use tokio::time::{Instant, sleep, timeout};
use two_phase_commit::{Decision, Outcome, Participant, Vote, transact};

const PATIENCE: Duration = Duration::from_secs(5);

/// The world of the properties that do not ask what is left running.
fn tasks() -> explore::Tasks {
    explore::tasks().may_leave_tasks()
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// What a participant does when it is called.
#[derive(Clone)]
enum Does {
    /// Returns after so many seconds.
    Returns(u64),
    /// Says no after so many seconds.
    Refuses(u64),
    /// Panics after so many seconds.
    Panics(u64),
    /// Returns when as many are there as the barrier waits for.
    Meets(Arc<Barrier>),
    /// Never returns.
    KeepsSilent,
}

use Does::{KeepsSilent, Meets, Panics, Refuses, Returns};

impl Does {
    async fn run(self) -> Vote {
        match self {
            Returns(0) => {}
            Returns(after) => sleep(seconds(after)).await,
            Refuses(after) => {
                sleep(seconds(after)).await;
                return Vote::No;
            }
            Panics(after) => {
                sleep(seconds(after)).await;
                panic!("the firm is bankrupt");
            }
            Meets(others) => {
                others.wait().await;
            }
            KeepsSilent => std::future::pending().await,
        }
        Vote::Yes
    }
}

/// A firm that takes part.
struct Firm {
    when_asked: Does,
    when_told: Does,
    record: Mutex<Record>,
}

/// What has happened to a firm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Record {
    prepares: usize,
    commits: usize,
    roll_backs: usize,
    /// Calls that have come to their end by themselves.
    returned: usize,
    running: usize,
    /// Whether two calls were running at the same time.
    overlapped: bool,
}

impl Firm {
    fn new(when_asked: Does, when_told: Does) -> Arc<Self> {
        let record = Mutex::default();
        Arc::new(Self {
            when_asked,
            when_told,
            record,
        })
    }

    fn asked(when_asked: Does) -> Arc<Self> {
        Self::new(when_asked, Returns(0))
    }

    fn record(&self) -> Record {
        self.record.lock().unwrap().clone()
    }

    /// How often it was told to commit, and to roll back.
    fn told(&self) -> (usize, usize) {
        let record = self.record();
        (record.commits, record.roll_backs)
    }

    async fn run(&self, what: Does) -> Vote {
        let running = Running(self);
        let vote = what.run().await;
        self.record.lock().unwrap().returned += 1;
        drop(running);
        vote
    }

    fn begins(&self, count: impl FnOnce(&mut Record)) {
        let mut record = self.record.lock().unwrap();
        count(&mut record);
        record.overlapped |= record.running > 0;
        record.running += 1;
    }
}

/// A call that was begun; it is over when this is dropped.
struct Running<'a>(&'a Firm);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.record.lock().unwrap().running -= 1;
    }
}

impl Participant for Firm {
    async fn prepare(&self) -> Vote {
        self.begins(|record| record.prepares += 1);
        self.run(self.when_asked.clone()).await
    }

    async fn commit(&self) {
        self.begins(|record| record.commits += 1);
        self.run(self.when_told.clone()).await;
    }

    async fn roll_back(&self) {
        self.begins(|record| record.roll_backs += 1);
        self.run(self.when_told.clone()).await;
    }
}

/// How often each firm was told to commit, and to roll back.
fn told<const N: usize>(firms: &[Arc<Firm>; N]) -> [(usize, usize); N] {
    std::array::from_fn(|place| firms[place].told())
}

const COMMIT: (usize, usize) = (1, 0);
const ROLL_BACK: (usize, usize) = (0, 1);
const NOTHING: (usize, usize) = (0, 0);

fn outcome(decision: Decision, unheard: &[usize]) -> Outcome {
    let unheard = unheard.to_vec();
    Outcome { decision, unheard }
}

/// A transaction of these, and how long it took.
async fn transaction(firms: &[Arc<Firm>]) -> (Outcome, Duration) {
    let begin = Instant::now();
    let outcome = transact(firms.to_vec(), PATIENCE).await;
    (outcome, begin.elapsed())
}

#[test]
fn all_are_asked_at_the_same_time() {
    tasks().check(|| async {
        // Nobody votes before both are asked.
        let both = Arc::new(Barrier::new(2));
        let firms = [(); 2].map(|()| Firm::asked(Meets(Arc::clone(&both))));
        let (outcome, _) = transaction(&firms).await;
        let told = told(&firms);
        assert!(
            outcome.decision == Decision::Commit && told == [COMMIT; 2],
            "two say yes as soon as both are asked; {outcome:?}; \
             calls of (commit, roll_back): {told:?}"
        );
    });
}

#[test]
fn all_commit_when_all_say_yes() {
    tasks().check(|| async {
        let firms = [3, 1, 2].map(|after| Firm::asked(Returns(after)));
        let (result, took) = transaction(&firms).await;
        let told = told(&firms);
        assert!(
            told == [COMMIT; 3] && result == outcome(Decision::Commit, &[]),
            "three said yes; calls of (commit, roll_back): {told:?}; {result:?}"
        );
        assert!(
            took == seconds(3),
            "the last of them said so after 3 s, and it took {took:?}"
        );
    });
}

#[test]
fn a_no_rolls_the_others_back() {
    tasks().check(|| async {
        let firms = [Returns(1), Refuses(2), Returns(3)].map(Firm::asked);
        let (result, _) = transaction(&firms).await;
        let told = told(&firms);
        assert!(
            told == [ROLL_BACK, NOTHING, ROLL_BACK] && result == outcome(Decision::RollBack, &[]),
            "yes after 1 s, no after 2 s, one still preparing; \
             calls of (commit, roll_back): {told:?}; {result:?}"
        );
    });
}

#[test]
fn a_panic_rolls_the_others_back() {
    tasks().check(|| async {
        let firms = [Returns(1), Panics(2), Returns(3)].map(Firm::asked);
        let (result, _) = transaction(&firms).await;
        let told = told(&firms);
        assert!(
            told == [ROLL_BACK, NOTHING, ROLL_BACK] && result == outcome(Decision::RollBack, &[]),
            "yes after 1 s, a panic after 2 s, one still preparing; \
             calls of (commit, roll_back): {told:?}; {result:?}"
        );
    });
}

#[test]
fn two_panics_at_the_same_moment_are_one_roll_back() {
    tasks().check(|| async {
        let firms = [Panics(1), Panics(1), Returns(1)].map(Firm::asked);
        let (outcome, _) = transaction(&firms).await;
        let told = told(&firms);
        let commits: usize = told.iter().map(|(commits, _)| commits).sum();
        assert!(
            (told[2], commits, outcome.decision) == (ROLL_BACK, 0, Decision::RollBack),
            "two panics and a yes after 1 s, and the caller heard {:?}; \
             calls of (commit, roll_back): {told:?}",
            outcome.decision
        );
    });
}

#[test]
fn a_no_decides_at_once() {
    tasks().check(|| async {
        for no in [Refuses(1), Panics(1)] {
            let firms = [KeepsSilent, no].map(Firm::asked);
            let (_, took) = transaction(&firms).await;
            assert!(
                took == seconds(1),
                "a no, or a panic, after 1 s; the transaction took {took:?}"
            );
        }
    });
}

#[test]
fn a_silence_rolls_all_back_when_the_patience_is_over() {
    tasks().check(|| async {
        let firms = [Returns(1), KeepsSilent].map(Firm::asked);
        let (result, took) = transaction(&firms).await;
        let told = told(&firms);
        assert!(
            told == [ROLL_BACK; 2] && result == outcome(Decision::RollBack, &[]),
            "one yes and one silence; calls of (commit, roll_back): {told:?}; {result:?}"
        );
        assert!(
            took == PATIENCE,
            "the patience is {PATIENCE:?}, and it took {took:?}"
        );
    });
}

#[test]
fn the_patience_counts_from_the_beginning() {
    tasks().check(|| async {
        let firms = [Returns(3), Returns(6)].map(Firm::asked);
        let (outcome, took) = transaction(&firms).await;
        assert!(
            (outcome.decision, took) == (Decision::RollBack, PATIENCE),
            "yes after 3 s, yes after 6 s, a patience of {PATIENCE:?}: {:?} after {took:?}",
            outcome.decision
        );
    });
}

#[test]
fn a_vote_at_the_last_moment_counts_for_all_or_for_nobody() {
    tasks().check(|| async {
        let firms = [Returns(1), Returns(5)].map(Firm::asked);
        let (outcome, _) = transaction(&firms).await;
        let told = told(&firms);
        let expected = match outcome.decision {
            Decision::Commit => COMMIT,
            Decision::RollBack => ROLL_BACK,
        };
        assert!(
            told == [expected; 2],
            "yes when the patience ends, and the caller heard {:?}; \
             calls of (commit, roll_back): {told:?}",
            outcome.decision
        );
    });
}

#[test]
fn a_prepare_is_over_before_its_roll_back() {
    tasks().check(|| async {
        // The second one is in the middle of it, the third has just come to its end.
        let firms = [Refuses(1), Returns(3), Returns(1)].map(Firm::asked);
        transaction(&firms).await;
        let overlapped = firms.iter().filter(|firm| firm.record().overlapped).count();
        assert!(
            overlapped == 0,
            "{overlapped} participants were told while they were still preparing"
        );
        sleep(seconds(60)).await;
        let returned = firms[1].record().returned;
        assert!(
            returned <= 1,
            "a prepare that was given up after 1 s of 3 came to its end all the same"
        );
    });
}

#[test]
fn all_are_told_at_the_same_time() {
    tasks().check(|| async {
        // Nobody acknowledges before both are told.
        let both = Arc::new(Barrier::new(2));
        let firms = [(); 2].map(|()| Firm::new(Returns(1), Meets(Arc::clone(&both))));
        let (result, took) = transaction(&firms).await;
        assert!(
            result == outcome(Decision::Commit, &[]) && took == seconds(1),
            "two acknowledge as soon as both are told; {result:?}, after {took:?}"
        );
    });
}

#[test]
fn the_caller_hears_when_all_have_acknowledged() {
    tasks().check(|| async {
        let firms = [4, 2].map(|after| Firm::new(Returns(1), Returns(after)));
        let (result, took) = transaction(&firms).await;
        let returned = firms.each_ref().map(|firm| firm.record().returned);
        assert!(
            returned == [2; 2] && result == outcome(Decision::Commit, &[]),
            "calls that returned, of two for each, when the caller heard: {returned:?}; {result:?}"
        );
        assert!(
            took == seconds(5),
            "a vote after 1 s and an acknowledgement 4 s later, and it took {took:?}"
        );
    });
}

#[test]
fn who_does_not_acknowledge_in_time_is_reported() {
    tasks().check(|| async {
        let firms =
            [Returns(6), Returns(1), KeepsSilent].map(|when_told| Firm::new(Returns(2), when_told));
        let (result, took) = transaction(&firms).await;
        let told = told(&firms);
        assert!(
            told == [COMMIT; 3] && result == outcome(Decision::Commit, &[0, 2]),
            "they acknowledge after 6 s, after 1 s and never; {result:?}; \
             calls of (commit, roll_back): {told:?}"
        );
        assert!(
            took == seconds(2) + PATIENCE,
            "a decision after 2 s and a patience of {PATIENCE:?} took {took:?}"
        );
    });
}

#[test]
fn who_panics_over_the_decision_is_reported() {
    tasks().check(|| async {
        let firms = [Panics(1), Returns(2)].map(|when_told| Firm::new(Returns(1), when_told));
        let (result, took) = transaction(&firms).await;
        let told = told(&firms);
        assert!(
            told == [COMMIT; 2] && result == outcome(Decision::Commit, &[0]),
            "one panics over its commit, the other one returns; {result:?}; \
             calls of (commit, roll_back): {told:?}"
        );
        assert!(
            took == seconds(3),
            "the other one returned after 3 s, and it took {took:?}"
        );
    });
}

#[test]
fn who_does_not_acknowledge_a_roll_back_is_reported() {
    tasks().check(|| async {
        let firms = [
            Firm::new(Returns(1), KeepsSilent),
            Firm::new(KeepsSilent, Panics(1)),
            Firm::new(KeepsSilent, Returns(1)),
            Firm::asked(Refuses(2)),
        ];
        let (result, took) = transaction(&firms).await;
        let told = told(&firms);
        assert!(
            told == [ROLL_BACK, ROLL_BACK, ROLL_BACK, NOTHING]
                && result == outcome(Decision::RollBack, &[0, 1]),
            "one never acknowledges the roll-back, one panics over it, one returns, and one has \
             said no; {result:?}; calls of (commit, roll_back): {told:?}"
        );
        assert!(
            took == seconds(2) + PATIENCE,
            "a decision after 2 s and a patience of {PATIENCE:?} took {took:?}"
        );
    });
}

#[test]
fn a_transaction_of_nobody_commits_at_once() {
    tasks().check(|| async {
        let (result, took) = transaction(&[]).await;
        assert!(
            result == outcome(Decision::Commit, &[]) && took.is_zero(),
            "nobody takes part, and nobody says no; {result:?}, after {took:?}"
        );
    });
}

#[test]
fn nothing_is_running_when_it_returns() {
    explore::tasks().check(|| async {
        let firms = [
            Firm::asked(Refuses(1)),
            Firm::new(Returns(2), KeepsSilent),
            Firm::new(KeepsSilent, Returns(6)),
        ];
        transaction(&firms).await;
        let running = firms.each_ref().map(|firm| firm.record().running);
        assert!(
            running == [0; 3],
            "calls that were still running when it returned: {running:?}"
        );
    });
}

#[test]
fn a_transaction_that_is_dropped_before_the_decision_comes_to_an_end() {
    explore::tasks().check(|| async {
        let firms = [Returns(2), KeepsSilent].map(Firm::asked);
        let result = timeout(seconds(1), transaction(&firms)).await;
        assert!(result.is_err(), "a silence was over within 1 s: {result:?}");
        sleep(seconds(5)).await;
        let told = told(&firms);
        assert!(
            told == [ROLL_BACK; 2],
            "one yes and one silence, dropped after 1 s, with a patience of {PATIENCE:?}; \
             calls of (commit, roll_back) after 6 s: {told:?}"
        );
    });
}

#[test]
fn a_transaction_that_is_dropped_tells_all_the_same() {
    explore::tasks().check(|| async {
        let firms = [2, 3].map(|after| Firm::new(Returns(after), Returns(1)));
        // The second vote comes at the very moment when the caller loses interest.
        let _ = timeout(seconds(3), transaction(&firms)).await;
        sleep(seconds(10)).await;
        let told = told(&firms);
        assert!(
            told == [COMMIT; 2] || told == [ROLL_BACK; 2],
            "dropped at the moment of the last yes; calls of (commit, roll_back): {told:?}"
        );
    });
}

#[test]
fn a_decision_is_carried_out_although_the_caller_is_gone() {
    explore::tasks().check(|| async {
        let firms = [3, 4].map(|after| Firm::new(Returns(1), Returns(after)));
        let result = timeout(seconds(2), transaction(&firms)).await;
        assert!(result.is_err(), "an acknowledgement takes 4 s: {result:?}");
        sleep(seconds(10)).await;
        let told = told(&firms);
        let returned = firms.each_ref().map(|firm| firm.record().returned);
        assert!(
            (told, returned) == ([COMMIT; 2], [2; 2]),
            "dropped after the decision to commit; calls of (commit, roll_back): {told:?}; \
             calls that returned, of two for each: {returned:?}"
        );
    });
}
