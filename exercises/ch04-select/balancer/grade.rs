//! What is asked of the balancer, in every order in which the tasks can run.

use std::time::Duration;

use balancer::{AllGone, Balancer};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::error::Elapsed;
use tokio::time::{Instant, sleep, timeout};

/// Longer than anybody has to wait here.
const HOUR: Duration = Duration::from_secs(3600);

fn second(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// The jobs 1 to `jobs`, and no more to come.
fn input(jobs: u32) -> Receiver<u32> {
    let (input, output) = open_input(jobs);
    drop(input);
    output
}

/// The jobs 1 to `jobs`, and the end that can send more.
fn open_input(jobs: u32) -> (Sender<u32>, Receiver<u32>) {
    let (input, output) = channel(32);
    (1..=jobs).for_each(|job| input.try_send(job).expect("there is room for 32 jobs"));
    (input, output)
}

/// A worker with so many places for each of `places`.
fn workers<const N: usize>(places: [usize; N]) -> ([Sender<u32>; N], [Receiver<u32>; N]) {
    let mut inboxes = Vec::new();
    let workers = places.map(|places| {
        let (worker, inbox) = channel(places);
        inboxes.push(inbox);
        worker
    });
    (workers, inboxes.try_into().expect("one for each worker"))
}

/// Takes each worker's only place, with job 0.
fn fill(workers: &[Sender<u32>]) {
    for worker in workers {
        worker.try_send(0).expect("the place is free");
    }
}

/// What is in an inbox now.
fn found(inbox: &mut Receiver<u32>) -> Vec<u32> {
    std::iter::from_fn(|| inbox.try_recv().ok()).collect()
}

/// What is in these inboxes now, job by job.
fn all_found(inboxes: &mut [Receiver<u32>]) -> Vec<u32> {
    let mut jobs: Vec<_> = inboxes.iter_mut().flat_map(found).collect();
    jobs.sort_unstable();
    jobs
}

/// Runs to the end. What was handed over within a second is taken then, and returned worker by worker;
/// so are, from then on, all places free.
async fn run_to_the_end(
    balancer: &mut Balancer<u32>,
    inboxes: &mut [Receiver<u32>],
) -> (Ended, Vec<Vec<u32>>) {
    let takes = async {
        sleep(second(1)).await;
        inboxes.iter_mut().map(found).collect()
    };
    tokio::join!(timeout(HOUR, balancer.run()), takes)
}

type Ended = Result<Result<(), AllGone>, Elapsed>;

#[test]
fn any_number_of_workers_will_do() {
    explore::tasks().bound(1).check(|| async {
        for number in [1, 2, 3, 5] {
            let (workers, mut inboxes): (Vec<_>, Vec<_>) = (0..number).map(|_| channel(1)).unzip();
            let mut balancer = Balancer::new(input(number), workers);
            let (ended, jobs) = run_to_the_end(&mut balancer, &mut inboxes).await;
            assert!(
                ended == Ok(Ok(())) && jobs.iter().all(|jobs| jobs.len() == 1),
                "{number} jobs for {number} workers with a place each: they got {jobs:?} within a \
                 second, and the run came to {ended:?} within an hour"
            );
        }
    });
}

#[test]
fn a_full_worker_is_skipped_while_another_has_room() {
    explore::tasks().bound(1).check(|| async {
        for full in [0, 1, 2] {
            let mut places = [2, 2, 2];
            places[full] = 1;
            let (workers, mut inboxes) = workers(places);
            fill(&workers[full..=full]);
            let mut balancer = Balancer::new(input(4), workers.into());
            let (ended, mut jobs) = run_to_the_end(&mut balancer, &mut inboxes).await;
            let before = jobs.remove(full);
            let others = jobs.concat().len();
            assert!(
                ended == Ok(Ok(())) && before == [0] && others == 4,
                "worker {full} of 3 was full of job 0: within a second he had {before:?} and the \
                 others {others} of 4 jobs, and the run came to {ended:?} within an hour"
            );
        }
    });
}

#[test]
fn a_worker_gets_its_jobs_in_the_order_in_which_they_came() {
    explore::tasks().bound(2).check(|| async {
        let (workers, mut inboxes) = workers([4, 4]);
        let mut balancer = Balancer::new(input(5), workers.into());
        let (ended, jobs) = run_to_the_end(&mut balancer, &mut inboxes).await;
        let mut all = jobs.concat();
        all.sort_unstable();
        assert!(
            ended == Ok(Ok(()))
                && all == [1, 2, 3, 4, 5]
                && jobs.iter().all(|jobs| jobs.is_sorted()),
            "two workers got the jobs 1 to 5 as {jobs:?}, and the run came to {ended:?} within an \
             hour"
        );
    });
}

#[test]
fn no_worker_with_room_is_passed_over_for_ever() {
    explore::tasks().bound(1).check(|| async {
        for number in [2, 3] {
            let (workers, mut inboxes): (Vec<_>, Vec<_>) = (0..number).map(|_| channel(12)).unzip();
            let (input, jobs) = open_input(0);
            let mut balancer = Balancer::new(jobs, workers);
            let comes = async move {
                for job in 1..=12 {
                    sleep(second(1)).await;
                    let _ = input.send(job).await;
                }
            };
            let (ended, ()) = tokio::join!(timeout(HOUR, balancer.run()), comes);
            let jobs: Vec<_> = inboxes.iter_mut().map(|inbox| found(inbox).len()).collect();
            assert!(
                ended == Ok(Ok(())) && jobs.iter().all(|jobs| *jobs > 0),
                "{number} workers, who always had room, got {jobs:?} of 12 jobs, one a second, and \
                 the run came to {ended:?} within an hour"
            );
        }
    });
}

#[test]
fn if_all_are_full_the_job_goes_to_the_first_that_has_room() {
    explore::tasks().check(|| async {
        for first in [0, 1, 2] {
            let start = Instant::now();
            let (workers, mut inboxes) = workers([1, 1, 1]);
            fill(&workers);
            let mut balancer = Balancer::new(input(1), workers.into());
            let takes = async {
                sleep(second(1)).await;
                let taken = inboxes[first].recv().await;
                assert!(taken == Some(0), "the first job was {taken:?}");
                inboxes[first].recv().await
            };
            let (ended, job) = tokio::join!(timeout(HOUR, balancer.run()), takes);
            let after = start.elapsed().as_secs();
            assert!(
                ended == Ok(Ok(())) && job == Some(1) && after == 1,
                "worker {first} had room after 1 s, the others never; it got {job:?} after \
                 {after} s, and the run came to {ended:?} within an hour"
            );
        }
    });
}

#[test]
fn whoever_waits_for_a_place_sleeps() {
    explore::tasks().check(|| async {
        let (workers, _inboxes) = workers([1, 1]);
        fill(&workers);
        let mut balancer = Balancer::new(input(1), workers.into());
        let ended = timeout(HOUR, balancer.run()).await;
        assert!(
            ended.is_err(),
            "nobody had room for a job for an hour, and the run ended with {ended:?}"
        );
    });
}

#[test]
fn whoever_waits_for_a_job_sleeps() {
    explore::tasks().check(|| async {
        let (workers, _inboxes) = workers([1, 1]);
        let (_input, jobs) = open_input(0);
        let mut balancer = Balancer::new(jobs, workers.into());
        let ended = timeout(HOUR, balancer.run()).await;
        assert!(
            ended.is_err(),
            "no job came for an hour, and the run ended with {ended:?}"
        );
    });
}

#[test]
fn while_nobody_has_room_at_most_one_job_is_in_hand() {
    explore::tasks().check(|| async {
        let (workers, _inboxes) = workers([1, 1]);
        fill(&workers);
        let (input, jobs) = open_input(5);
        let mut balancer = Balancer::new(jobs, workers.into());
        let ended = timeout(second(1), balancer.run()).await;
        assert!(
            ended.is_err(),
            "nobody had room for 5 jobs, and the run ended with {ended:?}"
        );
        let waiting = input.max_capacity() - input.capacity();
        assert!(
            waiting >= 4,
            "nobody had room for 5 jobs, and {waiting} of them still waited in the input"
        );
    });
}

#[test]
fn a_worker_that_is_gone_gets_nothing_and_no_job_is_lost() {
    explore::tasks().check(|| async {
        for gone in [0, 1] {
            let (workers, inboxes) = workers([4, 4]);
            let mut inboxes = Vec::from(inboxes);
            drop(inboxes.remove(gone));
            let mut balancer = Balancer::new(input(3), workers.into());
            let (ended, jobs) = run_to_the_end(&mut balancer, &mut inboxes).await;
            assert!(
                ended == Ok(Ok(())) && jobs == [[1, 2, 3]],
                "worker {gone} of 0 and 1 was gone: of the jobs 1, 2 and 3 the other one got \
                 {jobs:?}, and the run came to {ended:?} within an hour"
            );
        }
    });
}

#[test]
fn a_worker_that_goes_while_nobody_has_room_costs_no_job() {
    explore::tasks().check(|| async {
        for goes in [0, 1] {
            let (workers, inboxes) = workers([1, 1]);
            fill(&workers);
            let mut inboxes = Vec::from(inboxes);
            let gone = inboxes.remove(goes);
            let mut balancer = Balancer::new(input(1), workers.into());
            let work = async {
                sleep(second(1)).await;
                drop(gone);
                sleep(second(1)).await;
                (inboxes[0].recv().await, inboxes[0].recv().await)
            };
            let (ended, jobs) = tokio::join!(timeout(HOUR, balancer.run()), work);
            // A balancer that failed may keep the channels open.
            drop(balancer);
            assert!(
                ended == Ok(Ok(())) && jobs == (Some(0), Some(1)),
                "worker {goes} of 0 and 1 was gone after 1 s and the other one had room after \
                 2 s: it got {jobs:?}, and the run came to {ended:?} within an hour"
            );
        }
    });
}

#[test]
fn a_worker_that_goes_while_there_is_no_job_costs_no_job() {
    explore::tasks().check(|| async {
        for goes in [0, 1] {
            let (workers, inboxes) = workers([4, 4]);
            let mut inboxes = Vec::from(inboxes);
            let gone = inboxes.remove(goes);
            let (input, jobs) = open_input(0);
            let mut balancer = Balancer::new(jobs, workers.into());
            let work = async move {
                sleep(second(1)).await;
                drop(gone);
                sleep(second(1)).await;
                for job in 1..=3 {
                    let _ = input.send(job).await;
                }
            };
            let (ended, ()) = tokio::join!(timeout(HOUR, balancer.run()), work);
            let jobs = found(&mut inboxes[0]);
            assert!(
                ended == Ok(Ok(())) && jobs == [1, 2, 3],
                "worker {goes} of 0 and 1 was gone after 1 s and three jobs came after 2 s: the \
                 other one got {jobs:?}, and the run came to {ended:?} within an hour"
            );
        }
    });
}

#[test]
fn when_all_are_gone_the_jobs_come_back() {
    explore::tasks().check(|| async {
        for number in [0, 1, 2] {
            let mut places = vec![1; 2];
            places.truncate(number);
            let (workers, inboxes): (Vec<_>, Vec<_>) = places.into_iter().map(channel).unzip();
            drop(inboxes);
            let (_input, jobs) = open_input(3);
            let mut balancer = Balancer::new(jobs, workers);
            let ended = timeout(HOUR, balancer.run()).await;
            assert!(
                ended == Ok(Err(AllGone)),
                "3 jobs, and all of {number} workers were gone: the run came to {ended:?} within \
                 an hour"
            );
            let rest = balancer.into_rest().await;
            assert!(
                rest == [1, 2, 3],
                "3 jobs, and all of {number} workers were gone: what came back was {rest:?}"
            );
        }
    });
}

#[test]
fn whoever_has_no_job_needs_no_place() {
    explore::tasks().check(|| async {
        for jobs in [0, 1] {
            let start = Instant::now();
            let (workers, mut inboxes) = workers([1, 1]);
            fill(&workers);
            let (input, output) = open_input(jobs);
            let mut balancer = Balancer::new(output, workers.into());
            let work = async {
                sleep(second(1)).await;
                if jobs == 1 {
                    inboxes[0].recv().await;
                }
                sleep(second(1)).await;
                drop(input);
            };
            let run = async {
                let ended = timeout(HOUR, balancer.run()).await;
                (ended, start.elapsed().as_secs())
            };
            let ((ended, after), ()) = tokio::join!(run, work);
            assert!(
                ended == Ok(Ok(())) && after == 2,
                "two workers were full until {jobs} jobs had a place after 1 s, {jobs} jobs came, and \
                 the input ended after 2 s: the run came to {ended:?} after {after} s"
            );
        }
    });
}

#[test]
fn that_all_are_gone_is_of_no_concern_without_a_job() {
    explore::tasks().check(|| async {
        for ends in [0, 10] {
            let start = Instant::now();
            let (workers, inboxes) = workers([1, 1]);
            drop(inboxes);
            let (input, jobs) = open_input(0);
            let mut balancer = Balancer::new(jobs, workers.into());
            let waits = async {
                sleep(second(ends)).await;
                drop(input);
            };
            let run = async {
                let ended = timeout(HOUR, balancer.run()).await;
                (ended, start.elapsed().as_secs())
            };
            let ((ended, after), ()) = tokio::join!(run, waits);
            assert!(
                ended == Ok(Ok(())) && after == ends,
                "all workers were gone, no job came, and the input ended after {ends} s: the run \
                 came to {ended:?} after {after} s"
            );
        }
    });
}

#[test]
fn when_the_last_worker_goes_the_jobs_come_back() {
    explore::tasks().check(|| async {
        let (workers, inboxes) = workers([1, 1]);
        fill(&workers);
        let (_input, jobs) = open_input(3);
        let mut balancer = Balancer::new(jobs, workers.into());
        let work = async {
            for inbox in inboxes {
                sleep(second(1)).await;
                drop(inbox);
            }
        };
        let (ended, ()) = tokio::join!(timeout(HOUR, balancer.run()), work);
        assert!(
            ended == Ok(Err(AllGone)),
            "3 jobs, and the last full worker was gone after 2 s: the run came to {ended:?} \
             within an hour"
        );
        let rest = balancer.into_rest().await;
        assert!(
            rest == [1, 2, 3],
            "3 jobs that nobody had room for came back as {rest:?}"
        );
    });
}

#[test]
fn when_the_input_ends_the_channels_of_the_workers_close() {
    explore::tasks().check(|| async {
        let (workers, mut inboxes) = workers([1, 1]);
        let (input, jobs) = open_input(1);
        let mut balancer = Balancer::new(jobs, workers.into());
        let ends = async {
            sleep(second(1)).await;
            drop(input);
        };
        let (ended, ()) = tokio::join!(timeout(HOUR, balancer.run()), ends);
        assert!(
            ended == Ok(Ok(())),
            "the input ended after 1 s, and the run came to {ended:?} within an hour"
        );
        for inbox in &mut inboxes {
            let closes = async { while inbox.recv().await.is_some() {} };
            let closed = timeout(HOUR, closes).await;
            assert!(
                closed.is_ok(),
                "an hour after the run was over, a worker still waited for its next job"
            );
        }
        let rest = balancer.into_rest().await;
        assert!(rest.is_empty(), "the run was over, and left was {rest:?}");
    });
}

#[test]
fn a_run_that_is_dropped_loses_no_job() {
    explore::tasks().check(|| async {
        let (workers, mut inboxes) = workers([1, 2]);
        let mut balancer = Balancer::new(input(5), workers.into());
        let ended = timeout(second(1), balancer.run()).await;
        assert!(
            ended.is_err(),
            "there was room for 3 of 5 jobs, and the run ended with {ended:?}"
        );
        let rest = balancer.into_rest().await;
        let jobs = all_found(&mut inboxes);
        assert!(
            jobs == [1, 2, 3] && rest == [4, 5],
            "there was room for 3 of 5 jobs; handed over were {jobs:?}, and what was left was \
             {rest:?}"
        );
    });
}

#[test]
fn another_run_goes_on_where_the_first_was_dropped() {
    explore::tasks().check(|| async {
        let (workers, mut inboxes) = workers([1, 1]);
        let mut balancer = Balancer::new(input(4), workers.into());
        let ended = timeout(second(1), balancer.run()).await;
        assert!(
            ended.is_err(),
            "there was room for 2 of 4 jobs, and the run ended with {ended:?}"
        );
        let before = all_found(&mut inboxes);
        let (ended, after) = run_to_the_end(&mut balancer, &mut inboxes).await;
        let mut after = after.concat();
        after.sort_unstable();
        assert!(
            ended == Ok(Ok(())) && before == [1, 2] && after == [3, 4],
            "of four jobs the first run handed over {before:?} and the second one {after:?}; the \
             second came to {ended:?} within an hour"
        );
    });
}

#[test]
fn a_run_that_is_dropped_when_a_place_is_free_neither_loses_nor_doubles_a_job() {
    explore::tasks().check(|| async {
        let (workers, inboxes) = workers([1, 1]);
        fill(&workers);
        let mut balancer = Balancer::new(input(2), workers.into());
        // Both have room in the very moment in which the run is dropped.
        let work = inboxes.map(|mut inbox| {
            tokio::spawn(async move {
                sleep(second(1)).await;
                inbox.recv().await;
                inbox
            })
        });
        let _ = timeout(second(1), balancer.run()).await;
        let rest = balancer.into_rest().await;
        let mut jobs = Vec::new();
        for worker in work {
            jobs.extend(found(&mut worker.await.expect("it only takes a job")));
        }
        let mut all = [&jobs[..], &rest].concat();
        all.sort_unstable();
        assert!(
            all == [1, 2],
            "of the jobs 1 and 2, {jobs:?} were handed over and {rest:?} were left"
        );
    });
}
