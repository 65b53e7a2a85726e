//! Deadlines within deadlines: the earliest ends, and only what it was put around.

use std::time::Duration;

use tokio::time::{self, Instant};

const fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[test]
fn the_earliest_of_nested_deadlines_ends_the_work() {
    explore::tasks().check(|| async {
        for (outer, inner, end) in [(2, 5, 2), (5, 2, 2), (30, 30, 30)] {
            let start = Instant::now();
            let work = time::timeout(seconds(inner), time::sleep(seconds(60)));
            let _ = time::timeout(seconds(outer), work).await;
            assert_eq!(start.elapsed(), seconds(end), "{outer} around {inner}");
        }
    });
}

#[test]
fn a_part_that_takes_too_long_costs_its_own_limit_and_the_whole_goes_on() {
    explore::tasks().check(|| async {
        let start = Instant::now();
        let whole = time::timeout(seconds(30), async {
            let mut done = 0;
            for part in [1, 60, 2] {
                let part = time::timeout(seconds(5), time::sleep(seconds(part)));
                done += u32::from(part.await.is_ok());
            }
            done
        });
        assert_eq!(whole.await.ok(), Some(2), "one of three parts is slow");
        assert_eq!(start.elapsed(), seconds(1 + 5 + 2));
    });
}
