//! Which exercises the user means.

use anyhow::{Result, bail};

use crate::workshop::{Chapter, Exercise, Workshop};

/// The exercises that the selectors name, each once, in the workshop's order.
///
/// # Errors
/// When a selector names nothing; the message names the nearest ones.
pub fn exercises<'w>(workshop: &'w Workshop, selectors: &[String]) -> Result<Vec<&'w Exercise>> {
    let selectors: Vec<Selector> = selectors
        .iter()
        .map(|text| Selector::read(workshop, text))
        .collect::<Result<_>>()?;
    Ok(workshop
        .exercises()
        .filter(|exercise| selectors.iter().any(|selector| selector.names(exercise)))
        .collect())
}

/// The chapter that a selector names.
///
/// # Errors
/// When it names none; the message names the nearest ones.
pub fn chapter<'w>(workshop: &'w Workshop, text: &str) -> Result<&'w Chapter> {
    let found = match Selector::read(workshop, text)? {
        Selector::Chapter(id) => workshop.chapter(&id),
        Selector::All | Selector::Exercise(..) => None,
    };
    match found {
        Some(chapter) => Ok(chapter),
        None => bail!(
            "`{text}` is not a chapter; say a chapter, such as `{}`",
            first(workshop)
        ),
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Selector {
    All,
    Chapter(String),
    Exercise(String, String),
}

impl Selector {
    /// Understands `all`, `ch05`, `ch05/backpressure`, and the paths that a shell completes:
    /// `exercises/ch05-channels/backpressure/`.
    fn read(workshop: &Workshop, text: &str) -> Result<Self> {
        if text == "all" {
            return Ok(Self::All);
        }
        let path = text.replace('\\', "/");
        let path = path.trim_start_matches("./").trim_end_matches('/');
        let path = ["exercises/", "solutions/", "crates/"]
            .iter()
            .find_map(|place| path.strip_prefix(place))
            .unwrap_or(path);
        let (chapter, exercise) = match path.split_once('/') {
            Some((chapter, exercise)) => (chapter, Some(exercise)),
            None => (path, None),
        };
        let known = workshop
            .chapters
            .iter()
            .find(|known| known.id == chapter || known.dir_name == chapter);
        match (known, exercise) {
            (Some(known), None) => Ok(Self::Chapter(known.id.clone())),
            (Some(known), Some(name)) if known.exercises.iter().any(|e| e.name == name) => {
                Ok(Self::Exercise(known.id.clone(), name.to_owned()))
            }
            _ => bail!("there is no `{text}`{}", advice(workshop, path)),
        }
    }

    fn names(&self, exercise: &Exercise) -> bool {
        match self {
            Self::All => true,
            Self::Chapter(id) => exercise.chapter == *id,
            Self::Exercise(id, name) => exercise.chapter == *id && exercise.name == *name,
        }
    }
}

fn first(workshop: &Workshop) -> &str {
    workshop
        .chapters
        .first()
        .map_or("ch01", |chapter| &chapter.id)
}

fn advice(workshop: &Workshop, text: &str) -> String {
    let all: Vec<String> = workshop
        .chapters
        .iter()
        .map(|chapter| chapter.id.clone())
        .chain(workshop.exercises().map(Exercise::selector))
        .collect();
    let near = nearest(text, all.iter().map(String::as_str));
    if near.is_empty() {
        return "; `cargo xtask list` shows what there is".to_owned();
    }
    let near: Vec<String> = near
        .iter()
        .map(|selector| format!("`{selector}`"))
        .collect();
    format!(
        "; the nearest: {}\n`cargo xtask list` shows all",
        near.join(", ")
    )
}

/// At most three of the candidates, those that a person may have meant, nearest first.
///
/// A candidate `a/b` is compared as a whole and by its last part, for those who leave out the
/// chapter.
pub fn nearest<'c>(text: &str, candidates: impl Iterator<Item = &'c str>) -> Vec<&'c str> {
    let mut near: Vec<(usize, &str)> = candidates
        .filter_map(|candidate| {
            let last = candidate.rsplit('/').next().unwrap_or(candidate);
            let far = distance(text, candidate).min(distance(text, last));
            let tolerated = (text.chars().count() / 3).clamp(1, 4);
            (far <= tolerated).then_some((far, candidate))
        })
        .collect();
    near.sort_by_key(|(far, _)| *far);
    near.into_iter()
        .take(3)
        .map(|(_, candidate)| candidate)
        .collect()
}

/// How many letters to insert, remove, replace or swap with a neighbour: optimal string
/// alignment (Damerau 1964).
fn distance(from: &str, to: &str) -> usize {
    let from: Vec<char> = from.to_lowercase().chars().collect();
    let to: Vec<char> = to.to_lowercase().chars().collect();
    let mut rows = vec![(0..=to.len()).collect::<Vec<usize>>()];
    for i in 1..=from.len() {
        let mut row = vec![i];
        for j in 1..=to.len() {
            let same = usize::from(from[i - 1] != to[j - 1]);
            let mut best = (rows[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[from.len()][to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn workshop() -> Workshop {
        let exercise = |chapter: &str, name: &str| Exercise {
            chapter: chapter.to_owned(),
            name: name.to_owned(),
            dir: PathBuf::new(),
            solution_dir: PathBuf::new(),
        };
        let chapter = |id: &str, topic: &str, names: &[&str]| Chapter {
            id: id.to_owned(),
            dir_name: format!("{id}-{topic}"),
            exercises: names.iter().map(|name| exercise(id, name)).collect(),
            krate: None,
        };
        Workshop {
            root: PathBuf::new(),
            chapters: vec![
                chapter("ch01", "tasks", &["heartbeat", "thumbnails"]),
                chapter("ch11", "deadlocks", &["transfer"]),
            ],
        }
    }

    fn chosen(texts: &[&str]) -> Result<Vec<String>> {
        let workshop = workshop();
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        Ok(exercises(&workshop, &texts)?
            .into_iter()
            .map(Exercise::selector)
            .collect())
    }

    #[test]
    fn a_selector_names_exercises() {
        for (texts, expected) in [
            (
                &["all"][..],
                &["ch01/heartbeat", "ch01/thumbnails", "ch11/transfer"][..],
            ),
            (&["ch01"], &["ch01/heartbeat", "ch01/thumbnails"]),
            (&["ch11/transfer"], &["ch11/transfer"]),
            (
                &["ch11", "ch01/heartbeat", "ch11"],
                &["ch01/heartbeat", "ch11/transfer"],
            ),
            (&["exercises/ch11-deadlocks/transfer/"], &["ch11/transfer"]),
            (&["./exercises/ch11-deadlocks"], &["ch11/transfer"]),
        ] {
            assert_eq!(chosen(texts).expect("known"), expected, "{texts:?}");
        }
    }

    #[test]
    fn an_unknown_selector_names_the_nearest_ones() {
        for (text, near) in [
            ("ch10", "`ch11`"),
            ("ch11/tranfser", "`ch11/transfer`"),
            ("transfer", "`ch11/transfer`"),
            ("ch01/hartbeat", "`ch01/heartbeat`"),
            ("Ch01", "`ch01`"),
        ] {
            let message = chosen(&[text]).expect_err(text).to_string();
            assert!(
                message.contains("the nearest:") && message.contains(near),
                "{message}"
            );
        }
        let message = chosen(&["xyzzy"]).expect_err("xyzzy").to_string();
        assert!(!message.contains("nearest"), "{message}");
    }

    #[test]
    fn distances_are_what_a_typist_would_count() {
        for (from, to, far) in [
            ("", "", 0),
            ("abc", "abc", 0),
            ("abc", "", 3),
            ("abc", "abd", 1),
            ("abc", "acb", 1),
            ("ch1", "ch01", 1),
        ] {
            assert_eq!(distance(from, to), far, "{from} to {to}");
            assert_eq!(distance(to, from), far, "{to} to {from}");
        }
    }
}
