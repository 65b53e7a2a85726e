use std::sync::Arc;

use ch07_worker_pools::dying_worker_counted::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Receiver};
use tokio::sync::oneshot;

type Crate = Box<dyn FnOnce() + Send>;

/// The first crate is broken; somebody waits for the second.
async fn the_next_crate_is_unpacked<C>(start: fn(Receiver<Crate>) -> Arc<C>) {
    let (dock, crates) = mpsc::channel::<Crate>(2);
    let _crew = start(crates);
    let broken: Crate = Box::new(|| panic!("the crate is broken"));
    assert!(dock.send(broken).await.is_ok(), "the dock is open");
    let (unpacked, whole) = oneshot::channel();
    let second: Crate = Box::new(move || unpacked.send(()).expect("somebody waits"));
    assert!(dock.send(second).await.is_ok(), "the dock is open");
    whole.await.expect("it is unpacked");
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| the_next_crate_is_unpacked(broken::Crew::start));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| the_next_crate_is_unpacked(fixed::Crew::start));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
