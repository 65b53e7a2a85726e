//! Schedules of few threads.

use timeline::Timeline;

use crate::build::{Build, E, On};

/// The one that every other picture is compared with.
pub fn abba() -> Timeline {
    Build::new(
        "Two opposite transfers: the failing schedule with the fewest switches",
        &["main", "T1", "T2"],
    )
    .object("alice", "Mutex", None)
    .object("bob", "Mutex", None)
    .step(
        "main",
        21,
        "let one = thread::spawn(move || transfer(&a, &b));",
        "spawns T1",
        &[E::Spawns("T1")],
    )
    .step(
        "main",
        22,
        "let two = thread::spawn(move || transfer(&b, &a));",
        "spawns T2",
        &[E::Spawns("T2")],
    )
    .step(
        "T2",
        11,
        "let mut from = from.lock().unwrap();",
        "locks bob",
        &[E::Holds("bob")],
    )
    .step(
        "T1",
        11,
        "let mut from = from.lock().unwrap();",
        "locks alice",
        &[E::Holds("alice")],
    )
    .stuck(
        "main",
        23,
        "one.join().unwrap();",
        "waits for T1 to end",
        On::Lane("T1"),
    )
    .stuck(
        "T1",
        12,
        "let mut to = to.lock().unwrap();",
        "waits for lock bob (held by T2 since line 11)",
        On::Lock("bob", "T2"),
    )
    .stuck(
        "T2",
        12,
        "let mut to = to.lock().unwrap();",
        "waits for lock alice (held by T1 since line 11)",
        On::Lock("alice", "T1"),
    )
    .fails("deadlock: T1 and T2 wait for each other")
}

pub fn lost_update() -> Timeline {
    Build::new(
        "Lost update: the failing schedule with the fewest switches",
        &["main", "T1", "T2"],
    )
    .file("exercises/ch01-tasks/visits/src/lib.rs")
    .object("hits", "AtomicU64", Some("0"))
    .step(
        "main",
        20,
        "let one = thread::spawn(move || visit(&a));",
        "spawns T1",
        &[E::Spawns("T1")],
    )
    .step(
        "main",
        21,
        "let two = thread::spawn(move || visit(&b));",
        "spawns T2",
        &[E::Spawns("T2")],
    )
    .step(
        "T1",
        6,
        "let seen = hits.load(SeqCst);",
        "reads hits = 0",
        &[E::Sees("hits", "0")],
    )
    .step(
        "T2",
        6,
        "let seen = hits.load(SeqCst);",
        "reads hits = 0",
        &[E::Sees("hits", "0")],
    )
    .step(
        "T2",
        7,
        "hits.store(seen + 1, SeqCst);",
        "writes hits = 1",
        &[E::Sets("hits", "1"), E::Ends],
    )
    .step(
        "T1",
        7,
        "hits.store(seen + 1, SeqCst);",
        "writes hits = 1",
        &[E::Sets("hits", "1"), E::Ends],
    )
    .step("main", 22, "one.join().unwrap();", "joins T1", &[])
    .step("main", 23, "two.join().unwrap();", "joins T2", &[])
    .step(
        "main",
        24,
        "assert_eq!(hits.load(SeqCst), 2);",
        "reads hits = 1",
        &[E::Sees("hits", "1")],
    )
    .step(
        "main",
        24,
        "assert_eq!(hits.load(SeqCst), 2);",
        "panics: assertion `left == right` failed\n  left: 1\n right: 2",
        &[E::Fails],
    )
    .fails("main panicked: two visits, and hits is 1")
}

pub fn lost_wakeup() -> Timeline {
    Build::new(
        "Lost wake-up: the failing schedule with the fewest switches (5 steps)",
        &["T1", "T2"],
    )
    .file("crates/ch11-deadlocks/src/lost_wakeup/broken.rs")
    .object("ready", "AtomicU64", Some("0"))
    .object("m", "Mutex", None)
    .object("cv", "Condvar", None)
    .step(
        "T1",
        7,
        "if s.ready.load() == 0 {",
        "reads ready = 0",
        &[E::Sees("ready", "0")],
    )
    .step("T1", 8, "let g = s.m.lock();", "locks m", &[E::Holds("m")])
    .step(
        "T2",
        17,
        "s.ready.store(1);",
        "writes ready = 1",
        &[E::Sets("ready", "1")],
    )
    .step(
        "T2",
        18,
        "s.cv.notify_one();",
        "notifies cv → nobody waits: lost",
        &[E::Uses("cv"), E::Lost, E::Ends],
    )
    .step(
        "T1",
        9,
        "let _g = s.cv.wait(g);",
        "unlocks m, sleeps on cv",
        &[E::Frees("m"), E::Uses("cv")],
    )
    .stuck(
        "T1",
        9,
        "let _g = s.cv.wait(g);",
        "asleep on cv",
        On::Object("cv"),
    )
    .fails("T1 sleeps for ever: nobody is left to wake it")
}

/// Fails only under the memory model.
pub fn stale_read() -> Timeline {
    Build::new(
        "Message passing with relaxed stores: fails only under the memory model",
        &["main", "T1"],
    )
    .file("exercises/ch09-atomics/publish/src/lib.rs")
    .object("config", "AtomicU32", Some("0"))
    .object("ready", "AtomicBool", Some("false"))
    .step(
        "main",
        30,
        "let writer = thread::spawn(move || publish(&slot));",
        "spawns T1",
        &[E::Spawns("T1")],
    )
    .step(
        "T1",
        12,
        "self.config.store(42, Relaxed);",
        "writes config = 42",
        &[E::Sets("config", "42")],
    )
    .step(
        "T1",
        13,
        "self.ready.store(true, Relaxed);",
        "writes ready = true",
        &[E::Sets("ready", "true"), E::Ends],
    )
    .step(
        "main",
        18,
        "while !self.ready.load(Relaxed) {}",
        "reads ready = true",
        &[E::Sees("ready", "true")],
    )
    .step(
        "main",
        19,
        "self.config.load(Relaxed)",
        "reads config = 0, an old value",
        &[E::Old("config", "0", "42")],
    )
    .step(
        "main",
        32,
        "assert_eq!(slot.read(), 42);",
        "panics: assertion `left == right` failed\n  left: 0\n right: 42",
        &[E::Fails],
    )
    .fails("main panicked: it read a value that had been replaced")
}

pub fn passing() -> Timeline {
    Build::new("One of 6 schedules, all of which pass", &["main", "T1"])
        .file("crates/ch01-tasks/src/join/fixed.rs")
        .object("hits", "AtomicU64", Some("0"))
        .step(
            "main",
            8,
            "let one = thread::spawn(move || visit(&a));",
            "spawns T1",
            &[E::Spawns("T1")],
        )
        .step(
            "main",
            9,
            "hits.fetch_add(1, Relaxed);",
            "hits: 0 → 1",
            &[E::Sees("hits", "0"), E::Sets("hits", "1")],
        )
        .step(
            "T1",
            4,
            "hits.fetch_add(1, Relaxed);",
            "hits: 1 → 2",
            &[E::Sees("hits", "1"), E::Sets("hits", "2"), E::Ends],
        )
        .step("main", 10, "one.join().unwrap();", "joins T1", &[])
        .step(
            "main",
            11,
            "assert_eq!(hits.load(Relaxed), 2);",
            "reads hits = 2",
            &[E::Sees("hits", "2"), E::Ends],
        )
        .passes("every assertion held")
}
