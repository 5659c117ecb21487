//! Sources that want to hold or kill whoever reads them: files that are too long, zips that swell, pipes, links, devices.
//!
//! A sample runs always and asks for the exit code alone; `HATTAMA_HOSTILE=1` plays all of them against the program and asks how much
//! memory each took (docs/jobs.md).

use std::{
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::Duration,
};

use crate::{folders::copy_folder, tamper::published};

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
const SLOW: [HostileInput; 5] = [
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
];

/// A command over one file that is a pipe, a device, a link to one, or too long; `FILE` stands for it, `HONEST` for the folder.
const COMMANDS: [&str; 16] = [
    "verify HONEST --pin FILE",
    "verify HONEST --policy FILE",
    "verify HONEST --copies FILE",
    "verify HONEST --qr FILE",
    "verify HONEST --mirror FILE",
    "verify HONEST --state FILE --state-key BESIDE.pem",
    "evidence verify FILE",
    "receipt verify FILE FILE",
    "event show FILE",
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
    vec![
        ("a pipe", pipe(at)),
        ("a device", PathBuf::from("/dev/zero")),
        ("a link to a device", link),
        ("two GiB", at.join("film")),
    ]
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
