//! The command: `bookbinder build --root ROOT --evidence FILE --out DIR`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use bookbinder::Options;

const USAGE: &str = "\
bookbinder build --root ROOT --evidence FILE --out DIR [--only PAGE]

  --root ROOT      the root of the workshop
  --evidence FILE  what the checks found; `cargo xtask book` writes it
  --out DIR        where the HTML goes
  --only PAGE      tell only what is wrong with this page (ch11-deadlocks.md)
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("bookbinder: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<bool> {
    match arguments.split_first() {
        Some((command, rest)) if command == "build" => build(rest),
        _ => bail!("say what to do\n\n{USAGE}"),
    }
}

fn build(arguments: &[String]) -> Result<bool> {
    let options = Options {
        root: path(arguments, "--root")?,
        evidence: path(arguments, "--evidence")?,
        out: path(arguments, "--out")?,
    };
    let only = value(arguments, "--only");
    let mut problems = bookbinder::build(&options)?;
    problems.retain(|problem| only.is_none_or(|page| problem.file.ends_with(page)));
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

fn value<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.get(at + 1).map(String::as_str)
}

fn path(arguments: &[String], name: &str) -> Result<PathBuf> {
    let value = value(arguments, name);
    value
        .map(PathBuf::from)
        .with_context(|| format!("{name} is missing\n\n{USAGE}"))
}
