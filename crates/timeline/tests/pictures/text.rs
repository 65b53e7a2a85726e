//! The picture for a terminal.

use timeline::Text;

use crate::samples;

#[test]
fn every_sample_in_its_default_form() {
    for (name, timeline) in samples::all() {
        insta::assert_snapshot!(name, timeline);
    }
}
