//! Why an address cannot be listened on.

use std::{io, net::SocketAddr, path::PathBuf};

use rustls::pki_types::pem;

/// Why an address cannot be listened on.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum ListenError {
    /// No node and no witness runs on this system.
    #[error(transparent)]
    Elsewhere(store::OpenError),
    /// The address is not free.
    #[error("expected a free address to listen on, found {address}: {error}")]
    Address {
        /// The address.
        address: SocketAddr,
        /// What the system says.
        error: io::Error,
    },
    /// Anybody on the way could change what is sent.
    #[error(
        "expected TLS or a loopback address, found plain HTTP on {address}: give --tls-certificate and --tls-key, or \
         --plain-behind-proxy"
    )]
    Plain {
        /// The address.
        address: SocketAddr,
    },
    /// A file of certificates does not read.
    #[error("expected certificates in PEM in {path}, found: {error}", path = .path.display())]
    Certificates {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: pem::Error,
    },
    /// The file of the key does not read.
    #[error("expected a private key in PEM in {path}, found: {error}", path = .path.display())]
    PrivateKey {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        error: pem::Error,
    },
    /// Certificates and key do not go together.
    #[error("expected certificates in PEM in {path}, found: {error}", path = .path.display())]
    Tls {
        /// The file of certificates.
        path: PathBuf,
        /// What is wrong.
        error: rustls::Error,
    },
    /// The system gives no threads or signals.
    #[error("expected threads and signals of the system, found: {0}")]
    System(#[from] io::Error),
}
