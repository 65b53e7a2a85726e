use super::*;

#[track_caller]
fn parsed(line: &str) -> Result<Command> {
    parse(lexopt::Parser::from_args(line.split_whitespace()))
}

#[track_caller]
fn refused(line: &str, because: &str) {
    let message = format!("{:#}", parsed(line).expect_err(line));
    assert!(message.contains(because), "{line}: {message}");
}

#[test]
fn help_is_never_far() {
    for (line, topic) in [
        ("", Topic::All),
        ("--help", Topic::All),
        ("help", Topic::All),
        ("help check", Topic::Check),
        ("demo --help", Topic::Demo),
        ("check ch05 -h", Topic::Check),
    ] {
        assert_eq!(parsed(line).expect(line), Command::Help(topic), "{line}");
    }
}

#[test]
fn check_takes_its_options_in_any_order() {
    let expected = Command::Check(Check {
        selectors: vec!["ch05/backpressure".to_owned()],
        solutions: true,
        json: true,
        replay: None,
        limit: Duration::from_millis(2500),
    });
    for line in [
        "check ch05/backpressure --solutions --json --limit 2.5",
        "check --limit=2.5 --json ch05/backpressure --solutions",
    ] {
        assert_eq!(parsed(line).expect(line), expected, "{line}");
    }
}

#[test]
fn what_is_not_understood_is_named() {
    refused("chekc", "no command `chekc`");
    refused("check --jsno", "--jsno");
    refused("list --json", "--json");
    refused("list ch05", "one word too many");
    refused("demo", "which chapter");
    refused("mutants", "which exercise");
    refused("check --limit never", "number of seconds");
    refused("check --limit -1", "number of seconds");
    refused("check --limit 1e300", "number of seconds");
    refused("check --replay", "--replay");
    refused("book ch01", "one word too many");
    refused("book --bundle a.zip b.zip", "one word too many");
    refused("book --port 80", "`--port` is for `--serve`");
    refused("book --serve --port abc", "a number from 0 to 65535");
    refused("book --serve --port 65536", "a number from 0 to 65535");
    refused("book --serve --port", "--port");
    refused("book --sevre", "--sevre");
    refused("list --serve", "--serve");
}

#[test]
fn the_bundle_may_be_named() {
    for (line, bundle) in [
        ("book", None),
        ("book --bundle", Some(None)),
        ("book --bundle a.zip", Some(Some("a.zip"))),
        ("book --bundle=a.zip", Some(Some("a.zip"))),
        ("book --bundle --limit 30", Some(None)),
    ] {
        let Command::Book(book) = parsed(line).expect(line) else {
            panic!("{line} is another command");
        };
        assert_eq!(
            book.bundle,
            bundle.map(|file| file.map(PathBuf::from)),
            "{line}"
        );
    }
}
