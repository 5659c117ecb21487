//! Faults of the operating system as phrases: the kind has a text, the English is the system's own.

use std::{
    io,
    path::{Path, PathBuf},
    string::ToString,
};

use crate::wording::{Argument, Phrase, Phrased, ToArgument};

impl Phrased for io::Error {
    fn phrase(&self) -> Phrase {
        let id = match self.kind() {
            io::ErrorKind::NotFound => "system-not-found",
            io::ErrorKind::PermissionDenied => "system-permission-denied",
            io::ErrorKind::AlreadyExists => "system-already-exists",
            io::ErrorKind::NotADirectory => "system-not-a-folder",
            io::ErrorKind::IsADirectory => "system-is-a-folder",
            io::ErrorKind::DirectoryNotEmpty => "system-folder-not-empty",
            io::ErrorKind::ReadOnlyFilesystem => "system-read-only",
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "system-storage-full",
            io::ErrorKind::FileTooLarge => "system-file-too-large",
            io::ErrorKind::ConnectionRefused => "system-connection-refused",
            io::ErrorKind::ConnectionReset
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::BrokenPipe
            | io::ErrorKind::NotConnected => "system-connection-lost",
            io::ErrorKind::HostUnreachable
            | io::ErrorKind::NetworkUnreachable
            | io::ErrorKind::NetworkDown => "system-unreachable",
            io::ErrorKind::AddrInUse => "system-address-in-use",
            io::ErrorKind::AddrNotAvailable => "system-address-not-available",
            io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => "system-timed-out",
            io::ErrorKind::UnexpectedEof => "system-cut-short",
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => "system-invalid-data",
            io::ErrorKind::Interrupted => "system-interrupted",
            io::ErrorKind::OutOfMemory => "system-out-of-memory",
            _ => {
                return self
                    .raw_os_error()
                    .map_or_else(|| Phrase::verbatim(self), |code| of_code(self, code));
            }
        };
        Phrase::of_foreign(id, &self.to_string())
    }
}

/// A fault that has no kind: the number of the operating system says which one it is.
fn of_code(error: &io::Error, code: i32) -> Phrase {
    let id = match code {
        5 => "system-device",
        23 | 24 => "system-too-many-files",
        36 => "system-name-too-long",
        40 => "system-links-in-a-ring",
        _ => "system-other",
    };
    // The numbers of Windows are others; their sentences come in the language of that machine.
    let id = if cfg!(unix) { id } else { "system-other" };
    let number = u64::from(code.unsigned_abs());
    Phrase::of_foreign(id, &error.to_string()).with_argument("code", Argument::Number(number))
}

crate::phrased_argument!(io::Error);

impl ToArgument for Path {
    fn to_argument(&self) -> Argument {
        Argument::quote(self.display())
    }
}

impl ToArgument for PathBuf {
    fn to_argument(&self) -> Argument {
        self.as_path().to_argument()
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_fault_without_a_kind_is_told_by_its_number() {
        for (code, id) in [(5, "system-device"), (24, "system-too-many-files"), (71, "system-other")] {
            let error = io::Error::from_raw_os_error(code);
            let said = error.phrase();
            assert_eq!((said.id(), said.to_string()), (id, error.to_string()));
        }
    }
}
