use ch04_select::order_under_biased::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// Three planks are waiting, and the first one is cut askew.
async fn nothing_is_cut_after_the_stop(
    saw: impl AsyncFn(mpsc::Receiver<u32>, &mut dyn FnMut(u32), CancellationToken),
) {
    let (stack, planks) = mpsc::channel(3);
    for plank in [1, 2, 3] {
        stack.try_send(plank).expect("there is room for three");
    }
    let emergency = CancellationToken::new();
    let stop = emergency.clone();
    let mut cut = 0;
    let mut blade = |_plank| {
        cut += 1;
        stop.cancel();
    };
    saw(planks, &mut blade, emergency).await;
    assert!(cut == 1, "{} planks were cut after the stop", cut - 1);
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| nothing_is_cut_after_the_stop(broken::saw));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| nothing_is_cut_after_the_stop(fixed::saw));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
