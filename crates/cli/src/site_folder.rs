//! The pages of a ledger in a folder: all of them, or none.

use std::{
    fs,
    io::{self, ErrorKind},
    path::{Path, PathBuf},
};

use client::files::FileFault;
use site::SiteFile;

/// Why there are no pages.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum SiteFault {
    /// The pages themselves.
    #[error(transparent)]
    Pages(#[from] site::SiteError),
    /// A file or folder.
    #[error(transparent)]
    File(#[from] FileFault),
    /// Something that nobody asked to replace.
    #[error("expected a new or an empty folder for the pages, found other files in {path}", path = .path.display())]
    NotEmpty { path: PathBuf },
    /// No folder at all.
    #[error("expected a folder for the pages, found a file: {path}", path = .path.display())]
    NotAFolder { path: PathBuf },
}

impl SiteFault {
    /// 2: could not do; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::NotEmpty { .. } | Self::NotAFolder { .. } => 64,
            Self::File(fault) => fault.exit_code(),
            Self::Pages(_) => 2,
        }
    }
}

/// Writes pages to a new or an empty folder; tells how many files they are. They are written beside it and
/// put in place together, so that a disk that is full leaves no half of them.
pub(crate) fn write_site_folder(files: &[SiteFile], to: &Path) -> Result<usize, SiteFault> {
    require_empty_folder(to)?;
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |error: io::Error| FileFault::Write { path, error }
    };
    let parent = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed(parent))?;
    let beside = tempfile::Builder::new().prefix(".site-").tempdir_in(parent).map_err(failed(parent))?;
    for (path, bytes) in files {
        let path = beside.path().join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed(folder))?;
        }
        fs::write(&path, bytes).map_err(failed(&path))?;
    }
    // It was made for one user, and a server of another reads it.
    client::durable::open_to_readers(beside.path()).map_err(failed(to))?;
    if to.exists() {
        fs::remove_dir(to).map_err(failed(to))?;
    }
    fs::rename(beside.path(), to).map_err(failed(to))?;
    Ok(files.len())
}

fn require_empty_folder(to: &Path) -> Result<(), SiteFault> {
    match fs::read_dir(to) {
        Ok(mut items) => match items.next() {
            None => Ok(()),
            Some(_) => Err(SiteFault::NotEmpty { path: to.to_owned() }),
        },
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Err(SiteFault::NotAFolder { path: to.to_owned() })
        }
        Err(error) => Err(FileFault::Read { path: to.to_owned(), error }.into()),
    }
}
