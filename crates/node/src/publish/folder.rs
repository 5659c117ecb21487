//! A folder that any static server serves.
//!
//! In: files that appear as a whole by one rename and are durable before the next step, snapshots by one rename.
//! Out: the order (`place`).

use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use super::{Place, PublishError};

/// A folder, made when the first file is written.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The folder of that path, there or not.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Beside the public folder, on the same file system, so that one rename makes a whole thing visible.
    fn beside(&self) -> PathBuf {
        let mut name = self.root.file_name().unwrap_or_default().to_owned();
        name.push(".publishing");
        self.root.with_file_name(name)
    }

    /// Writes beside the folder and renames: a reader sees the old file or the new one, whole, and never a third.
    fn replace(&self, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        let making = self.beside().join("file");
        write_durably(&making, bytes)?;
        rename(&making, path)
    }
}

impl Place for Folder {
    fn name(&self) -> String {
        self.root.display().to_string()
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let path = self.root.join(path);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(PublishError::Io { path, error }),
        }
    }

    fn top(&self) -> Result<Vec<String>, PublishError> {
        let failed = |error| PublishError::Io { path: self.root.clone(), error };
        let items = match fs::read_dir(&self.root) {
            Ok(items) => items,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error)),
        };
        items.map(|item| Ok(item.map_err(failed)?.file_name().to_string_lossy().into_owned())).collect()
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, PublishError> {
        let mut found = Vec::new();
        walk(&self.root.join(folder), folder, &mut found)?;
        found.sort();
        Ok(found)
    }

    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<bool, PublishError> {
        match self.read(path)? {
            Some(there) if there == bytes => Ok(false),
            Some(_) => Err(PublishError::Changed { path: self.root.join(path).display().to_string() }),
            None => self.replace(&self.root.join(path), bytes).map(|()| true),
        }
    }

    fn create_snapshot(&mut self, n: u64, files: &[(String, Vec<u8>)]) -> Result<usize, PublishError> {
        let making = self.beside();
        remove_folder(&making)?;
        for (name, bytes) in files {
            write_durably(&making.join(name), bytes)?;
        }
        rename(&making, &self.root.join("snapshots").join(n.to_string()))?;
        Ok(files.len())
    }

    fn show(&mut self, checkpoint: &[u8]) -> Result<(), PublishError> {
        self.replace(&self.root.join("checkpoint"), checkpoint)?;
        remove_folder(&self.beside())
    }

    fn remove(&mut self, path: &str) -> Result<(), PublishError> {
        let path = self.root.join(path);
        fs::remove_file(&path).map_err(|error| PublishError::Io { path: path.clone(), error })?;
        // A folder of partial tiles goes with the last of them; one that is not empty stays.
        if let Some(parent) = path.parent().filter(|parent| parent.extension().is_some_and(|end| end == "p"))
        {
            let _emptied = fs::remove_dir(parent);
        }
        Ok(())
    }
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), PublishError> {
    let failed = |error| PublishError::Io { path: folder.to_owned(), error };
    let items = match fs::read_dir(folder) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
    };
    for item in items {
        let item = item.map_err(failed)?;
        let path = format!("{prefix}/{}", item.file_name().to_string_lossy());
        if item.file_type().map_err(failed)?.is_dir() {
            walk(&item.path(), &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

/// Writes a file and makes its bytes durable, with its folder.
pub(crate) fn write_durably(path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
    let failed = |error| PublishError::Io { path: path.to_owned(), error };
    create_parent(path)?;
    let mut file = File::create(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.sync_all().map_err(failed)?;
    sync_parent(path)
}

/// Moves a file or folder into its place, and makes that durable.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), PublishError> {
    create_parent(to)?;
    fs::rename(from, to).map_err(|error| PublishError::Io { path: to.to_owned(), error })?;
    sync_parent(to)
}

/// Removes a folder with everything in it, if it is there.
pub(crate) fn remove_folder(folder: &Path) -> Result<(), PublishError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(PublishError::Io { path: folder.to_owned(), error })
        }
        Ok(()) | Err(_) => Ok(()),
    }
}

fn create_parent(path: &Path) -> Result<(), PublishError> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(|error| PublishError::Io { path: parent.to_owned(), error })
}

fn sync_parent(path: &Path) -> Result<(), PublishError> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let synced = File::open(parent).and_then(|folder| folder.sync_all());
    synced.map_err(|error| PublishError::Io { path: parent.to_owned(), error })
}
