//! Random numbers in a world.

extern crate rand as real;

extern crate model_rand as rand;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use explore::FailureKind;
use model_std::thread;
use rand::distr::{Alphanumeric, SampleString, Uniform};
use rand::prelude::*;

/// All that a program reports in the schedules that are tried.
fn reports(program: impl Fn() -> String + Send + Sync + 'static) -> BTreeSet<String> {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let log = seen.clone();
    explore::threads().check(move || {
        let report = program();
        log.lock().unwrap().insert(report);
    });
    let seen = seen.lock().unwrap();
    seen.clone()
}

#[test]
fn threads_draw_the_same_numbers_in_every_schedule() {
    let seen = reports(|| {
        let threads: Vec<_> = (0..2)
            .map(|_| {
                thread::spawn(|| {
                    let before: u32 = rand::random();
                    thread::yield_now();
                    (before, rand::random_range(0..1_000_000))
                })
            })
            .collect();
        let drawn: Vec<(u32, i32)> = threads.into_iter().map(|t| t.join().unwrap()).collect();
        assert_ne!(drawn[0], drawn[1], "two threads draw different numbers");
        format!("{drawn:?}")
    });
    assert_eq!(seen.len(), 1, "{seen:?}");
}

#[test]
fn runs_agree_across_trials() {
    let one = || {
        let mut bytes = [0_u8; 5];
        rand::fill(&mut bytes);
        let mut seeded: StdRng = rand::make_rng();
        let text = Alphanumeric.sample_string(&mut rand::rng(), 6);
        format!("{bytes:?} {} {text}", seeded.next_u64())
    };
    assert_eq!(reports(one), reports(one));
}

#[test]
fn everything_a_generator_can_do() {
    explore::threads().check(|| {
        let mut rng = rand::rng();
        let (low, high) = (rng.random_range(1..=6), rand::random_range(1..=6));
        assert!((1..=6).contains(&low) && (1..=6).contains(&high));
        assert!(rand::random_bool(1.0) && !rand::random_ratio(0, 3));
        let mut cards: Vec<u8> = (0..20).collect();
        cards.shuffle(&mut rng);
        assert_ne!(cards, (0..20).collect::<Vec<u8>>());
        assert!(cards.choose(&mut rng).is_some());
        assert!((0..5).choose(&mut rng).is_some_and(|n| n < 5));
        let dice = Uniform::new(1, 7).unwrap();
        let thrown: BTreeSet<i32> = dice.sample_iter(&mut rng).take(200).collect();
        assert_eq!(thrown.len(), 6);
        assert_eq!(rand::random_iter::<bool>().take(3).count(), 3);
    });
}

#[test]
fn a_generator_that_the_program_seeds_is_the_real_one() {
    let real = <real::rngs::StdRng as real::SeedableRng>::seed_from_u64(7);
    let real: Vec<u32> = real::RngExt::random_iter(real).take(4).collect();
    explore::threads().check(move || {
        let model = StdRng::seed_from_u64(7);
        assert_eq!(model.random_iter::<u32>().take(4).collect::<Vec<_>>(), real);
        let small = |seed| SmallRng::seed_from_u64(seed).random::<u64>();
        assert_eq!(small(1), small(1));
        assert_ne!(small(1), small(2));
    });
}

#[test]
fn a_number_may_decide_whether_a_program_breaks() {
    let verdict = explore::threads().explore(|| {
        let numbers: Vec<u8> = rand::random_iter().take(100).collect();
        assert!(numbers.iter().all(|&n| n < 200), "a number of {numbers:?}");
    });
    verdict.expect_failure(FailureKind::Panicked);
    assert_eq!(verdict.schedules(), 1);
}
