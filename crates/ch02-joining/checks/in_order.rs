use std::sync::{Arc, Mutex};
use std::time::Duration;

use ch02_joining::in_order::{Live, Refused, Region, broken, fixed};
use explore::FailureKind;
use tokio::time;

fn region(name: &'static str, seconds: u64, accepts: bool) -> Region {
    Region {
        name,
        takes: Duration::from_secs(seconds),
        accepts,
    }
}

/// Bergen refuses after a second, before any other region is ready.
async fn a_refused_version_goes_live_nowhere<F>(roll_out: fn(Vec<Region>, Live) -> F)
where
    F: Future<Output = Result<(), Refused>>,
{
    let live = Arc::new(Mutex::new(Vec::new()));
    let regions = vec![
        region("Oslo", 3, true),
        region("Bergen", 1, false),
        region("Lund", 5, true),
    ];
    let outcome = roll_out(regions, Arc::clone(&live)).await;
    assert!(
        outcome == Err(Refused("Bergen")),
        "the outcome is {outcome:?}"
    );

    time::sleep(Duration::from_secs(60)).await;
    let live = live.lock().unwrap();
    assert!(
        live.is_empty(),
        "what Bergen refused after 1 s is live in {}",
        live.join(" and ")
    );
}

#[test]
fn broken() {
    let verdict =
        explore::tasks().explore(|| a_refused_version_goes_live_nowhere(broken::roll_out));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| a_refused_version_goes_live_nowhere(fixed::roll_out));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
