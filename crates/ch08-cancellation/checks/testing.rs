//! What a test of cancellation has to ask. A guide's test passes a function that ignores its
//! context and returns at once, and fails a right one that wraps its error.

use std::time::Duration;

use tokio::time;
use tokio_util::sync::CancellationToken;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Error {
    Cancelled,
    /// In which step the rest happened.
    During(&'static str, &'static Error),
}

impl Error {
    fn root(&self) -> &Error {
        match self {
            Error::During(_, cause) => cause.root(),
            Error::Cancelled => self,
        }
    }
}

/// What is wrong with `work`, which has more to do than the test has time; nothing, if it stops
/// when it is told to, not before, at once, and says so.
async fn fault<F>(work: fn(CancellationToken) -> F) -> Option<&'static str>
where
    F: Future<Output = Result<(), Error>> + Send + 'static,
{
    let stop = CancellationToken::new();
    let mut task = tokio::spawn(work(stop.clone()));
    if time::timeout(Duration::from_secs(1), &mut task)
        .await
        .is_ok()
    {
        return Some("it ends before it is told to");
    }
    stop.cancel();
    // The clock of the world stands still while there is something to do: this is no patience.
    let told = time::timeout(Duration::from_nanos(1), &mut task).await;
    let Ok(ended) = told else {
        task.abort();
        let _ = task.await;
        return Some("it does not stop");
    };
    match ended.expect("work does not panic") {
        Ok(()) => Some("it stops, and says that it is done"),
        Err(error) => (*error.root() != Error::Cancelled).then_some("it says something else"),
    }
}

async fn work() {
    time::sleep(Duration::from_secs(60)).await;
}

async fn right(stop: CancellationToken) -> Result<(), Error> {
    stop.run_until_cancelled(work())
        .await
        .ok_or(Error::Cancelled)
}

async fn right_and_wrapped(stop: CancellationToken) -> Result<(), Error> {
    stop.run_until_cancelled(work())
        .await
        .ok_or(Error::During("counting", &Error::Cancelled))
}

async fn deaf(_stop: CancellationToken) -> Result<(), Error> {
    work().await;
    Ok(())
}

async fn at_once(_stop: CancellationToken) -> Result<(), Error> {
    Err(Error::Cancelled)
}

async fn silent(stop: CancellationToken) -> Result<(), Error> {
    let _ = stop.run_until_cancelled(work()).await;
    Ok(())
}

#[test]
fn a_test_of_cancellation_tells_five_functions_apart() {
    explore::tasks().check(|| async {
        assert_eq!(fault(right).await, None);
        assert_eq!(fault(right_and_wrapped).await, None);
    });
    explore::tasks().check(|| async {
        assert_eq!(fault(deaf).await, Some("it does not stop"));
    });
    explore::tasks().check(|| async {
        assert_eq!(fault(at_once).await, Some("it ends before it is told to"));
    });
    explore::tasks().check(|| async {
        let said = fault(silent).await;
        assert_eq!(said, Some("it stops, and says that it is done"));
    });
}
