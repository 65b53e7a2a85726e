//! The picture for a page.

use crate::samples;

#[test]
fn every_sample() {
    for (name, timeline) in samples::all() {
        insta::assert_snapshot!(name, timeline.svg());
    }
}
