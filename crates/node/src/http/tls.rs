//! TLS from files, and where plain HTTP is allowed.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
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
pub struct Tls {
    /// The chain of certificates, own one first.
    pub certificate: PathBuf,
    /// The key.
    pub key: PathBuf,
}

/// The acceptor of secured connections; none where plain HTTP stays on this machine or behind a proxy of ours.
///
/// # Errors
/// [`ListenError::Plain`] where others than this machine would reach the address in plain text, or when a file does not read.
pub(crate) fn read_acceptor(
    listen: SocketAddr,
    files: Option<&Tls>,
    plain_behind_proxy: bool,
) -> Result<Option<TlsAcceptor>, ListenError> {
    let Some(files) = files else {
        if listen.ip().to_canonical().is_loopback() || plain_behind_proxy {
            return Ok(None);
        }
        return Err(ListenError::Plain { address: listen });
    };
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
    Ok(Some(TlsAcceptor::from(Arc::new(config))))
}

fn read_certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, pem::Error> {
    CertificateDer::pem_file_iter(path)?.collect()
}
