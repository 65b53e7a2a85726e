//! Which file an address means.

use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

/// What an address means.
#[derive(Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This file, which is there and in the book.
    File(PathBuf),
    /// A directory; its address ends with `/`, or links from its page would go astray.
    Directory(String),
    /// Nothing.
    Nothing,
}

/// Looks up an address, such as `/start/map.html?present`, in the book at `out`.
pub fn look_up(out: &Path, address: &str) -> Meaning {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    file(out, path).unwrap_or(Meaning::Nothing)
}

fn file(out: &Path, path: &str) -> Option<Meaning> {
    let steps = path.strip_prefix('/')?;
    let mut file = out.canonicalize().ok()?;
    let home = file.clone();
    for step in steps.split('/').filter(|step| !step.is_empty()) {
        let step = percent_decode_str(step).decode_utf8().ok()?;
        if !is_plain(&step) {
            return None;
        }
        file.push(&*step);
    }
    if file.is_dir() {
        if !path.ends_with('/') {
            return Some(Meaning::Directory(format!("/{}/", steps.trim_matches('/'))));
        }
        file.push("index.html");
    } else if path.ends_with('/') {
        return None;
    }
    // A link could lead out of the book.
    let real = file.canonicalize().ok()?;
    (real.starts_with(&home) && real.is_file()).then_some(Meaning::File(real))
}

/// Whether a step leads to a file or a directory just there, on every system.
fn is_plain(step: &str) -> bool {
    !matches!(step, "" | "." | "..") && !step.contains(['/', '\\', ':', '\0'])
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn an_address_means_a_file_in_the_book_or_nothing() {
        let dir = std::env::temp_dir().join(format!("addresses-{}", std::process::id()));
        let out = dir.join("html");
        fs::create_dir_all(out.join("start")).expect("can be written to");
        for name in [
            "html/index.html",
            "html/start/index.html",
            "html/a b.css",
            "secret",
        ] {
            fs::write(dir.join(name), "").expect("can be written to");
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(dir.join("secret"), out.join("link")).expect("a link");
        let home = out.canonicalize().expect("it is there");
        let file = |name: &str| Meaning::File(home.join(name));
        for (address, meaning) in [
            ("/", file("index.html")),
            ("/?present", file("index.html")),
            ("/index.html#top", file("index.html")),
            ("/a%20b.css", file("a b.css")),
            ("//a%20b.css", file("a b.css")),
            ("/start/", file("start/index.html")),
            ("/start", Meaning::Directory("/start/".to_owned())),
            ("//start", Meaning::Directory("/start/".to_owned())),
            ("/index.html/", Meaning::Nothing),
            ("/none.html", Meaning::Nothing),
            ("/../secret", Meaning::Nothing),
            ("/start/../../secret", Meaning::Nothing),
            ("/%2e%2e/secret", Meaning::Nothing),
            ("/..%2fsecret", Meaning::Nothing),
            ("/..%5csecret", Meaning::Nothing),
            ("/c:/secret", Meaning::Nothing),
            ("/%00", Meaning::Nothing),
            ("/%ff", Meaning::Nothing),
            ("/link", Meaning::Nothing),
            ("http://elsewhere/", Meaning::Nothing),
            ("*", Meaning::Nothing),
            ("", Meaning::Nothing),
        ] {
            assert_eq!(look_up(&out, address), meaning, "{address}");
        }
        fs::remove_dir_all(dir).expect("can be removed");
    }
}
