//! What operators are handed: alerts and pictures name figures that the program has, each alert has its row in the runbook, units start commands
//! that there are; completions, pages of the manual, and a release that is signed.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use crate::commands::run;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// Words that begin so, of letters, digits and underscores.
fn words_from(text: &str, beginning: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    words
        .filter(|word| word.starts_with(beginning) && word.len() > beginning.len())
        .map(str::to_owned)
        .collect()
}

/// The metrics that a file of the node registers, as Prometheus reads them.
fn registered(path: &str, prefix: &str) -> BTreeSet<String> {
    let source = read(path);
    let mut names = BTreeSet::new();
    for (at, _) in source.match_indices("to.register") {
        let call = &source[at..at + source[at..].find(';').unwrap()];
        let name = call.split('"').nth(1).unwrap();
        let unit = if call.contains("Unit::Seconds") { "_seconds" } else { "" };
        for ending in ["", "_total", "_bucket", "_sum", "_count"] {
            names.insert(format!("{prefix}_{name}{unit}{ending}"));
        }
    }
    assert!(names.len() > 40, "{names:?}");
    names
}

#[test]
fn every_figure_of_alerts_and_pictures_is_one_of_the_program() {
    let mut known = registered("crates/node/src/metrics.rs", "hattama");
    known.extend(registered("crates/node/src/witness/metrics.rs", "hattama_witness"));
    known.extend(words_from(&read("crates/cli/src/command/ledger/backup.rs"), "hattama_backup_"));
    for file in ["ops/prometheus/alerts.yml", "ops/grafana/dashboard.json"] {
        let named = words_from(&read(file), "hattama_");
        assert!(named.len() > 10, "{file}");
        let unknown: Vec<_> = named.difference(&known).collect();
        assert!(unknown.is_empty(), "{file}: {unknown:?}");
    }
}

#[test]
fn every_alert_has_a_row_in_the_runbook_and_every_figure_to_watch_an_alert() {
    let alerts = read("ops/prometheus/alerts.yml");
    let names: BTreeSet<String> =
        alerts.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")).map(str::to_owned).collect();
    let runbook = read("docs/runbook.md");
    let rows: BTreeSet<String> = runbook
        .lines()
        .filter_map(|line| line.strip_prefix("| `Hattama")?.split_once('`'))
        .map(|(name, _)| format!("Hattama{name}"))
        .collect();
    assert_eq!(names, rows);
    let operations = read("docs/operations.md");
    let table = operations.split("\n## ").find(|section| section.starts_with("8. Watching")).unwrap();
    let watched = table.lines().filter_map(|line| line.strip_prefix("| `hattama_"));
    let watched: Vec<_> = watched.map(|rest| rest.split(['`', '{']).next().unwrap()).collect();
    assert!(watched.len() > 10, "{watched:?}");
    for name in watched {
        assert!(alerts.contains(&format!("hattama_{name}")), "no alert of hattama_{name}");
    }
}

#[test]
fn units_start_commands_with_words_that_there_are() {
    let folder = root().join("ops/systemd");
    let sources: String = ["serve", "publisher", "witness", "watch", "ledger/backup"]
        .iter()
        .map(|name| read(&format!("crates/cli/src/command/{name}.rs")))
        .chain([
            read("crates/cli/src/anchoring.rs"),
            read("crates/cli/src/signing.rs"),
            read("crates/cli/src/keyfile.rs"),
        ])
        .collect();
    let mut started = 0;
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let Some(line) = text.lines().find_map(|line| line.strip_prefix("ExecStart=/usr/bin/hattama "))
        else {
            continue;
        };
        let words: Vec<&str> = line.split(' ').collect();
        let command: Vec<&str> =
            words.iter().copied().take_while(|word| word.bytes().all(|b| b.is_ascii_lowercase())).collect();
        let (code, help, err) = run(&[&command[..], &["--help"]].concat());
        assert_eq!(code, 0, "{line}: {err}");
        for word in words.iter().filter(|word| word.starts_with("--")) {
            assert!(help.contains(word), "{}: {word}", path.display());
        }
        // HATTAMA_WATCHED is a word of the unit itself.
        for name in words_from(&text, "HATTAMA_").iter().filter(|name| *name != "HATTAMA_WATCHED") {
            assert!(sources.contains(name.as_str()), "{}: {name}", path.display());
        }
        started += 1;
    }
    assert_eq!(started, 5);
}

#[test]
fn a_shell_completes_and_the_manual_has_a_page_for_each_command() {
    for (shell, says) in
        [("bash", "_hattama()"), ("zsh", "#compdef hattama"), ("fish", "complete -c hattama")]
    {
        let (code, script, err) = run(&["completions", shell]);
        assert!(
            code == 0 && script.contains(says) && script.contains("rebuild-head"),
            "{shell} {code} {err}"
        );
    }
    assert_eq!(run(&["completions", "cmd"]).0, 64);
    let dir = tempfile::tempdir().unwrap();
    let to = dir.path().join("man");
    let (code, _, err) = run(&["man", "--to", to.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    for page in ["hattama.1", "hattama-serve.1", "hattama-ledger-backup.1", "hattama-witness-serve.1"] {
        let text = fs::read_to_string(to.join(page)).unwrap();
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"), "{page}: {text}");
    }
}

#[test]
fn a_release_is_signed_and_a_changed_file_of_it_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).to_str().unwrap().to_owned();
    crate::serve::key_file(&dir.path().join("key.pem"), &[7; 32]);
    fs::write(at("hattama"), "the program").unwrap();
    let sums = format!(
        "{}  hattama\n{}  verify.html\n",
        event::sha256(&[b"the program"]),
        event::sha256(&[b"a page"])
    );
    fs::write(at("SHA256SUMS"), &sums).unwrap();
    let sign = |sums: &str| {
        run(&[
            "release",
            "sign",
            sums,
            "--key",
            &at("key.pem"),
            "--name",
            "release.example",
            "--to",
            &at("SHA256SUMS.note"),
        ])
    };
    let (code, key, err) = sign(&at("SHA256SUMS"));
    assert_eq!(code, 0, "{err}");
    let check = |key: &str| run(&["release", "check", &at("SHA256SUMS.note"), "--key", key.trim()]);
    let (code, out, err) = check(&key);
    assert!(code == 0 && out.contains("1 files are as it says, 1 are not here"), "{code} {out}{err}");
    fs::write(at("verify.html"), "another page").unwrap();
    let (code, _, err) = check(&key);
    assert!(code == 1 && err.contains("not the file of this release"), "{code} {err}");
    fs::write(at("verify.html"), "a page").unwrap();
    assert_eq!(check(&key).0, 0);
    // Another key, another hash in the note, something else to be signed.
    let other = tlog::note::NoteSigner::new("release.example", &[8; 32]).unwrap();
    assert_eq!(check(&other.verifier_key().encode()).0, 1);
    assert_eq!(check("nonsense").0, 64);
    let note = fs::read_to_string(at("SHA256SUMS.note")).unwrap();
    assert!(note.starts_with("hattama-release-v1\n"), "{note}");
    fs::write(at("SHA256SUMS.note"), note.replacen("  hattama\n", "  hattamb\n", 1)).unwrap();
    assert_eq!(check(&key).0, 1);
    for wrong in ["hattama-event-v1\nledger x\n", "", &sums.replace("verify.html", "../verify.html")] {
        fs::write(at("wrong"), wrong).unwrap();
        let (code, _, err) = sign(&at("wrong"));
        assert!(code == 2 && err.contains("lines of sha256sum"), "{code} {err}");
    }
    let (code, version, _) = run(&["--version"]);
    assert!(code == 0 && version.starts_with(concat!("hattama ", env!("CARGO_PKG_VERSION"))), "{version}");
}
