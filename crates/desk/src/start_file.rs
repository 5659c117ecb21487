//! The file that holds the address at which one browser may begin: mode 0600, one token, used once.

use std::{
    env,
    io::{Seek as _, Write as _},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use crate::{fault::DeskFault, secret::DeskSecret};

/// The file, the token in it that nobody has used yet, and the port.
pub(crate) struct StartFile {
    file: NamedTempFile,
    token: DeskSecret,
    port: u16,
}

impl StartFile {
    /// Writes the file: in the user's own folder for running programs, else among temporary files.
    pub(crate) fn write_new(port: u16) -> Result<Self, DeskFault> {
        let own = env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| dir.is_dir());
        let dir = own.unwrap_or_else(env::temp_dir);
        // Made for its owner alone, and under a name that nobody foresees.
        let file = tempfile::Builder::new().prefix("hattama-desk-").suffix(".address").tempfile_in(&dir);
        let file = file.map_err(|error| DeskFault::StartFile { path: dir, error })?;
        let mut own = Self { file, token: DeskSecret::new()?, port };
        own.write()?;
        Ok(own)
    }

    /// Where it lies.
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    /// The address at which the next browser may begin.
    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/start?token={}", self.port, self.token.as_str())
    }

    /// Uses the token up, if it is the one; the file holds another from then on.
    pub(crate) fn use_up(&mut self, given: &str) -> Result<bool, DeskFault> {
        if !self.token.is_given_as(given) {
            return Ok(false);
        }
        self.token = DeskSecret::new()?;
        self.write()?;
        Ok(true)
    }

    fn write(&mut self) -> Result<(), DeskFault> {
        let line = format!("{}\n", self.address());
        let file = self.file.as_file_mut();
        let written =
            file.rewind().and_then(|()| file.set_len(0)).and_then(|()| file.write_all(line.as_bytes()));
        written.map_err(|error| DeskFault::StartFile { path: self.file.path().to_owned(), error })
    }
}
