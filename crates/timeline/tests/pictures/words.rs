use crate::{random, samples};
use roxmltree::{Document, Node};
use timeline::{Line, Timeline};

#[test]
fn the_list_of_a_lost_wake_up() {
    insta::assert_snapshot!(samples::lost_wakeup().words().html());
}

#[test]
fn a_list_is_well_formed_and_can_stand_in_markdown() {
    let random = (0..150).map(|seed| random::timeline(seed, 30));
    let samples = samples::all().into_iter().map(|(_, timeline)| timeline);
    for timeline in samples.chain([Timeline::default()]).chain(random) {
        let html = timeline.words().html();
        let document = Document::parse(&html).unwrap_or_else(|e| panic!("{e}\n{html}"));
        let items = document.root_element().children().filter(Node::is_element);
        assert_eq!(items.count(), timeline.words().lines.len());
        assert!(!html.contains("\n\n"), "a blank line ends HTML:\n{html}");
    }
}

#[test]
fn texts_of_a_program_are_not_taken_for_markup() {
    let mut timeline = samples::lost_wakeup();
    let hostile = "<script>alert(\"&\")</script>\u{202e}\u{1b}[31m";
    timeline.steps[0].what = hostile.to_string();
    timeline.lanes[0].name = hostile.to_string();
    if let Some(place) = timeline.steps[0].place.as_mut() {
        place.source = hostile.to_string();
    }
    let html = timeline.words().html();
    assert!(!html.contains("<script"), "{html}");
    assert!(!html.contains(['\u{202e}', '\u{1b}']), "{html}");
    assert!(html.contains("&lt;script&gt;"), "{html}");
}

#[test]
fn every_line_is_also_said_in_the_text_alternative_of_the_picture() {
    for (name, timeline) in samples::all() {
        let svg = timeline.svg();
        let document = Document::parse(&svg).expect("is XML");
        let tale = document.descendants().find(|n| n.has_tag_name("desc"));
        let tale = tale.and_then(|n| n.text()).expect("has words");
        for line in timeline.words().lines {
            let said = match line {
                Line::Clock(time) => format!("The clock moves to {time}."),
                Line::Step {
                    number, lane, what, ..
                } => format!("Step {number}: {lane} {what}"),
                Line::Gap(text) => format!("Left out: {text}."),
                Line::Stuck { lane, what, .. } => format!("{lane} {what}"),
                Line::NotShown(names) => format!("Not shown: {names}."),
            };
            assert!(tale.contains(&said), "{name}: “{said}” is not in {tale}");
        }
    }
}
