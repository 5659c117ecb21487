//! Static servers, good and bad: what comes over the net is judged like a folder, and no server can hold a reader up.
//!
//! In: misbehaving servers, tampered tiles and checkpoints on them. Out: the server itself (`site`), what an address may
//! be (`named`).

mod lies;

use std::time::Instant;

use verifier::{
    Content, Verdict,
    address::{self, AddressError},
    limits::Limits,
};

use crate::{
    commands::run,
    demo_folder::demo_folder,
    named::{Files, stage, three_ways},
    scene::verify,
    site::{Answer, Site},
};

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut packer = flate2::read::GzEncoder::new(bytes, flate2::Compression::best());
    std::io::copy(&mut packer, &mut out).unwrap();
    out
}

const GZIP: &str = "Content-Encoding: gzip\r\n";

/// Through the program: what it says of a server.
fn told(site: &Site) -> (i32, String, String) {
    run(&["verify", &site.address, "--json"])
}

#[track_caller]
fn verified(site: &Site) {
    let (code, out, err) = told(site);
    assert!(code == 0 && out.contains("\"verdict\": \"VERIFIED\""), "{code} {out}{err}");
}

/// Nothing can be said of the ledger, and one line says why.
#[track_caller]
fn untold(site: &Site, says: &str) {
    let (code, out, err) = told(site);
    let first = err.lines().next().unwrap_or_default();
    assert!(
        code == 2 && out.is_empty() && first.contains(says) && first.contains("expected"),
        "{code} {out}{err}"
    );
    assert!(first.contains(&site.address), "{err}");
}

#[track_caller]
fn files_of(site: &Site, limits: &Limits) -> Result<Files, AddressError> {
    let Content::Published(files) = address::read_address(&site.address, limits)?.content else { panic!() };
    Ok(files)
}

#[test]
fn every_file_comes_and_nothing_else_is_asked_for() {
    let (_, files) = stage();
    let site = Site::honest(files.clone());
    assert_eq!(files_of(&site, &Limits::default()).unwrap(), *files);
    let asked = site.asked();
    assert_eq!(asked.first().map(String::as_str), Some("checkpoint"));
    assert!(asked.iter().all(|path| files.contains_key(path)), "{asked:?}");
    assert_eq!(asked.len(), files.len(), "{asked:?}");
}

#[test]
fn gzip_is_unpacked_whether_asked_for_or_not() {
    let (_, files) = stage();
    let own = files.clone();
    let site = Site::new(files.clone(), move |path, _| match own.get(path) {
        Some(bytes) => Answer::Body(GZIP, packed(bytes)),
        None => Answer::Honest,
    });
    verified(&site);
    let small = Limits { file_bytes: 1 << 20, ..Limits::default() };
    let bomb = packed(&vec![0; 64 << 20]);
    let site = Site::new(files.clone(), move |path, _| match path {
        "tile/0/000.p/46" => Answer::Body(GZIP, bomb.clone()),
        _ => Answer::Honest,
    });
    assert!(matches!(files_of(&site, &small), Err(AddressError::TooLarge { max: 1_048_576, .. })));
    // Empty gzip members without end bring forth nothing, and are not waited for.
    let site = Site::new(files.clone(), |path, _| match path {
        "tile/0/000.p/46" => Answer::Endless(GZIP, packed(b"").repeat(1000)),
        _ => Answer::Honest,
    });
    assert!(matches!(files_of(&site, &small), Err(AddressError::Broken { .. })));
    for (headers, says) in [(GZIP, "breaks off"), ("Content-Encoding: br\r\n", "the encoding \"br\"")] {
        let site = Site::new(files.clone(), move |path, _| match path {
            "checkpoint" => Answer::Body(headers, b"neither".to_vec()),
            _ => Answer::Honest,
        });
        untold(&site, says);
    }
}

#[test]
fn a_page_for_people_is_named() {
    let page = b"\n<!DOCTYPE html><html><head><title>Welcome to\x1b nginx!</title></head></html>".to_vec();
    let (_, files) = stage();
    let site = Site::new(Files::new(), move |_, _| Answer::Body("", page.clone()));
    untold(&site, "found the web page \"Welcome to nginx!\"");
    // In the middle too: some servers send a page, with status 200, for what they do not have.
    let site = Site::new(files.clone(), |path, _| match path {
        "tile/0/000.p/46" => Answer::Body("Content-Type: text/html\r\n", b"<HTML><body>Oops".to_vec()),
        _ => Answer::Honest,
    });
    let (code, _, err) = told(&site);
    assert!(
        code == 2 && err.contains("tile/0/000.p/46, found a web page") && err.contains("hint: "),
        "{err}"
    );
    untold(&Site::honest(Files::new()), "no file `checkpoint`");
}

#[test]
fn a_server_in_trouble_is_asked_once_more_and_then_named() {
    let (_, files) = stage();
    for status in [500, 503, 418] {
        let site = Site::new(files.clone(), move |path, _| match path {
            "tile/entries/000.p/46" => Answer::Status(status, String::new()),
            _ => Answer::Honest,
        });
        untold(&site, &format!("found {status}"));
    }
    let site = Site::new(files.clone(), |_, before| match before {
        0 => Answer::Status(503, String::new()),
        _ => Answer::Honest,
    });
    verified(&site);
    let own = files.clone();
    let early = Site::new(files.clone(), move |path, _| match path {
        "tile/entries/000.p/46" => Answer::Early(own[path].clone()),
        _ => Answer::Honest,
    });
    untold(&early, "breaks off");
    let silent = Site::new(files.clone(), |_, _| Answer::Silence);
    let begun = Instant::now();
    let error = files_of(&silent, &Limits { seconds: 1, ..Limits::default() }).unwrap_err();
    assert!(matches!(error, AddressError::Connect { .. } | AddressError::Late { .. }), "{error}");
    assert!(begun.elapsed().as_secs() < 10);
    let (code, _, err) = run(&["verify", "http://127.0.0.1:1/log"]);
    assert!(
        code == 2 && err.contains("http://127.0.0.1:1/log/checkpoint") && err.contains("try again"),
        "{err}"
    );
}

#[test]
fn redirects_stay_on_the_host() {
    let (_, files) = stage();
    let to = |location: &str| Answer::Status(302, format!("Location: {location}\r\n"));
    let moved = files.iter().map(|(path, bytes)| (format!("moved/{path}"), bytes.clone())).collect();
    let site = Site::new(moved, move |path, _| match path {
        path if path.starts_with("moved/") => Answer::Honest,
        path => to(&format!("/log/moved/{path}")),
    });
    verified(&site);
    let other = Site::honest(files.clone());
    let target = other.address.clone();
    for (location, says) in [
        (format!("{target}/checkpoint"), target.as_str()),
        ("//example.org/checkpoint".to_owned(), "//example.org"),
        ("https://example.org/checkpoint".to_owned(), "example.org"),
        ("ftp://127.0.0.1/x".to_owned(), "ftp://"),
        (String::new(), "found one to \"\""),
    ] {
        let site = Site::new(files.clone(), move |_, _| to(&location));
        untold(&site, says);
    }
    assert!(other.asked().is_empty(), "nobody named that host");
    let circle = Site::new(files.clone(), move |_, _| to("/log/checkpoint"));
    untold(&circle, "at most 4 redirects");
}

#[test]
fn no_server_takes_more_than_the_limits() {
    let (_, files) = stage();
    let endless = Site::new(files.clone(), |_, _| Answer::Endless("", vec![b'x'; 1 << 16]));
    untold(&endless, "at most 1048576 bytes");
    let later = Site::new(files.clone(), |path, _| match path {
        "tile/entries/000.p/46" => Answer::Endless("", vec![b'x'; 1 << 16]),
        _ => Answer::Honest,
    });
    let small = Limits { file_bytes: 1 << 20, ..Limits::default() };
    assert!(matches!(files_of(&later, &small), Err(AddressError::TooLarge { .. })));
    let site = Site::honest(files.clone());
    let total = files.values().map(Vec::len).sum::<usize>() as u64;
    assert!(files_of(&site, &Limits { total_bytes: total, ..Limits::default() }).is_ok());
    let error = files_of(&site, &Limits { total_bytes: total - 1, ..Limits::default() }).unwrap_err();
    assert!(matches!(error, AddressError::TotalTooLarge { .. }), "{error}");
    let error = files_of(&site, &Limits { files: files.len() as u64 - 1, ..Limits::default() }).unwrap_err();
    assert!(matches!(error, AddressError::TooMany { .. }), "{error}");
}

/// The checkpoint of the scene with another size, signed by the scene's log key.
fn signed(size: u64) -> Vec<u8> {
    let origin = "test.example/hattama/scene".to_owned();
    let signer = tlog::note::NoteSigner::new(&origin, &demo::cast::Cast::new("scene").secret("log")).unwrap();
    let checkpoint = tlog::checkpoint::Checkpoint { origin, size, root: [7; 32], extensions: Vec::new() };
    checkpoint.sign(&signer).unwrap().into_bytes()
}

#[test]
fn a_size_is_only_a_claim() {
    let (_, files) = stage();
    for size in [1, 47, 257, 1 << 20, 1 << 60, i64::MAX.unsigned_abs()] {
        let mut copy = files.clone();
        copy.insert("checkpoint".into(), signed(size));
        // The bundle is there under every name, so the claim is followed one step.
        let bundle = tlog::tile::encode_bundle(&vec![b"entry"; 256]).unwrap();
        copy.insert("tile/entries/000".into(), bundle);
        let site = Site::honest(copy.clone());
        let begun = Instant::now();
        let report = verify(&address::read_address(&site.address, &Limits::default()).unwrap(), &[]);
        assert_ne!(report.verdict(), Verdict::Verified, "{size}");
        assert_ne!(report.verdict(), Verdict::VerifiedWithWarnings, "{size}");
        assert!(begun.elapsed().as_secs() < 20 && site.asked().len() < 120, "{size}: {}", site.asked().len());
    }
    // A server that has every bundle there could be is stopped by the limits.
    let bundle = tlog::tile::encode_bundle(&vec![b""; 256]).unwrap();
    let site = Site::new(Files::from([("checkpoint".into(), signed(1 << 60))]), move |path, _| {
        if path.starts_with("tile/entries/") { Answer::Body("", bundle.clone()) } else { Answer::Honest }
    });
    let error = files_of(&site, &Limits { files: 2000, ..Limits::default() }).unwrap_err();
    assert!(matches!(error, AddressError::TooMany { max: 2000, .. }), "{error}");
}

#[test]
fn a_publication_under_way_is_read_once_more() {
    let (_, files) = stage();
    for late in [
        "snapshots/1/manifest.json",
        "tile/entries/000.p/46",
        "tile/0/000.p/46",
        "snapshots/1/projections/tallies.json",
    ] {
        let site = Site::new(files.clone(), move |path, before| match path {
            path if path == late && before == 0 => Answer::Status(404, String::new()),
            _ => Answer::Honest,
        });
        verified(&site);
        assert_eq!(site.asked().iter().filter(|path| *path == "checkpoint").count(), 2, "{late}");
        // What never comes is told by the checks, after two readings and no more.
        let site = Site::new(files.clone(), move |path, _| match path {
            path if path == late => {
                Answer::Status(if late.len() % 2 == 0 { 404 } else { 403 }, String::new())
            }
            _ => Answer::Honest,
        });
        let (code, out, _) = told(&site);
        assert!(code == 1 && out.contains("found no"), "{late}: {out}");
        assert_eq!(site.asked().iter().filter(|path| *path == "checkpoint").count(), 2, "{late}");
    }
}

#[test]
fn a_manifest_leads_only_into_its_own_folder() {
    let (_, files) = stage();
    let path = "snapshots/1/manifest.json";
    let text = String::from_utf8(files[path].clone()).unwrap();
    for name in [
        "../../secret",
        "/etc/passwd",
        "projections/../../../x",
        "projections//x",
        "Projections/x",
        "a?b",
        "a%2fb",
    ] {
        let mut copy = files.clone();
        copy.insert(path.into(), text.replace("projections/tallies.json", name).into_bytes());
        let site = Site::honest(copy);
        let (code, out, _) = told(&site);
        assert!(code == 1 && out.contains("PUB-01"), "{name}: {out}");
        assert!(site.asked().iter().all(|asked| files.contains_key(asked)), "{name}: {:?}", site.asked());
    }
}

fn last_line(note: &[u8]) -> Vec<u8> {
    let text = std::str::from_utf8(note).unwrap();
    text.split_inclusive('\n').next_back().unwrap().as_bytes().to_vec()
}

fn respell(bytes: &mut Vec<u8>, change: impl FnOnce(String) -> String) {
    *bytes = change(String::from_utf8(bytes.clone()).unwrap()).into_bytes();
}

/// The last signature with one other digit in its middle.
fn forged(text: String) -> String {
    let at = text.len() - 40;
    let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    [&text[..at], other, &text[at + 1..]].concat()
}

/// The base64 at the end of a line, spelt otherwise: other bits where no byte is left.
fn other_spelling(text: &str, line: usize) -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let one = &mut lines[line];
    let at = one.trim_end_matches('=').len() - 1;
    assert!(at + 1 < one.len(), "{one} has no spare bits");
    let value = DIGITS.iter().position(|digit| *digit == one.as_bytes()[at]).unwrap();
    let other = char::from(DIGITS[value ^ 1]).to_string();
    one.replace_range(at..=at, &other);
    lines.join("\n")
}

/// An older checkpoint of the demo's ledger over full bundles and tiles that hold more than it covers.
#[test]
fn a_full_tile_stands_for_the_partial_one_that_it_replaced() {
    let Content::Published(whole) =
        verifier::folder::read_folder(&demo_folder().join("published")).unwrap().content
    else {
        panic!()
    };
    let (mut tree, mut older) = (tlog::tree::Tree::default(), None);
    for bundle in ["tile/entries/000", "tile/entries/001"] {
        for entry in tlog::tile::parse_bundle(&whole[bundle], 256).unwrap() {
            tree.push(tlog::tree::leaf_hash(entry));
            if tree.size() == 300 {
                older = Some(tree.root());
            }
        }
    }
    let entry: serde_json::Value =
        serde_json::from_slice(tlog::tile::parse_bundle(&whole["tile/entries/000"], 256).unwrap()[0])
            .unwrap();
    let origin = entry["event"]["body"]["origin"].as_str().unwrap().to_owned();
    let seed = demo::cast::Cast::new(demo::SEED).secret("log");
    let signer = tlog::note::NoteSigner::new(&origin, &seed).unwrap();
    let checkpoint =
        tlog::checkpoint::Checkpoint { origin, size: 300, root: older.unwrap(), extensions: Vec::new() };
    let mut files = Files::from([("checkpoint".to_owned(), checkpoint.sign(&signer).unwrap().into_bytes())]);
    for path in ["tile/entries/000", "tile/entries/001", "tile/0/000", "tile/0/001"] {
        files.insert(path.to_owned(), whole[path].clone());
    }
    let partial = tlog::tile::TilePath::new(1, 0, 1).unwrap();
    files.insert(partial.to_string(), tlog::tile::encode_tile(&tree, &partial).unwrap());
    let [folder, zip, address] = three_ways(&files);
    assert!(folder.0 == 0 && folder.1.contains("VERIFIED WITH WARNINGS"), "{}", folder.1);
    assert_eq!(folder, zip);
    assert_eq!(folder, address);
    let site = Site::honest(files.clone());
    assert_eq!(files_of(&site, &Limits::default()).unwrap(), files);
    let asked = site.asked();
    for (partial, full) in [("tile/entries/001.p/44", "tile/entries/001"), ("tile/0/001.p/44", "tile/0/001")]
    {
        assert!(
            asked.iter().any(|path| path == partial) && asked.iter().any(|path| path == full),
            "{asked:?}"
        );
    }
    // Without the full one too, the checks say what is missing.
    files.remove("tile/0/001");
    for (code, out) in three_ways(&files) {
        assert!(code == 1 && out.contains("expected tile/0/001.p/44, found none"), "{out}");
    }
}
