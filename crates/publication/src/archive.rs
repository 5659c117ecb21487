//! A published ledger as a zip: the same files always give the same bytes.

use std::{
    collections::BTreeMap,
    io::{self, Seek, Write},
};

use zip::{CompressionMethod, DateTime, System, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// Why a zip is not written.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ZipWriteError {
    /// The target cannot be written.
    #[error("cannot write the zip: {0}")]
    Write(io::Error),
    /// A name that no zip can carry.
    #[error("expected names that a zip can carry, found {name}: {error}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        error: ZipError,
    },
}

/// Writes files as a zip: names in byte order, stored, 1980-01-01 00:00, mode 0644, zip64 only where it must be.
///
/// # Errors
/// [`ZipWriteError`].
pub fn write_zip(files: &BTreeMap<String, Vec<u8>>, to: impl Write + Seek) -> Result<(), ZipWriteError> {
    let mut zip = ZipWriter::new(to);
    for (name, bytes) in files {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .system(System::Unix)
            .unix_permissions(0o644)
            .large_file(bytes.len() as u64 >= u64::from(u32::MAX));
        zip.start_file(name.as_str(), options).map_err(|error| zip_write_error(name, error))?;
        zip.write_all(bytes).map_err(ZipWriteError::Write)?;
    }
    let mut to = zip.finish().map_err(|error| zip_write_error("the directory", error))?;
    to.flush().map_err(ZipWriteError::Write)
}

fn zip_write_error(name: &str, error: ZipError) -> ZipWriteError {
    match error {
        ZipError::Io(error) => ZipWriteError::Write(error),
        error => ZipWriteError::Name { name: name.to_owned(), error },
    }
}
