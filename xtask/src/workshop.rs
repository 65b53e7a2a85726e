//! What is there on disk: chapters and their exercises.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// The repository as the runner sees it.
#[derive(Debug)]
pub struct Workshop {
    /// The directory of the root manifest.
    pub root: PathBuf,
    /// The chapters in order.
    pub chapters: Vec<Chapter>,
}

/// A chapter: a crate of pairs, some exercises, or both.
#[derive(Debug)]
pub struct Chapter {
    /// `ch05`
    pub id: String,
    /// `ch05-channels`
    pub dir_name: String,
    /// The exercises by name, those that were deleted included.
    pub exercises: Vec<Exercise>,
    /// The crate with the pairs, where there is one.
    pub krate: Option<PathBuf>,
}

/// An exercise.
#[derive(Debug)]
pub struct Exercise {
    /// `ch05`
    pub chapter: String,
    /// `backpressure`
    pub name: String,
    /// Where the learner works.
    pub dir: PathBuf,
    /// Where the reference solution, wrong answers and other right ones are.
    pub solution_dir: PathBuf,
}

impl Workshop {
    /// Looks at the workshop that this runner was built from, or at the one that the variable
    /// `WORKSHOP_ROOT` names (our own tests use that).
    ///
    /// # Errors
    /// When there is no workshop there.
    pub fn open() -> Result<Self> {
        let root = std::env::var_os("WORKSHOP_ROOT").map_or_else(own_root, PathBuf::from);
        let root = plain(root.canonicalize().with_context(|| {
            format!(
                "the workshop is not at {}; run `cargo xtask` in it",
                root.display()
            )
        })?);
        let mut workshop = Self {
            root,
            chapters: Vec::new(),
        };
        workshop.chapters = workshop.find_chapters()?;
        Ok(workshop)
    }

    fn find_chapters(&self) -> Result<Vec<Chapter>> {
        let mut chapters: BTreeMap<String, Chapter> = BTreeMap::new();
        for place in ["crates", "exercises", "solutions"] {
            for dir_name in subdirectories(&self.root.join(place))? {
                let Some(id) = chapter_id(&dir_name) else {
                    continue;
                };
                let chapter = chapters.entry(id.to_owned()).or_insert_with(|| Chapter {
                    id: id.to_owned(),
                    dir_name: dir_name.clone(),
                    exercises: Vec::new(),
                    krate: None,
                });
                if chapter.dir_name != dir_name {
                    bail!(
                        "chapter {id} has two names, {} and {dir_name}; rename one of them",
                        chapter.dir_name
                    );
                }
            }
        }
        for chapter in chapters.values_mut() {
            let krate = self.root.join("crates").join(&chapter.dir_name);
            chapter.krate = krate.is_dir().then_some(krate);
            chapter.exercises = self.find_exercises(&chapter.id, &chapter.dir_name)?;
        }
        Ok(chapters.into_values().collect())
    }

    /// An exercise whose directory is gone is still listed while its solution is there, so that
    /// the runner can say what happened to it.
    fn find_exercises(&self, id: &str, dir_name: &str) -> Result<Vec<Exercise>> {
        let exercises = self.root.join("exercises").join(dir_name);
        let solutions = self.root.join("solutions").join(dir_name);
        let mut names = subdirectories(&exercises)?;
        names.extend(subdirectories(&solutions)?);
        names.sort();
        names.dedup();
        Ok(names
            .into_iter()
            .map(|name| Exercise {
                chapter: id.to_owned(),
                dir: exercises.join(&name),
                solution_dir: solutions.join(&name),
                name,
            })
            .collect())
    }

    /// All exercises in order.
    pub fn exercises(&self) -> impl Iterator<Item = &Exercise> {
        self.chapters.iter().flat_map(|chapter| &chapter.exercises)
    }

    /// The chapter with this id.
    pub fn chapter(&self, id: &str) -> Option<&Chapter> {
        self.chapters.iter().find(|chapter| chapter.id == id)
    }

    /// A path as a person would write it: relative to the root, with `/`.
    pub fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(&self.root).unwrap_or(path);
        path.to_string_lossy().replace('\\', "/")
    }

    /// What the runner writes for itself; all of it may be deleted.
    pub fn scratch(&self) -> PathBuf {
        self.root.join("target").join("workshop")
    }

    /// Where cargo builds: `CARGO_TARGET_DIR`, or `target`.
    pub fn target_dir(&self) -> PathBuf {
        let given = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
        let absolute = given.and_then(|dir| std::path::absolute(dir).ok());
        absolute.unwrap_or_else(|| self.root.join("target"))
    }
}

impl Chapter {
    /// `channels`
    pub fn topic(&self) -> &str {
        self.dir_name.split_once('-').map_or("", |(_, topic)| topic)
    }
}

impl Exercise {
    /// `ch05/backpressure`
    pub fn selector(&self) -> String {
        format!("{}/{}", self.chapter, self.name)
    }

    /// The name of its library: `lost_wake_up` for `lost-wake-up`.
    pub fn lib_name(&self) -> String {
        self.name.replace('-', "_")
    }

    /// What the learner edits.
    pub fn lib(&self) -> PathBuf {
        self.dir.join("src").join("lib.rs")
    }

    /// What will be asked.
    pub fn grade(&self) -> PathBuf {
        self.dir.join("grade.rs")
    }

    /// What the exercise may use.
    pub fn manifest(&self) -> PathBuf {
        self.dir.join("Cargo.toml")
    }

    /// The reference solution.
    pub fn solution(&self) -> PathBuf {
        self.solution_dir.join("src").join("lib.rs")
    }
}

/// The workshop that this runner belongs to. Where cargo runs it, cargo says where that is now; a
/// workshop may have been moved since the runner was built.
fn own_root() -> PathBuf {
    let by_cargo = std::env::var("CARGO_PKG_NAME").is_ok_and(|name| name == "xtask");
    let now = std::env::var_os("CARGO_MANIFEST_DIR").filter(|_| by_cargo);
    let manifest_dir = now.unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    PathBuf::from(manifest_dir).join("..")
}

/// `ch05` of `ch05-channels`.
fn chapter_id(dir_name: &str) -> Option<&str> {
    let (id, topic) = dir_name.split_once('-')?;
    let digits = id.strip_prefix("ch")?;
    let numbered = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    (numbered && !topic.is_empty()).then_some(id)
}

/// The names of the directories in a directory, sorted; none where it does not exist.
pub fn subdirectories(dir: &Path) -> Result<Vec<String>> {
    names(dir, |entry| entry.is_dir())
}

/// The Rust files in a directory, sorted; none where it does not exist.
pub fn rust_files(dir: &Path) -> Result<Vec<PathBuf>> {
    let names = names(dir, |entry| {
        entry.is_file() && entry.extension().is_some_and(|extension| extension == "rs")
    })?;
    Ok(names.into_iter().map(|name| dir.join(name)).collect())
}

fn names(dir: &Path, wanted: impl Fn(&Path) -> bool) -> Result<Vec<String>> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => {
            return Err(error).with_context(|| format!("cannot look into {}", dir.display()));
        }
    };
    let mut names: Vec<String> = entries
        .filter_map(Result::ok)
        .filter(|entry| wanted(&entry.path()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| !name.starts_with('.'))
        .collect();
    names.sort();
    Ok(names)
}

/// Windows gives canonical paths a prefix that cargo and people stumble over.
fn plain(path: PathBuf) -> PathBuf {
    match path.to_str().and_then(|text| text.strip_prefix(r"\\?\")) {
        Some(rest) if !rest.starts_with("UNC") => PathBuf::from(rest),
        _ => path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chapter_is_two_digits_and_a_topic() {
        for (dir_name, id) in [
            ("ch05-channels", Some("ch05")),
            ("ch11-dead-locks", Some("ch11")),
            ("ch5-channels", None),
            ("ch05", None),
            ("ch05-", None),
            ("chapter-05", None),
            ("timeline", None),
        ] {
            assert_eq!(chapter_id(dir_name), id, "{dir_name}");
        }
    }
}
