//! What the user may say.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use lexopt::prelude::{Long, Short, Value, ValueExt};

use crate::help::Topic;

/// How long one property may take, unless the user says otherwise.
pub const LIMIT: Duration = Duration::from_secs(10);

/// Where the book is served, unless the user says otherwise.
pub const PORT: u16 = 3000;

/// A request, understood.
#[derive(Debug, PartialEq, Eq)]
pub enum Command {
    /// Explain how to use the runner.
    Help(Topic),
    /// Show chapters, exercises and their state.
    List,
    /// Grade exercises.
    Check(Check),
    /// Show broken and fixed.
    Demo(Demo),
    /// Give a hint.
    Hint(Hint),
    /// Make the book.
    Book(Book),
    /// Check the workshop itself.
    Verify(Verify),
    /// Check the questions of exercises.
    Mutants(Mutants),
}

/// What `check` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Check {
    /// Which exercises; none means the next unsolved one.
    pub selectors: Vec<String>,
    /// Grade the reference solutions instead of the learner's files.
    pub solutions: bool,
    /// Print one JSON document.
    pub json: bool,
    /// Run one schedule of one property again.
    pub replay: Option<String>,
    /// How long one property may take.
    pub limit: Duration,
}

/// What `demo` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Demo {
    /// The chapter.
    pub chapter: String,
    /// One pair; none means all of them.
    pub pair: Option<String>,
    /// How long one program may take.
    pub limit: Duration,
}

/// What `hint` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Hint {
    /// The exercise; none means the next unsolved one.
    pub selector: Option<String>,
    /// All hints at once.
    pub all: bool,
}

/// What `book` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Book {
    /// Show it in a browser.
    pub open: bool,
    /// Serve it at this port, and make it anew when something changes; 0 is any port.
    pub serve: Option<u16>,
    /// Put it into one file; the inner none is the usual place.
    pub bundle: Option<Option<PathBuf>>,
    /// How long one program may take.
    pub limit: Duration,
}

/// What `verify` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Verify {
    /// Only these chapters; none means everything.
    pub chapters: Vec<String>,
    /// Write the pictures that have changed.
    pub accept: bool,
    /// How long one property may take.
    pub limit: Duration,
}

/// What `mutants` was asked for.
#[derive(Debug, PartialEq, Eq)]
pub struct Mutants {
    /// Which exercises.
    pub selectors: Vec<String>,
    /// How long one property may take.
    pub limit: Duration,
}

/// Reads the command line.
///
/// # Errors
/// When it is not one of ours; the message says where help is.
pub fn parse(mut parser: lexopt::Parser) -> Result<Command> {
    let name = match parser.next()? {
        None | Some(Long("help") | Short('h')) => return Ok(Command::Help(Topic::All)),
        Some(Value(name)) => name.string()?,
        Some(other) => return Err(other.unexpected()).context(SEE_HELP),
    };
    let topic = match Topic::of(&name) {
        Some(topic) => topic,
        None if name == "help" => return help(&mut parser),
        None => bail!("there is no command `{name}`\n{SEE_HELP}"),
    };
    let words = Words::read(parser, topic)?;
    if words.help {
        return Ok(Command::Help(topic));
    }
    words.into_command(topic)
}

fn help(parser: &mut lexopt::Parser) -> Result<Command> {
    let topic = match parser.next()? {
        Some(Value(name)) => Topic::of(&name.string()?),
        _ => None,
    };
    Ok(Command::Help(topic.unwrap_or(Topic::All)))
}

/// The words after the command, each option where its command knows it.
#[derive(Default)]
struct Words {
    free: Vec<String>,
    help: bool,
    solutions: bool,
    json: bool,
    all: bool,
    accept: bool,
    open: bool,
    serve: bool,
    bundle: Option<Option<PathBuf>>,
    port: Option<u16>,
    replay: Option<String>,
    limit: Option<Duration>,
}

impl Words {
    fn read(mut parser: lexopt::Parser, topic: Topic) -> Result<Self> {
        let mut words = Self::default();
        let hint = || topic.see_help();
        while let Some(word) = parser.next().with_context(hint)? {
            match word {
                Long("help") | Short('h') => words.help = true,
                Long("solutions") if topic == Topic::Check => words.solutions = true,
                Long("json") if topic == Topic::Check => words.json = true,
                Long("all") if topic == Topic::Hint => words.all = true,
                Long("accept") if topic == Topic::Verify => words.accept = true,
                Long("open") if topic == Topic::Book => words.open = true,
                Long("serve") if topic == Topic::Book => words.serve = true,
                Long("bundle") if topic == Topic::Book => {
                    words.bundle = Some(parser.optional_value().map(PathBuf::from));
                }
                Long("port") if topic == Topic::Book => {
                    let value = parser
                        .value()
                        .and_then(ValueExt::string)
                        .with_context(hint)?;
                    words.port = Some(port(&value)?);
                }
                // `--bundle FILE`, where `--bundle` alone is fine as well.
                Value(file) if matches!(words.bundle, Some(None)) => {
                    words.bundle = Some(Some(PathBuf::from(file)));
                }
                Long("replay") if topic == Topic::Check => {
                    words.replay = Some(
                        parser
                            .value()
                            .and_then(ValueExt::string)
                            .with_context(hint)?,
                    );
                }
                Long("limit") if topic.runs_programs() => {
                    let value = parser
                        .value()
                        .and_then(ValueExt::string)
                        .with_context(hint)?;
                    words.limit = Some(seconds(&value)?);
                }
                Value(free) => words.free.push(free.string()?),
                other => return Err(other.unexpected()).with_context(hint),
            }
        }
        Ok(words)
    }

    fn into_command(self, topic: Topic) -> Result<Command> {
        let limit = self.limit.unwrap_or(LIMIT);
        let at_most = |count: usize| {
            if self.free.len() > count {
                bail!(
                    "`{}` is one word too many\n{}",
                    self.free[count],
                    topic.see_help()
                );
            }
            Ok(())
        };
        Ok(match topic {
            Topic::All => Command::Help(topic),
            Topic::List => {
                at_most(0)?;
                Command::List
            }
            Topic::Check => Command::Check(Check {
                selectors: self.free,
                solutions: self.solutions,
                json: self.json,
                replay: self.replay,
                limit,
            }),
            Topic::Demo => {
                at_most(2)?;
                let mut free = self.free.into_iter();
                let chapter = free
                    .next()
                    .with_context(|| format!("demo of which chapter?\n{}", topic.see_help()))?;
                Command::Demo(Demo {
                    chapter,
                    pair: free.next(),
                    limit,
                })
            }
            Topic::Hint => {
                at_most(1)?;
                Command::Hint(Hint {
                    selector: self.free.into_iter().next(),
                    all: self.all,
                })
            }
            Topic::Book => {
                at_most(0)?;
                if self.port.is_some() && !self.serve {
                    bail!("`--port` is for `--serve`\n{}", topic.see_help());
                }
                Command::Book(Book {
                    open: self.open,
                    serve: self.serve.then(|| self.port.unwrap_or(PORT)),
                    bundle: self.bundle,
                    limit,
                })
            }
            Topic::Verify => Command::Verify(Verify {
                chapters: self.free,
                accept: self.accept,
                limit,
            }),
            Topic::Mutants if self.free.is_empty() => {
                bail!("mutants of which exercise?\n{}", topic.see_help())
            }
            Topic::Mutants => Command::Mutants(Mutants {
                selectors: self.free,
                limit,
            }),
        })
    }
}

/// A wall limit in seconds; fractions are fine.
fn seconds(text: &str) -> Result<Duration> {
    text.parse()
        .ok()
        .filter(|seconds| *seconds > 0.0)
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .with_context(|| format!("`--limit {text}`: say a number of seconds, such as `--limit 30`"))
}

fn port(text: &str) -> Result<u16> {
    text.parse().ok().with_context(|| {
        format!("`--port {text}`: say a number from 0 to 65535; 0 takes any port that is free")
    })
}

const SEE_HELP: &str = "`cargo xtask --help` lists the commands";

#[cfg(test)]
mod tests;
