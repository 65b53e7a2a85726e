//! The command that `cargo xtask book` runs.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use bookbinder::{Options, bundle, open, serve};
use lexopt::prelude::*;

const USAGE: &str = "\
bookbinder build --root ROOT --evidence FILE --out DIR
bookbinder serve --out DIR [--port PORT] [--open]
bookbinder bundle --out DIR --file FILE
bookbinder open --out DIR

  --root ROOT      the root of the workshop
  --evidence FILE  what the checks found; `cargo xtask book` writes it
  --out DIR        where the HTML goes
  --port PORT      where to serve it; 0 (or nothing) is any port that is free
  --file FILE      the zip file to put the book into
";

/// What was said.
#[derive(Default)]
struct Said {
    command: Option<String>,
    root: Option<PathBuf>,
    evidence: Option<PathBuf>,
    out: Option<PathBuf>,
    file: Option<PathBuf>,
    port: u16,
    open: bool,
}

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("bookbinder: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// Does what is asked, and says whether the book is as it should be.
fn run() -> Result<bool> {
    let said = Said::read(lexopt::Parser::from_env());
    let said = said.map_err(|error| anyhow!("{error}\n\n{USAGE}"))?;
    let out = given(said.out, "--out")?;
    match said.command.as_deref() {
        Some("build") => build(&Options {
            root: given(said.root, "--root")?,
            evidence: given(said.evidence, "--evidence")?,
            out,
        }),
        Some("serve") => serve::serve(&serve::Options {
            out,
            port: said.port,
            open: said.open,
        })
        .map(|()| true),
        Some("bundle") => {
            println!("{}", bundle::bundle(&out, &given(said.file, "--file")?)?);
            Ok(true)
        }
        Some("open") => open::book(&out).map(|()| true),
        _ => bail!("say what to do\n\n{USAGE}"),
    }
}

impl Said {
    fn read(mut parser: lexopt::Parser) -> std::result::Result<Self, lexopt::Error> {
        let mut said = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("root") => said.root = Some(parser.value()?.into()),
                Long("evidence") => said.evidence = Some(parser.value()?.into()),
                Long("out") => said.out = Some(parser.value()?.into()),
                Long("file") => said.file = Some(parser.value()?.into()),
                Long("port") => said.port = parser.value()?.parse()?,
                Long("open") => said.open = true,
                Value(command) if said.command.is_none() => said.command = Some(command.string()?),
                other => return Err(other.unexpected()),
            }
        }
        Ok(said)
    }
}

fn given(path: Option<PathBuf>, name: &str) -> Result<PathBuf> {
    path.with_context(|| format!("{name} is missing\n\n{USAGE}"))
}

/// Builds the book, and tells all that is wrong with it.
fn build(options: &Options) -> Result<bool> {
    let problems = bookbinder::build(options)?;
    for problem in &problems {
        eprintln!("{problem}");
    }
    match problems.len() {
        0 => {}
        1 => eprintln!("1 problem in the book"),
        count => eprintln!("{count} problems in the book"),
    }
    Ok(problems.is_empty())
}
