//! What becomes of jobs and requests when a signal comes.

use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal::{SIGINT, SIGTERM};

use crate::support::{Server, analysis};

const FOR_EVER: u32 = 10_000_000;

#[test]
fn a_request_that_the_signal_finds_in_its_middle_is_answered_and_nothing_new_is_accepted() {
    let server = Server::start(&[]);
    assert_eq!(server.submit("early", FOR_EVER / 100), 202);
    let late = analysis("late", 1).to_string();
    let mut client = server.in_the_middle_of(&late);
    thread::scope(|scope| {
        let waiting = scope.spawn(|| server.get("/api/jobs/early/outcome"));
        server.wait_until(|health| health["requests"] == 2);
        server.signal(SIGTERM);
        server.wait_until_it_refuses();
        client.write_all(late.as_bytes()).expect("it listens");
        let mut answer = String::new();
        client.read_to_string(&mut answer).expect("an answer");
        assert!(answer.starts_with("HTTP/1.1 503"), "{answer}");
        assert!(answer.contains("the desk is closing"), "{answer}");
        let (status, body) = waiting.join().expect("no panic");
        assert_eq!(
            (status.as_u16(), body["status"].as_str()),
            (200, Some("done"))
        );
    });
    let gone = server.gone();
    assert_eq!(gone.status.code(), Some(0));
    assert_eq!(gone.outcomes["early"], ["done"]);
    assert_eq!(gone.outcomes.len(), 1, "{gone:?}");
}

#[test]
fn every_job_that_got_a_202_gets_one_outcome() {
    let server = Server::start(&[
        ("NUM_WORKERS", "2"),
        ("QUEUE_SIZE", "40"),
        ("SHUTDOWN_SECONDS", "2"),
    ]);
    let answered = AtomicUsize::new(0);
    let accepted = thread::scope(|scope| {
        let clients: Vec<_> = (0..4)
            .map(|client| {
                let (server, answered) = (&server, &answered);
                scope.spawn(move || {
                    let mut accepted = BTreeSet::new();
                    // Until the server is gone: then there is no answer any more.
                    for job in 0.. {
                        let id = format!("{client}-{job}");
                        let rows = if job % 5 == 0 { FOR_EVER } else { 100 };
                        let Some(status) = server.try_submit(&id, rows) else {
                            break;
                        };
                        answered.fetch_add(1, Ordering::Relaxed);
                        if status == 202 {
                            accepted.insert(id);
                        }
                    }
                    accepted
                })
            })
            .collect();
        while answered.load(Ordering::Relaxed) < 100 {
            thread::yield_now();
        }
        server.signal(SIGTERM);
        let clients = clients.into_iter();
        clients
            .flat_map(|client| client.join().expect("no panic"))
            .collect::<BTreeSet<_>>()
    });
    assert!(accepted.len() >= 3, "{accepted:?}");
    let gone = server.gone();
    assert_eq!(gone.status.code(), Some(0));
    let told: BTreeSet<_> = gone.outcomes.keys().cloned().collect();
    assert_eq!(told, accepted);
    for (id, outcomes) in &gone.outcomes {
        assert_eq!(outcomes.len(), 1, "{id}: {outcomes:?}");
    }
}

#[test]
fn what_does_not_end_is_cancelled_and_the_process_is_gone_within_its_deadline() {
    let server = Server::start(&[("NUM_WORKERS", "1"), ("SHUTDOWN_SECONDS", "4")]);
    let answers = ["runs", "waits"].map(|id| server.submit(id, FOR_EVER).as_u16());
    assert_eq!(answers, [202, 202]);
    let start = Instant::now();
    server.signal(SIGINT);
    let gone = server.gone();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(4), "it took {took:?}");
    assert!(took > Duration::from_secs(2), "the jobs had {took:?} only");
    assert_eq!(gone.status.code(), Some(0));
    assert_eq!(gone.outcomes["runs"], ["cancelled"]);
    assert_eq!(gone.outcomes["waits"], ["cancelled"]);
}

#[test]
fn a_client_that_never_sends_the_rest_does_not_keep_the_process() {
    let server = Server::start(&[("SHUTDOWN_SECONDS", "1")]);
    let half = server.in_the_middle_of(&analysis("half", 1).to_string());
    let silent = TcpStream::connect(server.address).expect("a connection");
    let start = Instant::now();
    server.signal(SIGTERM);
    let gone = server.gone();
    let took = start.elapsed();
    assert!(took < Duration::from_secs(3), "it took {took:?}");
    assert_eq!(
        gone.status.code(),
        Some(0),
        "no job is left without an outcome"
    );
    assert!(gone.outcomes.is_empty());
    drop((half, silent));
}

#[test]
fn a_log_that_nobody_reads_costs_no_outcome() {
    let (server, log) = Server::start_with_log(&[("SHUTDOWN_SECONDS", "1")]);
    drop(log);
    for (id, rows) in [("short", 1), ("long", FOR_EVER)] {
        assert_eq!(server.submit(id, rows), 202);
    }
    assert_eq!(server.get("/api/jobs/short/outcome").0, 200);
    server.signal(SIGTERM);
    let gone = server.gone();
    assert_eq!(gone.status.code(), Some(0));
    assert_eq!(gone.outcomes["short"], ["done"]);
    assert_eq!(gone.outcomes["long"], ["cancelled"]);
}

#[test]
fn a_second_signal_is_not_kept_waiting() {
    let server = Server::start(&[]);
    assert_eq!(server.submit("long", FOR_EVER), 202);
    server.signal(SIGTERM);
    server.wait_until_it_refuses();
    server.signal(SIGTERM);
    let gone = server.gone();
    assert_eq!(
        gone.status.code(),
        Some(1),
        "a job is left without an outcome"
    );
    assert!(gone.outcomes.is_empty());
}
