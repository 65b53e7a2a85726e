//! Addresses in pages and style sheets: where do they lead?

use std::path::{Component, Path, PathBuf};

/// Where an address leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Address {
    /// To a file of the book, from its root, and perhaps to an id in it.
    Inside {
        /// The file, `reference/coverage.html`.
        file: String,
        /// The id behind `#`.
        fragment: Option<String>,
    },
    /// Out of the book, over the network.
    Outside,
    /// The content itself stands in the address.
    Data,
    /// To somebody's mail.
    Mail,
    /// Nowhere that a reader can follow.
    Bad(&'static str),
}

impl Address {
    /// Reads an address that stands in `from`, a file of the book.
    pub fn read(from: &str, text: &str) -> Self {
        let text = text.trim();
        match scheme(text).map(str::to_ascii_lowercase).as_deref() {
            Some("http" | "https" | "ws" | "wss" | "ftp") => return Self::Outside,
            Some("data" | "blob") => return Self::Data,
            Some("mailto") => return Self::Mail,
            Some("javascript") => return Self::Bad("a script is no address"),
            Some("file") => return Self::Bad("a file: address leads into one computer only"),
            Some(_) => return Self::Bad("no browser knows what to do with it"),
            None if text.starts_with("//") => return Self::Outside,
            None => {}
        }
        let (path, fragment) = match text.split_once('#') {
            Some((path, fragment)) => (path, Some(decoded(fragment))),
            None => (text, None),
        };
        let path = path.split('?').next().unwrap_or(path);
        match resolved(from, &decoded(path)) {
            Ok(file) => Self::Inside {
                file,
                fragment: fragment.filter(|fragment| !fragment.is_empty()),
            },
            Err(why) => Self::Bad(why),
        }
    }
}

fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || "+-.".contains(c);
    let begins = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    // One letter is a drive of Windows rather than a scheme, and no better.
    (begins && scheme.chars().all(plain)).then_some(scheme)
}

/// The file that a path leads to when it stands in `from`.
fn resolved(from: &str, path: &str) -> Result<String, &'static str> {
    if path.is_empty() {
        return Ok(from.to_owned());
    }
    if path.starts_with('/') {
        return Err("it starts at the root of the server, and the book may stand anywhere");
    }
    let mut file = PathBuf::from(from);
    file.pop();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => file.push(name),
            Component::ParentDir if !file.pop() => return Err("it leads out of the book"),
            _ => {}
        }
    }
    let file = file.to_string_lossy().replace('\\', "/");
    Ok(match file.is_empty() || path.ends_with('/') {
        true => format!("{file}/index.html")
            .trim_start_matches('/')
            .to_owned(),
        false => file,
    })
}

/// A text with its `%20` read.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let code = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match code.filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            None => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inside(file: &str, fragment: Option<&str>) -> Address {
        Address::Inside {
            file: file.to_owned(),
            fragment: fragment.map(str::to_owned),
        }
    }

    #[test]
    fn an_address_is_read_from_where_it_stands() {
        for (from, text, leads_to) in [
            ("a.html", "b.html", inside("b.html", None)),
            ("a.html", "#x", inside("a.html", Some("x"))),
            ("a.html", "#", inside("a.html", None)),
            ("t/a.html", "../b.html#y", inside("b.html", Some("y"))),
            ("t/a.html", "./c.css?v=2", inside("t/c.css", None)),
            ("t/a.html", "d%20e.png", inside("t/d e.png", None)),
            ("t/a.html", "50%", inside("t/50%", None)),
            ("t/a.html", "../", inside("index.html", None)),
            ("a.html", "t/", inside("t/index.html", None)),
        ] {
            assert_eq!(Address::read(from, text), leads_to, "{text} in {from}");
        }
    }

    #[test]
    fn an_address_out_of_the_book_is_known() {
        for text in [
            "https://x.org/a",
            "http://x.org",
            "//cdn.x.org/a.js",
            "wss://x.org",
            "HTTPS://x.org",
        ] {
            assert_eq!(Address::read("a.html", text), Address::Outside, "{text}");
        }
        assert_eq!(Address::read("a.html", "data:image/png,x"), Address::Data);
        assert_eq!(Address::read("a.html", "mailto:a@x.org"), Address::Mail);
    }

    #[test]
    fn an_address_that_leads_nowhere_is_bad() {
        for text in [
            "/root.html",
            "../out.html",
            "javascript:x()",
            "file:///etc",
            "c:/x",
        ] {
            let address = Address::read("a.html", text);
            assert!(matches!(address, Address::Bad(_)), "{text}: {address:?}");
        }
    }
}
