//! What is asked of the server, with real sockets and a real SIGTERM.

#![cfg(unix)]

use std::io::{BufRead, BufReader, ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use graceful_server::serve;
use nix::sys::signal::{Signal, raise};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::Semaphore;

/// What is sure to come with a server that keeps to the rules takes far less.
const PATIENCE: Duration = Duration::from_secs(3);
/// For how long a server is watched that might do something wrong.
const WATCHED: Duration = Duration::from_millis(300);
/// The limit where the limit is not what is asked about.
const LONG: Duration = Duration::from_secs(30);

#[test]
fn the_enquiries_of_a_connection_are_answered_in_order() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        let mut client = server.connect();
        client.send("parcel 1\nparcel 2\nparcel 3\n");
        let answers = [client.answer(), client.answer(), client.answer()];
        let expected =
            ["parcel 1", "parcel 2", "parcel 3"].map(|line| format!("{line}: on its way"));
        assert!(
            answers == expected,
            "three enquiries were answered with {answers:?}"
        );
    });
}

#[test]
fn one_enquiry_of_a_connection_is_underway_at_a_time() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        let mut client = server.connect();
        client.send("hold 1\nhold 2\n");
        assert_eq!(server.begins(), "hold 1");
        let second = server.begun.lock().expect("no panic").recv_timeout(WATCHED);
        assert!(
            second.is_err(),
            "{second:?} began while `hold 1` was underway"
        );
    });
}

#[test]
fn connections_are_served_at_the_same_time() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        let mut clients = [server.connect(), server.connect(), server.connect()];
        for client in &mut clients {
            client.send("hold\n");
        }
        for _ in &clients {
            server.begins();
        }
    });
}

#[test]
fn a_client_that_goes_away_harms_nobody() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        for line in ["half a l", "parcel 1\n", "hold\n", ""] {
            server.connect().send(line);
        }
        assert_eq!(server.enquire("parcel 2"), "parcel 2: on its way");
    });
}

#[test]
fn a_panic_ends_one_connection_and_no_other() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        let mut other = server.connect();
        other.send("parcel 1\n");
        other.answer();
        let mut unlucky = server.connect();
        unlucky.send("panic\n");
        unlucky.ends("after a panic in its answer");
        other.send("parcel 2\n");
        assert_eq!(other.answer(), "parcel 2: on its way");
        assert_eq!(server.enquire("parcel 3"), "parcel 3: on its way");
        server.terminate();
        let dropped = server.returns();
        assert!(
            dropped == 0,
            "{dropped} enquiries were dropped; the one that panicked was over"
        );
    });
}

#[test]
fn after_the_signal_nobody_is_let_in() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        let mut client = server.connect();
        client.send("hold\n");
        server.begins();
        server.terminate();
        server.refuses();
    });
}

#[test]
fn an_enquiry_that_is_underway_at_the_signal_is_answered() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        let mut client = server.connect();
        client.send("hold\n");
        server.begins();
        server.terminate();
        client.waits("while its enquiry was underway");
        server.go_on();
        assert_eq!(client.answer(), "hold: on its way");
        client.ends("after its last answer");
        let dropped = server.returns();
        assert!(
            dropped == 0,
            "{dropped} enquiries were dropped, and all had been answered"
        );
    });
}

#[test]
fn what_was_not_underway_at_the_signal_does_not_begin() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        let mut client = server.connect();
        client.send("hold 1\nhold 2\n");
        server.begins();
        server.terminate();
        server.refuses();
        server.go_on();
        assert_eq!(client.answer(), "hold 1: on its way");
        client.ends("after the answer to what was underway");
        server.returns();
        let second = server.begun.lock().expect("no panic").try_recv();
        assert!(second.is_err(), "{second:?} began after the signal");
    });
}

#[test]
fn a_connection_without_an_enquiry_does_not_keep_the_server() {
    explore::real().check(|| {
        let server = Server::start(LONG);
        let mut silent = server.connect();
        let mut half = server.connect();
        half.send("half a l");
        let mut idle = server.connect();
        idle.send("parcel 1\n");
        idle.answer();
        // Once a later one is served, the earlier ones are let in.
        assert_eq!(server.enquire("parcel 2"), "parcel 2: on its way");
        server.terminate();
        server.returns();
        for client in [&mut silent, &mut half, &mut idle] {
            client.ends("after the signal, without an enquiry");
        }
    });
}

#[test]
fn what_is_underway_after_the_limit_is_dropped_and_counted() {
    explore::real().check(|| {
        let limit = Duration::from_millis(700);
        let server = Server::start(limit);
        let mut clients: Vec<_> = (0..5).map(|_| server.connect()).collect();
        for client in &mut clients {
            client.send("hold\n");
            server.begins();
        }
        // One that is over, and one that has not begun, are not underway.
        assert_eq!(server.enquire("parcel 1"), "parcel 1: on its way");
        let mut idle = server.connect();
        idle.send("half a l");
        let start = Instant::now();
        server.terminate();
        let dropped = server.returns();
        let took = start.elapsed();
        assert!(
            took >= limit,
            "it was over after {took:?}; they had {limit:?}"
        );
        assert!(
            took < limit * 3,
            "it was over {took:?} after the signal; the limit is {limit:?}"
        );
        assert!(
            dropped == 5,
            "5 enquiries were underway at the limit, and it says {dropped}"
        );
        for client in &mut clients {
            client.ends("when its enquiry was dropped");
        }
    });
}

#[test]
fn what_ends_within_the_limit_is_not_counted() {
    explore::real().check(|| {
        let limit = Duration::from_millis(800);
        let server = Server::start(limit);
        let mut unlucky = server.connect();
        unlucky.send("panic\n");
        unlucky.ends("after a panic in its answer");
        let mut clients = [server.connect(), server.connect()];
        for client in &mut clients {
            client.send("hold\n");
            server.begins();
        }
        server.terminate();
        server.refuses();
        server.go_on();
        let dropped = server.returns();
        assert!(
            dropped == 1,
            "one of two was answered in time, and it says {dropped} were dropped"
        );
    });
}

#[test]
fn nothing_goes_on_after_it_has_returned() {
    explore::real().check(|| {
        let server = Server::start(Duration::from_millis(100));
        let mut clients = [server.connect(), server.connect()];
        for client in &mut clients {
            client.send("hold\n");
            server.begins();
        }
        server.terminate();
        server.returns();
        let alive = server.underway.load(Ordering::SeqCst);
        assert!(
            alive == 0,
            "it has returned, and {alive} answers are still worked on"
        );
    });
}

/// A server on a runtime of its own, whose answers begin and end as the test says.
struct Server {
    address: SocketAddr,
    /// Each enquiry that holds, as it begins.
    begun: Mutex<Receiver<String>>,
    /// So many of them may go on.
    permits: Arc<Semaphore>,
    /// So many answers are worked on.
    underway: Arc<AtomicUsize>,
    end: Mutex<Receiver<usize>>,
    runtime: Option<Runtime>,
}

impl Server {
    fn start(limit: Duration) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime");
        let listener = runtime
            .block_on(TcpListener::bind(("127.0.0.1", 0)))
            .expect("a port");
        let address = listener.local_addr().expect("an address");
        let (telling, begun) = mpsc::channel();
        let permits = Arc::new(Semaphore::new(0));
        let underway = Arc::new(AtomicUsize::new(0));
        let desk = Desk {
            telling,
            permits: Arc::clone(&permits),
            underway: Arc::clone(&underway),
        };
        let (ending, end) = mpsc::channel();
        runtime.spawn(async move {
            let dropped = serve(listener, move |line| desk.clone().answer(line), limit).await;
            // Who does not ask has gone.
            let _ = ending.send(dropped.expect("nothing fails"));
        });
        let server = Self {
            address,
            begun: Mutex::new(begun),
            permits,
            underway,
            end: Mutex::new(end),
            runtime: Some(runtime),
        };
        // Served once, it has been polled: from now on it handles the signal.
        assert_eq!(server.enquire("parcel 0"), "parcel 0: on its way");
        server
    }

    fn connect(&self) -> Client {
        let socket = TcpStream::connect(self.address).expect("the server lets clients in");
        socket.set_read_timeout(Some(PATIENCE)).expect("a limit");
        Client(BufReader::new(socket))
    }

    /// Asks on a connection of its own.
    fn enquire(&self, line: &str) -> String {
        let mut client = self.connect();
        client.send(&format!("{line}\n"));
        client.answer()
    }

    /// Waits until an enquiry that holds begins; which one.
    #[track_caller]
    fn begins(&self) -> String {
        let begun = self.begun.lock().expect("no panic").recv_timeout(PATIENCE);
        begun.unwrap_or_else(|_| panic!("an enquiry did not begin within {PATIENCE:?}"))
    }

    /// Lets one of those that hold go on.
    fn go_on(&self) {
        self.permits.add_permits(1);
    }

    fn terminate(&self) {
        raise(Signal::SIGTERM).expect("a signal");
    }

    /// Waits until the signal shows: nobody is let in.
    #[track_caller]
    fn refuses(&self) {
        let start = Instant::now();
        let is_refused = || {
            // A door that is open with nobody behind it lets a number in, and then lets wait.
            let client = TcpStream::connect_timeout(&self.address, WATCHED);
            client.is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused)
        };
        while !is_refused() {
            assert!(
                start.elapsed() < PATIENCE,
                "{PATIENCE:?} after the signal, a new client is still not refused"
            );
            thread::yield_now();
        }
    }

    /// Waits until `serve` returns; what it says.
    #[track_caller]
    fn returns(&self) -> usize {
        let end = self.end.lock().expect("no panic").recv_timeout(PATIENCE);
        end.unwrap_or_else(|_| panic!("`serve` did not return within {PATIENCE:?} of the signal"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

#[derive(Clone)]
struct Desk {
    telling: Sender<String>,
    permits: Arc<Semaphore>,
    underway: Arc<AtomicUsize>,
}

struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        // Long enough for somebody who does not wait for it to be seen.
        thread::sleep(Duration::from_millis(50));
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Desk {
    async fn answer(self, line: String) -> String {
        self.underway.fetch_add(1, Ordering::SeqCst);
        let _counted = Counted(Arc::clone(&self.underway));
        assert!(line != "panic", "nobody knows this parcel");
        if line.starts_with("hold") {
            self.telling.send(line.clone()).expect("the test listens");
            self.permits.acquire().await.expect("it is open").forget();
        }
        format!("{line}: on its way")
    }
}

struct Client(BufReader<TcpStream>);

impl Client {
    fn send(&mut self, text: &str) {
        self.0
            .get_mut()
            .write_all(text.as_bytes())
            .expect("the server listens");
    }

    #[track_caller]
    fn answer(&mut self) -> String {
        let mut line = String::new();
        match self.0.read_line(&mut line) {
            Ok(0) => panic!("the connection ended, and an answer was to come"),
            Ok(_) => line.trim_end().to_owned(),
            Err(error) if is_timeout(&error) => panic!("no answer came within {PATIENCE:?}"),
            Err(error) => panic!("an answer was to come, and the connection broke: {error}"),
        }
    }

    /// Asserts that nothing comes.
    #[track_caller]
    fn waits(&mut self, when: &str) {
        let socket = self.0.get_ref();
        socket.set_read_timeout(Some(WATCHED)).expect("a limit");
        let came = self.0.fill_buf().map(<[u8]>::len);
        assert!(
            came.as_ref().is_err_and(is_timeout),
            "the connection was to wait {when}, and it ended"
        );
        let socket = self.0.get_ref();
        socket.set_read_timeout(Some(PATIENCE)).expect("a limit");
    }

    /// Asserts that the connection ends.
    #[track_caller]
    fn ends(&mut self, when: &str) {
        let mut rest = Vec::new();
        match self.0.read_to_end(&mut rest) {
            Err(error) if is_timeout(&error) => {
                panic!("the connection was to end {when}; it did not within {PATIENCE:?}")
            }
            // With something unread on its side, the system resets the connection: that is an end.
            _ => assert!(
                rest.is_empty(),
                "{:?} came {when}",
                String::from_utf8_lossy(&rest)
            ),
        }
    }
}

fn is_timeout(error: &std::io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}
