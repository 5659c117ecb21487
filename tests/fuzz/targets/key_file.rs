//! `commission::keys::file::open_key`: no file stops it or costs more than it may, and a key that is read is written and read again.

#![no_main]

use std::{
    fs::{self, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::PathBuf,
    sync::OnceLock,
};

use commission::keys::file::open_key;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

fuzz_target!(|data: &[u8]| {
    let path = file();
    fs::write(&path, data).unwrap();
    let secret = || Ok(String::from("secret").into());
    match open_key(&path, secret, |_| {}) {
        Ok(key) => assert_eq!(key.to_bytes(), open_key(&path, secret, |_| {}).unwrap().to_bytes()),
        Err(fault) => drop(fault.to_string()),
    }
});

/// A file that only its owner reads.
fn file() -> PathBuf {
    static DIR: OnceLock<TempDir> = OnceLock::new();
    let dir = DIR.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("key.pem"), "").unwrap();
        fs::set_permissions(dir.path().join("key.pem"), Permissions::from_mode(0o600)).unwrap();
        dir
    });
    dir.path().join("key.pem")
}
