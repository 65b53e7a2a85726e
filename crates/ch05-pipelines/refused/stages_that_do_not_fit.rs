//! A stage that squares texts.
//!
//! A guide builds pipelines of stages that take and give `interface{}`: a stage in the wrong place is
//! found at run time, by a type assertion that panics or is forgotten. In Rust a stage is a function
//! from one channel or stream to another, and its types say what fits behind what.

// refused: E0308

use std::sync::mpsc::{self, Receiver};

fn trim(from: Receiver<String>) -> Receiver<String> {
    let (to, trimmed) = mpsc::channel();
    for text in from {
        to.send(text.trim().to_owned()).expect("it is there");
    }
    trimmed
}

fn square(from: Receiver<u64>) -> Vec<u64> {
    from.iter().map(|number| number * number).collect()
}

fn main() {
    let (source, lines) = mpsc::channel();
    source.send("4 ".to_owned()).expect("it is there");
    drop(source);
    println!("{:?}", square(trim(lines))); //~
}
