//! How a program of tasks can end badly: each way is found, and named.

mod blocked;
mod left;
mod wrong;

use explore::FailureKind;

/// A seeded bug is found in a few schedules with at most one departure, twice in the same way.
#[track_caller]
fn breaks<F>(kind: FailureKind, message: &str, body: impl Fn() -> F + Send + Sync + Clone + 'static)
where
    F: Future<Output = ()> + 'static,
{
    let verdict = explore::tasks().explore(body.clone());
    println!("{verdict}");
    verdict.expect_failure(kind);
    let failure = verdict.failure().map_or("", |failure| &failure.message);
    assert!(failure.contains(message), "{failure}\nlacks: {message}");
    let departures = verdict
        .token()
        .map_or(0, |token| token.matches('=').count());
    assert!(departures <= 1, "{departures} departures\n{verdict}");
    assert!(verdict.schedules() <= 12, "{verdict}");
    let again = explore::tasks().explore(body);
    assert_eq!(verdict.to_string(), again.to_string());
}

#[track_caller]
fn holds<F>(body: impl Fn() -> F + Send + Sync + Clone + 'static)
where
    F: Future<Output = ()> + 'static,
{
    let verdict = explore::tasks().explore(body.clone());
    println!("{verdict}");
    verdict.expect_pass();
    assert_eq!(
        verdict.to_string(),
        explore::tasks().explore(body).to_string()
    );
}
