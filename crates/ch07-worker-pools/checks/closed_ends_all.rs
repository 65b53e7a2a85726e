use ch07_worker_pools::closed_ends_all::{broken, fixed};
use explore::FailureKind;
use tokio::sync::mpsc::{self, Receiver};

/// The ambulance has gone home; two have an appointment.
async fn everybody_is_treated(
    treat_all: impl AsyncFn(Receiver<&'static str>, Receiver<&'static str>, &mut Vec<&'static str>),
) {
    let (ambulance, emergencies) = mpsc::channel(2);
    let (desk, appointments) = mpsc::channel(2);
    ambulance.send("fracture").await.expect("the ward is open");
    desk.send("vaccination").await.expect("the ward is open");
    drop((ambulance, desk));
    let mut treated = Vec::new();
    treat_all(emergencies, appointments, &mut treated).await;
    assert!(
        treated == ["fracture", "vaccination"],
        "a fracture and a vaccination came, and treated were {treated:?}"
    );
}

#[test]
fn broken() {
    let verdict = explore::tasks().explore(|| {
        everybody_is_treated(async |emergencies, appointments, treated| {
            broken::treat_all(emergencies, appointments, |patient| treated.push(patient)).await;
        })
    });
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::tasks().explore(|| {
        everybody_is_treated(async |emergencies, appointments, treated| {
            fixed::treat_all(emergencies, appointments, |patient| treated.push(patient)).await;
        })
    });
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
