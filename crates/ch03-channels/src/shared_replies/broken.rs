//! The postage counters of a town, and the one office that knows the tariff.

use std::thread;

use crossbeam::channel;

/// Asks for the postage of each letter, given in grams, at a counter of its own; cents.
pub fn postage(letters: &[u32]) -> Vec<u32> {
    let (requests, inbox) = channel::unbounded();
    let (outbox, replies) = channel::unbounded();
    thread::scope(|town| {
        town.spawn(move || {
            for grams in inbox {
                outbox.send(price(grams)).expect("somebody asked");
            }
        });
        let ask = |&grams| {
            let (requests, replies) = (requests.clone(), replies.clone());
            town.spawn(move || {
                requests.send(grams).expect("the office is open");
                replies.recv().expect("the office answers")
            })
        };
        let counters: Vec<_> = letters.iter().map(ask).collect();
        drop(requests);
        let answers = counters.into_iter().map(|counter| counter.join());
        answers
            .map(|cents| cents.expect("a counter does not panic"))
            .collect()
    })
}

fn price(grams: u32) -> u32 {
    80 + 2 * grams
}
