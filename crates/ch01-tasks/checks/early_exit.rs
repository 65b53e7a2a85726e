use ch01_tasks::early_exit::{broken, fixed};
use explore::FailureKind;

fn every_warehouse_is_in(stock_report: fn(Vec<(&'static str, Vec<u32>)>) -> Vec<String>) {
    let warehouses = vec![("Bergen", vec![3, 4]), ("Oslo", vec![8])];
    let report = stock_report(warehouses);
    let lines = report.len();
    assert!(lines == 2, "{lines} of 2 warehouses are in the report");
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| every_warehouse_is_in(broken::stock_report));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| every_warehouse_is_in(fixed::stock_report));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
