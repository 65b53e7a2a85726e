//! What is asked of the courier, in every order in which the tasks can run.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use deliveries::{Courier, Delivery, Report};
use tokio::sync::Barrier;
use tokio::task::JoinHandle;
use tokio::time::{self, Instant};

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Drives to an address such as "300 Ada": it takes 300 ms, and Ada is at home.
async fn drive(parcel: String) -> Result<(), String> {
    let (takes, name) = parcel.split_once(' ').expect("a time and a name");
    let takes = takes.parse().expect("milliseconds");
    if takes > 0 {
        time::sleep(ms(takes)).await;
    }
    match name {
        "nobody" => Err("nobody opened".to_owned()),
        "cliff" => panic!("the road ends here"),
        _ => Ok(()),
    }
}

/// A courier that drives, and how many parcels it has delivered.
fn courier() -> (Arc<Courier>, Arc<AtomicUsize>) {
    let delivered = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&delivered);
    let deliver = move |parcel| -> Delivery {
        let count = Arc::clone(&count);
        Box::pin(async move {
            drive(parcel).await?;
            count.fetch_add(1, Ordering::SeqCst);
            Ok(())
        })
    };
    (Arc::new(Courier::new(deliver)), delivered)
}

/// Hands a parcel to a courier that is open.
#[track_caller]
fn accept(courier: &Courier, parcel: &str) {
    let accepted = courier.accept(parcel.to_owned());
    assert!(
        accepted == Ok(()),
        "an open courier was given a parcel: {accepted:?}"
    );
}

/// Begins to flush in a task, which tells how many milliseconds after `begin` it was over.
async fn begin_to_flush(courier: &Arc<Courier>, begin: Instant) -> JoinHandle<u128> {
    let courier = Arc::clone(courier);
    let flush = tokio::spawn(async move {
        courier.flush().await;
        begin.elapsed().as_millis()
    });
    // It has begun when the clock has moved.
    time::sleep(ms(1)).await;
    flush
}

/// However a panic is noticed, the report has to tell of it.
fn a_world_with_panics() -> explore::Tasks {
    explore::tasks().bound(2).may_lose_panics()
}

#[test]
fn a_parcel_is_delivered_without_a_flush() {
    explore::tasks().check(|| async {
        let (courier, delivered) = courier();
        accept(&courier, "300 Ada");
        time::sleep(ms(301)).await;
        let delivered = delivered.load(Ordering::SeqCst);
        assert!(
            delivered == 1,
            "{delivered} parcels were delivered after 301 ms, of one that takes 300 ms"
        );
        courier.close().await;
    });
}

#[test]
fn deliveries_do_not_wait_for_each_other() {
    explore::tasks().check(|| async {
        // Nobody opens before both are at the door.
        let both = Arc::new(Barrier::new(2));
        let courier = Courier::new(move |_| {
            let both = Arc::clone(&both);
            Box::pin(async move {
                both.wait().await;
                Ok(())
            })
        });
        accept(&courier, "Ada");
        accept(&courier, "Bob");
        courier.flush().await;
        let report = courier.close().await;
        assert!(
            report.delivered == 2,
            "of two parcels, this became: {report:?}"
        );
    });
}

#[test]
fn a_flush_for_nothing_returns_at_once() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (courier, _) = courier();
        courier.flush().await;
        accept(&courier, "0 Ada");
        courier.flush().await;
        courier.flush().await;
        let took = begin.elapsed().as_millis();
        assert!(
            took == 0,
            "three flushes took {took} ms, and the only parcel took none"
        );
        courier.close().await;
        courier.flush().await;
        let took = begin.elapsed().as_millis();
        assert!(took == 0, "all was delivered, and a flush took {took} ms");
    });
}

#[test]
fn a_flush_waits_for_all_that_was_accepted_before() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (courier, delivered) = courier();
        for batch in 1..=2 {
            accept(&courier, "0 Ada");
            accept(&courier, "123 Bob");
            courier.flush().await;
            let delivered = delivered.load(Ordering::SeqCst);
            assert!(
                delivered == 2 * batch,
                "{delivered} of {} parcels were delivered after the flush",
                2 * batch
            );
            let took = begin.elapsed().as_millis();
            let expected = 123 * batch as u128;
            assert!(
                took == expected,
                "the last parcel was delivered after {expected} ms, and the flush took {took} ms"
            );
        }
        courier.close().await;
    });
}

#[test]
fn a_flush_does_not_wait_for_what_is_accepted_later() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (courier, _) = courier();
        accept(&courier, "300 Ada");
        let flush = begin_to_flush(&courier, begin).await;
        accept(&courier, "900 Bob");
        let over = flush.await.expect("it does not panic");
        assert!(
            over == 300,
            "the only parcel accepted before was delivered after 300 ms, the flush over after {over}"
        );
        courier.close().await;
    });
}

#[test]
fn what_is_accepted_later_does_not_end_a_flush() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (courier, _) = courier();
        accept(&courier, "300 Ada");
        let flush = begin_to_flush(&courier, begin).await;
        accept(&courier, "100 Bob");
        let over = flush.await.expect("it does not panic");
        assert!(
            over == 300,
            "the only parcel accepted before was delivered after 300 ms, the flush over after {over}"
        );
        courier.close().await;
    });
}

#[test]
fn parcels_are_accepted_during_a_flush() {
    explore::tasks().check(|| async {
        let (courier, delivered) = courier();
        accept(&courier, "300 Ada");
        let flush = begin_to_flush(&courier, Instant::now()).await;
        accept(&courier, "100 Bob");
        flush.await.expect("it does not panic");
        courier.close().await;
        let delivered = delivered.load(Ordering::SeqCst);
        assert!(delivered == 2, "{delivered} of 2 parcels were delivered");
    });
}

#[test]
fn two_flushes_at_the_same_time_wait_each_for_its_own_parcels() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (courier, _) = courier();
        accept(&courier, "300 Ada");
        let first = begin_to_flush(&courier, begin).await;
        accept(&courier, "100 Bob");
        let second = begin_to_flush(&courier, begin).await;
        accept(&courier, "500 Eve");
        let third = begin_to_flush(&courier, begin).await;
        let mut over = Vec::new();
        for flush in [first, second, third] {
            over.push(flush.await.expect("it does not panic"));
        }
        assert!(
            over == [300, 300, 502],
            "three flushes had to wait for 300, 300 and 502 ms, and were over after {over:?}"
        );
        courier.close().await;
    });
}

#[test]
fn two_flushes_of_the_same_parcel_both_end() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (courier, _) = courier();
        accept(&courier, "300 Ada");
        let first = begin_to_flush(&courier, begin).await;
        let second = begin_to_flush(&courier, begin).await;
        for flush in [first, second] {
            let over = flush.await.expect("it does not panic");
            assert!(over == 300, "a parcel took 300 ms, and a flush {over} ms");
        }
        courier.close().await;
    });
}

#[test]
fn a_flush_ends_although_a_delivery_fails_or_panics() {
    a_world_with_panics().check(|| async {
        let (courier, delivered) = courier();
        accept(&courier, "100 nobody");
        accept(&courier, "100 cliff");
        accept(&courier, "200 Ada");
        courier.flush().await;
        let delivered = delivered.load(Ordering::SeqCst);
        assert!(delivered == 1, "{delivered} of 1 good parcel was delivered");
        courier.close().await;
    });
}

#[test]
fn the_report_tells_what_became_of_each_parcel() {
    a_world_with_panics().check(|| async {
        let begin = Instant::now();
        let (courier, _) = courier();
        for parcel in ["100 Ada", "200 nobody", "100 cliff", "321 Bob"] {
            accept(&courier, parcel);
        }
        let report = courier.close().await;
        let expected = Report {
            delivered: 2,
            failed: 1,
            panicked: 1,
        };
        assert!(
            report == expected,
            "two parcels were delivered, one failed, one panicked: {report:?}"
        );
        let took = begin.elapsed().as_millis();
        assert!(
            took == 321,
            "the last delivery was over after 321 ms, the close after {took}"
        );
        let again = courier.close().await;
        assert!(again == report, "first {report:?}, then {again:?}");
    });
}

#[test]
fn nothing_is_accepted_once_close_was_called() {
    explore::tasks().check(|| async {
        let (courier, delivered) = courier();
        accept(&courier, "300 Ada");
        let shop = Arc::clone(&courier);
        let close = tokio::spawn(async move { shop.close().await });
        time::sleep(ms(1)).await;
        let accepted = courier.accept("100 Bob".to_owned());
        assert!(
            accepted == Err("100 Bob".to_owned()),
            "a courier that is closing was given a parcel: {accepted:?}"
        );
        let report = close.await.expect("it does not panic");
        let delivered = delivered.load(Ordering::SeqCst);
        assert!(
            report.delivered == 1 && delivered == 1,
            "one parcel was accepted, {delivered} delivered, and reported: {report:?}"
        );
    });
}

#[test]
fn two_closes_at_the_same_time_report_the_same() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (courier, _) = courier();
        accept(&courier, "300 Ada");
        let flush = begin_to_flush(&courier, begin).await;
        let shop = Arc::clone(&courier);
        let first = tokio::spawn(async move { shop.close().await });
        let second = courier.close().await;
        let first = first.await.expect("it does not panic");
        flush.await.expect("it does not panic");
        let took = begin.elapsed().as_millis();
        assert!(
            first == second && first.delivered == 1 && took == 300,
            "a parcel took 300 ms, and two closes told {first:?} and {second:?} after {took} ms"
        );
    });
}

#[test]
fn what_was_accepted_is_reported_although_others_accept_meanwhile() {
    explore::tasks().check(|| async {
        let (courier, delivered) = courier();
        let shop = Arc::clone(&courier);
        let seller = tokio::spawn(async move { shop.accept("0 Ada".to_owned()).is_ok() });
        let report = courier.close().await;
        let reported = report.delivered;
        let accepted = usize::from(seller.await.expect("it does not panic"));
        // What was accepted is under way, unless the report has it.
        time::sleep(ms(1)).await;
        let delivered = delivered.load(Ordering::SeqCst);
        assert!(
            accepted == reported && accepted == delivered,
            "parcels accepted: {accepted}, reported: {reported}, delivered: {delivered}"
        );
    });
}

#[test]
fn a_flush_that_is_given_up_harms_nobody() {
    explore::tasks().check(|| async {
        let begin = Instant::now();
        let (courier, delivered) = courier();
        accept(&courier, "300 Ada");
        let flush = time::timeout(ms(100), courier.flush()).await;
        assert!(flush.is_err(), "a parcel takes 300 ms, and a flush less");
        accept(&courier, "100 Bob");
        courier.flush().await;
        let took = begin.elapsed().as_millis();
        let delivered = delivered.load(Ordering::SeqCst);
        assert!(
            delivered == 2 && took == 300,
            "{delivered} of 2 parcels, the slower of 300 ms, were delivered after {took} ms"
        );
        let report = courier.close().await;
        assert!(
            report.delivered == 2,
            "of two parcels, this became: {report:?}"
        );
    });
}

#[test]
fn a_close_that_is_given_up_stays_closed_and_loses_nothing() {
    explore::tasks().check(|| async {
        let (courier, _) = courier();
        accept(&courier, "300 Ada");
        let close = time::timeout(ms(100), courier.close()).await;
        assert!(close.is_err(), "a parcel takes 300 ms, and a close less");
        let accepted = courier.accept("100 Bob".to_owned());
        assert!(accepted.is_err(), "a closed courier has accepted a parcel");
        let report = courier.close().await;
        assert!(
            report.delivered == 1,
            "of one parcel, this became: {report:?}"
        );
    });
}

#[test]
fn a_courier_that_is_dropped_leaves_nothing_running() {
    explore::tasks().check(|| async {
        let (courier, delivered) = courier();
        accept(&courier, "300 Ada");
        accept(&courier, "300 Bob");
        time::sleep(ms(100)).await;
        drop(courier);
        time::sleep(ms(1000)).await;
        let delivered = delivered.load(Ordering::SeqCst);
        assert!(
            delivered == 0,
            "{delivered} parcels were delivered after the courier was dropped"
        );
    });
}

#[test]
fn a_courier_that_is_dropped_after_a_wait_was_given_up_leaves_nothing_running() {
    explore::tasks().check(|| async {
        let (courier, delivered) = courier();
        accept(&courier, "300 Ada");
        let flush = time::timeout(ms(100), courier.flush()).await;
        assert!(flush.is_err(), "a parcel takes 300 ms, and a flush less");
        accept(&courier, "300 Bob");
        let close = time::timeout(ms(100), courier.close()).await;
        assert!(close.is_err(), "a parcel takes 300 ms, and a close less");
        drop(courier);
        time::sleep(ms(1000)).await;
        let delivered = delivered.load(Ordering::SeqCst);
        assert!(
            delivered == 0,
            "{delivered} parcels were delivered after the courier was dropped"
        );
    });
}
