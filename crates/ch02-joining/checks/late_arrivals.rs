use ch02_joining::late_arrivals::{Folder, broken, fixed};
use explore::FailureKind;

fn every_folder_counts(size: fn(Folder) -> u64) {
    let letters = Folder {
        files: 30,
        folders: Vec::new(),
    };
    let bytes = size(Folder {
        files: 5,
        folders: vec![letters],
    });
    assert!(bytes == 35, "{bytes} bytes in folders of 5 and 30");
}

#[test]
fn broken() {
    let verdict = explore::threads().explore(|| every_folder_counts(broken::size));
    verdict.expect_failure(FailureKind::Panicked);
    insta::assert_snapshot!(verdict);
}

#[test]
fn fixed() {
    let verdict = explore::threads().explore(|| every_folder_counts(fixed::size));
    verdict.expect_pass();
    insta::assert_snapshot!(verdict);
}
