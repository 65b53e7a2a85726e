//! A chapter with everything that belongs to it, shown by `demo` and checked by `verify`.

use std::fs;

use crate::support::Workshop;

const FINE: &str = "pub fn work() -> u32 {\n    1\n}\n";
const HEAD: &str = "//! Wrong: counts too far.\n//! Caught by: work_gives_one\n\n";

/// One pair, one exercise, one refused example, all as they should be.
pub fn workshop(name: &str) -> Workshop {
    let workshop = Workshop::new(name);
    let krate = "crates/ch01-trouble";
    let manifest = "[package]\nname = \"ch01-trouble\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\
                    autotests = false\n\n[lib]\n\n[dependencies]\n";
    workshop.write(&format!("{krate}/Cargo.toml"), manifest);
    workshop.write(&format!("{krate}/src/lib.rs"), "pub mod slip;\n");
    workshop.write(
        &format!("{krate}/src/slip/mod.rs"),
        "//! Two is not one.\n//!\n//! **The mend.** Say [`one`](fixed::one).\n\n\
         pub mod broken;\npub mod fixed;\n",
    );
    workshop.write(
        &format!("{krate}/src/slip/broken.rs"),
        "pub fn one() -> u32 {\n    2\n}\n",
    );
    workshop.write(
        &format!("{krate}/src/slip/fixed.rs"),
        "pub fn one() -> u32 {\n    1\n}\n",
    );
    workshop.write(&format!("{krate}/checks/main.rs"), "mod slip;\n");
    workshop.write(
        &format!("{krate}/checks/slip.rs"),
        "use ch01_trouble::slip::{broken, fixed};\n\n\
         #[test]\nfn broken() {\n    \
         let verdict = explore::threads().explore(|| assert_eq!(broken::one(), 1));\n    \
         verdict.expect_failure(explore::FailureKind::Panicked);\n}\n\n\
         #[test]\nfn fixed() {\n    \
         let verdict = explore::threads().explore(|| assert_eq!(fixed::one(), 1));\n    \
         verdict.expect_pass();\n}\n",
    );
    workshop.write(
        &format!("{krate}/refused/text.rs"),
        "// refused: E0308\n\nfn main() {\n    let _one: u32 = \"one\"; //~\n}\n",
    );
    workshop.exercise("count", "pub fn work() -> u32 {\n    0\n}\n");
    let solution = "solutions/ch01-trouble/count";
    workshop.write(&format!("{solution}/src/lib.rs"), FINE);
    workshop.write(
        &format!("{solution}/other/sum.rs"),
        "pub fn work() -> u32 {\n    1 + 0\n}\n",
    );
    for number in 2..5 {
        let wrong = format!("{HEAD}pub fn work() -> u32 {{\n    {number}\n}}\n");
        workshop.write(&format!("{solution}/wrong/gives_{number}.rs"), &wrong);
    }
    workshop
}

#[test]
fn a_demo_explains_and_shows_both_versions() {
    let workshop = workshop("demo");
    let run = workshop.xtask(&["demo", "ch01"]);
    run.expect(
        0,
        &[
            "slip ═",
            "Two is not one.",
            "The mend. Say `one`.",
            "broken: crates/ch01-trouble/src/slip/broken.rs",
            "✗ panic: main panicked",
            "fixed: crates/ch01-trouble/src/slip/fixed.rs",
            "✓ ran 1 schedule",
        ],
    );
    assert_eq!(workshop.xtask(&["demo", "ch01", "slip"]).stdout, run.stdout);
    workshop
        .xtask(&["demo", "ch01", "slpi"])
        .expect(2, &["no pair `slpi`; it has slip"]);

    workshop.write(
        "crates/ch01-trouble/src/slip/fixed.rs",
        "pub fn one() -> u32 {\n    3\n}\n",
    );
    workshop
        .xtask(&["demo", "ch01"])
        .expect(1, &["not as the chapter states", "expected no failure"]);
}

#[test]
fn a_workshop_in_order_verifies() {
    let workshop = workshop("verify");
    let run = workshop.xtask(&["verify", "ch01"]);
    run.expect(0, &[]);
    // Two checks of the pair, five of files, one refused example, and six answers.
    assert_eq!(
        run.stdout.lines().last(),
        Some("14 passed, 0 failed"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_is_out_of_order_is_named() {
    let workshop = workshop("disorder");
    let solution = "solutions/ch01-trouble/count";
    let krate = "crates/ch01-trouble";
    // The stub is solved, the reference is wrong, and a wrong answer is right.
    workshop.exercise("count", FINE);
    workshop.write(
        &format!("{solution}/src/lib.rs"),
        "pub fn work() -> u32 {\n    7\n}\n",
    );
    workshop.write(
        &format!("{solution}/wrong/gives_2.rs"),
        &format!("{HEAD}{FINE}"),
    );
    workshop.write(&format!("{solution}/wrong/gives_3.rs"), FINE);
    let hangs = HEAD.replace("one\n", "one (hangs)\n") + "pub fn work() -> u32 {\n    2\n}\n";
    workshop.write(&format!("{solution}/wrong/gives_4.rs"), &hangs);
    fs::remove_dir_all(workshop.root.join(solution).join("other")).expect("it is there");
    workshop.write("exercises/ch01-trouble/count/hints.md", "## Only one\n");
    workshop.write(
        &format!("{krate}/refused/text.rs"),
        "// refused: E0599\n\nfn main() {\n    let _one: u32 = \"one\"; //~\n}\n",
    );
    workshop.write(
        &format!("{krate}/refused/line.rs"),
        "// refused: \"mismatched types\"\n\nfn main() { //~\n    let _one: u32 = \"one\";\n}\n",
    );
    workshop.write(
        &format!("{krate}/refused/fine.rs"),
        "// refused: E0308\n\nfn main() {} //~\n",
    );
    workshop.write(
        &format!("{krate}/src/lib.rs"),
        "pub mod slip;\npub mod slop;\n",
    );
    workshop.write(&format!("{krate}/src/slop/mod.rs"), "pub mod broken;\n");
    workshop.write(&format!("{krate}/src/slop/broken.rs"), "");
    let run = workshop.xtask(&["verify", "ch01"]);
    run.expect(
        1,
        &[
            "no property fails for the stub",
            "solutions/ch01-trouble/count/src/lib.rs\n    work_gives_one: failed",
            "gives_2.rs\n    not caught as it says\n    work_gives_one: passed",
            "gives_3.rs\n    its head does not say `//! Wrong: …`",
            "gives_4.rs\n    not caught as it says\n    work_gives_one: failed",
            "0 in solutions/ch01-trouble/count/other, 1 wanted",
            "1 hint, 2 wanted",
            "text.rs\n    refused for another reason",
            "line.rs\n    refused at another line than 3",
            "fine.rs\n    rustc accepts it",
            "slop::broken\n    there is no such check",
            "slop::fixed\n    there is no such check",
        ],
    );
    assert_eq!(
        run.stdout.lines().last(),
        Some("5 passed, 12 failed"),
        "{}",
        run.stdout
    );
}

#[test]
fn changes_that_no_property_notices_are_shown() {
    let workshop = workshop("mutants");
    workshop
        .xtask(&["mutants", "ch01/count"])
        .expect(0, &["ch01/count: 1 change tried, 1 noticed, 0 not"]);

    let idle = "pub fn work() -> u32 {\n    std::hint::black_box(7);\n    1\n}\n";
    workshop.write("solutions/ch01-trouble/count/src/lib.rs", idle);
    workshop.xtask(&["mutants", "ch01"]).expect(
        1,
        &[
            "solutions/ch01-trouble/count/src/lib.rs:2: without `std::hint::black_box(7);`",
            "solutions/ch01-trouble/count/src/lib.rs:2: `8` for `7`",
            "ch01/count: 3 changes tried, 1 noticed, 2 not; 2 more do not compile",
        ],
    );
    workshop
        .xtask(&["mutants", "ch01/cuont"])
        .expect(2, &["cuont"]);
    assert!(
        !workshop
            .root
            .join("target/workshop/mutants/ch01/count")
            .exists()
    );
}
