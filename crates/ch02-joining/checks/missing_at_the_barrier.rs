use ch02_joining::missing_at_the_barrier::{broken, fixed};
use explore::FailureKind;

type Answers = Vec<Result<String, &'static str>>;

fn one_unknown_customer(rush: fn(&[&'static str]) -> Answers) {
    let answers = rush(&["Ada", "nobody"]);
    let orders = answers.iter().filter(|answer| answer.is_ok()).count();
    assert!(orders == 1, "{orders} orders from 1 known customer");
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| one_unknown_customer(broken::rush));
    verdict.expect_failure(FailureKind::Deadlock);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| one_unknown_customer(fixed::rush));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
