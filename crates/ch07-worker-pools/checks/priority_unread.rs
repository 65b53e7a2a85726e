use ch07_worker_pools::priority_unread::{Sample, Test, broken, fixed};
use explore::FailureKind;

const ROUTINE: Sample = Sample {
    number: 1,
    test: Test::Culture,
    urgent: false,
};
const URGENT: Sample = Sample {
    number: 2,
    test: Test::BloodCount,
    urgent: true,
};

fn what_is_urgent_is_first(reported: &[u32]) {
    assert!(
        reported == [2, 1],
        "sample 2 is urgent, and they were tested in the order {reported:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| async {
        let (counter, laboratory) = broken::open();
        for sample in [ROUTINE, URGENT] {
            counter.take(sample).expect("there is room");
        }
        drop(counter);
        let mut reported = Vec::new();
        laboratory.work(|number| reported.push(number)).await;
        what_is_urgent_is_first(&reported);
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| async {
        let (counter, laboratory) = fixed::open();
        for sample in [ROUTINE, URGENT] {
            counter.take(sample).expect("there is room");
        }
        drop(counter);
        let mut reported = Vec::new();
        laboratory.work(|number| reported.push(number)).await;
        what_is_urgent_is_first(&reported);
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
