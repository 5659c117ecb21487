//! The demo, played once for all tests of this run that read its folder. A test that writes takes a copy.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use crate::{commands::run, folders::copy_folder};

/// The folder that `hattama demo` wrote: nobody may change it.
pub(crate) fn demo_folder() -> &'static Path {
    static PLAYED: OnceLock<PathBuf> = OnceLock::new();
    PLAYED.get_or_init(|| {
        let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("demo");
        match fs::remove_dir_all(&dir) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => panic!("{}: {error}", dir.display()),
            _ => {}
        }
        let (code, story, err) = run(&["demo", "--dir", &dir.display().to_string(), "--lang", "ru"]);
        assert_eq!(code, 0, "{story}{err}");
        fs::write(dir.with_extension("story"), story + &err).unwrap();
        dir
    })
}

/// These folders of the demo, to be written into.
pub(crate) fn copy_demo(folders: &[&str]) -> tempfile::TempDir {
    let own = tempfile::tempdir().unwrap();
    for name in folders {
        copy_folder(&demo_folder().join(name), &own.path().join(name));
    }
    own
}
