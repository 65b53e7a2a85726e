//! Links and notes by name: `[it][name]` and `[^name]`. Without a definition, Markdown shows the
//! brackets.

use std::collections::BTreeSet;

use crate::page::Page;
use crate::problem::Problems;

/// Looks for names that the page does not define.
pub fn check(page: &Page, problems: &mut Problems) {
    let defined: BTreeSet<String> = page.prose().filter_map(|(_, l)| defines(l)).collect();
    for (number, line) in page.prose() {
        for name in used(line) {
            if !defined.contains(&name.to_lowercase()) {
                let what = format!("nothing on this page says what [{name}] is: `[{name}]: …`");
                problems.add(page.file(), number, what);
            }
        }
    }
}

/// The name in `[name]: …`, in small letters.
fn defines(line: &str) -> Option<String> {
    let (name, _) = line.trim_start().strip_prefix('[')?.split_once("]:")?;
    Some(name.to_lowercase())
}

/// The names that a line refers to, inline code left out.
fn used(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut code = false;
    for (at, c) in line.char_indices() {
        code ^= c == '`';
        let rest = &line[at..];
        let name = match c {
            '[' if !code && rest.starts_with("[^") => Some(&rest[1..]),
            ']' if !code => rest.strip_prefix("]["),
            _ => None,
        };
        let name = name.and_then(|name| name.split_once(']'));
        found.extend(name.map(|(name, _)| name).filter(|name| !name.is_empty()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_to_be_defined() {
        let text = "# T\n\n[one][a], [two][b], `x[1][2]`, note[^n], note[^m]\n\n```go\nx[i][j]\n\
                    ```\n\n[A]: ch01.md\n[^n]: a note\n";
        let mut problems = Problems::default();
        let page = Page::parse("a.md", "A", text, &mut problems);
        check(&page, &mut problems);
        let said: Vec<String> = problems.sorted().iter().map(|p| p.to_string()).collect();
        let what = |name| {
            format!("book/src/a.md:3: nothing on this page says what [{name}] is: `[{name}]: …`")
        };
        assert_eq!(said, [what("^m"), what("b")]);
    }
}
