//! Sources that want to hold or kill whoever reads them: files that are too long, zips that swell, pipes, links, devices.
//!
//! A sample runs always and asks for the exit code alone; `HATTAMA_HOSTILE=1` plays all of them against the program and asks how much
//! memory each took (docs/jobs.md). So do servers that answer with too much, too slowly, or nothing.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use crate::{
    folders::copy_folder,
    site::{Answer, Site},
    tamper::published,
};

/// No hostile input may take more.
const KIB_MAX: u64 = 300 << 10;

/// An input: what it is called, and how its folder or file is made from an honest published folder.
type HostileInput = (&'static str, fn(&Path, &Path) -> PathBuf);

fn sparse(path: &Path, bytes: u64) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    File::create(path).unwrap().set_len(bytes).unwrap();
}

/// The honest folder with a file of zeros in place of one of its own, or beside it.
fn with_long(honest: &Path, at: &Path, name: &str, bytes: u64) -> PathBuf {
    let folder = at.join("folder");
    copy_folder(honest, &folder);
    sparse(&folder.join(name), bytes);
    folder
}

/// Makes each projection of a snapshot so long, and writes length and hash of what stands there now into its manifest.
fn lengthen_projections(snapshot: &Path, bytes: u64) {
    let manifest = snapshot.join("manifest.json");
    let mut listed: serde_json::Value = serde_json::from_slice(&fs::read(&manifest).unwrap()).unwrap();
    for line in listed["files"].as_array_mut().unwrap() {
        let name = line["name"].as_str().unwrap().to_owned();
        if name.starts_with("projections/") {
            let file = fs::OpenOptions::new().write(true).open(snapshot.join(&name)).unwrap();
            file.set_len(bytes).unwrap();
            let path = snapshot.join(&name);
            let summed = Command::new("sha256sum").arg(&path).output().unwrap();
            line["sha256"] = String::from_utf8(summed.stdout).unwrap()[..64].into();
            line["size"] = bytes.into();
        }
    }
    fs::write(manifest, serde_json::to_vec(&listed).unwrap()).unwrap();
}

fn zip_of_zeros(at: &Path, name: &str, members: usize, bytes: u64) -> PathBuf {
    let path = at.join("swells.zip");
    let mut writer = zip::ZipWriter::new(File::create(&path).unwrap());
    let packed =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    writer.start_file("checkpoint", packed).unwrap();
    writer.write_all(b"no note\n").unwrap();
    let zeros = vec![0_u8; 1 << 20];
    for member in 0..members {
        writer.start_file(name.replace('#', &member.to_string()), packed).unwrap();
        (0..bytes >> 20).for_each(|_| writer.write_all(&zeros).unwrap());
    }
    writer.finish().unwrap();
    path
}

fn pipe(at: &Path) -> PathBuf {
    let path = at.join("pipe");
    assert!(Command::new("mkfifo").arg(&path).status().unwrap().success());
    path
}

/// Those that are made in no time.
const QUICK: [HostileInput; 8] = [
    ("a tile of 250 MiB", |honest, at| with_long(honest, at, "tile/0/000.p/46", 250 << 20)),
    ("a checkpoint of 250 MiB", |honest, at| with_long(honest, at, "checkpoint", 250 << 20)),
    ("a manifest's signature of 250 MiB", |honest, at| {
        with_long(honest, at, "snapshots/1/manifest.sig", 250 << 20)
    }),
    ("a strange file of 250 MiB", |honest, at| with_long(honest, at, "film.mp4", 250 << 20)),
    ("a file longer than any", |honest, at| with_long(honest, at, "snapshots/1/manifest.json", 5 << 30)),
    ("a pipe in place of a tile", |honest, at| {
        let folder = at.join("folder");
        copy_folder(honest, &folder);
        fs::rename(pipe(at), folder.join("pipe")).unwrap();
        folder
    }),
    ("a pipe as the source", |_, at| pipe(at)),
    ("a device as the source", |_, _| PathBuf::from("/dev/zero")),
];

/// Those that take a while to be made.
const SLOW: [HostileInput; 8] = [
    ("a zip of twenty strange files of 250 MiB", |_, at| zip_of_zeros(at, "film-#.mp4", 20, 250 << 20)),
    ("a zip of twenty projections of 250 MiB", |_, at| {
        zip_of_zeros(at, "snapshots/1/projections/#.json", 20, 250 << 20)
    }),
    ("a zip of twenty tiles of 250 MiB", |_, at| zip_of_zeros(at, "tile/0/00#", 20, 250 << 20)),
    ("a zip of many empty files", |_, at| zip_of_zeros(at, "attachments/#", 60_000, 0)),
    ("sixty strange files of 250 MiB", |honest, at| {
        let folder = at.join("folder");
        copy_folder(honest, &folder);
        (0..60).for_each(|n| sparse(&folder.join(format!("film-{n}.mp4")), 250 << 20));
        folder
    }),
    ("twelve projections of 250 MiB, listed by nobody, in a folder", |honest, at| {
        let folder = at.join("folder");
        copy_folder(honest, &folder);
        (0..12).for_each(|n| sparse(&folder.join(format!("snapshots/1/projections/{n}.json")), 250 << 20));
        folder
    }),
    ("every projection of a folder 250 MiB long, and listed so", |honest, at| {
        let folder = at.join("folder");
        copy_folder(honest, &folder);
        lengthen_projections(&folder.join("snapshots/1"), 250 << 20);
        folder
    }),
    ("four thousand projections of 200 KiB in a folder", |honest, at| {
        let folder = at.join("folder");
        copy_folder(honest, &folder);
        (0..4_000).for_each(|n| sparse(&folder.join(format!("snapshots/1/projections/{n}.json")), 200 << 10));
        folder
    }),
];

/// A command over one file that is a pipe, a device, a link to one, or too long; `FILE` stands for it, `HONEST` for the folder.
const COMMANDS: [&str; 34] = [
    "verify HONEST --pin FILE",
    "verify HONEST --policy FILE",
    "verify HONEST --copies FILE",
    "verify HONEST --qr FILE",
    "verify HONEST --mirror FILE",
    "verify HONEST --state FILE --state-key BESIDE.pem",
    "evidence verify FILE",
    "receipt verify FILE FILE",
    "event show FILE",
    "event sign FILE --key FILE",
    "event check FILE",
    "checkpoint show FILE",
    "checkpoint show HONEST/checkpoint --policy FILE",
    "claims --claims FILE HONEST",
    "diff FILE HONEST",
    "diff HONEST FILE",
    "book show FILE",
    "slip FILE",
    "history FILE",
    "summary FILE",
    "results FILE",
    "table --ledger HONEST ballots-delivered FILE",
    "protocol import --map FILE --ledger HONEST --election e FILE",
    "witness serve --dir BESIDE --key FILE --name a.example --log x",
    "outbox send --dir FILE --to http://127.0.0.1:1",
    "watch http://127.0.0.1:1 --once --pin FILE",
    "ledger rebuild-head BESIDE --from FILE",
    "event append FILE --ledger HONEST",
    "ledger attach HONEST FILE",
    "ledger new BESIDE FILE --log-key BESIDE.pem",
    "serve --config FILE",
    "protocol check FILE --map FILE",
    "protocol map FILE",
    "key show FILE",
];

/// What stands under `FILE`.
fn list_hostile_files(at: &Path) -> Vec<(&'static str, PathBuf)> {
    let link = at.join("link");
    std::os::unix::fs::symlink("/dev/zero", &link).unwrap();
    sparse(&at.join("film"), 2 << 30);
    sparse(&at.join("long"), 250 << 20);
    vec![
        ("a pipe", pipe(at)),
        ("a device", PathBuf::from("/dev/zero")),
        ("a link to a device", link),
        ("two GiB", at.join("film")),
        ("as long as any file", at.join("long")),
        ("two GiB that begin like evidence", evidence_film(at)),
    ]
}

/// The beginning of a proof over bundles, and nothing that follows it.
fn evidence_film(at: &Path) -> PathBuf {
    let path = at.join("film.evidence");
    sparse(&path, 2 << 30);
    let mut file = fs::OpenOptions::new().write(true).open(&path).unwrap();
    let begins = b"{\"charter\":\"AAAA\",\"claim\":{\"rule_broken\":{\"bundles\":[\"AAMAAAAA";
    file.write_all(begins).unwrap();
    path
}

/// The program's exit code and the most memory that it held, in KiB.
fn verify_measured(source: &Path) -> (i32, u64) {
    run_measured(&["verify".to_owned(), source.display().to_string()], Duration::from_secs(3_600))
}

/// The same of any command. One that does not end by itself was held: it is ended, and has no exit code.
fn run_measured(words: &[String], patience: Duration) -> (i32, u64) {
    let program = PathBuf::from(env!("CARGO_BIN_EXE_hattama"));
    let mut child = Command::new(program)
        .env("HATTAMA_STATE", crate::commands::state_directory())
        .args(words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut most, begun) = (0, std::time::Instant::now());
    loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let held = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0);
        most = most.max(held);
        if let Some(ended) = child.try_wait().unwrap() {
            return (ended.code().unwrap_or(-1), most);
        }
        if begun.elapsed() > patience {
            child.kill().unwrap();
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn run_all(inputs: &[HostileInput]) {
    let dir = tempfile::tempdir().unwrap();
    published(dir.path());
    let honest = dir.path().join("published");
    for (n, (what, make)) in inputs.iter().enumerate() {
        let at = dir.path().join(format!("hostile-{n}"));
        fs::create_dir_all(&at).unwrap();
        let (code, most) = verify_measured(&make(&honest, &at));
        eprintln!("{what}: exit code {code}, {} MiB", most >> 10);
        assert!(code == 1 || code == 2, "{what}: exit code {code}");
        assert!(most < KIB_MAX, "{what}: {most} KiB");
        fs::remove_dir_all(&at).unwrap();
    }
}

#[test]
fn no_command_is_held_by_a_pipe_a_device_or_a_film() {
    let dir = tempfile::tempdir().unwrap();
    published(dir.path());
    let honest = dir.path().join("published").display().to_string();
    let beside = dir.path().join("beside").display().to_string();
    let all = std::env::var_os("HATTAMA_HOSTILE").is_some();
    let (mut worst, mut wrong) = (0, Vec::new());
    for (kind, file) in list_hostile_files(dir.path()) {
        for command in COMMANDS {
            // A pipe holds whoever opens it; the rest is for the job.
            if !all && kind != "a pipe" {
                continue;
            }
            let file = file.display().to_string();
            let place = |word: &str| {
                word.replace("FILE", &file).replace("HONEST", &honest).replace("BESIDE", &beside)
            };
            let words: Vec<String> = command.split(' ').map(place).collect();
            let (code, most) = run_measured(&words, Duration::from_secs(60));
            worst = worst.max(most);
            if all {
                eprintln!("{command}, FILE is {kind}: exit code {code}, {} MiB", most >> 10);
            }
            if ![1, 2, 64].contains(&code) || most >= KIB_MAX {
                wrong.push(format!("{command}, {kind}: exit code {code}, {most} KiB"));
            }
        }
    }
    eprintln!("at most {} MiB", worst >> 10);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_too_long_or_never_ends_is_refused_in_bounded_memory() {
    run_all(&QUICK);
}

#[test]
fn every_hostile_input_takes_less_than_300_mib() {
    if std::env::var_os("HATTAMA_HOSTILE").is_none() {
        eprintln!("skipped: set HATTAMA_HOSTILE=1");
        return;
    }
    run_all(&SLOW);
}

/// What it is called, whether it takes a minute until it is given up, the answer.
type HostileAnswer = (&'static str, bool, fn() -> Answer);

/// Ways in which a server answers that want to hold or kill whoever asks, each with whether it takes a minute until it is given up.
fn list_hostile_answers() -> Vec<HostileAnswer> {
    vec![
        ("a redirect to itself", false, || Answer::Status(302, "Location: /log/checkpoint\r\n".to_owned())),
        ("a redirect to elsewhere", false, || {
            Answer::Status(301, "Location: http://192.0.2.1/x\r\n".to_owned())
        }),
        ("half of what was promised", false, || Answer::Early(vec![b'x'; 1 << 20])),
        ("nothing", false, || Answer::Body("", Vec::new())),
        ("64 MiB of header lines", false, || Answer::Status(200, "X-More: and more\r\n".repeat(4 << 20))),
        ("a gigabyte in a megabyte of gzip", false, || {
            Answer::Body("Content-Encoding: gzip\r\n", pack_zeros(1 << 10))
        }),
        ("gzip that is none", false, || Answer::Body("Content-Encoding: gzip\r\n", vec![0; 1 << 20])),
        ("no end", false, || Answer::Endless("", vec![b'x'; 1 << 16])),
        ("no end of gzip", false, || Answer::Endless("Content-Encoding: gzip\r\n", pack_zeros(1))),
        ("no answer", true, || Answer::Silence),
    ]
}

/// So many MiB of zeros, packed.
fn pack_zeros(mib: usize) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    let zeros = vec![0; 1 << 20];
    (0..mib).for_each(|_| packed.write_all(&zeros).unwrap());
    packed.finish().unwrap()
}

/// Every file of a folder by its path.
fn read_files(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for item in fs::read_dir(folder).unwrap().map(|item| item.unwrap()) {
        let inner = format!("{prefix}{}", item.file_name().to_str().unwrap());
        if item.file_type().unwrap().is_dir() {
            read_files(&item.path(), &format!("{inner}/"), files);
        } else {
            files.insert(inner, fs::read(item.path()).unwrap());
        }
    }
}

#[test]
fn no_command_is_held_by_a_server() {
    let dir = tempfile::tempdir().unwrap();
    published(dir.path());
    let mut files = BTreeMap::new();
    read_files(&dir.path().join("published"), "", &mut files);
    let all = std::env::var_os("HATTAMA_HOSTILE").is_some();
    let (mut worst, mut wrong) = (0, Vec::new());
    for (what, slow, answer) in list_hostile_answers() {
        // A minute each is for the job.
        if slow && !all {
            continue;
        }
        for from in ["checkpoint", "tile/entries", "snapshots"] {
            if !all && from != "checkpoint" {
                continue;
            }
            // Honest up to there.
            let site = Site::new(files.clone(), move |path, _| {
                match path.starts_with(from) || path.starts_with("stream") {
                    true => answer(),
                    false => Answer::Honest,
                }
            });
            let kept = dir.path().join("kept").display().to_string();
            let watch = format!("watch {} --once --dir {kept}", site.address);
            for command in [format!("verify {}", site.address), watch, format!("history {}", site.address)] {
                let words: Vec<String> = command.split(' ').map(str::to_owned).collect();
                let begun = std::time::Instant::now();
                let (code, most) = run_measured(&words, Duration::from_secs(300));
                worst = worst.max(most);
                if all {
                    let took = begun.elapsed().as_secs();
                    eprintln!(
                        "{}, {what} from {from} on: exit code {code}, {took} s, {} MiB",
                        words[0],
                        most >> 10
                    );
                }
                // What is wrong behind the checkpoint may be told as the ledger's fault, as that of any broken copy.
                if ![0, 1, 2].contains(&code) || (code == 0 && from == "checkpoint") || most >= KIB_MAX {
                    wrong.push(format!("{command}, {what} from {from} on: exit code {code}, {most} KiB"));
                }
            }
        }
    }
    eprintln!("at most {} MiB", worst >> 10);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
