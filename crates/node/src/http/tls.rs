//! TLS from files, and where plain HTTP is allowed.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::{Arc, PoisonError, RwLock},
};

use rustls::{
    ServerConfig,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject as _},
    },
};
use tokio_rustls::TlsAcceptor;

use super::fault::ListenError;

/// Files of TLS.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The chain of certificates, own one first.
    pub certificate: PathBuf,
    /// The key.
    pub key: PathBuf,
}

/// The acceptor of the connections to come, which is replaced when its files are read again.
#[derive(Clone)]
pub(crate) struct CurrentAcceptor(Arc<RwLock<TlsAcceptor>>);

impl CurrentAcceptor {
    /// The one in force now.
    pub(crate) fn current(&self) -> TlsAcceptor {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Reads the files again; what does not read leaves the one in force.
    pub(crate) fn read_again(&self, files: &Tls) -> Result<(), ListenError> {
        let new = read_files(files)?;
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = new;
        Ok(())
    }
}

/// The acceptor of secured connections; none where plain HTTP stays on this machine or behind a proxy of ours.
///
/// # Errors
/// [`ListenError::Plain`] where others than this machine would reach the address in plain text, or when a file does not read.
pub(crate) fn read_acceptor(
    listen: SocketAddr,
    files: Option<&Tls>,
    plain_behind_proxy: bool,
) -> Result<Option<CurrentAcceptor>, ListenError> {
    let Some(files) = files else {
        if listen.ip().to_canonical().is_loopback() || plain_behind_proxy {
            return Ok(None);
        }
        return Err(ListenError::Plain { address: listen });
    };
    Ok(Some(CurrentAcceptor(Arc::new(RwLock::new(read_files(files)?)))))
}

fn read_files(files: &Tls) -> Result<TlsAcceptor, ListenError> {
    let path = || files.certificate.clone();
    let certificates = read_certificates(&files.certificate)
        .map_err(|error| ListenError::Certificates { path: path(), error })?;
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| ListenError::PrivateKey { path: files.key.clone(), error })?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| ListenError::Tls { path: path(), error })?
        .with_no_client_auth()
        .with_single_cert(certificates, key);
    let mut config = config.map_err(|error| ListenError::Tls { path: path(), error })?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, pem::Error> {
    CertificateDer::pem_file_iter(path)?.collect()
}
