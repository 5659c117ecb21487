//! Zips of a published ledger: what is read is what a folder would give, and every trick of the format is refused.
//!
//! In: zips made byte by byte. Out: what a zip may be called on the command line (`named`).

use std::{fs, io::Cursor};

use verifier::{
    Content,
    archive::{self, ArchiveError},
    limits::Limits,
};

use crate::{
    commands::run,
    named::{Files, stage, zipped},
};

/// One member, to be written with whatever it claims.
#[derive(Clone)]
struct Raw {
    name: Vec<u8>,
    /// The name in front of the member; readers differ in which one they believe.
    local_name: Vec<u8>,
    data: Vec<u8>,
    method: u16,
    flags: u16,
    /// The upper half of the external attributes.
    mode: u32,
    size: u64,
    crc: u32,
}

fn raw(name: &[u8], content: &[u8]) -> Raw {
    let crc = flate2::CrcReader::new(content);
    let crc = {
        let mut crc = crc;
        std::io::copy(&mut crc, &mut std::io::sink()).unwrap();
        crc.crc().sum()
    };
    let (name, size) = (name.to_vec(), content.len() as u64);
    Raw {
        local_name: name.clone(),
        name,
        data: content.to_vec(),
        method: 0,
        flags: 0,
        mode: 0o100_644,
        size,
        crc,
    }
}

/// The same content, deflated.
fn deflated(name: &[u8], content: &[u8]) -> Raw {
    let mut packed = flate2::read::DeflateEncoder::new(content, flate2::Compression::best());
    let mut data = Vec::new();
    std::io::copy(&mut packed, &mut data).unwrap();
    Raw { data, method: 8, ..raw(name, content) }
}

/// The fields that stand twice, from the flags on.
fn fields(member: &Raw, name: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    out.extend(member.flags.to_le_bytes());
    out.extend(member.method.to_le_bytes());
    out.extend([0, 0, 0x21, 0]);
    out.extend(member.crc.to_le_bytes());
    out.extend((member.data.len() as u32).to_le_bytes());
    out.extend((member.size as u32).to_le_bytes());
    out.extend((name.len() as u16).to_le_bytes());
    out.extend([0, 0]);
    out
}

fn made(members: &[Raw]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let at = out.len() as u32;
        out.extend(b"PK\x03\x04\x14\x00");
        out.extend(fields(member, &member.local_name));
        out.extend(&member.local_name);
        out.extend(&member.data);
        directory.extend(b"PK\x01\x02\x14\x03\x14\x00");
        directory.extend(fields(member, &member.name));
        directory.extend([0; 6]);
        directory.extend((member.mode << 16).to_le_bytes());
        directory.extend(at.to_le_bytes());
        directory.extend(&member.name);
    }
    let (start, count) = (out.len() as u32, members.len() as u16);
    out.extend(&directory);
    out.extend(end(count, directory.len() as u32, start));
    out
}

fn end(count: u16, bytes: u32, start: u32) -> Vec<u8> {
    let mut out = b"PK\x05\x06\0\0\0\0".to_vec();
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(bytes.to_le_bytes());
    out.extend(start.to_le_bytes());
    out.extend([0, 0]);
    out
}

fn read(zip: &[u8], limits: &Limits) -> Result<Files, ArchiveError> {
    let source = archive::read_archive("a zip", Cursor::new(zip), limits)?;
    let Content::Published(files) = source.content else { panic!() };
    Ok(files)
}

/// Through the program: exit code 2, nothing on stdout, one line that says what is wrong.
#[track_caller]
fn refused(zip: &[u8], says: &str) {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ledger.zip");
    fs::write(&file, zip).unwrap();
    let (code, out, err) = run(&["verify", file.to_str().unwrap()]);
    assert!(code == 2 && out.is_empty(), "{says}: {code} {out}{err}");
    let first = err.lines().next().unwrap();
    assert!(first.contains("ledger.zip: expected ") && first.contains(says), "{says}: {err}");
    assert!(
        archive::checkpoint(Cursor::new(zip), &Limits::default()).is_err()
            || says.contains("whole")
            || says.contains("as the zip says"),
        "{says}"
    );
}

fn with(extra: Raw) -> Vec<u8> {
    made(&[raw(b"checkpoint", b"note"), extra])
}

#[test]
fn what_is_written_is_read_and_always_the_same() {
    let (_, files) = stage();
    let zip = zipped(files);
    assert_eq!(zip, zipped(&files.clone()));
    assert_eq!(read(&zip, &Limits::default()).unwrap(), *files);
    let few = Files::from([("b/c".to_owned(), b"2".to_vec()), ("checkpoint".to_owned(), b"1".to_vec())]);
    let small = zipped(&few);
    // Names in byte order, stored, 1980-01-01 00:00, mode 0644 on unix: the directory says so, byte by byte.
    let directory = small.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let first = &small[directory..];
    assert_eq!(first[5], 3, "unix");
    assert_eq!(first[10..16], [0, 0, 0, 0, 0x21, 0], "stored, 1980-01-01 00:00");
    assert_eq!(first[28..34], [3, 0, 0, 0, 0, 0], "a name of three bytes, no extra field, no comment");
    assert_eq!(first[38..42], (0o100_644_u32 << 16).to_le_bytes(), "mode");
    assert_eq!(&first[46..49], b"b/c");
    assert_eq!(
        event::sha256(&[&small]).to_string(),
        "895adc390324f596a66bd57043d8c38a832f05259c0135adcadf11f8c7a885b9",
        "the bytes of a zip changed: two versions would publish two zips of one ledger"
    );
}

#[test]
fn many_members_need_a_larger_end() {
    let mut files: Files = (0..70_000).map(|n| (format!("{n:05}"), Vec::new())).collect();
    files.insert("checkpoint".to_owned(), b"note".to_vec());
    let zip = zipped(&files);
    assert_eq!(read(&zip, &Limits::default()).unwrap(), files);
    let max = Limits { files: 70_000, ..Limits::default() };
    assert!(matches!(read(&zip, &max), Err(ArchiveError::TooMany { found: 70_001, .. })));
    // The larger end and the small one must not speak of two directories.
    let mut two = zip.clone();
    let small = two.len() - 22;
    two[small + 16] ^= 1;
    refused(&two, "two directories");
    let mut claims = zip;
    let large = claims.len() - 22 - 20 - 56;
    for field in [24, 32] {
        claims[large + field..large + field + 8].copy_from_slice(&(1_u64 << 60).to_le_bytes());
    }
    refused(&claims, "at most 2097152 members, found 1152921504606846976");
}

#[test]
fn zips_of_other_programs_are_read() {
    let files = Files::from([("checkpoint".into(), b"note".to_vec()), ("tile/0/000".into(), vec![7; 5000])]);
    let mut members = vec![raw(b"tile/", b""), raw(b"tile/0/", b"")];
    members.iter_mut().for_each(|folder| folder.mode = 0o040_755);
    members.push(deflated(b"tile/0/000", &files["tile/0/000"]));
    members.push(raw(b"checkpoint", b"note"));
    assert_eq!(read(&made(&members), &Limits::default()).unwrap(), files);
    // No kind at all, as programs without file modes write it.
    members.iter_mut().for_each(|member| member.mode = 0);
    assert_eq!(read(&made(&members), &Limits::default()).unwrap(), files);
}

#[test]
fn names_that_another_system_reads_otherwise_are_refused() {
    let cases: [(&[u8], &str); 14] = [
        (b"../x", "`..`"),
        (b"a/../x", "`..`"),
        (b"a/..", "`..`"),
        (b"./x", "`..` or `.`"),
        (b"/etc/passwd", "absolute"),
        (b"C:/x", "absolute"),
        (b"a\\b", "backslash"),
        (b"..\\x", "backslash"),
        (b"a//b", "empty parts"),
        (b"a//", "empty parts"),
        (b"", "empty parts"),
        (b"a\xffb", "UTF-8"),
        (b"a\nb", "control"),
        (b"a\0b", "control"),
    ];
    for (name, says) in cases {
        refused(&with(raw(name, b"x")), says);
    }
    for (one, other) in
        [("a", "a"), ("checkpoint", "x"), ("a", "A"), ("tile/0/000", "TILE/0/000"), ("é", "É")]
    {
        let mut members =
            vec![raw(b"checkpoint", b"note"), raw(one.as_bytes(), b"1"), raw(other.as_bytes(), b"2")];
        if one == "checkpoint" {
            members.pop();
        }
        refused(&made(&members), "twice");
    }
    let mut folder = raw(b"a/", b"");
    folder.mode = 0o040_755;
    refused(&made(&[raw(b"checkpoint", b"note"), raw(b"a", b"1"), folder]), "twice");
    // A second name in an extra field that some readers prefer: two spellings become one.
    let mut field = vec![0x75, 0x70, 15, 0, 1];
    field.extend(raw(b"", b"other").crc.to_le_bytes());
    field.extend(b"checkpoint");
    let mut zip = with(raw(b"other", b"2"));
    let place = zip.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    zip.splice(place + 46 + 5..place + 46 + 5, field.iter().copied());
    zip[place + 30] = field.len() as u8;
    let at = zip.len() - 10;
    let bytes = u32::from_le_bytes(zip[at..at + 4].try_into().unwrap()) + field.len() as u32;
    zip[at..at + 4].copy_from_slice(&bytes.to_le_bytes());
    refused(&zip, "twice");
}

#[test]
fn only_plain_files_are_read() {
    for (mode, says) in
        [(0o120_777, "symbolic link"), (0o020_644, "device"), (0o010_644, "pipe"), (0o040_755, "a folder")]
    {
        refused(&with(Raw { mode, ..raw(b"x", b"checkpoint") }), says);
    }
    refused(&with(Raw { mode: 0o100_644, ..raw(b"x/", b"") }), "a file with the name of a folder");
    refused(&with(Raw { mode: 0o040_755, ..raw(b"x/", b"hidden") }), "found 6 bytes");
    refused(&with(Raw { flags: 1, ..raw(b"x", b"secret") }), "encrypted");
    for method in [1, 9, 12, 14, 93, 99] {
        refused(&with(Raw { method, ..raw(b"x", b"packed") }), "stored or deflated");
    }
}

#[test]
fn a_zip_says_one_thing() {
    refused(&with(Raw { local_name: b"y".to_vec(), ..raw(b"x", b"1") }), "says one thing");
    // Longer and shorter than it says, and damaged.
    let long = deflated(b"x", &vec![0; 20 << 20]);
    refused(&with(Raw { size: 10, ..long.clone() }), "expected 10 bytes in x, as the zip says, found more");
    refused(
        &with(Raw { size: 1 << 20, ..deflated(b"x", b"short") }),
        "expected 1048576 bytes in x, as the zip says, found 5",
    );
    let wrong = with(Raw { crc: 1, ..deflated(b"x", b"content") });
    refused(&wrong, "expected x whole");
    refused(&with(Raw { data: vec![0xff; 9], ..long }), "expected x whole");
    // Another member in the middle of one, as bombs have them.
    let inner = made(&[raw(b"y", b"1")]);
    let mut zip = with(raw(b"x", &inner[..inner.len() - 22 - 47]));
    let place = zip.windows(4).rposition(|four| four == b"PK\x01\x02").unwrap();
    let outer = zip[place..place + 47].to_vec();
    let at = u32::from_le_bytes(outer[42..46].try_into().unwrap()) + 31;
    let mut second = Vec::from(&inner[inner.len() - 22 - 47..inner.len() - 22]);
    second[42..46].copy_from_slice(&at.to_le_bytes());
    zip.splice(place + 47..place + 47, second);
    let tail = zip.len() - 22;
    let (bytes, start) = (
        (tail - zip.windows(4).position(|f| f == b"PK\x01\x02").unwrap()) as u32,
        zip.windows(4).position(|f| f == b"PK\x01\x02").unwrap() as u32,
    );
    zip.truncate(tail);
    zip.extend(end(3, bytes, start));
    refused(&zip, "says one thing");
    // A member that the directory does not list.
    let whole = made(&[raw(b"checkpoint", b"note"), raw(b"hidden", b"1")]);
    let start = whole.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    let mut zip = whole[..start + 56].to_vec();
    zip.extend(end(1, 56, start as u32));
    refused(&zip, "says one thing");
}

#[test]
fn nothing_stands_outside_of_the_zip() {
    let zip = with(raw(b"x", b"1"));
    refused(&[zip.as_slice(), b"!"].concat(), "nothing after the end of the zip, found 1 bytes");
    refused(&[zip.as_slice(), &[0; 70_000]].concat(), "cut off");
    let mut comment = zip.clone();
    let at = comment.len() - 2;
    comment[at] = 5;
    comment.extend(b"hello");
    refused(&comment, "found 5 bytes");
    refused(&[b"#!/bin/sh\n", zip.as_slice()].concat(), "in front of it");
    refused(&[b"PK\x03\x04", zip.as_slice()].concat(), "in front of it");
    for cut in (1..zip.len()).step_by(7).chain([zip.len() - 1]) {
        let says = if cut < 4 { "that is none" } else { "cut off" };
        refused(&zip[..cut], says);
    }
    refused(b"", "a file of 0 bytes that is none");
    refused(b"{\"no\":\"zip\"}", "that is none");
    let mut parts = zip;
    let at = parts.len() - 22 + 4;
    parts[at] = 1;
    refused(&parts, "in several");
}

#[test]
fn half_a_ledger_is_none() {
    refused(&made(&[raw(b"tile/0/000", b"x")]), "no member `checkpoint` among 1");
    refused(&made(&[]), "no member `checkpoint` among 0");
    let top = made(&[
        raw(b"p/snapshots/1/checkpoint", b"x"),
        raw(b"p/checkpoint", b"x"),
        raw(b"p/tile/0/000", b"x"),
    ]);
    refused(&top, "found it in the folder p/");
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("ledger.zip");
    fs::write(&file, top).unwrap();
    let (_, _, err) = run(&["verify", file.to_str().unwrap()]);
    assert!(err.contains("hint: ") && err.contains("cd p && zip"), "{err}");
    refused(&made(&[raw(b"snapshots/1/checkpoint", b"x")]), "no member `checkpoint`");
}

#[test]
fn no_zip_takes_more_than_the_limits() {
    let small = Limits { files: 3, file_bytes: 1000, total_bytes: 1500, seconds: 1, tell_wait: |_, _| {} };
    let sized = |sizes: &[usize]| {
        let mut members = vec![raw(b"checkpoint", b"note")];
        members.extend(sizes.iter().zip(b'a'..).map(|(size, name)| deflated(&[name], &vec![0; *size])));
        made(&members)
    };
    assert_eq!(read(&sized(&[1000, 496]), &small).unwrap().len(), 3);
    let error = read(&sized(&[1001]), &small).unwrap_err();
    assert!(matches!(error, ArchiveError::TooLarge { found: 1001, .. }), "{error}");
    let error = read(&sized(&[1000, 497]), &small).unwrap_err();
    assert!(matches!(error, ArchiveError::TotalTooLarge { .. }), "{error}");
    let error = read(&sized(&[1, 1, 1]), &small).unwrap_err();
    assert!(matches!(error, ArchiveError::TooMany { found: 4, .. }), "{error}");
    // A size that is only claimed is refused before anything is set aside for it.
    refused(
        &with(Raw { size: 0xffff_fffe, ..raw(b"x", b"1") }),
        "at most 268435456 bytes, found x of 4294967294",
    );
}

#[test]
fn no_flipped_byte_of_a_zip_shows_other_files() {
    let (_, files) = stage();
    let few: Files = files
        .iter()
        .filter(|(name, _)| !name.starts_with("tile/entries"))
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect();
    let zip = zipped(&few);
    let (mut same, mut refused) = (0, 0);
    let mut flip = |at: usize| {
        for mask in [1, 0x80] {
            let mut copy = zip.clone();
            copy[at] ^= mask;
            match read(&copy, &Limits::default()) {
                Err(_) => refused += 1,
                Ok(found) => {
                    // A changed name is a file that no ledger has, or one that is missing: the checks see both.
                    let renamed = found.keys().ne(few.keys());
                    assert!(renamed || found == few, "byte {at}");
                    same += 1;
                }
            }
        }
    };
    let directory = zip.windows(4).position(|four| four == b"PK\x01\x02").unwrap();
    (0..directory).step_by(97).chain(directory..zip.len()).for_each(&mut flip);
    eprintln!("{refused} flips refused, {same} without effect");
    assert!(refused > same);
}
