//! One file that holds a whole published ledger, to be carried about.
//!
//! Its files are held in memory; the whole zip is replaced by one rename when the checkpoint is shown.

use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, BufWriter, ErrorKind},
    path::{Path, PathBuf},
};

use phrase::Phrased as _;
use publication::write_zip;
use verifier::{Content, archive, limits::Limits};

use super::{fault::PublishError, target::PublicationTarget};
use crate::files::{FileError, rename_durably};

/// A zip, made when the checkpoint is first shown.
#[derive(Debug)]
pub struct ArchiveTarget {
    path: PathBuf,
    files: BTreeMap<String, Vec<u8>>,
}

impl ArchiveTarget {
    /// Reads the zip of that path, if it is there.
    ///
    /// # Errors
    /// When it does not read, or is no zip of a published ledger.
    pub fn open(path: &Path) -> Result<Self, PublishError> {
        let failed = FileError::at(path);
        let file = match File::open(path) {
            Ok(file) => BufReader::new(file),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Self { path: path.to_owned(), files: BTreeMap::new() });
            }
            Err(error) => return Err(failed(error).into()),
        };
        let name = path.display().to_string();
        let source = archive::read_archive(&name, file, &Limits::default())
            .map_err(|error| PublishError::Address { address: name, found: error.phrase() })?;
        let Content::Published(files) = source.content else {
            return Ok(Self { path: path.to_owned(), files: BTreeMap::new() });
        };
        Ok(Self { path: path.to_owned(), files })
    }
}

impl PublicationTarget for ArchiveTarget {
    fn name(&self) -> String {
        self.path.display().to_string()
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        Ok(self.files.get(path).cloned())
    }

    fn top(&self) -> Result<Vec<String>, PublishError> {
        let name = |path: &String| path.split('/').next().unwrap_or_default().to_owned();
        Ok(self.files.keys().map(name).collect())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, PublishError> {
        let below = format!("{folder}/");
        Ok(self.files.keys().filter(|path| path.starts_with(&below)).cloned().collect())
    }

    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<bool, PublishError> {
        match self.files.get(path) {
            Some(there) if there == bytes => Ok(false),
            Some(_) => Err(PublishError::Changed { path: format!("{}: {path}", self.name()) }),
            None => {
                self.files.insert(path.to_owned(), bytes.to_vec());
                Ok(true)
            }
        }
    }

    fn replace(&mut self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        self.files.insert(path.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn create_snapshot(&mut self, n: u64, files: &[(String, Vec<u8>)]) -> Result<usize, PublishError> {
        for (name, bytes) in files {
            self.create(&format!("snapshots/{n}/{name}"), bytes)?;
        }
        Ok(files.len())
    }

    fn show(&mut self, checkpoint: &[u8]) -> Result<(), PublishError> {
        self.files.insert("checkpoint".to_owned(), checkpoint.to_vec());
        let mut name = self.path.file_name().unwrap_or_default().to_owned();
        name.push(".publishing");
        let making = self.path.with_file_name(name);
        let failed = FileError::at(&making);
        let file = File::create(&making).map_err(&failed)?;
        let mut to = BufWriter::new(file);
        write_zip(&self.files, &mut to).map_err(|error| failed(std::io::Error::other(error.to_string())))?;
        let file = to.into_inner().map_err(|error| failed(error.into_error()))?;
        file.sync_all().map_err(&failed)?;
        Ok(rename_durably(&making, &self.path)?)
    }

    fn remove(&mut self, path: &str) -> Result<(), PublishError> {
        self.files.remove(path);
        Ok(())
    }
}
