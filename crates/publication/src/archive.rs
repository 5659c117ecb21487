//! Writes a published ledger as a zip: the same files always give the same bytes.
//!
//! In: names in byte order, stored, one time, one mode. Out: which files there are (`node`).

use std::{
    collections::BTreeMap,
    io::{self, Seek, Write},
};

use zip::{CompressionMethod, DateTime, System, ZipWriter, result::ZipError, write::SimpleFileOptions};

/// Why a zip is not written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
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
/// [`WriteError`].
pub fn write(files: &BTreeMap<String, Vec<u8>>, to: impl Write + Seek) -> Result<(), WriteError> {
    let mut zip = ZipWriter::new(to);
    for (name, bytes) in files {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .system(System::Unix)
            .unix_permissions(0o644)
            .large_file(bytes.len() as u64 >= u64::from(u32::MAX));
        zip.start_file(name.as_str(), options).map_err(|error| failed(name, error))?;
        zip.write_all(bytes).map_err(WriteError::Write)?;
    }
    let mut to = zip.finish().map_err(|error| failed("the directory", error))?;
    to.flush().map_err(WriteError::Write)
}

fn failed(name: &str, error: ZipError) -> WriteError {
    match error {
        ZipError::Io(error) => WriteError::Write(error),
        error => WriteError::Name { name: name.to_owned(), error },
    }
}
