//! What is asked of the queue, in every order in which the threads can run.

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use job_queue::JobQueue;

#[test]
fn jobs_come_out_in_the_order_in_which_they_went_in() {
    explore::threads().check(|| {
        let queue = JobQueue::new(2);
        thread::scope(|scope| {
            scope.spawn(|| (1..=3).for_each(|job| queue.push(job).unwrap()));
            let popped = [queue.pop(), queue.pop(), queue.pop()];
            assert_eq!(popped, [Some(1), Some(2), Some(3)]);
        });
    });
}

#[test]
fn a_push_does_not_wait_while_there_is_room() {
    explore::threads().check(|| {
        let queue = JobQueue::new(2);
        assert_eq!([queue.push(1), queue.push(2)], [Ok(()), Ok(())]);
        assert_eq!([queue.pop(), queue.pop()], [Some(1), Some(2)]);
    });
}

#[test]
fn a_push_waits_while_the_queue_is_full() {
    explore::threads().check(|| {
        let queue = JobQueue::new(1);
        let accepted = AtomicU32::new(0);
        thread::scope(|scope| {
            scope.spawn(|| {
                for job in 1..=2 {
                    queue.push(job).unwrap();
                    accepted.fetch_add(1, Ordering::SeqCst);
                }
            });
            let before = accepted.load(Ordering::SeqCst);
            assert!(
                before <= 1,
                "{before} jobs were accepted, and there is room for 1"
            );
            assert_eq!(queue.pop(), Some(1));
            assert_eq!(queue.pop(), Some(2));
        });
    });
}

#[test]
fn a_pop_waits_until_there_is_a_job() {
    explore::threads().check(|| {
        let queue = JobQueue::new(1);
        thread::scope(|scope| {
            let consumer = scope.spawn(|| queue.pop());
            queue.push(1).unwrap();
            let popped = consumer.join().unwrap();
            assert_eq!(popped, Some(1), "what was popped from an open queue");
        });
    });
}

#[test]
fn whoever_waits_sleeps_and_does_not_poll() {
    explore::threads().check(|| {
        let begin = Instant::now();
        let queue = JobQueue::new(1);
        thread::scope(|scope| {
            scope.spawn(|| (1..=2).for_each(|job| queue.push(job).unwrap()));
            assert_eq!([queue.pop(), queue.pop()], [Some(1), Some(2)]);
        });
        assert_eq!(
            begin.elapsed(),
            Duration::ZERO,
            "time spent in sleeps and timeouts"
        );
    });
}

#[test]
fn a_consumer_finishes_the_jobs_and_ends_when_the_queue_is_closed() {
    explore::threads().check(|| {
        let queue = JobQueue::new(2);
        thread::scope(|scope| {
            let consumer = scope.spawn(|| std::iter::from_fn(|| queue.pop()).collect());
            queue.push(1).unwrap();
            queue.close();
            let popped: Vec<u32> = consumer.join().unwrap();
            assert_eq!(popped, [1], "what the consumer popped until the end");
        });
    });
}

#[test]
fn nobody_sleeps_while_he_could_go_on() {
    explore::threads().check(|| {
        // There is a job for each consumer, so all three threads can end.
        let queue = JobQueue::new(1);
        thread::scope(|scope| {
            let consumers = [scope.spawn(|| queue.pop()), scope.spawn(|| queue.pop())];
            queue.push(1).unwrap();
            queue.push(2).unwrap();
            let popped = consumers.map(|consumer| consumer.join().unwrap());
            let each_has_one = popped.iter().all(Option::is_some);
            assert!(
                each_has_one,
                "two jobs, two consumers, and they got {popped:?}"
            );
        });
    });
}

#[test]
fn each_job_wakes_a_consumer() {
    explore::threads().check(|| {
        let queue = JobQueue::new(2);
        thread::scope(|scope| {
            let consumers = [scope.spawn(|| queue.pop()), scope.spawn(|| queue.pop())];
            queue.push(1).unwrap();
            queue.push(2).unwrap();
            let mut popped = consumers.map(|consumer| consumer.join().unwrap());
            popped.sort_unstable();
            assert_eq!(popped, [Some(1), Some(2)], "two jobs for two consumers");
        });
    });
}

#[test]
fn each_free_place_wakes_a_producer() {
    explore::threads().check(|| {
        let queue = JobQueue::new(2);
        queue.push(1).unwrap();
        queue.push(2).unwrap();
        thread::scope(|scope| {
            scope.spawn(|| queue.push(3));
            scope.spawn(|| queue.push(4));
            assert_eq!([queue.pop(), queue.pop()], [Some(1), Some(2)]);
        });
    });
}

#[test]
fn closing_wakes_every_consumer_that_waits() {
    explore::threads().check(|| {
        let queue = JobQueue::<u32>::new(1);
        thread::scope(|scope| {
            let consumers = [scope.spawn(|| queue.pop()), scope.spawn(|| queue.pop())];
            queue.close();
            let popped = consumers.map(|consumer| consumer.join().unwrap());
            assert_eq!(popped, [None, None], "nothing was ever pushed");
        });
    });
}

#[test]
fn closing_gives_waiting_producers_their_jobs_back() {
    explore::threads().check(|| {
        let queue = JobQueue::new(1);
        queue.push(1).unwrap();
        thread::scope(|scope| {
            let producers = [scope.spawn(|| queue.push(2)), scope.spawn(|| queue.push(3))];
            queue.close();
            let pushed = producers.map(|producer| producer.join().unwrap());
            assert_eq!(
                pushed,
                [Err(2), Err(3)],
                "the queue was full until it was closed"
            );
        });
    });
}

#[test]
fn a_push_after_closing_gives_the_job_back() {
    explore::threads().check(|| {
        let queue = JobQueue::new(1);
        queue.close();
        assert_eq!(queue.push(1), Err(1));
        queue.close();
        assert_eq!(queue.pop(), None);
    });
}

#[test]
fn what_was_accepted_is_popped_after_closing() {
    explore::threads().check(|| {
        let queue = JobQueue::new(2);
        thread::scope(|scope| {
            let producer = scope.spawn(|| (1..=2).filter(|job| queue.push(*job).is_ok()).count());
            queue.close();
            let accepted = producer.join().unwrap();
            let popped = std::iter::from_fn(|| queue.pop()).count();
            assert_eq!(popped, accepted, "jobs popped, of those that were accepted");
        });
    });
}
