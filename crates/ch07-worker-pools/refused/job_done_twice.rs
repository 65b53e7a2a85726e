//! A job that is tried again after it was run.
//!
//! In Go a job is a function value and can be called as often as one likes, also when it has closed
//! a channel or given its file away the first time. A job that owns what it works on is an `FnOnce`
//! in Rust: running it uses it up. Who wants to try again says so in the type, with `Fn`, or keeps
//! the input and makes the job anew.

// refused: E0382

fn attempt(job: Box<dyn FnOnce() -> Result<(), String>>) -> Result<(), String> {
    job().or_else(|_| job()) //~
}

fn main() {
    let report = String::from("march");
    println!("{:?}", attempt(Box::new(move || Err(report))));
}
