//! `cargo xtask`, the workshop's runner: it grades exercises, shows demos and checks the workshop
//! itself.
//!
//! | module | knows |
//! |---|---|
//! | [`cli`], [`help`] | what the user may say |
//! | [`workshop`], [`selector`], [`manifest`] | what is there on disk |
//! | [`tokens`], [`followable`] | what no stand-in can stop |
//! | [`judge`], [`build`], [`diagnostics`] | how a subject becomes a program |
//! | [`run`], [`terms`], [`capture`], [`tree`] | how a program is run, bounded and cleared away |
//! | [`verdict`], [`obstacle`], [`grading`] | what became of it |
//! | [`report`], [`json`], [`state`] | who is told |
//! | [`demo`], [`hint`], [`list`], [`check`], [`book`], [`verify`], [`mutants`] | the commands |

mod book;
mod build;
mod capture;
mod check;
mod cli;
mod demo;
mod diagnostics;
mod followable;
mod grading;
mod help;
mod hint;
mod interrupt;
mod json;
mod judge;
mod list;
mod manifest;
mod mutants;
mod obstacle;
mod prose;
mod report;
mod run;
mod selector;
mod state;
mod style;
mod terms;
mod tokens;
mod tree;
mod verdict;
mod verify;
mod workshop;

use std::process::ExitCode;

use cli::Command;

/// All that was graded passed.
const PASSED: u8 = 0;
/// Something that was graded did not pass.
const NOT_PASSED: u8 = 1;
/// The runner could not do its work.
const TROUBLE: u8 = 2;
/// The user pressed Ctrl-C.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let answer = interrupt::listen().and_then(|()| answer());
    if interrupt::happened() {
        return ExitCode::from(INTERRUPTED);
    }
    match answer {
        Ok(true) => ExitCode::from(PASSED),
        Ok(false) => ExitCode::from(NOT_PASSED),
        Err(trouble) => {
            report::trouble(&trouble);
            ExitCode::from(TROUBLE)
        }
    }
}

/// Does what the user asks, and says whether all that was graded passed.
fn answer() -> anyhow::Result<bool> {
    let command = cli::parse(lexopt::Parser::from_env())?;
    if let Command::Help(topic) = command {
        report::say(topic.text());
        return Ok(true);
    }
    let workshop = workshop::Workshop::open()?;
    match command {
        Command::Help(_) => Ok(true),
        Command::List => list::list(&workshop),
        Command::Check(request) => check::check(&workshop, &request),
        Command::Demo(request) => demo::demo(&workshop, &request),
        Command::Hint(request) => hint::hint(&workshop, &request),
        Command::Book(request) => book::book(&workshop, &request),
        Command::Verify(request) => verify::verify(&workshop, &request),
        Command::Mutants(request) => mutants::mutants(&workshop, &request),
    }
}
