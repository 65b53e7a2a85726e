use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch06_fan_out::first_error_leaves_the_rest::{SoldOut, broken, fixed};
use explore::FailureKind;
use tokio::time;

/// A booking that is under way.
type Booking = Pin<Box<dyn Future<Output = Result<(), SoldOut>> + Send>>;

/// Train 1 takes two seconds to book; train 2 is sold out after one.
fn book(train: u32, booked: Arc<Mutex<Vec<u32>>>) -> Booking {
    Box::pin(async move {
        time::sleep(Duration::from_secs(u64::from(3 - train))).await;
        if train == 2 {
            return Err(SoldOut);
        }
        booked.lock().expect("nobody panics").push(train);
        Ok(())
    })
}

async fn nothing_is_booked_after_the_error(
    book_all: impl AsyncFn(Vec<u32>, Arc<Mutex<Vec<u32>>>) -> Result<(), SoldOut>,
) {
    let booked = Arc::new(Mutex::new(Vec::new()));
    let result = book_all(vec![1, 2], Arc::clone(&booked)).await;
    assert!(result.is_err(), "train 2 is sold out");
    time::sleep(Duration::from_secs(10)).await;
    let late = booked.lock().expect("nobody panics").len();
    assert!(
        late == 0,
        "{late} seat was booked after the caller had heard that there is none"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| {
        nothing_is_booked_after_the_error(async |trains, booked| {
            broken::book_all(trains, |train| book(train, Arc::clone(&booked))).await
        })
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| {
        nothing_is_booked_after_the_error(async |trains, booked| {
            fixed::book_all(trains, |train| book(train, Arc::clone(&booked))).await
        })
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
