//! The user of the request, in a variable of the whole program.
//!
//! In Go `var currentUser string` is quickly written, and two requests at once mix their users up.
//! In Rust it takes `static mut` and `unsafe`, and since edition 2024 rustc does not let one borrow
//! from it even so. An atomic or a lock would compile, and mix the users up as well: what belongs
//! to one request is an argument of it.

// refused: "creating a shared reference to mutable static"

static mut CURRENT_USER: String = String::new();

pub fn greet() {
    // SAFETY: there is none.
    let user = unsafe { &CURRENT_USER }; //~
    println!("welcome, {user}");
}
