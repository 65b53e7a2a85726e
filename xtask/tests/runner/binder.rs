//! Stands in for bookbinder in the tests of the runner: it takes the same words, and is built in a
//! moment. A book of its is one page: the source, and the evidence below.

use std::io::{BufRead, Write};
use std::path::PathBuf;
use std::process::exit;
use std::{env, fs, io};

fn main() {
    let word = env::args().nth(1).unwrap_or_default();
    let out = path("--out");
    let page = out.join("index.html");
    match word.as_str() {
        "build" => {
            let source = path("--root").join("book/src/page.md");
            let text = fs::read_to_string(source).expect("a page");
            if text.contains("WRONG") {
                eprintln!("book/src/page.md:1: WRONG");
                exit(1);
            }
            if text.contains("TROUBLE") {
                refuse("out of paper");
            }
            let evidence = fs::read_to_string(path("--evidence")).expect("evidence");
            fs::create_dir(&out).expect("a new directory");
            fs::write(page, text + &evidence).expect("can be written to");
        }
        "bundle" => match fs::copy(page, path("--file")) {
            Ok(_) => println!("the bundle is {}", path("--file").display()),
            Err(error) => refuse(&error.to_string()),
        },
        "open" => refuse("no browser could be started"),
        "serve" => {
            let port = env::args().skip_while(|word| word != "--port").nth(1);
            if port.as_deref() == Some("1") {
                refuse("port 1 is taken");
            }
            let told = out.with_file_name("told");
            let mut told = fs::File::create(told).expect("can be written to");
            for line in io::stdin().lock().lines().map_while(Result::ok) {
                writeln!(told, "{line}").expect("can be written to");
            }
        }
        _ => refuse("what?"),
    }
}

fn refuse(why: &str) -> ! {
    eprintln!("bookbinder: {why}");
    exit(2)
}

fn path(name: &str) -> PathBuf {
    let value = env::args().skip_while(|word| word != name).nth(1);
    value.map(PathBuf::from).unwrap_or_default()
}
