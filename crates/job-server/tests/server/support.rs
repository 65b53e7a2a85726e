//! A server of one's own, and a client.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, ChildStderr, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use ureq::http::{Response, StatusCode};
use ureq::{Agent, Body};

/// For what is sure to come, unless something is broken.
const PATIENCE: Duration = Duration::from_secs(30);

pub struct Server {
    child: Child,
    pub address: SocketAddr,
    agent: Agent,
    stdout: Option<JoinHandle<String>>,
}

/// What there is to see of a server that has left.
#[derive(Debug)]
pub struct Gone {
    pub status: ExitStatus,
    /// Outcomes by job, as it printed them.
    pub outcomes: BTreeMap<String, Vec<String>>,
}

impl Server {
    /// Starts one on a free port, where a unit of work takes 10 µs unless something else is said;
    /// tokio's timer makes at least a millisecond of each wait.
    pub fn start(environment: &[(&str, &str)]) -> Self {
        let (server, mut log) = Self::start_with_log(environment);
        // Read to the end, so that it can always write.
        thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        server
    }

    /// The same, and its log.
    pub fn start_with_log(environment: &[(&str, &str)]) -> (Self, BufReader<ChildStderr>) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_job-server"))
            .envs([("PORT", "0"), ("UNIT_MICROS", "10")])
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the server can be started");
        let mut stderr = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut line = String::new();
        stderr.read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on http://");
        let address = address.unwrap_or_else(|| panic!("the server says {line:?}"));
        let address = address.parse().expect("an address");
        let mut stdout = child.stdout.take().expect("a pipe");
        let stdout = thread::spawn(move || {
            let mut text = String::new();
            stdout.read_to_string(&mut text).expect("UTF-8");
            text
        });
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE));
        let server = Self {
            child,
            address,
            agent: agent.build().into(),
            stdout: Some(stdout),
        };
        (server, stderr)
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn get(&self, path: &str) -> (StatusCode, Value) {
        answer(self.agent.get(self.url(path)).call())
    }

    /// The id of a request, as the answer has it.
    pub fn request_id(&self, brought: Option<&str>) -> String {
        let mut request = self.agent.get(self.url("/api/health"));
        if let Some(id) = brought {
            request = request.header("x-request-id", id);
        }
        let answer = request.call().expect("an answer");
        let id = answer.headers().get("x-request-id").expect("an id");
        id.to_str().expect("text").to_owned()
    }

    pub fn delete(&self, path: &str) -> (StatusCode, Value) {
        answer(self.agent.delete(self.url(path)).call())
    }

    pub fn post(&self, path: &str, body: &Value) -> (StatusCode, Value) {
        answer(self.agent.post(self.url(path)).send_json(body))
    }

    /// Asks for an analysis: 5 ms, and about 1 ms for every hundred rows.
    pub fn submit(&self, id: &str, rows: u32) -> StatusCode {
        self.post("/api/jobs", &analysis(id, rows)).0
    }

    /// The same on a connection of its own. Nothing if there is no answer, because the server has
    /// left before it took the request.
    pub fn try_submit(&self, id: &str, rows: u32) -> Option<StatusCode> {
        let url = self.url("/api/jobs");
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections(0)
            .timeout_global(Some(PATIENCE));
        let agent: Agent = agent.build().into();
        let answer = agent.post(url).send_json(analysis(id, rows)).ok()?;
        Some(answer.status())
    }

    /// A client that has sent the head of a request and sees that the server waits for the rest.
    pub fn in_the_middle_of(&self, body: &str) -> TcpStream {
        let mut client = TcpStream::connect(self.address).expect("a connection");
        client.set_read_timeout(Some(PATIENCE)).expect("a limit");
        write!(
            client,
            "POST /api/jobs HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n\
             content-length: {}\r\nexpect: 100-continue\r\n\r\n",
            body.len()
        )
        .expect("it listens");
        let mut line = [0; 25];
        client.read_exact(&mut line).expect("an answer");
        assert_eq!(&line, b"HTTP/1.1 100 Continue\r\n\r\n");
        client
    }

    /// Waits until the server is told something that shows in its health.
    pub fn wait_until(&self, is_so: impl Fn(&Value) -> bool) {
        let start = Instant::now();
        while !is_so(&self.get("/api/health").1) {
            assert!(start.elapsed() < PATIENCE, "{:?}", self.get("/api/health"));
            thread::yield_now();
        }
    }

    /// Waits until nobody can connect any more.
    pub fn wait_until_it_refuses(&self) {
        let start = Instant::now();
        while TcpStream::connect(self.address).is_ok() {
            assert!(start.elapsed() < PATIENCE, "it still accepts connections");
            thread::yield_now();
        }
    }

    #[cfg(unix)]
    pub fn signal(&self, signal: nix::sys::signal::Signal) {
        let id = self.child.id().try_into().expect("a process id");
        nix::sys::signal::kill(nix::unistd::Pid::from_raw(id), signal).expect("it runs");
    }

    /// Waits for its end.
    pub fn gone(mut self) -> Gone {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("a child") {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "it does not leave");
            thread::sleep(Duration::from_millis(1));
        };
        let stdout = self.stdout.take().expect("taken once").join();
        let mut outcomes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in stdout.expect("no panic").lines() {
            let line: Value = serde_json::from_str(line).expect(line);
            let word = |name: &str| line[name].as_str().expect("a word").to_owned();
            outcomes
                .entry(word("id"))
                .or_default()
                .push(word("outcome"));
        }
        Gone { status, outcomes }
    }
}

impl Drop for Server {
    /// A test that fails leaves nothing running.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn analysis(id: &str, rows: u32) -> Value {
    json!({ "id": id, "job": { "kind": "data_analysis", "rows": rows } })
}

fn answer(answer: Result<Response<Body>, ureq::Error>) -> (StatusCode, Value) {
    let mut answer = answer.expect("an answer");
    let status = answer.status();
    let body = answer.body_mut().read_json().unwrap_or(Value::Null);
    (status, body)
}
