//! `bundle`: the whole book in one zip file, for those who have no network.
//!
//! The same book gives the same bytes: files are sorted, and have no times.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The directory that the book is in when it is unpacked.
const TOP: &str = "workshop-book";
/// How a zip file begins.
const MAGIC: &[u8] = b"PK";

/// What was packed.
#[derive(Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Where it is.
    pub file: PathBuf,
    /// How large that is, in bytes.
    pub size: u64,
    /// How many files are in it.
    pub files: usize,
}

impl fmt::Display for Bundle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Nobody needs it more exactly, and few have books of more than 9 PB.
        #[expect(clippy::cast_precision_loss, reason = "it is rounded anyway")]
        let megabytes = self.size as f64 / 1e6;
        let (file, files) = (self.file.display(), self.files);
        write!(
            f,
            "the bundle is {file} ({megabytes:.1} MB, {files} files): unpack it, and open \
             {TOP}/index.html"
        )
    }
}

/// Packs a finished book.
///
/// # Errors
/// When there is no book, or the file cannot be written.
pub fn bundle(out: &Path, file: &Path) -> Result<Bundle> {
    if !out.join("index.html").is_file() {
        bail!(
            "there is no book at {}; `cargo xtask book` makes it",
            out.display()
        );
    }
    let context = || format!("cannot write the bundle to {}", file.display());
    may_write(out, file)?;
    let mut names = Vec::new();
    list(out, "", &mut names)?;
    names.sort();
    // Beside it first, so that a bundle is whole or not there.
    let mut half = file.as_os_str().to_owned();
    half.push(".half");
    let half = PathBuf::from(half);
    let packed = pack(out, &names, &half).and_then(|()| {
        fs::rename(&half, file)?;
        Ok(fs::metadata(file)?.len())
    });
    match packed {
        Ok(size) => Ok(Bundle {
            file: file.to_owned(),
            size,
            files: names.len(),
        }),
        Err(error) => {
            let _ = fs::remove_file(&half);
            Err(error).with_context(context)
        }
    }
}

/// A name that was mistyped must not cost a file that is something else.
fn may_write(out: &Path, file: &Path) -> Result<()> {
    let shown = file.display();
    if file.is_dir() {
        bail!("{shown} is a directory; name a file in it, such as {TOP}.zip");
    }
    let dir = match file.parent() {
        Some(dir) if !dir.as_os_str().is_empty() => dir,
        _ => Path::new("."),
    };
    let dir = dir
        .canonicalize()
        .with_context(|| format!("cannot write the bundle to {shown}: is the directory there?"))?;
    if out.canonicalize().is_ok_and(|out| dir.starts_with(out)) {
        bail!("{shown} is inside the book itself; name a file elsewhere");
    }
    let mut start = Vec::new();
    if let Ok(old) = File::open(file) {
        old.take(MAGIC.len() as u64)
            .read_to_end(&mut start)
            .with_context(|| format!("cannot read {shown}"))?;
    }
    if !start.is_empty() && start != MAGIC {
        bail!("{shown} is there already, and is no zip file; name another one, or remove it");
    }
    Ok(())
}

/// The names of all files in the book, with `/`.
fn list(dir: &Path, prefix: &str, names: &mut Vec<String>) -> Result<()> {
    let context = || format!("cannot look into {}", dir.display());
    for entry in fs::read_dir(dir).with_context(context)? {
        let entry = entry.with_context(context)?;
        let name = entry.file_name();
        let name = name.to_str().with_context(|| {
            format!("{} has a name that is not Unicode", entry.path().display())
        })?;
        let name = format!("{prefix}{name}");
        if entry.path().is_dir() {
            list(&entry.path(), &format!("{name}/"), names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

fn pack(out: &Path, names: &[String], file: &Path) -> Result<()> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(6))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut zip = ZipWriter::new(BufWriter::new(File::create(file)?));
    for name in names {
        zip.start_file(format!("{TOP}/{name}"), options)?;
        let mut source = File::open(out.join(name))
            .with_context(|| format!("cannot read {}", out.join(name).display()))?;
        io::copy(&mut source, &mut zip)?;
    }
    zip.finish()?.flush()?;
    Ok(())
}
