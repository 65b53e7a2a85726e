//! The desk of the job server, in every schedule within a bound.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch07_worker_pools::desk::{Desk, Outcome, Refused, Size, Status};
use tokio::sync::Barrier;
use tokio::time::{Instant, sleep};

/// A desk with so many workers and places in its queue, and what it tells.
fn desk(workers: usize, queue: usize) -> (Desk, Arc<Mutex<Vec<(String, Outcome)>>>) {
    let told = Arc::new(Mutex::new(Vec::new()));
    let size = Size {
        workers: NonZeroUsize::new(workers).expect("some"),
        queue,
        remembered: 3,
    };
    let telling = told.clone();
    let desk = Desk::open(size, move |id, outcome| {
        let mut told = telling.lock().expect("no panic");
        told.push((id.to_owned(), outcome.clone()));
    });
    (desk, told)
}

async fn minutes(count: u64) -> Result<String, String> {
    sleep(Duration::from_secs(60 * count)).await;
    Ok(format!("{count} min"))
}

fn done(result: &str) -> Outcome {
    Outcome::Done(result.to_owned())
}

#[test]
fn every_accepted_job_has_one_outcome_whatever_comes_when_the_desk_closes() {
    let verdict = explore::tasks().explore(|| async {
        let (desk, told) = desk(1, 1);
        let customer = tokio::spawn({
            let desk = desk.clone();
            async move {
                let first = desk.submit("parcel", minutes(1));
                tokio::task::yield_now().await;
                let second = desk.submit("letter", minutes(1));
                tokio::task::yield_now().await;
                desk.cancel("letter");
                let accepted = [("parcel", first), ("letter", second)];
                let accepted = accepted.into_iter().filter(|(_, answer)| answer.is_ok());
                accepted.map(|(id, _)| id).collect::<Vec<_>>()
            }
        });
        tokio::task::yield_now().await;
        desk.close(Instant::now() + Duration::from_secs(90)).await;
        let accepted = customer.await.expect("no panic");
        let told = told.lock().expect("no panic").clone();
        let mut ids: Vec<_> = told.iter().map(|(id, _)| id.as_str()).collect();
        ids.sort_by_key(|id| accepted.iter().position(|known| known == id));
        assert!(
            ids == accepted,
            "{accepted:?} were accepted, and told was {told:?}"
        );
        assert_eq!(desk.submit("late", minutes(1)), Err(Refused::Closing));
    });
    verdict.expect_pass();
}

#[test]
fn what_is_not_over_in_time_is_cancelled_and_nothing_goes_on() {
    let verdict = explore::tasks().explore(|| async {
        let (desk, told) = desk(1, 2);
        for (id, length) in [("short", 1), ("long", 60), ("waiting", 1)] {
            desk.submit(id, minutes(length)).expect("there is room");
        }
        let start = Instant::now();
        desk.close(start + Duration::from_secs(120)).await;
        assert_eq!(start.elapsed(), Duration::from_secs(120));
        let mut told = told.lock().expect("no panic").clone();
        told.sort_by(|a, b| a.0.cmp(&b.0));
        let expected = [
            ("long".to_owned(), Outcome::Cancelled),
            ("short".to_owned(), done("1 min")),
            ("waiting".to_owned(), Outcome::Cancelled),
        ];
        assert_eq!(told, expected);
    });
    verdict.expect_pass();
}

#[test]
fn a_cancel_reaches_a_job_that_waits_and_one_that_runs() {
    let verdict = explore::tasks().explore(|| async {
        let (desk, _) = desk(1, 1);
        desk.submit("runs", minutes(60)).expect("there is room");
        desk.submit("waits", minutes(60)).expect("there is room");
        sleep(Duration::from_secs(1)).await;
        assert_eq!(desk.cancel("waits"), Some(Status::Waiting));
        assert_eq!(desk.outcome("waits").await, Some(Outcome::Cancelled));
        assert_eq!(desk.cancel("runs"), Some(Status::Running));
        assert_eq!(desk.outcome("runs").await, Some(Outcome::Cancelled));
        // What is over stays as it is.
        let over = Some(Status::Over(Outcome::Cancelled));
        assert_eq!(desk.cancel("runs"), over);
        assert_eq!(desk.cancel("never came"), None);
        assert_eq!(desk.outcome("never came").await, None);
        desk.close(Instant::now()).await;
    });
    verdict.expect_pass();
}

#[test]
fn a_panic_is_an_outcome_and_costs_no_worker() {
    let verdict = explore::tasks().explore(|| async {
        let (desk, _) = desk(1, 2);
        let poisoned = async { panic!("no such row") };
        desk.submit("poisoned", poisoned).expect("there is room");
        desk.submit("fine", minutes(1)).expect("there is room");
        let failed = Outcome::Failed("panicked: no such row".to_owned());
        assert_eq!(desk.outcome("poisoned").await, Some(failed));
        assert_eq!(desk.outcome("fine").await, Some(done("1 min")));
        desk.close(Instant::now()).await;
    });
    verdict.expect_pass();
}

#[test]
fn all_workers_work_and_what_has_no_room_is_refused() {
    let verdict = explore::tasks().explore(|| async {
        let (desk, _) = desk(2, 1);
        let meeting = Arc::new(Barrier::new(2));
        for id in ["a", "b"] {
            let meeting = meeting.clone();
            let work = async move {
                meeting.wait().await;
                minutes(1).await
            };
            desk.submit(id, work).expect("there is room");
        }
        assert_eq!(desk.submit("a", minutes(1)), Err(Refused::Known));
        desk.submit("c", minutes(1)).expect("there is room");
        assert_eq!(desk.submit("d", minutes(1)), Err(Refused::Full));
        sleep(Duration::from_secs(59)).await;
        assert_eq!(desk.status("c"), Some(Status::Waiting));
        assert_eq!(desk.outcome("c").await, Some(done("1 min")));
        // Its place is free again, and of those that are over the last three are remembered.
        for id in ["d", "e"] {
            desk.submit(id, minutes(1)).expect("there is room");
        }
        for id in ["d", "e"] {
            assert_eq!(desk.outcome(id).await, Some(done("1 min")));
        }
        let remembered = ["a", "b", "c", "d", "e"].map(|id| desk.status(id).is_some());
        assert_eq!(remembered, [false, false, true, true, true]);
        desk.close(Instant::now()).await;
        assert_eq!(desk.unfinished(), Vec::<String>::new());
    });
    verdict.expect_pass();
}
