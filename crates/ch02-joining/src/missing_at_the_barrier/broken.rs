//! A load test: all customers log in, and then order at the same moment.

use std::sync::Barrier;
use std::thread;

use super::log_in;

/// What each customer got: the shop's answer, or why there is none.
pub fn rush(customers: &[&'static str]) -> Vec<Result<String, &'static str>> {
    let start = Barrier::new(customers.len());
    let shop = |customer| {
        let session = log_in(customer)?;
        start.wait();
        Ok(session.order())
    };
    thread::scope(|scope| {
        let shopping: Vec<_> = customers
            .iter()
            .map(|&customer| scope.spawn(move || shop(customer)))
            .collect();
        let answers = shopping.into_iter().map(|customer| customer.join());
        answers
            .map(|answer| answer.expect("no customer panics"))
            .collect()
    })
}
