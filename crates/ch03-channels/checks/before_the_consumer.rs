use ch03_channels::before_the_consumer::{broken, fixed};
use explore::FailureKind;

fn three_parcels_get_labels(print_labels: fn(&[&'static str], fn(String)) -> usize) {
    let labels = print_labels(&["Oslo", "Bergen", "Bodø"], drop);
    assert!(labels == 3, "{labels} of 3 labels were printed");
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| three_parcels_get_labels(broken::print_labels));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| three_parcels_get_labels(fixed::print_labels));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
