//! What clients are answered.

use std::net::TcpStream;
use std::process::Command;
use std::thread;

use serde_json::{Value, json};

use crate::support::{Server, analysis};

/// An analysis that does not end by itself while a test runs.
const FOR_EVER: u32 = 10_000_000;

#[test]
fn a_job_is_accepted_and_its_outcome_told() {
    let server = Server::start(&[]);
    let (status, body) = server.post("/api/jobs", &analysis("march", 1000));
    assert_eq!((status.as_u16(), &body["id"]), (202, &json!("march")));
    let (status, body) = server.get("/api/jobs/march/outcome");
    let done = json!({ "id": "march", "status": "done", "result": "1000 rows" });
    assert_eq!((status.as_u16(), body), (200, done.clone()));
    assert_eq!(server.get("/api/jobs/march").1, done);
}

#[test]
fn every_kind_of_job_has_its_own_end() {
    let server = Server::start(&[]);
    let jobs = [
        json!({ "kind": "image_processing", "url": "a.png" }),
        json!({ "kind": "notification", "recipients": ["ann@home", "nobody"] }),
        json!({ "kind": "notification", "recipients": ["nobody"] }),
    ];
    let ends = jobs.map(|job| {
        let id = job.to_string().len().to_string();
        let (status, body) = server.post("/api/jobs", &json!({ "id": id, "job": job }));
        assert_eq!(status, 202, "{body}");
        let end = server.get(&format!("/api/jobs/{id}/outcome")).1;
        (
            end["status"].clone(),
            end.get("result").or(end.get("error")).cloned(),
        )
    });
    let expected = [
        ("done", "a.png is scaled"),
        ("done", "sent 1 of 2"),
        ("failed", "sent 0 of 1"),
    ];
    assert_eq!(
        ends,
        expected.map(|(end, said)| (json!(end), Some(json!(said))))
    );
}

#[test]
fn what_has_no_room_is_told_to_come_again() {
    let server = Server::start(&[("NUM_WORKERS", "1"), ("QUEUE_SIZE", "1")]);
    let answers = ["a", "b", "c"].map(|id| server.submit(id, FOR_EVER).as_u16());
    assert_eq!(answers, [202, 202, 503]);
    // A place that a cancel has freed is free at once.
    assert_eq!(server.delete("/api/jobs/b").0, 202);
    assert_eq!(server.get("/api/jobs/b").1["status"], "cancelled");
    assert_eq!(server.submit("c", FOR_EVER), 202);
}

#[test]
fn a_cancel_ends_a_job_that_runs_and_is_told_if_it_comes_too_late() {
    let server = Server::start(&[]);
    assert_eq!(server.submit("long", FOR_EVER), 202);
    assert_eq!(server.delete("/api/jobs/long").0, 202);
    let end = server.get("/api/jobs/long/outcome").1;
    assert_eq!(end["status"], "cancelled");
    assert_eq!(server.delete("/api/jobs/long").0, 409);
    assert_eq!(server.delete("/api/jobs/other").0, 404);
    assert_eq!(server.get("/api/jobs/other").0, 404);
    assert_eq!(server.get("/api/jobs/other/outcome").0, 404);
}

#[test]
fn an_id_names_one_job() {
    let server = Server::start(&[]);
    assert_eq!(server.submit("twin", FOR_EVER), 202);
    assert_eq!(server.submit("twin", 1), 409);
    assert_eq!(server.get("/api/jobs/twin").1["status"], "running");
}

#[test]
fn what_makes_no_sense_is_refused_with_a_reason() {
    let server = Server::start(&[]);
    let job = |job: Value| json!({ "id": "x", "job": job });
    for (body, reason) in [
        (job(json!({ "kind": "coffee" })), "unknown variant `coffee`"),
        (
            job(json!({ "kind": "data_analysis", "rows": -1 })),
            "invalid value",
        ),
        (
            job(json!({ "kind": "data_analysis", "rows": 4_000_000_000_u32 })),
            "the most is",
        ),
        (analysis("", 1), "`id`"),
        (analysis("../etc", 1), "`id`"),
        (json!({ "id": "x" }), "missing field `job`"),
        (json!([1]), "invalid"),
    ] {
        let (status, answer) = server.post("/api/jobs", &body);
        assert_eq!(status, 400, "{body}: {answer}");
        let error = answer["error"].as_str().expect("a reason");
        assert!(error.contains(reason), "{body}: {error}");
    }
    assert_eq!(server.get("/api/jobs").0, 405);
    assert_eq!(server.get("/api").0, 404);
}

#[test]
fn a_client_that_goes_away_does_not_take_its_job_along() {
    let server = Server::start(&[]);
    assert_eq!(server.submit("long", FOR_EVER), 202);
    let client = {
        use std::io::Write;
        let mut client = TcpStream::connect(server.address).expect("a connection");
        write!(
            client,
            "GET /api/jobs/long/outcome HTTP/1.1\r\nhost: x\r\n\r\n"
        )
        .expect("it listens");
        client
    };
    server.wait_until(|health| health["requests"] == 1);
    drop(client);
    server.wait_until(|health| health["requests"] == 0);
    assert_eq!(server.get("/api/jobs/long").1["status"], "running");
}

#[test]
fn who_waits_for_an_outcome_says_for_how_long() {
    let server = Server::start(&[]);
    assert_eq!(server.submit("long", FOR_EVER), 202);
    let (status, body) = server.get("/api/jobs/long/outcome?timeout_ms=20");
    assert_eq!(status, 504);
    let error = body["error"].as_str().expect("a reason");
    assert!(error.contains("not over after 20ms"), "{error}");
    assert_eq!(server.get("/api/jobs/long").1["status"], "running");
    assert_eq!(server.get("/api/jobs/long/outcome?timeout_ms=-1").0, 400);
}

#[test]
fn every_answer_names_its_request() {
    let server = Server::start(&[]);
    let asked = |id: Option<&str>| server.request_id(id);
    assert_eq!(asked(Some("checkout-7")), "checkout-7");
    let (first, second) = (asked(None), asked(None));
    assert_ne!(first, second);
    // What would break a log is not taken over.
    assert_ne!(asked(Some("a b")), "a b");
}

#[test]
fn many_clients_at_once_are_all_answered() {
    let server = Server::start(&[("QUEUE_SIZE", "20")]);
    let answers = thread::scope(|scope| {
        let clients: Vec<_> = (0..8)
            .map(|client| {
                let server = &server;
                scope.spawn(move || {
                    let ids = (0..20).map(|job| format!("{client}-{job}"));
                    let submit = |id: String| (server.submit(&id, 100).as_u16(), id);
                    ids.map(submit).collect::<Vec<_>>()
                })
            })
            .collect();
        let clients = clients.into_iter();
        clients
            .flat_map(|client| client.join().expect("no panic"))
            .collect::<Vec<_>>()
    });
    assert_eq!(answers.len(), 160);
    for (status, id) in answers {
        match status {
            202 => assert_eq!(server.get(&format!("/api/jobs/{id}/outcome")).0, 200),
            status => assert_eq!(status, 503, "{id}"),
        }
    }
}

#[test]
fn a_server_that_cannot_be_is_told_which_variable_is_wrong() {
    let said = Command::new(env!("CARGO_BIN_EXE_job-server"))
        .env("NUM_WORKERS", "none")
        .output()
        .expect("it can be started");
    assert_eq!(said.status.code(), Some(1));
    let said = String::from_utf8(said.stderr).expect("UTF-8");
    assert!(
        said.contains("NUM_WORKERS=none: say a whole number"),
        "{said}"
    );
}

#[test]
fn a_port_that_is_taken_is_named() {
    let server = Server::start(&[]);
    let port = server.address.port().to_string();
    let said = Command::new(env!("CARGO_BIN_EXE_job-server"))
        .env("PORT", &port)
        .output()
        .expect("it can be started");
    assert_eq!(said.status.code(), Some(1));
    let said = String::from_utf8(said.stderr).expect("UTF-8");
    assert!(
        said.contains(&format!("port {port}; PORT names another")),
        "{said}"
    );
}
