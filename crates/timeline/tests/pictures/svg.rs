//! The picture for a page.

use std::collections::HashSet;

use roxmltree::{Document, Node};
use timeline::Timeline;
use unicode_width::UnicodeWidthChar;

use crate::{random, samples};

#[test]
fn every_sample() {
    for (name, timeline) in samples::all() {
        insta::assert_snapshot!(name, timeline.svg());
    }
}

#[test]
fn every_picture_is_well_formed_and_brings_nothing_that_leaks() {
    for (timeline, seed) in many() {
        let svg = timeline.svg();
        let document = parse(&svg, seed);
        let root = document.root_element();
        assert_eq!(root.attribute("role"), Some("img"));
        let ids: Vec<&str> = document
            .descendants()
            .filter_map(|n| n.attribute("id"))
            .collect();
        let named = root.attribute("aria-labelledby").expect("has a name");
        assert_eq!(named.split(' ').collect::<Vec<_>>(), ids, "seed {seed}");
        for node in document.descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            let known = [
                "svg", "title", "desc", "text", "rect", "line", "circle", "path",
            ];
            assert!(known.contains(&name), "seed {seed}: <{name}>");
            assert_eq!(node.attribute("class"), None, "seed {seed}");
        }
        let tale = root.children().find(|n| n.has_tag_name("desc"));
        assert!(tale.is_some(), "seed {seed}: no text alternative");
    }
}

#[test]
fn two_pictures_on_a_page_share_no_id() {
    let mut seen = HashSet::new();
    for (name, timeline) in samples::all() {
        let svg = timeline.svg();
        for node in parse(&svg, 0).descendants() {
            if let Some(id) = node.attribute("id") {
                assert!(seen.insert(id.to_string()), "{name}: {id}");
            }
        }
    }
}

#[test]
fn no_text_leaves_the_picture_or_stands_on_another() {
    for (timeline, seed) in many() {
        let svg = timeline.svg();
        let document = parse(&svg, seed);
        let root = document.root_element();
        let size = |name| root.attribute(name).and_then(|v| v.parse::<f64>().ok());
        let (width, height) = (
            size("width").expect("a width"),
            size("height").expect("a height"),
        );
        let boxes: Vec<Area> = document.descendants().filter_map(Area::of).collect();
        for (i, area) in boxes.iter().enumerate() {
            assert!(
                area.left >= 0.0 && area.right <= width,
                "seed {seed}: {area:?} of {width}"
            );
            assert!(
                area.top >= 0.0 && area.bottom <= height,
                "seed {seed}: {area:?} of {height}"
            );
            for other in &boxes[..i] {
                assert!(!area.meets(other), "seed {seed}:\n{area:?}\n{other:?}");
            }
        }
    }
}

#[test]
fn no_picture_of_a_course_is_wider_than_a_page() {
    let mut long = samples::lost_update();
    for object in &mut long.objects {
        object.initial = Some("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]".repeat(3));
        object.name = "the_number_of_visits_of_this_page_by_this_visitor".to_string();
    }
    for (name, timeline) in samples::all().into_iter().chain([("long values", long)]) {
        let svg = timeline.svg();
        let document = parse(&svg, 0);
        let width = document.root_element().attribute("width");
        let width: usize = width.and_then(|w| w.parse().ok()).expect("a width");
        assert!(width <= 740, "{name}: {width}");
    }
}

#[test]
fn colours_are_given_for_light_and_for_dark_pages() {
    for (name, timeline) in samples::all() {
        let svg = timeline.svg();
        for node in parse(&svg, 0).descendants().filter(Node::is_element) {
            for paint in ["fill", "stroke"] {
                let colour = node.attribute(paint).filter(|c| c.starts_with('#'));
                // The tint of a fatal box lets the page shine through.
                let Some(colour) = colour
                    .filter(|_| node.attribute("fill-opacity").is_none() || paint == "stroke")
                else {
                    continue;
                };
                let style = node.attribute("style").unwrap_or_default();
                let both = format!("{paint}:light-dark({colour},");
                assert!(style.contains(&both), "{name}: {colour} without {both}");
            }
        }
    }
}

#[test]
fn the_text_alternative_tells_the_steps_in_order() {
    let svg = samples::lost_wakeup().svg();
    let document = parse(&svg, 0);
    let tale = document.descendants().find(|n| n.has_tag_name("desc"));
    insta::assert_snapshot!(tale.and_then(|n| n.text()).expect("has words"));
}

fn many() -> impl Iterator<Item = (Timeline, u64)> {
    let random = (0..150).map(|seed| (random::timeline(seed, 30), seed));
    let samples = samples::all()
        .into_iter()
        .map(|(_, timeline)| (timeline, 0));
    samples.chain([(Timeline::default(), 0)]).chain(random)
}

fn parse(svg: &str, seed: u64) -> Document<'_> {
    Document::parse(svg).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{svg}"))
}

/// Where a line of text stands.
#[derive(Debug)]
#[expect(dead_code, reason = "the text is there to be printed")]
struct Area<'a> {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
    text: &'a str,
}

impl<'a> Area<'a> {
    /// Nothing for what is no text, or turned by 90 degrees in its bar.
    fn of(node: Node<'a, '_>) -> Option<Area<'a>> {
        let number = |name| node.attribute(name)?.parse::<f64>().ok();
        let text = node.text().filter(|_| node.has_tag_name("text"))?;
        let size = number("font-size").unwrap_or(13.0);
        let columns: usize = text.chars().filter_map(UnicodeWidthChar::width).sum();
        // 0.602 is the advance of the widest font that is asked for.
        let width = columns as f64 * size * 0.602;
        let (x, y) = (number("x")?, number("y")?);
        let left = match node.attribute("text-anchor") {
            Some("end") => x - width,
            _ => x,
        };
        Some(Area {
            left,
            right: left + width,
            top: y - size * 0.76,
            bottom: y + size * 0.2,
            text,
        })
    }

    fn meets(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}
