//! What mdBook only mutters: its warnings, as problems.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::page::Page;
use crate::problem::Problems;

/// Runs `work`, and adds what mdBook warns of meanwhile.
pub fn heard<T>(pages: &[Page], problems: &mut Problems, work: impl FnOnce() -> T) -> T {
    let listener = Listener::default();
    let said = Arc::clone(&listener.0);
    let result = tracing::subscriber::with_default(listener, work);
    let said = said.lock().unwrap_or_else(PoisonError::into_inner);
    for text in said.iter() {
        // mdBook names a page as `in `path``.
        let page = text
            .split("in `")
            .nth(1)
            .and_then(|rest| rest.split('`').next());
        let page = page.and_then(|path| pages.iter().find(|p| p.output() == html(path)));
        let file = page.map_or_else(|| "book".to_owned(), Page::file);
        let line = page.and_then(|page| line(page, text)).unwrap_or(0);
        problems.add(file, line, text.replace('\n', " "));
    }
    result
}

fn html(path: &str) -> String {
    path.replace(".md", ".html")
}

/// The last line of prose with the tag that a warning names.
fn line(page: &Page, warning: &str) -> Option<usize> {
    let tag = warning.split("`<").nth(1)?.split(['>', '`']).next()?;
    let tag = format!("<{tag}");
    let has = page.prose().filter(|(_, text)| text.contains(&tag)).last();
    has.map(|(line, _)| line)
}

#[derive(Default)]
struct Listener(Arc<Mutex<Vec<String>>>);

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        *metadata.level() <= Level::WARN && metadata.target().starts_with("mdbook")
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        struct Message(String);
        impl Visit for Message {
            fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
                if field.name() == "message" {
                    self.0 = format!("{value:?}");
                }
            }
        }
        let mut message = Message(String::new());
        event.record(&mut message);
        let mut said = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        said.push(message.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
