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
            _ => return Phrase::verbatim(self),
        };
        Phrase::of_foreign(id, &self.to_string())
    }
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
