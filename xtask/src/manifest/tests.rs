use super::*;

#[track_caller]
fn toml(text: &str) -> Table {
    basic_toml::from_str(text).expect(text)
}

#[test]
fn what_is_written_reads_as_it_was() {
    let text =
        "a = 1\nb = [true, 2.5]\n[c]\nd = \"q\\\"\\\\ \\n é \\u007f\"\n[c.\"e f\"]\ng = {}\n";
    let table = toml(text);
    let lines: String = table
        .iter()
        .map(|(key, value)| format!("{key} = {}\n", inline(value)))
        .collect();
    assert_eq!(toml(&lines), table, "{lines}");
}

impl Root {
    /// The manifest of a workshop that is not on the disk.
    pub fn of(dir: &str, text: &str) -> Self {
        Self {
            dir: PathBuf::from(dir),
            table: toml(text),
        }
    }
}

#[test]
fn what_is_inherited_is_written_out() {
    let root = Root::of(
        "/workshop",
        "[workspace.dependencies]\n\
         plain = \"1.2\"\n\
         full = { version = \"3\", default-features = false, features = [\"a\"] }\n\
         near = { path = \"crates/near\" }\n",
    );
    for (name, spec, expected) in [
        ("plain", "workspace = true", "version = \"1.2\"\n"),
        ("plain", "version = \"9\"", "version = \"9\"\n"),
        (
            "full",
            "workspace = true\nfeatures = [\"b\"]",
            "default-features = false\nfeatures = [\"a\", \"b\"]\nversion = \"3\"\n",
        ),
        (
            "near",
            "workspace = true",
            "path = \"/workshop/crates/near\"\n",
        ),
    ] {
        let spec = toml(spec);
        let real = root
            .real(name, &Value::Object(spec.clone()))
            .expect("known");
        assert_eq!(real, Value::Object(toml(expected)), "{name}: {spec:?}");
    }
    let inherits = Table::from_iter([("workspace".to_owned(), Value::Bool(true))]);
    assert!(root.real("unknown", &Value::Object(inherits)).is_err());
}

#[test]
fn every_stand_in_has_one_name_in_the_program() {
    for (name, package) in STAND_INS {
        assert_eq!(stand_in(name), Some(package));
        assert!(!PLAIN.contains(&name), "{name} would be passed through");
    }
    assert_eq!(stand_in("serde"), None);
}

#[test]
fn a_manifest_names_the_real_world_or_none() {
    let asked = |text: &str| asks_for_real(&toml(text));
    let world = "[package.metadata.workshop]\nworld = ";
    assert!(!asked("[package]\nname = \"a\"\n").expect("fine"));
    assert!(asked(&format!("{world}\"real\"\n")).expect("fine"));
    assert!(asked(&format!("{world}\"tasks\"\n")).is_err());
    assert!(asked(&format!("{world}true\n")).is_err());
}
