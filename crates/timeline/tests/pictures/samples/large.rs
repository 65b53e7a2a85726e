//! Schedules of many lanes, many steps, several files, and with a clock.

use timeline::Timeline;

use crate::build::{Build, E, On};

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
