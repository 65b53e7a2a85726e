//! The command: `bookbinder build --root ROOT --evidence FILE --out DIR`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use bookbinder::Options;

const USAGE: &str = "\
bookbinder build --root ROOT --evidence FILE --out DIR [--only PAGE]
bookbinder serve --out DIR [--port PORT] [--open]
bookbinder bundle --out DIR --file FILE
bookbinder open --out DIR

  --root ROOT      the root of the workshop
  --evidence FILE  what the checks found; `cargo xtask book` writes it
  --out DIR        where the HTML goes
  --port PORT      where to serve it; 0 (or nothing) is any port that is free
  --file FILE      the zip file to put the book into
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
        Some((command, rest)) if command == "serve" => serve(rest),
        Some((command, rest)) if command == "bundle" => bundle(rest),
        Some((command, rest)) if command == "open" => open(rest),
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

fn serve(arguments: &[String]) -> Result<bool> {
    let port = value(arguments, "--port").unwrap_or("0");
    let options = bookbinder::serve::Options {
        out: path(arguments, "--out")?,
        port: port
            .parse()
            .with_context(|| format!("`--port {port}`: say a number from 0 to 65535"))?,
        open: arguments.iter().any(|argument| argument == "--open"),
    };
    bookbinder::serve::serve(&options).map(|()| true)
}

fn bundle(arguments: &[String]) -> Result<bool> {
    let (out, file) = (path(arguments, "--out")?, path(arguments, "--file")?);
    println!("{}", bookbinder::bundle::bundle(&out, &file)?);
    Ok(true)
}

fn open(arguments: &[String]) -> Result<bool> {
    bookbinder::open::book(&path(arguments, "--out")?).map(|()| true)
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
