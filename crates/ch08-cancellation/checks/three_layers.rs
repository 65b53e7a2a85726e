//! A request through three layers that know nothing of its end: the deadline stands at the top, and
//! dropping the future ends what is below.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::time::Duration;

use tokio::time::{self, Instant};

tokio::task_local! {
    static CUSTOMER: &'static str;
}

/// Answers with a status and, in time, with the price.
async fn controller(queries: &AtomicU32) -> (u16, Option<u32>) {
    let limit = Duration::from_secs(5);
    match time::timeout(limit, CUSTOMER.scope("ada", service(queries))).await {
        Ok(price) => (200, Some(price)),
        Err(_) => (504, None),
    }
}

async fn service(queries: &AtomicU32) -> u32 {
    let mut price = 0;
    for seconds in [1, 60, 1] {
        price += repository(queries, seconds).await;
    }
    price
}

async fn repository(queries: &AtomicU32, seconds: u64) -> u32 {
    assert_eq!(CUSTOMER.get(), "ada");
    queries.fetch_add(1, SeqCst);
    time::sleep(Duration::from_secs(seconds)).await;
    100
}

#[test]
fn a_deadline_at_the_top_ends_the_query_at_the_bottom() {
    explore::tasks().check(|| async {
        let queries = Arc::new(AtomicU32::new(0));
        let start = Instant::now();
        assert_eq!(controller(&queries).await, (504, None));
        assert_eq!(start.elapsed(), Duration::from_secs(5));
        time::sleep(Duration::from_secs(600)).await;
        assert_eq!(queries.load(SeqCst), 2, "the third query is never asked");
    });
}
