//! The bundle is the book, all of it, and nothing else.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use bookbinder::bundle::bundle;
use zip::ZipArchive;

const FILES: [(&str, &[u8]); 4] = [
    ("index.html", b"<h1>Read this first</h1>"),
    ("picture ä.png", &[0, 159, 146, 150]),
    ("start/deep/empty.js", b""),
    ("start/map.html", &[b'a'; 100_000]),
];

/// A small book in `html`, in a directory of its own.
fn book(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    // Written from the last to the first: what the system lists first must not count.
    for (file, bytes) in FILES.iter().rev() {
        let path = dir.join("html").join(file);
        fs::create_dir_all(path.parent().expect("a directory")).expect("can be written to");
        fs::write(path, bytes).expect("can be written to");
    }
    dir
}

#[test]
fn what_is_unpacked_elsewhere_is_the_book() {
    let dir = book("unpacked");
    let file = dir.join("book.zip");
    let packed = bundle(&dir.join("html"), &file).expect("can be packed");
    assert_eq!((packed.files, &packed.file), (FILES.len(), &file));
    assert_eq!(packed.size, fs::metadata(&file).expect("a file").len());
    assert!(packed.size < 10_000, "{} bytes", packed.size);
    let said = packed.to_string();
    assert!(said.contains("book.zip (0.0 MB, 4 files)"), "{said}");

    let mut zip = ZipArchive::new(File::open(&file).expect("a file")).expect("a zip file");
    assert_eq!(zip.len(), FILES.len());
    let elsewhere = dir.join("elsewhere");
    zip.extract(&elsewhere).expect("can be unpacked");
    for (name, bytes) in FILES {
        let path = elsewhere.join("workshop-book").join(name);
        let found = fs::read(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(found == bytes, "{name} is another file");
    }
    // No half of a bundle stays.
    assert!(!dir.join("book.zip.half").exists());
}

#[test]
fn the_same_book_gives_the_same_bytes() {
    let (one, two) = (book("one"), book("two"));
    let bytes = |dir: &Path| {
        bundle(&dir.join("html"), &dir.join("book.zip")).expect("can be packed");
        fs::read(dir.join("book.zip")).expect("a file")
    };
    assert!(bytes(&one) == bytes(&two));
    // Over one that is there.
    assert!(bytes(&one) == bytes(&two));
    fs::write(two.join("html/index.html"), "another").expect("can be written to");
    assert!(bytes(&one) != bytes(&two));
}

#[test]
fn where_it_cannot_go_is_named() {
    let dir = book("nowhere");
    let html = dir.join("html");
    fs::write(dir.join("README.md"), "# Mine\n").expect("can be written to");
    for (file, because) in [
        (dir.join("none/book.zip"), "is the directory there?"),
        (dir.clone(), "is a directory"),
        (html.join("start/book.zip"), "inside the book itself"),
        (dir.join("README.md"), "is no zip file"),
        (dir.join("README.md/book.zip"), "cannot write the bundle"),
    ] {
        let error = bundle(&html, &file).expect_err("it cannot be written");
        let said = format!("{error:#}");
        assert!(said.contains(because), "{}: {said}", file.display());
    }
    let mine = fs::read_to_string(dir.join("README.md"));
    assert_eq!(mine.expect("still there"), "# Mine\n");
    let error = bundle(&dir.join("none"), &dir.join("book.zip")).expect_err("there is no book");
    assert!(error.to_string().contains("`cargo xtask book` makes it"));
}
