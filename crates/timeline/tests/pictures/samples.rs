//! The schedules that every renderer is tried on.

use timeline::Timeline;

use crate::build::{Build, E, On};

/// Every sample with the name that its snapshots carry.
pub fn all() -> Vec<(&'static str, Timeline)> {
    vec![
        ("abba", abba()),
        ("lost_update", lost_update()),
        ("lost_wakeup", lost_wakeup()),
        ("stale_read", stale_read()),
        ("tasks", tasks()),
        ("philosophers", philosophers()),
        ("long_loop", long_loop()),
        ("two_files", two_files()),
        ("passing", passing()),
    ]
}

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

/// Async tasks on a virtual clock: a timeout gives up, and the permit stays taken.
pub fn tasks() -> Timeline {
    Build::new(
        "A timeout that forgets its permit",
        &["main", "worker", "ticker"],
    )
    .file("crates/ch11-deadlocks/src/permit/broken.rs")
    .object("limit", "Semaphore", None)
    .object("jobs", "channel", None)
    .object("ticks", "AtomicU64", Some("0"))
    .step(
        "main",
        40,
        "let worker = tokio::spawn(work(limit.clone(), rx));",
        "spawns worker",
        &[E::Spawns("worker")],
    )
    .step(
        "main",
        41,
        "let ticker = tokio::spawn(tick(ticks.clone()));",
        "spawns ticker",
        &[E::Spawns("ticker")],
    )
    .step(
        "worker",
        12,
        "let permit = limit.acquire().await?;",
        "takes a permit of limit",
        &[E::Holds("limit")],
    )
    .step(
        "worker",
        13,
        "permit.forget();",
        "forgets the permit: limit never gets it back",
        &[],
    )
    .step("ticker", 30, "interval.tick().await;", "ticks", &[])
    .step(
        "ticker",
        31,
        "ticks.fetch_add(1, Relaxed);",
        "ticks: 0 → 1",
        &[E::Sees("ticks", "0"), E::Sets("ticks", "1")],
    )
    .step(
        "worker",
        14,
        "let job = timeout(WAIT, jobs.recv()).await;",
        "times out after 250 ms",
        &[E::Uses("jobs")],
    )
    .at_ms(250)
    .step("worker", 15, "Err(_) => return,", "ends", &[E::Ends])
    .step(
        "main",
        44,
        "tx.send(job).await.ok();",
        "sends to jobs → nobody will read it: lost",
        &[E::Uses("jobs"), E::Lost],
    )
    .step("ticker", 30, "interval.tick().await;", "ticks", &[])
    .at_ms(1_500)
    .step(
        "ticker",
        31,
        "ticks.fetch_add(1, Relaxed);",
        "ticks: 1 → 2",
        &[E::Sees("ticks", "1"), E::Sets("ticks", "2"), E::Ends],
    )
    .stuck(
        "main",
        45,
        "let _mine = limit.acquire().await?;",
        "waits for a permit of limit (held by worker since line 12)",
        On::Lock("limit", "worker"),
    )
    .fails("main waits for ever: worker ended and did not give its permit back")
}

/// Five lanes beside `main`, each with one fork in its hand.
pub fn philosophers() -> Timeline {
    let names = ["Kant", "Hume", "Mill", "Marx", "Popper"];
    let forks = ["fork 0", "fork 1", "fork 2", "fork 3", "fork 4"];
    let mut b = Build::new(
        "Five philosophers, five forks",
        &["Kant", "Hume", "Mill", "Marx", "Popper"],
    )
    .file("crates/ch11-deadlocks/src/philosophers/broken.rs");
    for fork in forks {
        b = b.object(fork, "Mutex", None);
    }
    for i in 0..5 {
        b = b.step(
            names[i],
            14,
            "let left = forks[seat].lock().unwrap();",
            &format!("locks {}", forks[i]),
            &[E::Holds(forks[i])],
        );
    }
    for i in 0..5 {
        let next = (i + 1) % 5;
        let what = format!(
            "waits for lock {} (held by {} since line 14)",
            forks[next], names[next]
        );
        b = b.stuck(
            names[i],
            15,
            "let right = forks[(seat + 1) % 5].lock().unwrap();",
            &what,
            On::Lock(forks[next], names[next]),
        );
    }
    b.fails("deadlock: Kant, Hume, Mill, Marx and Popper wait for each other in a circle")
}

/// Twelve rounds of honest work, and a clumsy ending.
pub fn long_loop() -> Timeline {
    let mut b = Build::new("A queue whose last job is lost", &["main", "T1", "T2"])
        .file("crates/ch05-queues/src/drain/broken.rs")
        .object("queue", "Mutex", None)
        .object("stats", "Mutex", None)
        .object("log", "AtomicU64", Some("0"))
        .object("done", "AtomicBool", Some("false"))
        .step(
            "main",
            50,
            "let worker = thread::spawn(move || drain(&queue, &done));",
            "spawns T1",
            &[E::Spawns("T1")],
        )
        .step(
            "main",
            51,
            "let logger = thread::spawn(move || log(&lines));",
            "spawns T2",
            &[E::Spawns("T2")],
        );
    let logs: Vec<&'static str> = vec!["0", "1", "2", "3", "4", "5", "6", "7", "8"];
    for round in 0..8 {
        b = b.step(
            "T2",
            33,
            "lines.fetch_add(1, Relaxed);",
            &format!("log: {round} → {}", round + 1),
            &[E::Sees("log", logs[round]), E::Sets("log", logs[round + 1])],
        );
    }
    for _ in 0..12 {
        b = b
            .step(
                "T1",
                12,
                "let job = queue.lock().unwrap().pop_front();",
                "locks queue",
                &[E::Holds("queue")],
            )
            .step(
                "T1",
                12,
                "let job = queue.lock().unwrap().pop_front();",
                "unlocks queue",
                &[E::Frees("queue")],
            )
            .step("T1", 14, "thread::yield_now();", "yields", &[]);
    }
    b.step(
        "T1",
        16,
        "if done.load(SeqCst) {",
        "reads done = false",
        &[E::Sees("done", "false")],
    )
    .step(
        "main",
        54,
        "queue.lock().unwrap().push_back(last);",
        "locks queue",
        &[E::Holds("queue")],
    )
    .step(
        "main",
        54,
        "queue.lock().unwrap().push_back(last);",
        "unlocks queue",
        &[E::Frees("queue")],
    )
    .step(
        "main",
        55,
        "done.store(true, SeqCst);",
        "writes done = true",
        &[E::Sets("done", "true")],
    )
    .step(
        "T1",
        16,
        "if done.load(SeqCst) {",
        "reads done = true",
        &[E::Sees("done", "true")],
    )
    .step("T1", 17, "return;", "ends", &[E::Ends])
    .step(
        "main",
        57,
        "assert!(queue.lock().unwrap().is_empty());",
        "locks queue",
        &[E::Holds("queue")],
    )
    .step(
        "main",
        57,
        "assert!(queue.lock().unwrap().is_empty());",
        "panics: assertion failed: queue.lock().unwrap().is_empty()",
        &[E::Fails],
    )
    .fails("main panicked: a job was left in the queue")
}

/// The learner's file and that of the trial.
pub fn two_files() -> Timeline {
    Build::new(
        "A receiver that waits for a sender it keeps itself",
        &["main", "consumer"],
    )
    .object("jobs", "channel", None)
    .file("exercises/ch11-deadlocks/kept-sender/grade.rs")
    .step(
        "main",
        9,
        "let total = sum(&[1, 2]);",
        "spawns consumer",
        &[E::Spawns("consumer")],
    )
    .file("exercises/ch11-deadlocks/kept-sender/src/lib.rs")
    .step(
        "main",
        18,
        "tx.send(*n).unwrap();",
        "sends 1 to jobs",
        &[E::Uses("jobs")],
    )
    .step(
        "consumer",
        12,
        "while let Ok(n) = rx.recv() {",
        "receives 1 from jobs",
        &[E::Uses("jobs")],
    )
    .step(
        "main",
        18,
        "tx.send(*n).unwrap();",
        "sends 2 to jobs",
        &[E::Uses("jobs")],
    )
    .step(
        "consumer",
        12,
        "while let Ok(n) = rx.recv() {",
        "receives 2 from jobs",
        &[E::Uses("jobs")],
    )
    .stuck(
        "main",
        20,
        "consumer.join().unwrap()",
        "waits for consumer to end",
        On::Lane("consumer"),
    )
    .stuck(
        "consumer",
        12,
        "while let Ok(n) = rx.recv() {",
        "waits for a message of jobs; main still has a sender (line 10)",
        On::Lock("jobs", "main"),
    )
    .fails("deadlock: consumer waits for main to drop its sender, main waits for consumer to end")
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
