//! Ledgers on volumes that are really mounted: loop devices, bind mounts. Needs root, loop devices and ext4; says "skipped" aloud without.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::{append, is_read_only};
use crate::{
    folders::copy_folder,
    serve::{Node, copied, reports, stage},
};

/// Runs a program of the system; tells whether it did what it was asked.
fn done(program: &str, words: &[&str]) -> bool {
    Command::new(program).args(words).output().is_ok_and(|done| done.status.success())
}

/// A mounted volume; unmounted when dropped.
struct Mounted(PathBuf);

impl Mounted {
    /// Mounts an image, or binds a folder, at a place.
    fn at(place: &Path, from: &Path, options: &str) -> Option<Self> {
        fs::create_dir_all(place).unwrap();
        let words = ["-o", options, from.to_str().unwrap(), place.to_str().unwrap()];
        done("mount", &words).then(|| Self(place.to_owned()))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _unmounted = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// An image with a ledger of the stage in it, or none where this machine cannot.
fn image(dir: &Path) -> Option<PathBuf> {
    let image = dir.join("image");
    let at = image.to_str().unwrap();
    if !(done("truncate", &["-s", "96M", at]) && done("mkfs.ext4", &["-q", "-F", at])) {
        return None;
    }
    let mounted = Mounted::at(&dir.join("volume"), &image, "loop")?;
    copy_folder(&stage().dir.join("ledger"), &mounted.0.join("ledger"));
    drop(mounted);
    Some(image)
}

/// Unmounts, waiting until the image has everything.
fn unmount(mounted: Mounted) {
    assert!(done("sync", &[]) && done("umount", &[mounted.0.to_str().unwrap()]));
    std::mem::forget(mounted);
}

#[test]
fn a_volume_is_the_ledger_where_it_is_mounted_again_and_a_copy_elsewhere() {
    let dir = copied();
    let Some(image) = image(dir.path()) else {
        eprintln!("skipped: no volume can be mounted here (root, loop devices, ext4)");
        return;
    };
    let volume = dir.path().join("volume");
    // A reboot: mounted again, perhaps on another device. Another loop device is taken in between.
    let mounted = Mounted::at(&volume, &image, "loop").unwrap();
    assert_eq!(append(&volume, &reports(1, 1)[0], &[]).0, 0);
    unmount(mounted);
    let old = dir.path().join("old image");
    fs::copy(&image, &old).unwrap();
    let between = Mounted::at(&dir.path().join("between"), &old, "loop");
    let mounted = Mounted::at(&volume, &image, "loop").unwrap();
    let (code, told) = append(&volume, &reports(2, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    drop(between);
    // The volume under a second place: bound there it is the same folder under another name, and no twin knows it.
    let bound = Mounted::at(&dir.path().join("bound"), &volume, "bind").unwrap();
    let (code, told) = append(&bound.0, &reports(3, 1)[0], &[]);
    assert!(code == 1 && told.contains("is a copy"), "{code} {told}");
    drop(bound);
    // While its node runs, nobody else opens it under whatever name.
    let node = Node::writing(&volume, &["--key-rate", "0"]);
    let bound = Mounted::at(&dir.path().join("bound"), &volume, "bind").unwrap();
    let (code, told) = append(&bound.0, &reports(3, 1)[0], &[]);
    assert!(code == 2, "{code} {told}");
    assert_eq!(node.post(&reports(3, 1)[0]).status, 201);
    assert_eq!(node.end(), 0);
    drop(bound);
    unmount(mounted);
    // A snapshot of the volume, mounted elsewhere, and mounted in its place.
    let snapshot = Mounted::at(&dir.path().join("snapshot"), &old, "loop").unwrap();
    let (code, told) = append(&snapshot.0, &reports(4, 1)[0], &[]);
    assert!(code == 1 && told.contains("is a copy"), "{code} {told}");
    unmount(snapshot);
    let mounted = Mounted::at(&volume, &old, "loop").unwrap();
    let node = Node::start(&volume, &[]);
    node.until("read-only", |node| is_read_only(node, "is a copy"));
    assert_eq!(node.end(), 0);
    unmount(mounted);
    // Its newest state on another disk, in the same place.
    let moved = dir.path().join("moved image");
    fs::copy(&image, &moved).unwrap();
    let mounted = Mounted::at(&volume, &moved, "loop").unwrap();
    let (code, told) = append(&volume, &reports(5, 1)[0], &[]);
    assert_eq!(code, 0, "{told}");
    unmount(mounted);
}

/// A container made anew: the same volume under the same path in a name space of its own, nothing else kept.
#[test]
fn a_container_made_anew_on_its_volume_goes_on() {
    let dir = copied();
    let Some(image) = image(dir.path()) else {
        eprintln!("skipped: no volume can be mounted here (root, loop devices, ext4)");
        return;
    };
    if !done("unshare", &["--mount", "true"]) {
        eprintln!("skipped: no name space of mounts can be made here");
        return;
    }
    let (data, event) = (dir.path().join("data"), dir.path().join("event.json"));
    fs::create_dir(&data).unwrap();
    let within = |image: &Path, place: usize, state: &str| {
        fs::write(&event, crate::serve::bytes_of(&reports(place, 1)[0])).unwrap();
        let script = "mount -o loop \"$1\" \"$2\" && \"$3\" event append \"$4\" --ledger \"$2/ledger\" --state \"$5\"; code=$?; umount \"$2\"; exit $code";
        let mut command = Command::new("unshare");
        command.args(["--mount", "bash", "-c", script, "bash"]).arg(image).arg(&data);
        command.arg(env!("CARGO_BIN_EXE_hattama")).arg(&event).arg(state);
        command.env_remove("HATTAMA_STATE");
        let done = command.output().unwrap();
        (done.status.code(), String::from_utf8_lossy(&done.stderr).into_owned())
    };
    let on_the_volume = data.join("state");
    let on_the_volume = on_the_volume.to_str().unwrap();
    for place in [1, 2] {
        let (code, told) = within(&image, place, on_the_volume);
        assert_eq!(code, Some(0), "{told}");
    }
    // A state directory that was thrown away with the container.
    let thrown_away = dir.path().join("thrown away");
    let (code, told) = within(&image, 3, thrown_away.to_str().unwrap());
    assert!(code == Some(1) && told.contains("is a copy"), "{code:?} {told}");
    // The whole volume rolled back, its state directory with it: what nothing on this machine can tell.
    let old = dir.path().join("old image");
    fs::copy(&image, &old).unwrap();
    assert_eq!(within(&image, 4, on_the_volume).0, Some(0));
    assert_eq!(within(&old, 5, on_the_volume).0, Some(0), "docs/operations.md says so");
}
