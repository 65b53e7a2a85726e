//! TODO

pub mod broken;
pub mod fixed;

/// A customer who has logged in.
struct Session(&'static str);

/// Stands for a request to the shop; fails for a customer whom it does not know.
fn log_in(customer: &'static str) -> Result<Session, &'static str> {
    match customer {
        "nobody" => Err("unknown customer"),
        _ => Ok(Session(customer)),
    }
}

impl Session {
    /// Stands for the request that the test is about.
    fn order(self) -> String {
        format!("{} has ordered", self.0)
    }
}
