use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use ch01_tasks::sleep_as_join::{broken, fixed};
use explore::FailureKind;

fn every_price_is_there(warm_up: fn(&[&'static str], &broken::Prices)) {
    let prices = Arc::new(Mutex::new(BTreeMap::new()));
    warm_up(&["tea", "coffee"], &prices);
    let known = prices.lock().unwrap().len();
    assert!(known == 2, "the shop opens with {known} of 2 prices");
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| every_price_is_there(broken::warm_up));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| every_price_is_there(fixed::warm_up));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
