//! What the texts of the rows look like, and why one is refused.

/// The longest title of a row, in characters.
const LONGEST_TITLE: usize = 80;
/// The longest claim, in characters.
const LONGEST_CLAIM: usize = 120;
/// The longest account of what happens, in characters.
const LONGEST_ACCOUNT: usize = 280;

/// Looks at the title of a system, a pitfall or a claim: a few words, no sentence.
///
/// # Errors
/// With what is wrong about it.
pub fn title(text: &str) -> Result<(), String> {
    let words = text.split_whitespace().count();
    if !(2..=12).contains(&words) {
        return Err(format!("a title has 2 to 12 words, and this one {words}"));
    }
    no_full_stop(text)?;
    plain(text, LONGEST_TITLE)
}

/// Looks at what a guide claims: one statement, without the full stop.
///
/// # Errors
/// With what is wrong about it.
pub fn claim(text: &str) -> Result<(), String> {
    no_full_stop(text)?;
    plain(text, LONGEST_CLAIM)
}

/// Looks at what happens instead: sentences.
///
/// # Errors
/// With what is wrong about it.
pub fn account(text: &str) -> Result<(), String> {
    if !text.ends_with('.') {
        return Err("it is a sentence, and ends with a full stop".to_owned());
    }
    plain(text, LONGEST_ACCOUNT)
}

fn no_full_stop(text: &str) -> Result<(), String> {
    match text.ends_with(['.', ';', ':', ',']) {
        true => Err("it stands without a full stop".to_owned()),
        false => Ok(()),
    }
}

fn plain(text: &str, longest: usize) -> Result<(), String> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        Err("it is empty".to_owned())
    } else if text.trim() != text || text.contains(['\n', '\t']) {
        Err("it is one line, without space around it".to_owned())
    } else if length > longest {
        Err(format!(
            "it has {length} characters, and {longest} is the most"
        ))
    } else if text.matches('`').count() % 2 == 1 {
        Err("a backtick in it is not closed".to_owned())
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_a_few_words() {
        assert_eq!(title("a semaphore made of a buffered channel"), Ok(()));
        let long = "word ".repeat(13);
        for (text, why) in [
            ("", "2 to 12 words"),
            ("semaphore", "2 to 12 words"),
            (long.trim(), "2 to 12 words"),
            ("the semaphore of a channel.", "full stop"),
            (" two words", "space around"),
            ("a `Mutex around it", "backtick"),
            (&format!("a {}", "x".repeat(90)), "characters"),
        ] {
            let refusal = title(text).expect_err(text);
            assert!(refusal.contains(why), "{text}: {refusal}");
        }
    }

    #[test]
    fn a_claim_has_no_full_stop_and_an_account_has_one() {
        assert_eq!(claim("A send waits for the receiver"), Ok(()));
        assert!(claim("A send waits for the receiver.").is_err());
        assert!(claim("").is_err());
        assert_eq!(account("Only an unbuffered one does."), Ok(()));
        assert!(account("Only an unbuffered one does").is_err());
        assert!(account(&format!("{}.", "x".repeat(290))).is_err());
    }
}
