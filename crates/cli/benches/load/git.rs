//! `git commit -S` beside the node: one signed commit for each event, one after the other.
//!
//! In: a repository of its own with an SSH key of its own. Out: what anybody's git is configured to do.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use crate::ground::Ready;

/// One row with every object synced, as an acknowledgement asks for, and one as git does by itself.
pub(crate) fn rows(dir: &Path, events: &[Ready], time: Duration) {
    println!();
    let version = Command::new("git").arg("--version").output();
    let Ok(version) = version.map(|told| String::from_utf8_lossy(&told.stdout).trim().to_owned()) else {
        println!("git: skipped, no git here");
        return;
    };
    fs::create_dir_all(dir).unwrap();
    let key = dir.join("key");
    let made = Command::new("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(&key).status();
    if !made.is_ok_and(|status| status.success()) {
        println!("git: skipped, no ssh-keygen here");
        return;
    }
    println!("{version}: commit -S with an Ed25519 key of SSH, one event a commit, the same bytes");
    for (what, sync) in [("core.fsync=all", "all"), ("as it is set up", "default")] {
        let repository = dir.join(sync);
        git(dir, &["init", "-q", repository.to_str().unwrap()]);
        for (name, value) in [
            ("gpg.format", "ssh"),
            ("user.signingkey", key.to_str().unwrap()),
            ("user.name", "bench"),
            ("user.email", "bench@example.org"),
            ("core.fsync", sync),
            ("gc.auto", "0"),
        ] {
            git(&repository, &["config", name, value]);
        }
        let (start, mut times) = (Instant::now(), Vec::new());
        for (n, event) in events.iter().enumerate() {
            let begun = Instant::now();
            let file = format!("{n}.json");
            fs::write(repository.join(&file), &event.body).unwrap();
            git(&repository, &["add", &file]);
            git(&repository, &["commit", "-q", "-S", "-m", &file]);
            times.push(begun.elapsed());
            if start.elapsed() >= time {
                break;
            }
        }
        let rate = times.len() as f64 / start.elapsed().as_secs_f64();
        times.sort();
        let at =
            |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)].as_secs_f64() * 1e3;
        let signed =
            Command::new("git").current_dir(&repository).args(["cat-file", "commit", "HEAD"]).output();
        assert!(String::from_utf8_lossy(&signed.unwrap().stdout).contains("BEGIN SSH SIGNATURE"), "unsigned");
        println!("  {:>7} {:>10.0}/s {:>8.2} ms p50 {:>8.2} ms p99   {what}", 1, rate, at(50), at(99));
    }
}

/// Without what the user or the machine has configured.
fn git(dir: &Path, words: &[&str]) {
    let done = Command::new("git")
        .args(words)
        .current_dir(dir)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("HOME", dir)
        .output()
        .unwrap();
    assert!(done.status.success(), "git {words:?}: {}", String::from_utf8_lossy(&done.stderr));
}
