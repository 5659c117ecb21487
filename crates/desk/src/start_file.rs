//! The file that holds the address at which one browser may begin: mode 0600, one token, used once.

use std::{
    env,
    io::{Seek as _, Write as _},
    path::{Path, PathBuf},
};

use client::files::read_bounded;
use tempfile::NamedTempFile;

use crate::{fault::DeskFault, secret::DeskSecret};

/// Longer than any address and any name of a file.
const FILE_BYTES_MAX: u64 = 8 * 1024;

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

/// The address of a desk that is at work already, from the file that it named. Nothing but an address of this computer is taken from there:
/// a book may come from anywhere.
pub(crate) fn find_at_work(named: &Path) -> Option<String> {
    let file = read_bounded(named, FILE_BYTES_MAX).ok()?;
    let address = read_bounded(Path::new(std::str::from_utf8(&file).ok()?), FILE_BYTES_MAX).ok()?;
    let address = std::str::from_utf8(&address).ok()?.trim();
    let (port, token) = address.strip_prefix("http://127.0.0.1:")?.split_once("/start?token=")?;
    let is_own = port.parse::<u16>().is_ok_and(|number| number.to_string() == port)
        && token.len() == 64
        && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_own.then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_book_leads_to_a_desk_of_this_computer_and_nowhere_else() {
        let dir = tempfile::tempdir().unwrap();
        let (named, file) = (dir.path().join("named"), dir.path().join("file"));
        fs::write(&named, file.to_str().unwrap()).unwrap();
        let token = "a".repeat(64);
        let found = |address: &str| {
            fs::write(&file, format!("{address}\n")).unwrap();
            find_at_work(&named)
        };
        let own = format!("http://127.0.0.1:4000/start?token={token}");
        assert_eq!(found(&own), Some(own.clone()));
        for other in [
            format!("http://evil.example:4000/start?token={token}"),
            format!("http://127.0.0.1:4000@evil.example/start?token={token}"),
            format!("http://127.0.0.1:04000/start?token={token}"),
            format!("https://127.0.0.1:4000/start?token={token}"),
            format!("http://127.0.0.1:4000/start?token={token}&x=1"),
            "file:///etc/passwd".to_owned(),
            String::new(),
        ] {
            assert_eq!(found(&other), None, "{other}");
        }
        fs::remove_file(&file).unwrap();
        assert_eq!(find_at_work(&named), None);
    }
}
