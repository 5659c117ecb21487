//! A folder that any static server serves.
//!
//! Files and snapshots appear as a whole, each by one rename, and are durable before the next step.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{fault::PublishError, target::PublicationTarget};
use verifier::limits::FILE_BYTES_MAX;

use crate::files::{FileError, read_file, remove_folder, rename_durably, write_durably};

/// A folder, made when the first file is written.
#[derive(Debug)]
pub struct FolderTarget {
    root: PathBuf,
}

impl FolderTarget {
    /// The folder of that path, there or not.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    /// Beside the public folder, on the same file system, so that one rename makes a whole thing visible.
    fn making_folder(&self) -> PathBuf {
        let mut name = self.root.file_name().unwrap_or_default().to_owned();
        name.push(".publishing");
        self.root.with_file_name(name)
    }

    /// Writes next to the folder and renames: a reader sees the old file or the new one, whole.
    fn replace_file(&self, path: &Path, bytes: &[u8]) -> Result<(), PublishError> {
        let making = self.making_folder().join("file");
        write_durably(&making, bytes)?;
        Ok(rename_durably(&making, path)?)
    }
}

impl PublicationTarget for FolderTarget {
    fn name(&self) -> String {
        self.root.display().to_string()
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let path = self.root.join(path);
        match read_file(&path, FILE_BYTES_MAX) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(FileError::at(&path)(error).into()),
        }
    }

    fn top(&self) -> Result<Vec<String>, PublishError> {
        let failed = FileError::at(&self.root);
        let items = match fs::read_dir(&self.root) {
            Ok(items) => items,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(failed(error).into()),
        };
        items.map(|item| Ok(item.map_err(&failed)?.file_name().to_string_lossy().into_owned())).collect()
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, PublishError> {
        let mut found = Vec::new();
        list_files(&self.root.join(folder), folder, &mut found)?;
        found.sort();
        Ok(found)
    }

    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<bool, PublishError> {
        match self.read(path)? {
            Some(there) if there == bytes => Ok(false),
            Some(_) => Err(PublishError::Changed { path: self.root.join(path).display().to_string() }),
            None => self.replace_file(&self.root.join(path), bytes).map(|()| true),
        }
    }

    fn replace(&mut self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        self.replace_file(&self.root.join(path), bytes)
    }

    fn create_snapshot(&mut self, n: u64, files: &[(String, Vec<u8>)]) -> Result<usize, PublishError> {
        let making = self.making_folder();
        remove_folder(&making)?;
        for (name, bytes) in files {
            write_durably(&making.join(name), bytes)?;
        }
        rename_durably(&making, &self.root.join("snapshots").join(n.to_string()))?;
        Ok(files.len())
    }

    fn show(&mut self, checkpoint: &[u8]) -> Result<(), PublishError> {
        self.replace("checkpoint", checkpoint)?;
        Ok(remove_folder(&self.making_folder())?)
    }

    fn remove(&mut self, path: &str) -> Result<(), PublishError> {
        let path = self.root.join(path);
        fs::remove_file(&path).map_err(FileError::at(&path))?;
        // A folder of partial tiles goes with the last of them; one that is not empty stays.
        if let Some(parent) = path.parent().filter(|parent| parent.extension().is_some_and(|end| end == "p"))
        {
            let _emptied = fs::remove_dir(parent);
        }
        Ok(())
    }
}

fn list_files(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<(), PublishError> {
    let failed = FileError::at(folder);
    let items = match fs::read_dir(folder) {
        Ok(items) => items,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error).into()),
    };
    for item in items {
        let item = item.map_err(&failed)?;
        let path = format!("{prefix}/{}", item.file_name().to_string_lossy());
        if item.file_type().map_err(&failed)?.is_dir() {
            list_files(&item.path(), &path, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}
