use std::sync::{Arc, Mutex};

use ch02_joining::one_done_too_many::{PriceLists, broken, fixed};
use explore::FailureKind;

fn every_open_supplier_is_listed(load: fn(&[&'static str], &Arc<PriceLists>)) {
    let lists = Arc::new(Mutex::new(Vec::new()));
    load(&["closed", "Lund"], &lists);
    let listed = lists.lock().unwrap().len();
    assert!(listed == 1, "the shop opens with {listed} of 1 price lists");
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| every_open_supplier_is_listed(broken::load));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| every_open_supplier_is_listed(fixed::load));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
