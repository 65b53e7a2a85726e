//! The files of the workshop: chapters with their pairs, refused examples and exercises.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use anyhow::{Context, Result, bail};

/// The workshop on disk. Every file is read once.
#[derive(Debug)]
pub struct Workshop {
    /// Its root directory.
    pub root: PathBuf,
    /// The chapters that there are, in order.
    pub chapters: Vec<Chapter>,
    read: RefCell<HashMap<String, Rc<str>>>,
}

/// One chapter crate, and the exercises that go with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chapter {
    /// The crate: `ch11-deadlocks`.
    pub name: String,
    /// Its short name: `ch11`.
    pub number: String,
    /// The pairs, in the order in which the chapter lists them.
    pub pairs: Vec<String>,
    /// The examples that rustc refuses, by name.
    pub refused: Vec<String>,
    /// The exercises, by name.
    pub exercises: Vec<String>,
}

/// One of the two programs of a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Version {
    /// The one that is wrong.
    Broken,
    /// The one that is right.
    Fixed,
}

impl Version {
    /// The name of its file and of its check.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Version::Broken => "broken",
            Version::Fixed => "fixed",
        }
    }
}

/// A pair of a broken and a fixed program.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'w> {
    /// Its chapter.
    pub chapter: &'w Chapter,
    /// Its module: `lost_wakeup`.
    pub name: &'w str,
}

impl Pair<'_> {
    /// `ch11/lost_wakeup`.
    #[must_use]
    pub fn short(&self) -> String {
        format!("{}/{}", self.chapter.number, self.name)
    }

    /// `lost-wakeup`: its section in the book.
    #[must_use]
    pub fn id(&self) -> String {
        self.name.replace('_', "-")
    }

    /// The file of one of its programs.
    #[must_use]
    pub fn file(&self, version: Version) -> String {
        let directory = format!("crates/{}/src/{}", self.chapter.name, self.name);
        format!("{directory}/{}.rs", version.name())
    }

    /// The file that explains it.
    #[must_use]
    pub fn explanation(&self) -> String {
        format!("crates/{}/src/{}/mod.rs", self.chapter.name, self.name)
    }

    /// The name of the check of one of its programs: `lost_wakeup::broken`.
    #[must_use]
    pub fn check(&self, version: Version) -> String {
        format!("{}::{}", self.name, version.name())
    }
}

impl Workshop {
    /// Looks at what there is.
    ///
    /// # Errors
    /// When `root` has no chapter crates, or a directory cannot be read.
    pub fn open(root: &Path) -> Result<Workshop> {
        let mut chapters = Vec::new();
        for name in names(&root.join("crates"), Names::Directories)? {
            let number: String = name.chars().take_while(|c| *c != '-').collect();
            let is_chapter = number.len() > 2
                && number.starts_with("ch")
                && number[2..].chars().all(|c| c.is_ascii_digit());
            if is_chapter {
                chapters.push(Chapter::open(root, name, number)?);
            }
        }
        if chapters.is_empty() {
            bail!(
                "{} has no chapters; give the root of the workshop with --root",
                root.join("crates").display()
            );
        }
        Ok(Workshop {
            root: root.to_path_buf(),
            chapters,
            read: RefCell::default(),
        })
    }

    /// The text of a file, named relative to the root with `/` between its parts.
    ///
    /// # Errors
    /// When the path leads out of the workshop, or there is no such file of text.
    pub fn read(&self, path: &str) -> Result<Rc<str>> {
        if let Some(text) = self.read.borrow().get(path) {
            return Ok(Rc::clone(text));
        }
        if !within(path) {
            bail!("`{path}` is no path from the root of the workshop");
        }
        let text = fs::read_to_string(self.root.join(path))
            .with_context(|| format!("cannot read {path}; paths start at the root"))?
            .replace("\r\n", "\n");
        let text: Rc<str> = text.into();
        let mut read = self.read.borrow_mut();
        read.insert(path.to_owned(), Rc::clone(&text));
        Ok(text)
    }

    /// Whether there is such a file or directory in the workshop.
    #[must_use]
    pub fn exists(&self, path: &str) -> bool {
        within(path) && self.root.join(path).exists()
    }

    /// A chapter by its short or its long name: `ch11` or `ch11-deadlocks`.
    #[must_use]
    pub fn chapter(&self, name: &str) -> Option<&Chapter> {
        let named = |c: &&Chapter| c.name == name || c.number == name;
        self.chapters.iter().find(named)
    }
}

impl Chapter {
    fn open(root: &Path, name: String, number: String) -> Result<Chapter> {
        let krate = root.join("crates").join(&name);
        let lib = krate.join("src").join("lib.rs");
        let lib = fs::read_to_string(&lib)
            .with_context(|| format!("cannot read {}, the list of its pairs", lib.display()))?;
        let mut pairs = names(&krate.join("src"), Names::Directories)?;
        pairs.retain(|pair| krate.join("src").join(pair).join("broken.rs").is_file());
        // Formatters sort modules, so the table in the documentation gives the order.
        pairs.sort_by_key(|pair| lib.find(&format!("| [`{pair}`]")).unwrap_or(usize::MAX));
        Ok(Chapter {
            refused: names(&krate.join("refused"), Names::RustFiles)?,
            exercises: names(&root.join("exercises").join(&name), Names::Directories)?,
            name,
            number,
            pairs,
        })
    }

    /// One of its pairs; dashes count as underscores.
    #[must_use]
    pub fn pair<'w>(&'w self, name: &str) -> Option<Pair<'w>> {
        let name = name.replace('-', "_");
        let name = self.pairs.iter().find(|pair| **pair == name)?;
        Some(Pair {
            chapter: self,
            name,
        })
    }

    /// All its pairs.
    pub fn all_pairs(&self) -> impl Iterator<Item = Pair<'_>> {
        self.pairs.iter().map(|name| Pair {
            chapter: self,
            name,
        })
    }
}

/// Whether a path leads down from the root of the workshop.
fn within(path: &str) -> bool {
    !path.contains('\\') && !path.split('/').any(|part| matches!(part, ".." | "." | ""))
}

enum Names {
    Directories,
    RustFiles,
}

/// The names in a directory, sorted; none where it does not exist.
fn names(directory: &Path, which: Names) -> Result<Vec<String>> {
    if !directory.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    let context = || format!("cannot read {}", directory.display());
    for entry in fs::read_dir(directory).with_context(context)? {
        let path = entry.with_context(context)?.path();
        let name = match which {
            Names::Directories if path.is_dir() => path.file_name(),
            Names::RustFiles if path.extension().is_some_and(|e| e == "rs") => path.file_stem(),
            Names::Directories | Names::RustFiles => None,
        };
        names.extend(name.and_then(|n| n.to_str()).map(str::to_owned));
    }
    names.sort();
    Ok(names)
}
