use std::sync::{Arc, Mutex};

use ch04_select::stop_forgets_the_queue::{broken, fixed};
use explore::FailureKind;

/// Counts the letters that are posted.
type Counter = Box<dyn FnMut(u32) + Send>;

async fn what_is_accepted_is_posted<M>(
    open: fn(Counter) -> M,
    accept: impl AsyncFn(&M, u32) -> bool,
    close: impl AsyncFn(M),
) {
    let posted = Arc::new(Mutex::new(0));
    let count = Arc::clone(&posted);
    let mailroom = open(Box::new(move |_letter| *count.lock().unwrap() += 1));
    for letter in [17, 18] {
        assert!(accept(&mailroom, letter).await, "the mailroom is open");
    }
    close(mailroom).await;
    let posted = *posted.lock().unwrap();
    assert!(
        posted == 2,
        "2 letters were accepted, and {posted} were posted"
    );
}

#[test]
fn broken() {
    use broken::Mailroom;
    let verdict = explore::tasks()
        .explore(|| what_is_accepted_is_posted(Mailroom::open, Mailroom::accept, Mailroom::close));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    use fixed::Mailroom;
    let verdict = explore::tasks()
        .explore(|| what_is_accepted_is_posted(Mailroom::open, Mailroom::accept, Mailroom::close));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
