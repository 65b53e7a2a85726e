//! Scripts: the addresses in their strings.

use super::css::Loaded;

/// Names that look like addresses, and are never called.
const NAMES: [&str; 1] = ["http://www.w3.org/"];

/// Every address of the network in a string of a script. Comments may name what they like.
pub fn addresses(script: &str) -> Vec<Loaded> {
    let mut found = Vec::new();
    let mut line = 1;
    let mut rest = script;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => rest.find("*/").map_or(rest.len(), |end| end + 2),
            '"' | '\'' | '`' => {
                let string = string(rest, c);
                found.extend(address(string).map(|address| Loaded {
                    address: address.to_owned(),
                    line,
                }));
                // With both quotes, if the second is there.
                (string.len() + 2).min(rest.len())
            }
            // A quote behind a backslash, in a regular expression, opens no string.
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => c.len_utf8(),
        };
        line += rest[..skipped].matches('\n').count();
        rest = &rest[skipped..];
    }
    found
}

/// What stands between the first quote and the next of its kind.
fn string(text: &str, quote: char) -> &str {
    let inside = &text[1..];
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A line ends every string but a template: it was an apostrophe in something else.
            '\n' if quote != '`' => return &inside[..at],
            _ if c == quote => return &inside[..at],
            _ => {}
        }
    }
    inside
}

fn address(string: &str) -> Option<&str> {
    let scheme = ["http://", "https://", "ws://", "wss://"]
        .into_iter()
        .filter_map(|scheme| string.find(scheme))
        .min();
    let host = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    let relative = string.strip_prefix("//").is_some_and(host).then_some(0);
    let address = &string[scheme.or(relative)?..];
    let end = address.find(char::is_whitespace).unwrap_or(address.len());
    let address = &address[..end];
    (!NAMES.iter().any(|name| address.starts_with(name))).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(script: &str) -> Vec<(usize, String)> {
        let found = addresses(script).into_iter();
        found.map(|found| (found.line, found.address)).collect()
    }

    #[test]
    fn addresses_in_strings_are_found_with_their_line() {
        let script = "// it's 'https://no.org'\nfetch('https://a.org/x');\n/* \"http://no.org\" */\n\
            x = `\n${y} wss://b.org`; import(\"//c.org/x.js\");\n";
        assert_eq!(
            found(script),
            [
                (2, "https://a.org/x".to_owned()),
                (4, "wss://b.org".to_owned()),
                (5, "//c.org/x.js".to_owned()),
            ]
        );
    }

    #[test]
    fn names_comments_and_regular_expressions_are_no_addresses() {
        for script in [
            "document.createElementNS('http://www.w3.org/2000/svg', 'g')",
            "s.replace(/\\'/g, 'x'); // see https://x.org",
            "s = '// a comment of another language'; t = '\\'https is fine';",
            "don't\nx = 1;",
            "",
        ] {
            assert_eq!(found(script), [], "{script}");
        }
    }
}
