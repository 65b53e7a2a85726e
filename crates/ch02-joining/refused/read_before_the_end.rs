//! A result that is read while the work on it goes on.
//!
//! In Go the line that reads `total` may stand before `wg.Wait()` as well as after it, and only the
//! race detector, if it runs, sees the difference. In Rust the thread has `&mut total` until the
//! scope ends, and the scope does not end before its threads do. Read it after the scope, or take
//! it from `join`.

// refused: E0502

use std::thread;

fn main() {
    let mut total = 0;
    thread::scope(|scope| {
        scope.spawn(|| {
            for shelf in [3, 4, 5] {
                total += shelf;
            }
        });
        println!("{total} so far"); //~
    });
}
