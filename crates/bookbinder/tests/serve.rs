//! The server, as a browser and `cargo xtask book --serve` meet it.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::Duration;

/// A server of a small book. It ends when this is dropped, and the book goes with it.
struct Server {
    child: Child,
    input: Option<ChildStdin>,
    address: String,
    dir: PathBuf,
}

fn book(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    let html = dir.join("html");
    fs::create_dir_all(html.join("start")).expect("can be written to");
    for (file, text) in [
        ("html/index.html", "<body>Read this first</body>\n"),
        ("html/404.html", "<body>Not in this book</body>\n"),
        ("html/start/index.html", "<p>Start"),
        ("html/play.js", "play();\n"),
        ("html/map.svg", "<svg/>\n"),
        ("secret.html", "<body>secret</body>\n"),
    ] {
        fs::write(dir.join(file), text).expect("can be written to");
    }
    dir
}

fn command(dir: &Path, port: u16) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bookbinder"));
    command.arg("serve").arg("--out").arg(dir.join("html"));
    command.args(["--port", &port.to_string()]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::piped());
    command
}

impl Server {
    fn start(name: &str) -> Self {
        let dir = book(name);
        let mut child = command(&dir, 0).spawn().expect("can start");
        let mut input = child.stdin.take().expect("it listens");
        writeln!(input, r#"{{"version":"1","problems":null}}"#).expect("it listens");
        let mut line = String::new();
        let output = child.stdout.as_mut().expect("it prints");
        BufReader::new(output)
            .read_line(&mut line)
            .expect("it prints");
        let (_, address) = line.split_once("http://").expect("an address");
        let (address, _) = address.split_once('/').expect("an address");
        Self {
            address: address.to_owned(),
            child,
            input: Some(input),
            dir,
        }
    }

    fn tell(&mut self, line: &str) {
        let input = self.input.as_mut().expect("still open");
        writeln!(input, "{line}").expect("it listens");
    }

    /// Sends these bytes, and returns the head and the body of the answer.
    fn say(&self, request: &str) -> (String, String) {
        let mut stream = TcpStream::connect(&self.address).expect("it listens");
        let limit = Some(Duration::from_secs(20));
        stream.set_read_timeout(limit).expect("can be limited");
        stream.write_all(request.as_bytes()).expect("it listens");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        (head.to_ascii_lowercase(), body.to_owned())
    }

    fn ask(&self, method: &str, path: &str) -> (String, String) {
        self.say(&format!(
            "{method} {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
        ))
    }

    /// Asks until the news are these: it hears of them in its own time.
    #[track_caller]
    fn wait_for(&self, news: &str) {
        for _ in 0..500 {
            if self.ask("GET", "/.news.json").1 == news {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{news} never came: {}", self.ask("GET", "/.news.json").1);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.input.take());
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.dir);
    }
}

#[test]
fn files_come_with_their_kind_and_pages_follow_the_news() {
    let server = Server::start("files");
    let (head, body) = server.ask("GET", "/");
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(
        head.contains("content-type: text/html; charset=utf-8"),
        "{head}"
    );
    assert!(head.contains("cache-control: no-store"), "{head}");
    assert_eq!(
        body,
        "<body>Read this first<script src=\"/.news.js\" data-version=\"1\" defer></script>\n\
         </body>\n"
    );
    for (path, kind) in [
        ("/play.js", "text/javascript"),
        ("/map.svg", "image/svg+xml"),
        ("/.news.json", "application/json"),
        ("/.news.js", "text/javascript"),
    ] {
        let (head, body) = server.ask("GET", path);
        assert!(head.starts_with("http/1.1 200"), "{path}: {head}");
        let kind = format!("content-type: {kind}");
        assert!(head.contains(&kind), "{path}: {head}");
        assert!(!body.contains("<script"), "{path}: {body}");
    }
    let (head, body) = server.ask("GET", "/start");
    assert!(head.starts_with("http/1.1 308"), "{head}");
    assert!(head.contains("location: /start/"), "{head}");
    assert_eq!(body, "");
    let (_, body) = server.ask("GET", "/start/");
    assert!(body.starts_with("<p>Start<script"), "{body}");
    // Nothing asks for anything elsewhere.
    let script = server.ask("GET", "/.news.js").1;
    assert!(!script.contains("http"), "{script}");
}

#[test]
fn head_is_answered_without_a_body_and_nothing_else_is_allowed() {
    let server = Server::start("methods");
    let (head, body) = server.ask("HEAD", "/play.js");
    assert!(head.starts_with("http/1.1 200"), "{head}");
    assert!(head.contains("content-length: 8"), "{head}");
    assert_eq!(body, "");
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let (head, _) = server.ask(method, "/");
        assert!(head.starts_with("http/1.1 405"), "{method}: {head}");
        assert!(head.contains("allow: get, head"), "{method}: {head}");
    }
}

#[test]
fn what_is_not_in_the_book_is_not_there() {
    let server = Server::start("outside");
    for path in [
        "/none.html",
        "/../secret.html",
        "/%2e%2e/secret.html",
        "/start/..%2f..%2fsecret.html",
        "/..%5csecret.html",
        "//../secret.html",
        "/etc/passwd",
        "//etc/passwd",
        "/%00",
        "/%ff",
    ] {
        let (head, body) = server.ask("GET", path);
        assert!(head.starts_with("http/1.1 404"), "{path}: {head}");
        assert!(body.contains("Not in this book"), "{path}: {body}");
        assert!(!body.contains("secret"), "{path}: {body}");
    }
    // Who does not speak HTTP does not end it.
    server.say("hello\r\n\r\n");
    assert!(server.ask("GET", "/").0.starts_with("http/1.1 200"));
}

#[test]
fn who_does_not_read_keeps_nobody_waiting() {
    let server = Server::start("patience");
    let large = format!("<body>{}</body>\n", "x".repeat(8 << 20));
    fs::write(server.dir.join("html/large.html"), large).expect("can be written to");
    let deaf: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).expect("it listens");
            let request = "GET /large.html HTTP/1.1\r\nHost: here\r\n\r\n";
            stream.write_all(request.as_bytes()).expect("it listens");
            stream
        })
        .collect();
    // Browsers open connections before they need them, six at a time and more.
    let silent: Vec<TcpStream> = (0..12)
        .map(|_| TcpStream::connect(&server.address).expect("it listens"))
        .collect();
    assert!(server.ask("GET", "/").0.starts_with("http/1.1 200"));
    drop((deaf, silent));
    assert!(server.ask("GET", "/").0.starts_with("http/1.1 200"));
}

#[test]
fn problems_are_told_and_the_version_is_that_of_the_last_good_book() {
    let mut server = Server::start("news");
    server.wait_for(r#"{"version":"1","problems":null}"#);
    server.tell(r#"{"version":"2","problems":"book/src/a.md:1: what?"}"#);
    server.wait_for(r#"{"version":"1","problems":"book/src/a.md:1: what?"}"#);
    server.tell("nonsense");
    server.tell(r#"{"version":"3","problems":null}"#);
    server.wait_for(r#"{"version":"3","problems":null}"#);
    assert!(server.ask("GET", "/").1.contains("data-version=\"3\""));

    // A book that could not be made yet still has a page to tell it on.
    fs::remove_dir_all(server.dir.join("html")).expect("it is there");
    let (head, body) = server.ask("GET", "/");
    assert!(head.starts_with("http/1.1 404"), "{head}");
    assert!(body.contains("/.news.js"), "{body}");
}

#[test]
fn it_ends_with_its_input() {
    let mut server = Server::start("end");
    drop(server.input.take());
    let status = server.child.wait().expect("it ends");
    assert!(status.success(), "{status}");
    let status = command(&server.dir, 0).stdin(Stdio::null()).status();
    assert!(status.expect("can start").success());
}

#[test]
fn a_port_that_is_taken_is_named() {
    let dir = book("taken");
    let other = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = other.local_addr().expect("a port").port();
    let output = command(&dir, port).output().expect("can start");
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains(&format!("port {port} is taken")), "{said}");
    assert!(said.contains("--port 0"), "{said}");
}
