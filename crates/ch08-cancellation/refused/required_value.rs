//! A call without the value that it cannot do without.
//!
//! In Go the customer may travel as a value of the context. Where it was not put in, `ctx.Value` is
//! `nil`, and the program says so at run time, if it does. (axum's `Extension` is like that: where
//! it is missing, the answer is a 500.) An argument cannot be forgotten.

// refused: E0061

struct Customer(u32);

async fn charge(customer: Customer, cents: u32) {
    println!("{} pays {cents}", customer.0);
}

pub async fn check_out(cents: u32) {
    charge(cents).await; //~
}
