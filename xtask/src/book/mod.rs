//! `book`: the pages, and the pictures of what the programs do today, made into a book.
//!
//! | module | knows |
//! |---|---|
//! | [`evidence`] | what each check of each chapter says |
//! | [`inputs`], [`files`] | on which files that depends |
//! | [`played`] | of which programs a page shows every schedule |
//! | [`binder`] | the program that makes the book from it |
//! | [`serving`], [`watch`] | how to keep it up to date while somebody reads |

mod binder;
mod evidence;
mod files;
mod inputs;
mod played;
mod serving;
mod watch;

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::cli;
use crate::judge::{cannot_write, lock};
use crate::report;
use crate::workshop::Workshop;
use binder::{Binder, Bound};

/// What is wrong with the book, for a person; nothing if it is as it should be.
type Made = std::result::Result<(), String>;

/// Makes the book, and shows, serves or packs it. Says whether nothing is wrong with it.
///
/// # Errors
/// When the runner cannot do its work.
pub fn book(workshop: &Workshop, request: &cli::Book) -> Result<bool> {
    let start = Instant::now();
    let desk = Desk::new(workshop)?;
    if let Some(port) = request.serve {
        return serving::serve(&desk, request, port);
    }
    let binder = Binder::build(workshop)?;
    if let Err(problems) = desk.make(&binder, request.limit)? {
        complain(&problems);
        return Ok(false);
    }
    report::say(&desk.is_made(start.elapsed()));
    if let Some(file) = &request.bundle {
        report::say(&binder.bundle(&desk.html(), &desk.bundle(file.as_deref())?)?);
    }
    if request.open {
        binder.open(&desk.html())?;
    }
    Ok(true)
}

/// Tells what is wrong with the book.
fn complain(problems: &str) {
    // Who has closed standard error does not want to know.
    let _ = io::stderr().write_all(problems.as_bytes());
}

/// Where the book is made: `target/book`.
struct Desk<'w> {
    workshop: &'w Workshop,
    dir: PathBuf,
}

impl<'w> Desk<'w> {
    fn new(workshop: &'w Workshop) -> Result<Self> {
        let pages = workshop.root.join("book").join("book.toml");
        if !pages.is_file() {
            bail!(
                "there are no pages to make a book of: book/book.toml is missing; `git restore book` brings them back"
            );
        }
        let dir = workshop.root.join("target").join("book");
        fs::create_dir_all(&dir).with_context(|| cannot_write(&dir))?;
        Ok(Self { workshop, dir })
    }

    /// The finished book.
    fn html(&self) -> PathBuf {
        self.dir.join("html")
    }

    /// Where the bundle goes; relative to where the user is.
    fn bundle(&self, file: Option<&Path>) -> Result<PathBuf> {
        match file {
            None => Ok(self.dir.join("workshop-book.zip")),
            Some(file) => std::path::absolute(file)
                .with_context(|| format!("cannot find out where {} is", file.display())),
        }
    }

    /// Makes the book anew. Where something is wrong with it, the one that was there before stays.
    ///
    /// # Errors
    /// When it cannot be found out whether something is wrong.
    fn make(&self, binder: &Binder, limit: Duration) -> Result<Made> {
        let _lock = lock(&self.dir.join("lock"), "to finish the book")?;
        let evidence = self.dir.join("evidence.json");
        if let Err(problems) = evidence::renew(self.workshop, &evidence, limit)? {
            return Ok(Err(problems));
        }
        // Of what the book was made that is there; without a book, of nothing.
        let made = self.dir.join("made");
        let now = watch::look_also(&self.workshop.root, &[&evidence, binder.program()]);
        let now = format!("{now:016x}");
        let is_there = self.html().join("index.html").is_file();
        if is_there && fs::read_to_string(&made).is_ok_and(|known| known == now) {
            return Ok(Ok(()));
        }
        let half = self.dir.join("html.half");
        remove(&half)?;
        match binder.bind(&self.workshop.root, &evidence, &half)? {
            Bound::Good => {
                // Not while it says something about another book.
                let _ = fs::remove_file(&made);
                self.publish(&half)?;
                // It would be made again, and be the same.
                let _ = fs::write(&made, now);
                Ok(Ok(()))
            }
            Bound::Wrong(problems) => {
                remove(&half)?;
                Ok(Err(problems))
            }
        }
    }

    /// Puts a finished book in the place of the one before. Readers see the one or the other.
    fn publish(&self, half: &Path) -> Result<()> {
        let (html, old) = (self.html(), self.dir.join("html.old"));
        remove(&old)?;
        let context = || {
            format!(
                "cannot replace {}; is one of its files open in another program?",
                html.display()
            )
        };
        if html.exists() {
            fs::rename(&html, &old).with_context(context)?;
        }
        fs::rename(half, &html).with_context(context)?;
        remove(&old)
    }

    fn is_made(&self, took: Duration) -> String {
        let page = self.html().join("index.html");
        let seconds = took.as_secs_f64();
        format!(
            "the book is {} ({seconds:.1} s)\n",
            self.workshop.shown(&page)
        )
    }
}

/// Removes a directory, if it is there.
fn remove(dir: &Path) -> Result<()> {
    match fs::remove_dir_all(dir) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", dir.display()))
        }
        _ => Ok(()),
    }
}
