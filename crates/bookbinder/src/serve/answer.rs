//! What a browser is answered.

use std::fs;
use std::path::Path;

use super::News;
use super::address::{self, Meaning};
use super::http::{Answer, Request};

/// What pages that are open ask for; no file of a book begins with a dot.
const NEWS: &str = "/.news.json";
const SCRIPT: &str = "/.news.js";

/// The answer to a request.
pub fn answer(request: &Request, out: &Path, news: &News) -> Answer {
    if !matches!(request.method.as_str(), "GET" | "HEAD") {
        return of_kind(405, kind("txt"), "a book can only be read\n").with("Allow", "GET, HEAD");
    }
    match request.address.split('?').next() {
        Some(NEWS) => {
            let text = serde_json::to_string(news).unwrap_or_default();
            of_kind(200, kind("json"), text)
        }
        Some(SCRIPT) => of_kind(200, kind("js"), include_str!("news.js")),
        _ => page(&request.address, out, news),
    }
}

fn page(address: &str, out: &Path, news: &News) -> Answer {
    match address::look_up(out, address) {
        Meaning::File(file) => match fs::read(&file) {
            Ok(content) => file_of(200, &file, content, news),
            // The book was replaced just now.
            Err(_) => nothing(out, news),
        },
        Meaning::Directory(address) => of_kind(308, kind("txt"), "").with("Location", &address),
        Meaning::Nothing => nothing(out, news),
    }
}

/// The book's own page for that, or one of ours where there is no book.
fn nothing(out: &Path, news: &News) -> Answer {
    let file = out.join("404.html");
    let content = fs::read(&file).unwrap_or_else(|_| NOTHING.into());
    file_of(404, &file, content, news)
}

fn of_kind(status: u16, kind: &str, content: impl Into<Vec<u8>>) -> Answer {
    Answer::new(status, content)
        .with("Content-Type", kind)
        // It may be another one the next time.
        .with("Cache-Control", "no-store")
        .with("X-Content-Type-Options", "nosniff")
}

fn file_of(status: u16, file: &Path, content: Vec<u8>, news: &News) -> Answer {
    let extension = file.extension().unwrap_or_default().to_string_lossy();
    match extension.to_ascii_lowercase().as_str() {
        "html" => of_kind(status, kind("html"), follow(content, news)),
        extension => of_kind(status, kind(extension), content),
    }
}

/// A page that looks for news. Only its copy on the way to the browser does.
fn follow(page: Vec<u8>, news: &News) -> Vec<u8> {
    let version: String = news
        .version
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let script = format!("<script src=\"{SCRIPT}\" data-version=\"{version}\" defer></script>\n");
    let mut page = page;
    let end = b"</body>";
    let at = page
        .windows(end.len())
        .rposition(|bytes| bytes.eq_ignore_ascii_case(end));
    let at = at.unwrap_or(page.len());
    page.splice(at..at, script.into_bytes());
    page
}

/// The media type of a file, by its extension.
fn kind(extension: &str) -> &'static str {
    match extension {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "txt" | "md" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        _ => "application/octet-stream",
    }
}

const NOTHING: &str = "\
<!doctype html>
<html lang=\"en\">
<head><meta charset=\"utf-8\"><title>Not here</title></head>
<body><h1>Not here</h1><p>There is no such page. <a href=\"/\">The book</a> may have it.</p></body>
</html>
";
