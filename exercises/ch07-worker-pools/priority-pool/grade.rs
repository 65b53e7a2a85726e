//! What is asked of the pool, in every order in which the threads can run.

use std::num::{NonZeroU64, NonZeroUsize};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use priority_pool::{Job, PriorityPool};

#[test]
fn a_free_worker_begins_the_most_urgent_job() {
    explore::threads().check(|| {
        let begun = begun_in_order(10, &[(0, 1), (0, 5), (0, 3)]);
        assert!(
            begun == [1, 2, 0],
            "jobs 0, 1 and 2 with the priorities 1, 5 and 3 waited, and began as {begun:?}"
        );
    });
}

#[test]
fn of_equally_urgent_jobs_the_first_begins_first() {
    explore::threads().bound(2).check(|| {
        let begun = begun_in_order(10, &[(0, 2); 5]);
        assert!(
            begun == [0, 1, 2, 3, 4],
            "jobs 0 to 4 of the same priority came at the same time in this order, and began as \
             {begun:?}"
        );
        let begun = begun_in_order(10, &[(20, 3), (10, 2), (0, 1), (10, 2), (20, 3)]);
        assert!(
            begun == [0, 1, 2, 3, 4],
            "jobs of priority 3 at 20 s, 2 at 10 s, 1 at 0 s, 2 at 10 s and 3 at 20 s are equally \
             urgent at a step of 10 s, and began as {begun:?}"
        );
    });
}

#[test]
fn what_waits_grows_urgent() {
    explore::threads().bound(2).check(|| {
        let begun = begun_in_order(10, &[(0, 0), (19, 2), (21, 2), (31, 2)]);
        assert!(
            begun == [1, 0, 2, 3],
            "at a step of 10 s, jobs of priority 0 at 0 s and 2 at 19 s, 21 s and 31 s waited, and \
             began as {begun:?}"
        );
        let begun = begun_in_order(10, &[(95, 9), (90, 8), (0, 0), (60, 5)]);
        assert!(
            begun == [2, 0, 1, 3],
            "at a step of 10 s, jobs of priority 9 at 95 s, 8 at 90 s, 0 at 0 s and 5 at 60 s waited, \
             and began as {begun:?}"
        );
    });
}

#[test]
fn a_part_of_a_step_counts_as_such() {
    explore::threads().bound(2).check(|| {
        let begun = begun_in_order(10, &[(9, 1), (0, 1), (5, 1), (11, 2)]);
        assert!(
            begun == [1, 3, 2, 0],
            "at a step of 10 s, jobs of priority 1 at 9 s, 0 s and 5 s and one of priority 2 at 11 s \
             waited, and began as {begun:?}"
        );
        let begun = begun_in_order(10, &[(9, 0), (10, 1)]);
        assert!(
            begun == [1, 0],
            "at a step of 10 s, jobs of priority 0 at 9 s and 1 at 10 s waited, and began as {begun:?}"
        );
    });
}

#[test]
fn numbers_may_be_large() {
    explore::threads().bound(1).check(|| {
        let (most, late) = (u32::MAX, u64::MAX);
        let begun = begun_in_order(late, &[(late, 0), (0, 0), (0, most - 1), (late, most)]);
        assert!(
            begun == [2, 3, 1, 0],
            "at the largest step, jobs of priority 0 at the latest time, 0 at 0 s, the highest but one \
             at 0 s, and the highest at the latest time waited, and began as {begun:?}"
        );
        let begun = begun_in_order(1, &[(late, most), (late - 1, most), (0, 0)]);
        assert!(
            begun == [2, 1, 0],
            "at a step of 1 s, jobs of the highest priority at the latest time and 1 s before, and one \
             of priority 0 at 0 s waited, and began as {begun:?}"
        );
    });
}

#[test]
fn a_late_urgent_job_waits_for_no_other_that_has_not_begun() {
    explore::threads().check(|| {
        let (pool, gate) = with_a_busy_worker(10);
        let order = Order::default();
        submit(&pool, 0, 1, order.job(0));
        // Whoever wants to take it has time for it now.
        thread::yield_now();
        submit(&pool, 0, 5, order.job(1));
        gate.wait();
        pool.stop();
        let begun = order.begun();
        assert!(
            begun == [1, 0],
            "while the worker was busy a job of priority 1 came and then one of 5, and they began as \
             {begun:?}"
        );
    });
}

#[test]
fn as_many_jobs_run_as_there_are_workers() {
    explore::threads().bound(2).check(|| {
        let pool = start(2, 10);
        // Neither job comes to its end before both have begun, and main waits for them.
        let all = Arc::new(Barrier::new(3));
        for _ in 0..2 {
            let all = Arc::clone(&all);
            let job = move || {
                all.wait();
            };
            submit(&pool, 0, 1, Box::new(job));
        }
        all.wait();
        pool.stop();
    });
}

#[test]
fn no_more_jobs_run_than_there_are_workers() {
    explore::threads().bound(2).check(|| {
        let pool = start(1, 10);
        let (now, most) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        for _ in 0..2 {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            let job = move || {
                let running = now.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(running, Ordering::SeqCst);
                now.fetch_sub(1, Ordering::SeqCst);
            };
            submit(&pool, 0, 1, Box::new(job));
        }
        pool.stop();
        let most = most.load(Ordering::SeqCst);
        assert!(most <= 1, "{most} jobs ran at a time, by 1 worker");
    });
}

#[test]
fn a_job_may_submit_another_one() {
    explore::threads().bound(2).check(|| {
        let pool = Arc::new(start(1, 10));
        let order = Order::default();
        let (inner, done) = (Arc::clone(&pool), Arc::new(Barrier::new(2)));
        let (second, end) = (order.job(1), Arc::clone(&done));
        let first: Job = Box::new(move || {
            submit(&inner, 0, 1, second);
            drop(inner);
            end.wait();
        });
        submit(&pool, 0, 1, first);
        done.wait();
        pool.stop();
        let begun = order.begun();
        assert!(
            begun == [1],
            "a job submitted another one, which began as {begun:?}"
        );
    });
}

#[test]
fn jobs_of_several_threads_are_all_run() {
    explore::threads().bound(2).check(|| {
        let pool = start(1, 10);
        let run = Arc::new(AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| submit(&pool, 0, 1, counted(&run)));
            }
        });
        pool.stop();
        let run = run.load(Ordering::SeqCst);
        assert!(run == 2, "2 threads submitted a job each, and {run} ran");
    });
}

#[test]
fn a_job_that_panics_costs_neither_a_worker_nor_another_job() {
    explore::threads().bound(1).may_lose_panics().check(|| {
        let pool = start(2, 10);
        let (run, both) = (Arc::new(AtomicU32::new(0)), Arc::new(Barrier::new(2)));
        submit(&pool, 0, 2, Box::new(|| panic!("the paper is jammed")));
        for _ in 0..2 {
            let (counted, both) = (counted(&run), Arc::clone(&both));
            submit(
                &pool,
                0,
                1,
                Box::new(move || {
                    both.wait();
                    counted();
                }),
            );
        }
        pool.stop();
        let run = run.load(Ordering::SeqCst);
        assert!(
            run == 2,
            "a job panicked, and 2 others were accepted, of which {run} ran"
        );
    });
}

#[test]
fn stop_runs_what_was_accepted() {
    explore::threads().check(|| {
        let pool = start(1, 10);
        let run = Arc::new(AtomicU32::new(0));
        for _ in 0..2 {
            submit(&pool, 0, 1, counted(&run));
        }
        pool.stop();
        let run = run.load(Ordering::SeqCst);
        assert!(
            run == 2,
            "2 jobs were accepted, and when stop returned {run} had run"
        );
    });
}

#[test]
fn stop_wakes_every_worker_that_sleeps() {
    explore::threads().bound(2).check(|| {
        let pool = start(2, 10);
        pool.stop();
        // A second call finds nothing to do.
        pool.stop();
    });
}

#[test]
fn a_job_that_comes_with_the_stop_is_run_or_given_back() {
    explore::threads().bound(2).check(|| {
        let pool = start(1, 10);
        let run = Arc::new(AtomicU32::new(0));
        thread::scope(|scope| {
            let late = scope.spawn(|| pool.submit(0, 1, counted(&run)).is_ok());
            pool.stop();
            let accepted = u32::from(late.join().expect("submit does not panic"));
            let run = run.load(Ordering::SeqCst);
            assert!(
                accepted == run,
                "while the pool was stopped a job came; {accepted} was accepted, and {run} ran"
            );
        });
    });
}

#[test]
fn from_the_stop_on_jobs_are_given_back() {
    explore::threads().bound(2).check(|| {
        let (pool, gate) = with_a_busy_worker(10);
        let run = Arc::new(AtomicU32::new(0));
        submit(&pool, 0, 1, counted(&run));
        thread::scope(|scope| {
            let stop = scope.spawn(|| pool.stop());
            // Sooner or later the stop has begun; the worker is busy until the gate opens.
            let mut before = 0;
            while before < 2 && pool.submit(0, 1, counted(&run)).is_ok() {
                before += 1;
            }
            gate.wait();
            stop.join().expect("stop does not panic");
            let late = pool.submit(0, 1, counted(&run)).is_ok();
            assert!(!late, "a job was accepted after stop had returned");
            let run = run.load(Ordering::SeqCst);
            assert!(
                run == before + 1,
                "{} jobs were accepted until the stop, and {run} ran",
                before + 1
            );
        });
    });
}

#[test]
fn while_jobs_submit_others_stop_comes_to_its_end() {
    explore::threads().bound(2).check(|| {
        let pool = Arc::new(start(1, 10));
        let refused = Arc::new(AtomicU32::new(0));
        submit(&pool, 0, 1, again_and_again(&pool, &refused, 8));
        pool.stop();
        let refused = refused.load(Ordering::SeqCst);
        assert!(
            refused == 1,
            "each job submitted another one after everybody else had had his turn, and stop returned \
             when 8 of them had run"
        );
    });
}

#[test]
fn every_call_of_stop_returns_after_the_last_job() {
    explore::threads().bound(2).check(|| {
        let pool = start(1, 10);
        let run = Arc::new(AtomicU32::new(0));
        submit(&pool, 0, 1, counted(&run));
        let call = || {
            pool.stop();
            run.load(Ordering::SeqCst)
        };
        thread::scope(|scope| {
            let other = scope.spawn(call);
            let seen = [call(), other.join().expect("stop does not panic")];
            assert!(
                seen == [1, 1],
                "1 job was accepted, two called stop, and when they returned {seen:?} jobs had run"
            );
        });
    });
}

#[test]
fn a_pool_that_is_dropped_is_stopped() {
    explore::threads().check(|| {
        let pool = start(1, 10);
        let run = Arc::new(AtomicU32::new(0));
        submit(&pool, 0, 1, counted(&run));
        drop(pool);
        let run = run.load(Ordering::SeqCst);
        assert!(
            run == 1,
            "1 job was accepted, the pool was dropped, and by then {run} had run"
        );
    });
}

#[test]
fn whoever_waits_sleeps_and_does_not_poll() {
    explore::threads().bound(2).check(|| {
        let begin = Instant::now();
        let pool = start(1, 10);
        let run = Arc::new(AtomicU32::new(0));
        submit(&pool, 0, 1, counted(&run));
        pool.stop();
        assert_eq!(
            begin.elapsed(),
            Duration::ZERO,
            "time spent in sleeps and timeouts"
        );
    });
}

fn start(workers: usize, step: u64) -> PriorityPool {
    let workers = NonZeroUsize::new(workers).expect("at least one");
    PriorityPool::start(workers, NonZeroU64::new(step).expect("at least one"))
}

#[track_caller]
fn submit(pool: &PriorityPool, now: u64, priority: u32, job: Job) {
    let accepted = pool.submit(now, priority, job).is_ok();
    assert!(accepted, "a job was given back although nobody called stop");
}

/// A pool whose only worker is busy until somebody waits at the gate.
fn with_a_busy_worker(step: u64) -> (PriorityPool, Arc<Barrier>) {
    let pool = start(1, step);
    let gate = Arc::new(Barrier::new(2));
    let closed = Arc::clone(&gate);
    submit(
        &pool,
        0,
        0,
        Box::new(move || {
            closed.wait();
            closed.wait();
        }),
    );
    gate.wait();
    (pool, gate)
}

/// In which order these jobs begin, if one worker finds all of them waiting.
fn begun_in_order(step: u64, jobs: &[(u64, u32)]) -> Vec<usize> {
    let (pool, gate) = with_a_busy_worker(step);
    let order = Order::default();
    for (number, (now, priority)) in jobs.iter().enumerate() {
        submit(&pool, *now, *priority, order.job(number));
    }
    gate.wait();
    pool.stop();
    order.begun()
}

/// Notes in which order jobs begin.
#[derive(Clone, Default)]
struct Order(Arc<Mutex<Vec<usize>>>);

impl Order {
    fn job(&self, number: usize) -> Job {
        let order = self.clone();
        Box::new(move || order.0.lock().unwrap().push(number))
    }

    fn begun(&self) -> Vec<usize> {
        self.0.lock().unwrap().clone()
    }
}

/// A job that lets everybody else go on and then submits another one like it, up to a limit, and
/// notes if that is refused.
fn again_and_again(pool: &Arc<PriorityPool>, refused: &Arc<AtomicU32>, limit: u32) -> Job {
    let (pool, refused) = (Arc::clone(pool), Arc::clone(refused));
    Box::new(move || {
        thread::yield_now();
        if limit > 1 {
            let next = again_and_again(&pool, &refused, limit - 1);
            if pool.submit(0, 1, next).is_err() {
                refused.fetch_add(1, Ordering::SeqCst);
            }
        }
    })
}

fn counted(run: &Arc<AtomicU32>) -> Job {
    let run = Arc::clone(run);
    Box::new(move || {
        run.fetch_add(1, Ordering::SeqCst);
    })
}
