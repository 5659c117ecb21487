//! A lie at an address is the lie that it is in a folder.
//!
//! In: one change each, read in three ways. Out: servers in trouble (`addresses`).

use super::*;

/// A change of one published file, and the checks of which one must name it.
type Case = (&'static str, &'static str, fn(&mut Vec<u8>), &'static [&'static str]);

#[test]
fn a_lie_is_the_same_lie_in_a_folder_a_zip_and_on_a_server() {
    let (_, files) = stage();
    let cases: [Case; 12] = [
        ("over-long bundle", "tile/entries/000.p/46", |b| b.extend([0, 0]), &["INT-06"]),
        ("short bundle", "tile/entries/000.p/46", |b| b.truncate(b.len() - 1), &["INT-06"]),
        ("over-long tile", "tile/0/000.p/46", |b| b.push(0), &["INT-11"]),
        ("short tile", "tile/0/000.p/46", |b| b.truncate(b.len() - 32), &["INT-11"]),
        ("duplicate signature line", "checkpoint", |b| b.extend(last_line(b)), &["SIG-07"]),
        ("forged signature", "checkpoint", |b| respell(b, forged), &["SIG-07"]),
        (
            "a carriage return",
            "checkpoint",
            |b| respell(b, |text| text.replacen('\n', "\r\n", 1)),
            &["SIG-07"],
        ),
        (
            "leading zeros",
            "checkpoint",
            |b| respell(b, |text| text.replace("\n46\n", "\n046\n")),
            &["SIG-07"],
        ),
        ("other base64", "checkpoint", |b| respell(b, |text| other_spelling(&text, 2)), &["SIG-07"]),
        (
            "other base64 of the signature",
            "checkpoint",
            |b| respell(b, |text| other_spelling(&text, 4)),
            &["SIG-07"],
        ),
        (
            "an extension line",
            "checkpoint",
            |b| respell(b, |text| text.replacen("\n\n", "\nmore\n\n", 1)),
            &["SIG-07"],
        ),
        ("a line that is none", "checkpoint", |b| b.extend(b"and more\n"), &["SIG-07"]),
    ];
    for (name, path, change, checks) in cases {
        let mut copy = files.clone();
        change(copy.get_mut(path).unwrap());
        assert_ne!(copy[path], files[path], "{name}");
        for (code, out) in three_ways(&copy) {
            assert!(code == 1 && checks.iter().all(|check| out.contains(check)), "{name}: {code} {out}");
        }
    }
    // The line of a key that nobody knows says nothing.
    let mut copy = files.clone();
    let signer = tlog::note::NoteSigner::new("witness.example/w", &[9; 32]).unwrap();
    let text = String::from_utf8(files["checkpoint"].clone()).unwrap();
    let signed =
        signer.sign(text.split_inclusive("\n\n").next().unwrap().strip_suffix('\n').unwrap()).unwrap();
    copy.get_mut("checkpoint").unwrap().extend(last_line(signed.as_bytes()));
    for (code, out) in three_ways(&copy) {
        assert_eq!(code, 0, "{out}");
    }
}

#[test]
fn a_manifest_lists_what_is_there() {
    let (_, files) = stage();
    let path = "snapshots/1/manifest.json";
    let text = String::from_utf8(files[path].clone()).unwrap();
    let more = text
        .replace("projections/voters.json", "projections/x.json")
        .replace("tallies.json", "tallies2.json");
    let first = text.find('{').unwrap() + text[1..].find('{').unwrap() + 1;
    let next = first + text[first..].find("},").unwrap() + 2;
    let less = [&text[..first], &text[next..]].concat();
    for (name, manifest) in [("more", more), ("less", less)] {
        assert_ne!(manifest, text);
        let mut copy = files.clone();
        copy.insert(path.into(), manifest.into_bytes());
        for (code, out) in three_ways(&copy) {
            assert!(code == 1 && out.contains("PUB-01") && out.contains("SIG-07"), "{name}: {code} {out}");
        }
    }
    // A file that no manifest lists: a server shows only what is asked for, a folder and a zip show everything.
    let mut copy = files.clone();
    copy.insert("snapshots/1/projections/extra.json".into(), b"{}".to_vec());
    assert_eq!(three_ways(&copy).map(|(code, _)| code), [1, 1, 0]);
}
