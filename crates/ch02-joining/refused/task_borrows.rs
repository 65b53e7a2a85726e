//! A task that borrows from the function that waits for it.
//!
//! In Go it is the usual thing: the goroutines fill a slice of their caller, who waits for them.
//! With threads so does `thread::scope`. Tasks have no scope: the future that waits in `join_next`
//! can be dropped there, and the tasks would go on with a borrow of what is gone. So whatever is
//! spawned owns all that it uses. Mends: `async move` with a clone or an `Arc`; return what was
//! found instead of writing it; `tokio::join!`, which borrows, because its futures are part of the
//! one that waits.

// refused: E0597

use tokio::task::JoinSet;

pub async fn greet_all(names: Vec<String>) {
    let mut greetings = JoinSet::new();
    let everybody = names.iter(); //~
    for name in everybody {
        greetings.spawn(async move { println!("welcome, {name}") });
    }
    while greetings.join_next().await.is_some() {}
}
