//! `serve`: a finished book at an address of this machine, for as long as standard input is open.
//!
//! `cargo xtask book --serve` watches the sources and makes the book anew. On each line of standard
//! input it tells what came of that (a [`News`] as JSON), and pages that are open follow.
//!
//! | module | knows |
//! |---|---|
//! | `address` | which file an address means, and that it means none outside the book |
//! | `answer` | what a browser is answered |
//! | `http` | how it asks, and how it is answered |

mod address;
mod answer;
mod http;

use std::io::{self, BufRead, ErrorKind, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};

/// What to serve, and where.
#[derive(Clone, Debug)]
pub struct Options {
    /// The finished book.
    pub out: PathBuf,
    /// The port; 0 is any that is free.
    pub port: u16,
    /// Whether to show it in a browser.
    pub open: bool,
}

/// What came of making the book.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Another one each time it is made.
    pub version: String,
    /// What is wrong with the sources; then the book is still the one before.
    pub problems: Option<String>,
}

/// The latest news, for all who answer.
#[derive(Debug, Default)]
struct Latest(Mutex<News>);

impl Latest {
    fn get(&self) -> MutexGuard<'_, News> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of a line of news. Other lines mean nothing.
    fn hear(&self, line: &str) {
        let Ok(news) = serde_json::from_str::<News>(line) else {
            return;
        };
        let mut latest = self.get();
        if news.problems.is_none() {
            latest.version = news.version;
        }
        latest.problems = news.problems;
    }
}

/// Serves a book until standard input ends. Nothing is answered before the first line of it.
///
/// # Errors
/// When the port cannot be had.
pub fn serve(options: &Options) -> Result<()> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))
        .map_err(|error| refused(options.port, &error))?;
    let address = listener.local_addr().context("cannot find out the port")?;
    let latest = Arc::new(Latest::default());
    let mut lines = io::stdin().lock().lines().map_while(io::Result::ok);
    let Some(first) = lines.next() else {
        return Ok(());
    };
    latest.hear(&first);
    let (out, known) = (options.out.clone(), Arc::clone(&latest));
    thread::Builder::new()
        .name("door".to_owned())
        .spawn(move || {
            // A connection that breaks while it comes in is none.
            for stream in listener.incoming().flatten() {
                let (out, known) = (out.clone(), Arc::clone(&known));
                // A browser that went away needs no answer, and nor does one too many.
                let _ = thread::Builder::new()
                    .name("answer".to_owned())
                    .spawn(move || {
                        let answer = |request: &_| answer::answer(request, &out, &known.get());
                        http::converse(stream, answer)
                    });
            }
        })
        .context("cannot start a thread; are there too many?")?;
    let url = format!("http://{address}/");
    say(&format!("the book is served at {url} (Ctrl-C ends that)"));
    if options.open
        && let Err(error) = crate::open::address(&url)
    {
        say(&format!("{error:#}"));
    }
    lines.for_each(|line| latest.hear(&line));
    Ok(())
}

fn refused(port: u16, error: &io::Error) -> anyhow::Error {
    match error.kind() {
        ErrorKind::AddrInUse => anyhow!(
            "port {port} is taken, perhaps by another `cargo xtask book --serve`; end that one, or \
             take any port that is free with `--port 0`"
        ),
        ErrorKind::PermissionDenied => anyhow!(
            "the system does not let you have port {port}; take any that is free with `--port 0`"
        ),
        _ => anyhow!("cannot listen at port {port}: {error}"),
    }
}

/// Prints a line, at once. Nobody needs to read it.
fn say(line: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}
