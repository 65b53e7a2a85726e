use ch01_tasks::early_exit::{broken, fixed};
use explore::FailureKind;

fn every_warehouse_is_in(stock_report: fn(Vec<(&'static str, Vec<u32>)>) -> Vec<String>) {
    let warehouses = vec![("Bergen", vec![3, 4]), ("Oslo", vec![8])];
    let mut report = stock_report(warehouses);
    report.sort();
    assert_eq!(report, ["Bergen: 7", "Oslo: 8"], "the report is incomplete");
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
