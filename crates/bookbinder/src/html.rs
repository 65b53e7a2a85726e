//! HTML that survives Markdown.

/// Text as the content of an element or the value of an attribute.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Text of several lines in a `<pre>`: Markdown ends a block of HTML at an empty line, so that no
/// line may end as one.
#[must_use]
pub fn preformatted(text: &str) -> String {
    escape(text).replace('\n', "&#10;")
}

/// HTML as one block of Markdown: without the empty lines, at which a block would end.
#[must_use]
pub fn block(html: &str) -> String {
    let lines: Vec<&str> = html.lines().filter(|l| !l.trim().is_empty()).collect();
    lines.join("\n")
}

/// Markdown within an element that begins with `open` (`<div class="why">`).
#[must_use]
pub fn around(open: &str, markdown: &str) -> String {
    let name: String = open
        .trim_start_matches('<')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    format!("{open}\n\n{}\n\n</{name}>", markdown.trim())
}

/// Code in a fence that nothing in it can close.
#[must_use]
pub fn fence(language: &str, code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let ticks = "`".repeat(longest.max(2) + 1);
    let code = if language == "rust" {
        nothing_hidden(code)
    } else {
        code.to_owned()
    };
    format!(
        "{ticks}{language}\n{}\n{ticks}",
        code.trim_end_matches('\n')
    )
}

/// mdBook takes a line of Rust that begins with `# ` for one that is to be hidden; a second `#`
/// says that it is not.
#[must_use]
pub fn nothing_hidden(code: &str) -> String {
    let mut out = String::with_capacity(code.len());
    for line in code.lines() {
        let text = line.trim_start();
        if text == "#" || text.starts_with("# ") || text.starts_with("##") {
            out.push_str(&line[..line.len() - text.len()]);
            out.push('#');
            out.push_str(text);
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_can_end_the_element_that_holds_it() {
        assert_eq!(
            escape("a < b && \"c\""),
            "a &lt; b &amp;&amp; &quot;c&quot;"
        );
        assert_eq!(preformatted("a\n\n<b"), "a&#10;&#10;&lt;b");
        assert_eq!(block("<div>\n\n  \n</div>\n"), "<div>\n</div>");
        assert_eq!(fence("text", "````\n"), "`````text\n````\n`````");
    }

    #[test]
    fn no_line_of_rust_is_hidden() {
        let code = "# x\n    ## y\n#[test]\n#\n";
        assert_eq!(nothing_hidden(code), "## x\n    ### y\n#[test]\n##\n");
    }
}
