//! `book --serve`: a book that follows its sources while it is read.
//!
//! The runner watches and makes the book anew; the binder's server only reads the finished book.
//! It lives as long as its standard input is open, and so never longer than we do.

use std::io::Write;
use std::process::{ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result, bail};
use serde::Serialize;

use super::binder::{self, Binder};
use super::watch::Watch;
use super::{Desk, Made, complain};
use crate::cli;
use crate::interrupt;
use crate::report;
use crate::style::without_colour;
use crate::tree::Tree;
use crate::workshop::Workshop;

/// How long between two looks at the sources.
const INTERVAL: Duration = Duration::from_millis(250);

/// Serves the book until the user has enough of it.
///
/// # Errors
/// When it cannot be served, or not be made at all.
pub fn serve(desk: &Desk, request: &cli::Book, port: u16) -> Result<bool> {
    let start = Instant::now();
    let mut watch = Watch::new(&desk.workshop.root);
    let binder = Binder::build(desk.workshop)?;
    let made = desk.make(&binder, request.limit)?;
    match &made {
        Ok(()) => {
            report::say(&desk.is_made(start.elapsed()));
            if let Some(file) = &request.bundle {
                report::say(&binder.bundle(&desk.html(), &desk.bundle(file.as_deref())?)?);
            }
        }
        Err(problems) => complain(problems),
    }
    let mut server = Server::start(&binder, desk, port, request.open)?;
    server.tell(&made);
    loop {
        if let Some((status, complaints)) = server.has_ended()? {
            return Err(binder::trouble(status, &complaints));
        }
        if watch.has_changed() {
            let start = Instant::now();
            let made = match again(request.limit) {
                _ if interrupt::happened() => bail!("interrupted"),
                Ok(made) => made,
                // Something else does not compile, say. It will when it is mended.
                Err(error) => Err(format!("{error:#}\n")),
            };
            match &made {
                Ok(()) => report::say(&desk.is_made(start.elapsed())),
                Err(problems) => complain(problems),
            }
            server.tell(&made);
        }
    }
}

/// Makes the book of what is there now: there may be new chapters.
fn again(limit: Duration) -> Result<Made> {
    let workshop = Workshop::open()?;
    let binder = Binder::build(&workshop)?;
    Desk::new(&workshop)?.make(&binder, limit)
}

/// What the server is told about the book.
#[derive(Serialize)]
struct State<'m> {
    /// Another one each time the book is made.
    version: String,
    /// What is wrong with the sources, so that the book is an older one.
    problems: Option<&'m str>,
}

struct Server {
    tree: Tree,
    input: Box<dyn Write>,
    complaints: Option<JoinHandle<String>>,
}

impl Server {
    fn start(binder: &Binder, desk: &Desk, port: u16, open: bool) -> Result<Self> {
        let mut command = binder.serve(&desk.html(), port, open);
        command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut tree = Tree::spawn(command).context("cannot start the server of the book")?;
        let input = tree
            .stdin()
            .context("the server of the book has no input")?;
        let stderr = tree.stderr();
        let complaints = thread::Builder::new()
            .name("complaints".to_owned())
            .spawn(move || stderr.map_or_else(String::new, binder::all))
            .context("cannot start a thread; are there too many?")?;
        Ok(Self {
            tree,
            input: Box::new(input),
            complaints: Some(complaints),
        })
    }

    /// Tells what became of the book. If nobody listens any more, that is noticed elsewhere.
    fn tell(&mut self, made: &Made) {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let problems = made.as_ref().err().map(|problems| without_colour(problems));
        let state = State {
            version: now.unwrap_or_default().as_millis().to_string(),
            problems: problems.as_deref(),
        };
        let line = serde_json::to_string(&state).unwrap_or_default() + "\n";
        let _ = self
            .input
            .write_all(line.as_bytes())
            .and_then(|()| self.input.flush());
    }

    /// Waits a moment. If the server has ended, says how, and what it said.
    fn has_ended(&mut self) -> Result<Option<(ExitStatus, String)>> {
        let ended = self.tree.wait_at_most(INTERVAL);
        let ended = ended.context("cannot wait for the server of the book")?;
        if interrupt::happened() {
            bail!("interrupted");
        }
        let said = self.complaints.take_if(|_| ended.is_some());
        let said = said
            .and_then(|reader| reader.join().ok())
            .unwrap_or_default();
        Ok(ended.map(|status| (status, said)))
    }
}
