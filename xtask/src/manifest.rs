//! Manifests: what a subject may use, and what the root settles for all.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// What a program may name, and the package that stands in for it in the judge.
const STAND_INS: [(&str, &str); 9] = [
    ("std", "model-std"),
    ("core", "model-core"),
    ("tokio", "model-tokio"),
    ("tokio-util", "model-tokio-util"),
    ("tokio-stream", "model-tokio-stream"),
    ("futures", "model-futures"),
    ("parking_lot", "model-parking-lot"),
    ("crossbeam", "model-crossbeam"),
    ("rand", "model-rand"),
];

/// Crates that a subject may use as they are: nothing in them synchronises, so that nothing is
/// hidden from the explorer.
const PLAIN: [&str; 8] = [
    "anyhow",
    "async-trait",
    "bytes",
    "futures-core",
    "pin-project-lite",
    "serde",
    "serde_json",
    "thiserror",
];

/// Crates that only benches use. The judge runs none, and need not build them.
const FOR_BENCHES: [&str; 1] = ["criterion"];

/// A table of TOML. TOML has dates beside what JSON has, and no manifest has dates.
pub type Table = serde_json::Map<String, Value>;

/// The manifest at the root of the workshop.
pub struct Root {
    dir: PathBuf,
    table: Table,
}

/// The dependencies of a judge package.
pub struct Dependencies {
    /// For the library and the tests.
    pub both: Table,
    /// For the tests only.
    pub tests: Table,
}

/// Why a subject's dependencies cannot be had in the judge.
pub struct Unfollowable(pub String);

impl Root {
    /// Reads the root manifest.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(dir: &Path) -> Result<Self> {
        Ok(Self {
            dir: dir.to_owned(),
            table: read(&dir.join("Cargo.toml"))?,
        })
    }

    /// The profiles, so that the judge builds as the workspace does.
    pub fn profiles(&self) -> Table {
        self.table
            .get("profile")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default()
    }

    /// A package of the workshop itself, by its path.
    fn own(&self, package: &str) -> Option<Table> {
        let dir = match self
            .shared(package)
            .and_then(|spec| spec.get("path")?.as_str())
        {
            Some(path) => self.dir.join(path),
            None => self.dir.join("crates").join("stand-ins").join(package),
        };
        let path = dir
            .join("Cargo.toml")
            .is_file()
            .then(|| dir.to_string_lossy().into_owned())?;
        Some(Table::from_iter([
            ("package".to_owned(), Value::String(package.to_owned())),
            ("path".to_owned(), Value::String(path)),
        ]))
    }

    fn shared(&self, name: &str) -> Option<&Value> {
        self.table.get("workspace")?.get("dependencies")?.get(name)
    }

    /// What a subject with this manifest gets in the judge: stand-ins under the names that the
    /// program knows. Its tests get the `tools` as well.
    ///
    /// # Errors
    /// When the manifest cannot be read. The inner error is for crates that the explorer cannot
    /// look into.
    pub fn judged(
        &self,
        manifest: &Path,
        tools: &[&str],
    ) -> Result<Result<Dependencies, Unfollowable>> {
        let table = read(manifest)?;
        let mut both = Table::new();
        for name in ["std", "core"] {
            if let Some(spec) = stand_in(name).and_then(|package| self.own(package)) {
                both.insert(name.to_owned(), Value::Object(spec));
            }
        }
        for (name, spec) in section(&table, "dependencies") {
            let spec = match stand_in(name) {
                Some(package) => Value::Object(self.own(package).with_context(|| {
                    format!("crates/stand-ins/{package} is missing; `git restore` brings it back")
                })?),
                None if PLAIN.contains(&name.as_str()) => self.real(name, spec)?,
                None => return Ok(Err(Unfollowable(name.clone()))),
            };
            both.insert(name.clone(), spec);
        }
        let mut tests = Table::new();
        for (name, spec) in section(&table, "dev-dependencies") {
            if stand_in(name).is_none() && !FOR_BENCHES.contains(&name.as_str()) {
                tests.insert(name.clone(), self.real(name, spec)?);
            }
        }
        tests.extend(self.tools(tools)?);
        Ok(Ok(Dependencies { both, tests }))
    }

    /// What a subject with this manifest gets for the real world: the real crates. Its tests get
    /// the `tools` as well.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn unmodelled(&self, manifest: &Path, tools: &[&str]) -> Result<Dependencies> {
        let table = read(manifest)?;
        let mut tests = self.reals(&table, "dev-dependencies")?;
        tests.extend(self.tools(tools)?);
        Ok(Dependencies {
            both: self.reals(&table, "dependencies")?,
            tests,
        })
    }

    fn tools(&self, names: &[&str]) -> Result<Table> {
        let inherits = Value::Object(Table::from_iter([("workspace".to_owned(), true.into())]));
        let tools = names.iter();
        tools
            .map(|name| Ok(((*name).to_owned(), self.real(name, &inherits)?)))
            .collect()
    }

    fn reals(&self, table: &Table, section_name: &str) -> Result<Table> {
        section(table, section_name)
            .map(|(name, spec)| Ok((name.clone(), self.real(name, spec)?)))
            .collect()
    }

    /// What a subject with this manifest gets outside the judge: the real crates.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub fn plain(&self, manifest: &Path) -> Result<Table> {
        self.reals(&read(manifest)?, "dependencies")
    }

    /// The specification of a dependency on its own: what it inherits is written out, and its
    /// path is absolute.
    fn real(&self, name: &str, spec: &Value) -> Result<Value> {
        let Some(own) = spec.as_object().filter(|own| own.contains_key("workspace")) else {
            return Ok(spec.clone());
        };
        let mut merged = match self.shared(name) {
            Some(Value::String(version)) => {
                Table::from_iter([("version".to_owned(), Value::String(version.clone()))])
            }
            Some(Value::Object(shared)) => shared.clone(),
            _ => bail!("the root Cargo.toml has no `{name}` in [workspace.dependencies]; add it"),
        };
        if let Some(path) = merged.get("path").and_then(Value::as_str) {
            let path = self.dir.join(path).to_string_lossy().into_owned();
            merged.insert("path".to_owned(), Value::String(path));
        }
        for (key, value) in own.iter().filter(|(key, _)| *key != "workspace") {
            match (merged.get_mut(key), value) {
                (Some(Value::Array(had)), Value::Array(more)) => had.extend(more.iter().cloned()),
                _ => {
                    merged.insert(key.clone(), value.clone());
                }
            }
        }
        Ok(Value::Object(merged))
    }
}

/// The name of a package.
///
/// # Errors
/// When the manifest cannot be read.
pub fn package_name(manifest: &Path) -> Result<String> {
    let table = read(manifest)?;
    let name = table
        .get("package")
        .and_then(|package| package.get("name")?.as_str());
    let name = name.with_context(|| format!("{} names no package", manifest.display()))?;
    Ok(name.to_owned())
}

/// Whether a package belongs into the real world: its manifest says `world = "real"` under
/// `[package.metadata.workshop]`.
///
/// # Errors
/// When the manifest cannot be read, or names a world that it need not name.
pub fn is_real(manifest: &Path) -> Result<bool> {
    asks_for_real(&read(manifest)?).with_context(|| manifest.display().to_string())
}

fn asks_for_real(table: &Table) -> Result<bool> {
    let world = table.get("package").and_then(|package| {
        let workshop = package.get("metadata")?.get("workshop")?;
        workshop.get("world")
    });
    match world.map(Value::as_str) {
        None => Ok(false),
        Some(Some("real")) => Ok(true),
        Some(_) => bail!(
            "the only `world` that a manifest names is \"real\"; the tests choose among the others"
        ),
    }
}

/// The names of the crates that a package depends on.
///
/// # Errors
/// When the manifest cannot be read.
pub fn dependency_names(manifest: &Path) -> Result<Vec<String>> {
    let table = read(manifest)?;
    Ok(section(&table, "dependencies")
        .map(|(name, _)| name.clone())
        .collect())
}

/// Reads a TOML file.
///
/// # Errors
/// When it is missing or not TOML.
pub fn read(path: &Path) -> Result<Table> {
    let text = fs::read_to_string(path).with_context(|| {
        format!(
            "cannot read {}; `git restore` brings a lost file back",
            path.display()
        )
    })?;
    basic_toml::from_str(&text).with_context(|| format!("{} is not valid TOML", path.display()))
}

/// Writes a value as TOML, on one line.
pub fn inline(value: &Value) -> String {
    match value {
        Value::Object(table) => {
            let entries: Vec<String> = table
                .iter()
                .map(|(key, value)| format!("{} = {}", quoted(key), inline(value)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(inline).collect();
            format!("[{}]", values.join(", "))
        }
        Value::String(text) => quoted(text),
        // TOML has no null, and none was read.
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

/// A basic string. TOML escapes as JSON does, but for one character that JSON leaves alone.
fn quoted(text: &str) -> String {
    Value::String(text.to_owned())
        .to_string()
        .replace('\u{7f}', "\\u007f")
}

fn stand_in(name: &str) -> Option<&'static str> {
    STAND_INS
        .iter()
        .find(|(real, _)| *real == name)
        .map(|(_, package)| *package)
}

fn section<'t>(table: &'t Table, name: &str) -> impl Iterator<Item = (&'t String, &'t Value)> {
    table
        .get(name)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests;
