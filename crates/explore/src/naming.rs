//! What a program calls the things it makes, read off its text.

/// A name that the text shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// The variable, constant or field, with its owner where the text shows one: `alice.cents`.
    pub text: String,
    /// Whether the same expression makes several: `accounts` of a `collect()`.
    pub one_of_many: bool,
}

/// The name of what is made in a line (counted from 0) after so many bytes of it. Nothing where the
/// text shows none.
pub(crate) fn name_at(lines: &[String], line: usize, column: usize) -> Option<Name> {
    let text = lines.get(line)?;
    let before = text.get(..column).unwrap_or(text);
    if before.trim_start().starts_with('.') {
        // A chain that rustfmt has broken: its first line binds.
        let first = (0..line).rev().find(|&at| !is_link(&lines[at]))?;
        let name = bound(&lines[first])?;
        let one_of_many = name.one_of_many || makes_many(before);
        let text = with_owner(lines, first, &name);
        return Some(Name { text, one_of_many });
    }
    let here = bound(before).map(|name| (line, name));
    let (line, name) = here.or_else(|| {
        // `Self(Mutex::new(0))` and long lines that rustfmt has broken: look one line up.
        let above = line.checked_sub(1)?;
        let opens = lines[above].trim_end().ends_with(['(', '=', ':', '{']);
        let name = opens.then(|| bound(&lines[above])).flatten()?;
        Some((above, name))
    })?;
    Some(Name {
        text: with_owner(lines, line, &name),
        one_of_many: name.one_of_many,
    })
}

fn is_link(line: &str) -> bool {
    line.trim_start().starts_with('.')
}

/// Whether the expression around the place makes more than one.
fn makes_many(text: &str) -> bool {
    [".map(", "from_fn(", "["]
        .iter()
        .any(|part| text.contains(part))
}

/// A name that a piece of text binds.
struct Bound<'a> {
    name: &'a str,
    /// What stands before the name of a field.
    field_of: Option<&'a str>,
    one_of_many: bool,
}

/// The last name that `text` binds: in `let jobs = Arc::new(` that is `jobs`.
fn bound(text: &str) -> Option<Bound<'_>> {
    let bytes = text.as_bytes();
    let binds = |at: usize| {
        let (before, after) = (at.checked_sub(1).map(|i| bytes[i]), bytes.get(at + 1));
        match bytes[at] {
            b'=' => after != Some(&b'=') && after != Some(&b'>') && before != Some(b'='),
            b':' => after != Some(&b':') && before != Some(b':'),
            _ => false,
        }
    };
    let at = (0..bytes.len()).rev().find(|&at| binds(at))?;
    let mut head = text[..at].trim_end();
    if bytes[at] == b'=' {
        // `let jobs: Vec<Job> = …`: the name stands before the type.
        let colon = (0..head.len()).find(|&i| binds(i) && bytes[i] == b':');
        head = colon.map_or(head, |i| text[..i].trim_end());
    }
    // `let (results, receiver) = channel()`: both halves name it; the first will do.
    let pair = head
        .strip_suffix(')')
        .map(|pair| pair.rsplit('(').next().unwrap_or(pair));
    let head = match pair {
        Some(pair) => pair.split(',').nth(place_in_tuple(&text[at + 1..]))?.trim(),
        None => head,
    };
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let start = head.rfind(|c| !word(c)).map_or(0, |i| {
        i + head[i..].chars().next().map_or(1, char::len_utf8)
    });
    let name = &head[start..];
    let is_name = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let keyword = matches!(name, "let" | "mut" | "static" | "const" | "_" | "ref");
    (is_name && !keyword).then(|| Bound {
        name,
        field_of: (bytes[at] == b':').then(|| &head[..start]),
        one_of_many: makes_many(&text[at..]),
    })
}

/// Which part of a tuple the end of `text` belongs to; the first where it begins none.
fn place_in_tuple(text: &str) -> usize {
    let text = text.trim_start();
    if !text.starts_with('(') {
        return 0;
    }
    let mut depth = 0;
    let commas = text.bytes().filter(|byte| {
        match byte {
            b'(' | b'[' | b'{' => depth += 1,
            b')' | b']' | b'}' => depth -= 1,
            _ => {}
        }
        *byte == b',' && depth == 1
    });
    commas.count()
}

/// A field of a literal that a variable or constant is bound to is known by both names.
fn with_owner(lines: &[String], line: usize, name: &Bound<'_>) -> String {
    let owner = name.field_of.and_then(|before| {
        let opener = match before.rfind('{') {
            Some(brace) => &before[..brace],
            None => {
                let depth = indentation(&lines[line]);
                let around = lines[..line].iter().rev();
                let opener = around
                    .filter(|line| !line.trim().is_empty())
                    .find(|line| indentation(line) < depth)?;
                opener.trim_end().strip_suffix('{')?
            }
        };
        let is_literal = !opener.contains("fn ") && !opener.contains("struct ");
        let owner = is_literal.then(|| bound(opener)).flatten()?;
        owner.field_of.is_none().then_some(owner.name)
    });
    match owner {
        Some(owner) => format!("{owner}.{}", name.name),
        None => name.name.to_owned(),
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

#[cfg(test)]
mod tests {
    use super::{Name, name_at};

    /// The name of what is made where `^` stands in the text.
    fn name(text: &str) -> Option<Name> {
        let line = text.lines().position(|line| line.contains('^')).unwrap();
        let column = text.lines().nth(line).unwrap().find('^').unwrap();
        let lines: Vec<String> = text.replace('^', "").lines().map(str::to_owned).collect();
        name_at(&lines, line, column)
    }

    #[test]
    fn names_are_read_off_the_line() {
        let cases = [
            ("    let jobs = Arc::new(^", Some("jobs")),
            ("    let mut hits = ^", Some("hits")),
            ("    balance: ^", Some("balance")),
            ("    Account { id, balance: ^", Some("balance")),
            (
                "    let alice = Account { id, cents: ^",
                Some("alice.cents"),
            ),
            ("    let total: Arc<Mutex<u64>> = Arc::new(^", Some("total")),
            ("    let (results, receiver) = ^", Some("results")),
            (
                "    let (tx, rx): (Sender<u8>, Receiver<u8>) = ^",
                Some("tx"),
            ),
            ("    let (now, peak) = (Arc::new(^", Some("now")),
            (
                "    let (now, peak) = (Arc::new(f(0, 1)), Arc::new(^",
                Some("peak"),
            ),
            ("    self.ready = ^", Some("ready")),
            ("static HITS: AtomicU64 = ^", Some("HITS")),
            ("    Self(^", None),
            ("    if a == b { ^", None),
            ("    vec![std::sync::^", None),
            ("let jobs =\n    ^", Some("jobs")),
            (
                "    let alice = Arc::new(Account {\n        id: 1,\n        cents: ^",
                Some("alice.cents"),
            ),
            (
                "static CACHE: Cache = Cache {\n    entries: ^",
                Some("CACHE.entries"),
            ),
            (
                "fn new(jobs: Vec<Job>) -> Self {\n    Self {\n        jobs: ^",
                Some("jobs"),
            ),
            (
                "fn new(cents: u64) -> Self {\n    balance: ^",
                Some("balance"),
            ),
        ];
        for (text, expected) in cases {
            let found = name(text).map(|name| name.text);
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_expression_that_makes_several_says_so() {
        let cases = [
            ("    accounts: cents.iter().map(|c| ^", true),
            (
                "    accounts: cents\n        .iter()\n        .map(|c| ^",
                true,
            ),
            ("    let forks = [^", true),
            (
                "    let forks: [Mutex<()>; 2] = std::array::from_fn(|_| ^",
                true,
            ),
            ("    let fork: [u8; 2] = ^", false),
            ("    let fork = ^", false),
        ];
        for (text, expected) in cases {
            let found = name(text).map(|name| name.one_of_many);
            assert_eq!(found, Some(expected), "{text}");
        }
    }
}
