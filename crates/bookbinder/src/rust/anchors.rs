//! Anchors: what stands between `// ANCHOR: NAME` and `// ANCHOR_END: NAME`.

use anyhow::{Result, bail};

enum Mark<'l> {
    Begin(&'l str),
    End(&'l str),
}

fn mark(line: &str) -> Option<Mark<'_>> {
    let text = line.trim().strip_prefix("//")?.trim_start();
    if let Some(name) = text.strip_prefix("ANCHOR_END:") {
        return Some(Mark::End(name.trim()));
    }
    text.strip_prefix("ANCHOR:")
        .map(|name| Mark::Begin(name.trim()))
}

/// Whether a line is a mark, and no part of the program.
pub fn is_mark(line: &str) -> bool {
    mark(line).is_some()
}

/// The lines between the marks of that name.
pub fn find(source: &str, name: &str) -> Result<Option<(usize, usize)>> {
    let mut begin = None;
    let mut found = None;
    for (index, line) in source.lines().enumerate() {
        match mark(line) {
            Some(Mark::Begin(n)) if n == name => {
                if begin.is_some() || found.is_some() {
                    bail!(
                        "the anchor `{name}` begins twice, again at line {}",
                        index + 1
                    );
                }
                begin = Some(index + 2);
            }
            Some(Mark::End(n)) if n == name => {
                let Some(begin) = begin.take() else {
                    bail!(
                        "the anchor `{name}` ends at line {} and did not begin",
                        index + 1
                    );
                };
                if begin > index {
                    bail!("there is nothing in the anchor `{name}`");
                }
                found = Some((begin, index));
            }
            _ => {}
        }
    }
    if begin.is_some() {
        bail!("the anchor `{name}` has no `// ANCHOR_END: {name}`");
    }
    Ok(found)
}
