//! The head of a wrong answer: what is wrong with it, and which property must catch it.
//!
//! ```text
//! //! Wrong: sleeps instead of waiting.
//! //! Caught by: nothing_is_lost, everybody_ends (hangs)
//! ```

use crate::verdict::Verdict;

/// A property, and how it must come out.
#[derive(Debug, PartialEq, Eq)]
pub struct CaughtBy {
    /// The name of the test.
    pub property: String,
    /// How it comes out for this answer.
    pub verdict: Verdict,
}

/// Reads the head of a wrong answer.
///
/// # Errors
/// A sentence that says what is missing.
pub fn read(source: &str) -> Result<Vec<CaughtBy>, String> {
    let field = |name: &str| {
        let prefix = format!("//! {name}:");
        let value = source
            .lines()
            .take(6)
            .find_map(|line| line.strip_prefix(&prefix));
        value.map(str::trim).filter(|value| !value.is_empty())
    };
    field("Wrong").ok_or("its head does not say `//! Wrong: …`")?;
    let caught = field("Caught by").ok_or("its head does not say `//! Caught by: …`")?;
    caught
        .split(',')
        .map(|entry| one(entry.trim().trim_end_matches('.')))
        .collect()
}

fn one(entry: &str) -> Result<CaughtBy, String> {
    let (property, verdict) = match entry.split_once(' ') {
        None => (entry, Verdict::Failed),
        Some((property, "(hangs)")) => (property, Verdict::Hung),
        Some((property, "(crashes)")) => (property, Verdict::Crashed),
        Some((_, other)) => return Err(format!("`{other}` is neither `(hangs)` nor `(crashes)`")),
    };
    Ok(CaughtBy {
        property: property.trim_matches('`').to_owned(),
        verdict,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_names_properties() {
        for (source, expected) in [
            (
                "//! Wrong: x.\n//! Caught by: a_b\n",
                &[("a_b", Verdict::Failed)][..],
            ),
            (
                "//! Wrong: x.\n//! Caught by: a (hangs), b (crashes), c.\n",
                &[
                    ("a", Verdict::Hung),
                    ("b", Verdict::Crashed),
                    ("c", Verdict::Failed),
                ],
            ),
        ] {
            let found = read(source).expect(source);
            let found: Vec<_> = found
                .iter()
                .map(|caught| (caught.property.as_str(), caught.verdict))
                .collect();
            assert_eq!(found, expected, "{source}");
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        for (source, because) in [
            ("", "Wrong"),
            ("//! Wrong: x.", "Caught by"),
            ("//! Caught by: a", "Wrong"),
            ("//! Wrong: x.\n//! Caught by: a (explodes)", "explodes"),
        ] {
            let message = read(source).expect_err(source);
            assert!(message.contains(because), "{source}: {message}");
        }
    }
}
