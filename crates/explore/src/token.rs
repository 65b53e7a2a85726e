//! Tokens: a schedule in a few characters, to be tried again.

use std::fmt;

use crate::search::{Decision, Path};

/// Names a run, so that it can be repeated: every decision that was not the default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    pub world: char,
    pub departures: Vec<(usize, u16)>,
}

impl Token {
    /// The token of a run in the world with this letter.
    pub fn of(world: char, path: &[Decision]) -> Self {
        let taken = path.iter().enumerate().map(|(at, d)| (at, d.taken));
        Token {
            world,
            departures: taken.filter(|(_, taken)| *taken > 0).collect(),
        }
    }

    /// The decisions to repeat. How many options there were is not part of a token.
    pub fn path(&self) -> Path {
        let length = self.departures.last().map_or(0, |(at, _)| at + 1);
        let mut path = vec![
            Decision {
                taken: 0,
                options: 0
            };
            length
        ];
        for &(at, taken) in &self.departures {
            path[at].taken = taken;
        }
        path
    }

    /// Reads a token.
    ///
    /// # Errors
    /// The sentence says what a token looks like.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a token; one looks like `k:4=1,9=2`");
        let (world, list) = text.split_once(':').ok_or_else(wrong)?;
        let mut letters = world.chars();
        let (Some(world @ ('k' | 'm' | 't')), None) = (letters.next(), letters.next()) else {
            return Err(wrong());
        };
        let mut departures = Vec::new();
        for item in list.split(',').filter(|item| !item.is_empty()) {
            let (at, taken) = item.split_once('=').ok_or_else(wrong)?;
            let at: usize = at.parse().map_err(|_| wrong())?;
            let taken: u16 = taken.parse().map_err(|_| wrong())?;
            let in_order = departures.last().is_none_or(|(last, _)| *last < at);
            if !in_order || at > 1_000_000 || taken == 0 {
                return Err(wrong());
            }
            departures.push((at, taken));
        }
        Ok(Token { world, departures })
    }
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.world)?;
        for (i, (at, taken)) in self.departures.iter().enumerate() {
            let comma = if i == 0 { "" } else { "," };
            write!(f, "{comma}{at}={taken}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back() {
        for text in ["k:", "k:4=1", "t:4=1,9=2", "m:0=3"] {
            let token = Token::parse(text).expect(text);
            assert_eq!(token.to_string(), text);
            assert_eq!(Token::of(token.world, &token.path()), token);
        }
        for text in [
            "",
            "k",
            "x:1=1",
            "k:1",
            "k:a=1",
            "k:2=1,1=1",
            "k:1=0",
            "k:9999999=1",
        ] {
            assert!(Token::parse(text).is_err(), "{text}");
        }
    }
}
