//! What is asked of the quotes, in every order in which the suppliers can answer.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use quotes::Strategy::{self, AtLeast, CollectAll, FirstError};
use quotes::{Answers, Failure, NoResult, ask_all};
use tokio::sync::Barrier;
use tokio::time::{self, Instant};
use tokio_util::sync::CancellationToken;

type Price = u32;
type Outcome = Result<Answers<Price, String>, NoResult<String>>;
type Asking = Pin<Box<dyn Future<Output = Result<Price, String>> + Send>>;

#[test]
fn prices_come_in_the_order_of_the_list_whatever_the_strategy() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(3)] {
            let (outcome, took) = Market::default()
                .ask(&["3 a", "1 b", "2 c"], strategy)
                .await;
            assert!(
                told(&outcome) == "prices a b c" && took == 3,
                "{strategy:?}: a, b and c have prices after 3, 1 and 2 s; after {took} s it was {}",
                told(&outcome)
            );
        }
    });
}

#[test]
fn all_suppliers_are_asked_at_the_same_time() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(3)] {
            // Nobody answers before three are asked.
            let three = Arc::new(Barrier::new(3));
            let ask = move |_| {
                let three = Arc::clone(&three);
                async move {
                    three.wait().await;
                    Ok::<_, String>(7)
                }
            };
            let (names, cancel) = (list(&["a", "b", "c"]), CancellationToken::new());
            let asking = ask_all(names, strategy, &cancel, ask);
            let reproach = "nobody answers before all three are asked, and that does not end";
            let outcome = within(60, asking, reproach).await;
            assert!(
                told(&outcome) == "prices a b c",
                "{strategy:?}: all three have a price, and it was {}",
                told(&outcome)
            );
        }
    });
}

#[test]
fn each_entry_of_the_list_is_asked_once() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(3)] {
            let market = Market::default();
            let (outcome, _) = market.ask(&["1 a", "1 b", "1 a"], strategy).await;
            assert!(
                told(&outcome) == "prices a b a",
                "{strategy:?}: a, b and a again have a price, and it was {}",
                told(&outcome)
            );
            let asked = market.asked();
            assert!(
                asked == 3,
                "{strategy:?}: the list has 3 entries, and {asked} were asked"
            );
        }
    });
}

#[test]
fn an_empty_list_is_no_failure() {
    explore::tasks().check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(0)] {
            let (outcome, _) = Market::default().ask(&[], strategy).await;
            assert!(
                told(&outcome) == "prices",
                "{strategy:?} of nobody was {}",
                told(&outcome)
            );
        }
    });
}

#[test]
fn the_first_error_ends_it_at_once() {
    explore::tasks().bound(2).check(|| async {
        let suppliers = ["9 a", "1 b", "2 c fails", "5 d fails"];
        let (outcome, took) = Market::default().ask(&suppliers, FirstError).await;
        assert!(
            told(&outcome) == "unmet, c failed" && took == 2,
            "c failed after 2 s, d would after 5 s and a has a price after 9 s; after {took} s it \
             was: {}",
            told(&outcome)
        );
    });
}

#[test]
fn an_error_is_not_lost_among_prices_that_come_with_it() {
    explore::tasks().bound(2).check(|| async {
        for suppliers in [
            ["1 a fails", "1 b", "1 c"],
            ["1 a", "1 b", "1 c fails"],
            ["1 a", "1 b", "2 c fails"],
        ] {
            let (outcome, _) = Market::default().ask(&suppliers, FirstError).await;
            let failed = if suppliers[0] == "1 a" { "c" } else { "a" };
            assert!(
                told(&outcome) == format!("unmet, {failed} failed"),
                "of {suppliers:?} {failed} failed, and it was: {}",
                told(&outcome)
            );
        }
    });
}

#[test]
fn of_errors_that_come_together_one_is_told() {
    explore::tasks().bound(2).check(|| async {
        let suppliers = ["1 a fails", "1 b fails", "9 c"];
        let (outcome, took) = Market::default().ask(&suppliers, FirstError).await;
        let told = told(&outcome);
        assert!(
            ["unmet, a failed", "unmet, b failed"].contains(&told.as_str()) && took == 1,
            "a and b failed after 1 s, and the first error ends it; after {took} s it was: {told}"
        );
    });
}

#[test]
fn collecting_takes_every_answer() {
    explore::tasks().bound(2).check(|| async {
        let suppliers = ["2 a fails", "4 b", "1 c fails", "3 d"];
        let (outcome, took) = Market::default().ask(&suppliers, CollectAll).await;
        assert!(
            told(&outcome) == "prices b d, a c failed" && took == 4,
            "b and d have prices, a and c failed, the last after 4 s; after {took} s it was: {}",
            told(&outcome)
        );
    });
}

#[test]
fn collecting_ends_for_any_mix_of_prices_and_failures() {
    explore::tasks().bound(1).check(|| async {
        for failing in [0, 1, 4, 8] {
            let suppliers: Vec<_> = (0..8)
                .map(|number| match number < failing {
                    true => format!("1 {number} fails"),
                    false => format!("1 {number}"),
                })
                .collect();
            let suppliers: Vec<_> = suppliers.iter().map(String::as_str).collect();
            let (outcome, _) = Market::default().ask(&suppliers, CollectAll).await;
            let answers = outcome.expect("collecting is always met");
            let came = (answers.prices.len(), answers.failures.len());
            assert!(
                came == (8 - failing, failing),
                "of 8 suppliers {failing} failed, and {} prices and {} failures came",
                came.0,
                came.1
            );
        }
    });
}

#[test]
fn so_many_prices_are_enough_and_the_others_are_not_waited_for() {
    explore::tasks().bound(2).check(|| async {
        let suppliers = ["9 a", "3 b", "2 c fails", "1 d", "8 e fails"];
        let (outcome, took) = Market::default().ask(&suppliers, AtLeast(2)).await;
        assert!(
            told(&outcome) == "prices b d, c failed" && took == 3,
            "2 prices are enough; c failed after 2 s, d and b have theirs after 1 and 3 s, a after 9 \
             s; after {took} s it was: {}",
            told(&outcome)
        );
    });
}

#[test]
fn no_more_prices_are_told_than_were_asked_for() {
    explore::tasks().bound(2).check(|| async {
        let (outcome, _) = Market::default()
            .ask(&["1 a", "1 b", "1 c"], AtLeast(2))
            .await;
        let prices = outcome.map_or(0, |answers| answers.prices.len());
        assert!(
            prices == 2,
            "the first 2 prices are wanted, 3 came together, and {prices} were told"
        );
    });
}

#[test]
fn as_soon_as_it_cannot_be_met_that_is_told() {
    explore::tasks().bound(2).check(|| async {
        let suppliers = ["1 a", "3 b fails", "9 c", "2 d fails", "8 e fails"];
        let (outcome, took) = Market::default().ask(&suppliers, AtLeast(4)).await;
        assert!(
            told(&outcome) == "unmet, b d failed" && took == 3,
            "4 of 5 prices are needed, d failed after 2 s and b after 3 s; after {took} s it was: {}",
            told(&outcome)
        );
        let (outcome, took) = Market::default().ask(&suppliers, AtLeast(3)).await;
        assert!(
            told(&outcome) == "unmet, b d e failed" && took == 8,
            "3 of 5 prices are needed, d, b and e failed after 2, 3 and 8 s; after {took} s it was: {}",
            told(&outcome)
        );
    });
}

#[test]
fn what_is_clear_from_the_beginning_needs_no_question() {
    explore::tasks().check(|| async {
        for (number, expected) in [(0, "prices"), (3, "unmet"), (usize::MAX, "unmet")] {
            let market = Market::default();
            let (outcome, took) = market.ask(&["1 a", "1 b fails"], AtLeast(number)).await;
            assert!(
                told(&outcome) == expected && took == 0,
                "{number} prices are wanted of 2 suppliers; after {took} s it was: {}",
                told(&outcome)
            );
            let asked = market.asked();
            assert!(
                asked == 0,
                "{number} prices are wanted of 2 suppliers, and {asked} were asked"
            );
        }
    });
}

#[test]
fn a_panic_is_a_failure() {
    // The outcome tells of the panic, however the program came to know of it.
    explore::tasks().bound(2).may_lose_panics().check(|| async {
        let suppliers = ["2 a", "1 b panics", "3 c fails"];
        for (strategy, expected, needed) in [
            (FirstError, "unmet, b panicked", 1),
            (CollectAll, "prices a, b panicked c failed", 3),
            (AtLeast(1), "prices a, b panicked", 2),
            (AtLeast(2), "unmet, b panicked c failed", 3),
        ] {
            let (outcome, took) = Market::default().ask(&suppliers, strategy).await;
            assert!(
                told(&outcome) == expected && took == needed,
                "{strategy:?}: b panics after 1 s, a has a price after 2 s and c fails after 3 s; \
                 after {took} s it was: {}",
                told(&outcome)
            );
        }
    });
}

#[test]
fn nobody_is_asked_any_more_when_it_returns() {
    explore::tasks().bound(2).check(|| async {
        let suppliers = ["60 a", "1 b", "2 c fails", "60 d"];
        for strategy in [FirstError, AtLeast(1), AtLeast(4)] {
            let market = Market::default();
            let (_, took) = market.ask(&suppliers, strategy).await;
            let open = market.open();
            assert!(
                open == 0,
                "{strategy:?} returned after {took} s, and {open} suppliers are being asked"
            );
            time::sleep(seconds(100)).await;
            let answered = market.answered();
            assert!(
                answered <= 2,
                "{strategy:?} returned after {took} s, and {answered} of 4 suppliers have answered"
            );
        }
    });
}

#[test]
fn a_cancel_is_told_at_once_and_stops_everybody() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(2)] {
            let (market, cancel) = (Market::default(), CancellationToken::new());
            let token = cancel.clone();
            let cancelling = tokio::spawn(async move {
                time::sleep(seconds(3)).await;
                token.cancel();
            });
            let (outcome, took) = market
                .ask_until(&cancel, &["1 a", "8 b", "9 c"], strategy)
                .await;
            assert!(
                told(&outcome) == "cancelled" && took == 3,
                "{strategy:?}: it was cancelled after 3 s; after {took} s it was: {}",
                told(&outcome)
            );
            let open = market.open();
            assert!(
                open == 0,
                "{strategy:?}: it was cancelled, and {open} suppliers are being asked"
            );
            cancelling.await.expect("it does not panic");
            time::sleep(seconds(100)).await;
            let answered = market.answered();
            assert!(
                answered == 1,
                "{strategy:?}: a had answered when it was cancelled, and later {answered} had"
            );
        }
    });
}

#[test]
fn what_is_cancelled_before_it_begins_is_cancelled() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(1)] {
            let cancel = CancellationToken::new();
            cancel.cancel();
            for suppliers in [["5 a", "6 b"], ["0 a", "0 b"]] {
                let market = Market::default();
                let (outcome, took) = market.ask_until(&cancel, &suppliers, strategy).await;
                assert!(
                    told(&outcome) == "cancelled" && took == 0,
                    "{strategy:?}: it was cancelled before it began; after {took} s it was: {}",
                    told(&outcome)
                );
            }
        }
    });
}

#[test]
fn a_cancel_is_neither_success_nor_failure_of_those_who_hear_it() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(2)] {
            let cancel = CancellationToken::new();
            let heard = cancel.clone();
            // One gives up with an error, and the other one answers in haste.
            let ask = move |name: String| {
                let cancel = heard.clone();
                async move {
                    cancel.cancelled().await;
                    match name.as_str() {
                        "a" => Ok(7),
                        _ => Err("was cancelled".to_owned()),
                    }
                }
            };
            let token = cancel.clone();
            let cancelling = tokio::spawn(async move {
                time::sleep(seconds(3)).await;
                token.cancel();
            });
            let asking = ask_all(list(&["a", "b", "c"]), strategy, &cancel, ask);
            let outcome = within(60, asking, "it was cancelled, and did not end").await;
            assert!(
                told(&outcome) == "cancelled",
                "{strategy:?}: the suppliers heard the cancel and gave up, and it was: {}",
                told(&outcome)
            );
            cancelling.await.expect("it does not panic");
        }
    });
}

#[test]
fn a_cancel_that_comes_with_the_answers_makes_nothing_up() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(2)] {
            let cancel = CancellationToken::new();
            let token = cancel.clone();
            let cancelling = tokio::spawn(async move {
                time::sleep(seconds(1)).await;
                token.cancel();
            });
            let market = Market::default();
            let (outcome, _) = market.ask_until(&cancel, &["1 a", "1 b"], strategy).await;
            let told = told(&outcome);
            assert!(
                told == "prices a b" || told == "cancelled",
                "{strategy:?}: prices of a and b and a cancel came together, and it was: {told}"
            );
            cancelling.await.expect("it does not panic");
        }
    });
}

#[test]
fn the_token_is_only_looked_at() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(1)] {
            let cancel = CancellationToken::new();
            let suppliers = ["1 a fails", "2 b", "9 c"];
            Market::default()
                .ask_until(&cancel, &suppliers, strategy)
                .await;
            assert!(
                !cancel.is_cancelled(),
                "{strategy:?}: the token of the caller was cancelled, and not by the caller"
            );
        }
    });
}

#[test]
fn a_question_that_is_dropped_leaves_nothing_behind() {
    explore::tasks().bound(2).check(|| async {
        for strategy in [FirstError, CollectAll, AtLeast(1)] {
            let market = Market::default();
            let asking = market.ask(&["8 a", "9 b"], strategy);
            let given_up = time::timeout(seconds(2), asking).await;
            assert!(
                given_up.is_err(),
                "prices of 8 and 9 s were there within 2 s"
            );
            time::sleep(seconds(100)).await;
            let answered = market.answered();
            assert!(
                answered == 0,
                "{strategy:?} was dropped half-way, and then {answered} suppliers answered"
            );
        }
    });
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn list(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| name.to_string()).collect()
}

/// What a future comes to, in so many seconds; otherwise the reproach.
async fn within<T>(limit: u64, future: impl Future<Output = T>, otherwise: &str) -> T {
    match time::timeout(seconds(limit), future).await {
        Ok(output) => output,
        Err(_) => panic!("{otherwise}"),
    }
}

/// An outcome in words, with the last words of the names: "prices a b, c failed".
fn told(outcome: &Outcome) -> String {
    let failed = |failures: &[(String, Failure<String>)]| {
        let failures = failures.iter().map(|(name, failure)| match failure {
            Failure::Error(_) => format!(" {} failed", short(name)),
            Failure::Panicked => format!(" {} panicked", short(name)),
        });
        // "b failed d failed" reads better as "b d failed".
        let text = failures.collect::<String>();
        let parts = text.matches(" failed").count();
        let text = text.replacen(" failed", "", parts.saturating_sub(1));
        if text.is_empty() {
            text
        } else {
            format!(",{text}")
        }
    };
    match outcome {
        Ok(Answers { prices, failures }) => {
            let prices = prices.iter().map(|(name, _)| format!(" {}", short(name)));
            format!("prices{}{}", prices.collect::<String>(), failed(failures))
        }
        Err(NoResult::Unmet(failures)) => format!("unmet{}", failed(failures)),
        Err(NoResult::Cancelled) => "cancelled".to_owned(),
    }
}

/// The letter in "3 a fails".
fn short(name: &str) -> &str {
    name.split(' ').nth(1).unwrap_or(name)
}

/// Suppliers that are asked: "3 a fails" does so after three seconds.
#[derive(Clone, Default)]
struct Market {
    asked: Arc<AtomicUsize>,
    open: Arc<AtomicUsize>,
    answered: Arc<AtomicUsize>,
}

/// Somebody who is being asked.
struct Open(Arc<AtomicUsize>);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Market {
    /// The outcome, and after how many seconds.
    async fn ask(&self, suppliers: &[&str], strategy: Strategy) -> (Outcome, u64) {
        let cancel = CancellationToken::new();
        self.ask_until(&cancel, suppliers, strategy).await
    }

    async fn ask_until(
        &self,
        cancel: &CancellationToken,
        suppliers: &[&str],
        strategy: Strategy,
    ) -> (Outcome, u64) {
        let begin = Instant::now();
        let asking = ask_all(list(suppliers), strategy, cancel, self.supplier());
        let outcome = within(1_000, asking, "everybody has answered, and it did not end").await;
        (outcome, begin.elapsed().as_secs())
    }

    fn supplier(&self) -> impl Fn(String) -> Asking + 'static {
        let market = self.clone();
        move |name| {
            let market = market.clone();
            Box::pin(async move {
                market.asked.fetch_add(1, Ordering::SeqCst);
                market.open.fetch_add(1, Ordering::SeqCst);
                let _open = Open(market.open);
                let needs = name.split(' ').next().expect("a time");
                let needs = needs.parse().expect("seconds");
                if needs > 0 {
                    time::sleep(seconds(needs)).await;
                }
                market.answered.fetch_add(1, Ordering::SeqCst);
                match name.split(' ').nth(2) {
                    None => Ok(7),
                    Some("fails") => Err(format!("{name}: no price today")),
                    Some(_) => panic!("{name}: the price list is empty"),
                }
            })
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn open(&self) -> usize {
        self.open.load(Ordering::SeqCst)
    }

    fn answered(&self) -> usize {
        self.answered.load(Ordering::SeqCst)
    }
}
