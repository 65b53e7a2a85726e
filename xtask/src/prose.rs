//! Prose for a terminal: sentences from names, lines of a bearable length, Markdown without its
//! marks.

/// The name of a property as a sentence.
pub fn sentence(name: &str) -> String {
    name.replace("::", ": ").replace('_', " ")
}

/// A number and its noun: `1 exercise`, `3 exercises`.
pub fn count(number: usize, noun: &str) -> String {
    let ending = match noun.strip_suffix('y') {
        Some(stem) if number != 1 => return format!("{number} {stem}ies"),
        _ if number == 1 => "",
        _ => "s",
    };
    format!("{number} {noun}{ending}")
}

/// How many properties hold, as a clause: `2 of 3 properties hold`.
pub fn hold(some: usize, all: usize) -> String {
    let verb = if all == 1 { "holds" } else { "hold" };
    format!("{some} of {} {verb}", count(all, "property"))
}

/// Breaks paragraphs into lines of at most `width` columns and indents them.
pub fn wrap(text: &str, width: usize, indent: usize) -> String {
    let mut out = String::new();
    for paragraph in text.lines() {
        wrap_line(&mut out, paragraph, width, indent);
    }
    out
}

fn wrap_line(out: &mut String, text: &str, width: usize, indent: usize) {
    let margin = " ".repeat(indent);
    let mut column = 0;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && indent + column + 1 + length > width {
            out.push('\n');
            column = 0;
        }
        if column == 0 {
            out.push_str(&margin);
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += length;
    }
    out.push('\n');
}

/// Indents every line that is not empty.
pub fn indent(text: &str, by: usize) -> String {
    let margin = " ".repeat(by);
    text.lines()
        .map(|line| {
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("{margin}{line}\n")
            }
        })
        .collect()
}

/// The text of the `//!` lines at the head of a file.
pub fn inner_doc(source: &str) -> String {
    source
        .lines()
        .skip_while(|line| line.is_empty())
        .map_while(|line| line.strip_prefix("//!"))
        .map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line)))
        .collect()
}

/// Markdown as a person would type it in a mail: paragraphs wrapped, code and tables as they are,
/// no marks for links and bold text.
pub fn markdown(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut paragraph = String::new();
    let mut in_code = false;
    for line in text.lines() {
        let fence = line.trim_start().starts_with("```");
        if fence || in_code || line.starts_with('|') {
            flush(&mut out, &mut paragraph, width);
            in_code ^= fence;
            if !fence {
                out.push_str("    ");
                out.push_str(line);
                out.push('\n');
            }
            continue;
        }
        if line.trim().is_empty() {
            flush(&mut out, &mut paragraph, width);
            out.push('\n');
            continue;
        }
        if starts_item(line) || line.starts_with('#') {
            flush(&mut out, &mut paragraph, width);
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(line.trim_start_matches('#').trim());
        if line.starts_with('#') {
            flush(&mut out, &mut paragraph, width);
        }
    }
    flush(&mut out, &mut paragraph, width);
    out
}

fn starts_item(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ") || line.starts_with("* ") || (number != line && number.starts_with(". "))
}

fn flush(out: &mut String, paragraph: &mut String, width: usize) {
    if !paragraph.is_empty() {
        wrap_line(out, &inline(paragraph), width, 0);
        paragraph.clear();
    }
}

/// Leaves out the marks inside a paragraph: `*stress*`, `**bold**`, `[text](target)`, ``[`name`]``.
fn inline(text: &str) -> String {
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        // Between backticks stands code, where a star is a star.
        if index % 2 == 1 {
            out.push_str(part);
        } else {
            out.push_str(&emphasis_left_out(part));
        }
    }
    without_links(&out)
}

/// A star that touches a word is a mark; one between spaces is not.
fn emphasis_left_out(text: &str) -> String {
    let starless = |word: &str| match word {
        "*" => word.to_owned(),
        _ => word.replace('*', ""),
    };
    text.split(' ').map(starless).collect::<Vec<_>>().join(" ")
}

fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, after) = rest.split_at(open);
        let in_code = before.matches('`').count() % 2 == 1;
        let link = after[1..].split_once(']').filter(|_| !in_code);
        let Some((label, behind)) = link else {
            let (kept, more) = rest.split_at(open + 1);
            out.push_str(kept);
            // An odd backtick was passed; find the end of the code.
            let end = if in_code {
                more.find('`').map_or(more.len(), |end| end + 1)
            } else {
                0
            };
            out.push_str(&more[..end]);
            rest = &more[end..];
            continue;
        };
        out.push_str(before);
        out.push_str(label);
        rest = match behind
            .strip_prefix('(')
            .and_then(|target| target.split_once(')'))
        {
            Some((_, behind)) => behind,
            None => behind,
        };
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_reads_as_a_sentence() {
        assert_eq!(sentence("a_slow_sink_slows_it"), "a slow sink slows it");
        assert_eq!(sentence("lost_panic::broken"), "lost panic: broken");
    }

    #[test]
    fn nouns_are_counted() {
        for (number, noun, text) in [
            (0, "hint", "0 hints"),
            (1, "property", "1 property"),
            (2, "property", "2 properties"),
        ] {
            assert_eq!(count(number, noun), text);
        }
    }

    #[test]
    fn one_holds_and_many_hold() {
        assert_eq!(hold(0, 1), "0 of 1 property holds");
        assert_eq!(hold(1, 3), "1 of 3 properties hold");
    }

    #[test]
    fn lines_are_broken_between_words() {
        assert_eq!(wrap("one two three", 9, 0), "one two\nthree\n");
        assert_eq!(wrap("one two three", 9, 2), "  one two\n  three\n");
        assert_eq!(wrap("unbreakable", 4, 0), "unbreakable\n");
        assert_eq!(wrap("a\nb", 9, 1), " a\n b\n");
    }

    #[test]
    fn markdown_loses_its_marks() {
        for (text, plain) in [
            ("# Head\n\nText\nmore.", "Head\n\nText more.\n"),
            (
                "**What.** A [`Mutex`](std::sync::Mutex) and [`lost`].",
                "What. A `Mutex` and `lost`.\n",
            ),
            (
                "the *order* of `a * b`, 2 * 3",
                "the order of `a * b`, 2 * 3\n",
            ),
            ("- one\n- two", "- one\n- two\n"),
            ("```\nlet x = a[0];\n```", "    let x = a[0];\n"),
            (
                "an array `a[0]` and [a link](there)",
                "an array `a[0]` and a link\n",
            ),
        ] {
            assert_eq!(markdown(text, 80), plain, "{text}");
        }
    }

    #[test]
    fn the_head_of_a_file_is_its_doc() {
        assert_eq!(
            inner_doc("//! One.\n//!\n//!   Two.\n\nmod x;\n//! no"),
            "One.\n\n  Two.\n"
        );
        assert_eq!(inner_doc("mod x;"), "");
    }
}
