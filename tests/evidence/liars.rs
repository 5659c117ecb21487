//! The three liars of the demo: each is caught again by the program alone, with the files that the demo left.

use std::{collections::BTreeMap, fs, path::Path};

use crate::commands::run;

/// What the demo told of them, and what stands in its folder.
pub(crate) fn of_the_demo(dir: &Path, story: &str) {
    let at = |inner: &str| dir.join(inner).display().to_string();
    for words in ["1. The operator", "2. An insider", "3. Both together", "it refuses", "refused, PRO-"] {
        assert!(story.contains(words), "{words} is not in\n{story}");
    }
    let mut proved: BTreeMap<String, usize> = BTreeMap::new();
    for file in fs::read_dir(at("liars/evidence")).unwrap() {
        let file = file.unwrap().path().display().to_string();
        let (code, out, err) = run(&["evidence", "verify", &file, "--json"]);
        let json: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(code, 0, "{file}: {err}");
        *proved.entry(json["kind"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    let expected = [("author-fork".to_owned(), 1), ("split-view".to_owned(), 2)];
    assert_eq!(proved, expected.into());
    // Alone, both rewritten ledgers hold; what others kept shows each.
    for (folder, option, kept, code) in [
        ("liars/operator", "--pin", "liars/noted-on-the-night", 1),
        ("liars/another-view", "--mirror", "published", 1),
        ("published", "--mirror", "liars/another-view", 1),
        ("published", "--qr", "liars/sheet-on-the-wall.txt", 1),
    ] {
        let (found, out, err) = run(&["verify", &at(folder), option, &at(kept)]);
        assert_eq!(found, code, "{folder} {option} {kept}\n{out}{err}");
    }
    for folder in ["liars/operator", "liars/another-view"] {
        assert_eq!(run(&["verify", &at(folder)]).0, 0, "{folder}");
    }
}
