//! A value given to two.
//!
//! Go shares it. Here, what has been moved is gone.
// refused: E0382

pub fn both(account: String) -> (String, String) {
    (account, account) //~
}
