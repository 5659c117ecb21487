//! The address of a database: who is asked, and how the way there is secured.

use std::{path::PathBuf, sync::Arc, time::Duration};

use postgres::{
    Config,
    config::{Host, SslMode},
};
use rustls::{
    ClientConfig, RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use store::SharedFault;
use tokio_postgres_rustls::MakeRustlsConnect;

/// The parameter that names the certificates of the authority.
const AUTHORITY: &str = "sslrootcert=";

/// Where a database is.
pub(crate) struct Address {
    pub(crate) config: Config,
    /// Hosts and database, without secrets.
    pub(crate) server: String,
    authority: Option<PathBuf>,
}

impl Address {
    /// Reads `postgres://…`, with `sslrootcert=FILE` among the parameters where the host is another machine.
    pub(crate) fn parse(address: &str) -> Result<Self, SharedFault> {
        let (bare, authority) = split_authority(address);
        let wrong = |error: postgres::Error| SharedFault::Address { reason: error.to_string() };
        let mut config: Config = bare.parse().map_err(wrong)?;
        config.application_name("hattama");
        config.connect_timeout(Duration::from_secs(5));
        // A machine that vanished is noticed; a server that is only slow is waited for.
        config.keepalives_idle(Duration::from_secs(10));
        config.keepalives_interval(Duration::from_secs(5));
        config.keepalives_retries(3);
        config.ssl_mode(if authority.is_some() { SslMode::Require } else { SslMode::Disable });
        let hosts: Vec<String> = config.get_hosts().iter().map(name_host).collect();
        if authority.is_none()
            && let Some(host) = config.get_hosts().iter().find(|host| !is_of_this_machine(host))
        {
            return Err(SharedFault::Plain { host: name_host(host) });
        }
        let server = format!("{}/{}", hosts.join(","), config.get_dbname().unwrap_or_default());
        Ok(Self { config, server, authority })
    }

    /// TLS with the authority that the address names.
    pub(crate) fn secure(&self) -> Result<Option<MakeRustlsConnect>, SharedFault> {
        let Some(path) = &self.authority else { return Ok(None) };
        let wrong = |reason: String| SharedFault::Address { reason: format!("{}: {reason}", path.display()) };
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| wrong(error.to_string()))? {
            let certificate = certificate.map_err(|error| wrong(error.to_string()))?;
            roots.add(certificate).map_err(|error| wrong(error.to_string()))?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| wrong(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Some(MakeRustlsConnect::new(config)))
    }
}

/// Takes the name of the authority's file out of the parameters, which the library does not know.
fn split_authority(address: &str) -> (String, Option<PathBuf>) {
    let Some((bare, parameters)) = address.split_once('?') else { return (address.to_owned(), None) };
    let (own, rest): (Vec<&str>, Vec<&str>) =
        parameters.split('&').partition(|one| one.starts_with(AUTHORITY));
    let authority = own.first().and_then(|one| one.strip_prefix(AUTHORITY)).map(PathBuf::from);
    let bare = if rest.is_empty() { bare.to_owned() } else { format!("{bare}?{}", rest.join("&")) };
    (bare, authority)
}

fn name_host(host: &Host) -> String {
    match host {
        Host::Tcp(name) => name.clone(),
        Host::Unix(path) => path.display().to_string(),
    }
}

fn is_of_this_machine(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            name == "localhost"
                || name.parse::<core::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_machine_is_never_asked_in_plain_text() {
        for host in ["db.example.org", "192.0.2.7"] {
            let refused = Address::parse(&format!("postgres://a@{host}/ledger")).err();
            assert_eq!(refused, Some(SharedFault::Plain { host: host.to_owned() }));
            let named = Address::parse(&format!("postgres://a@{host}/ledger?sslrootcert=/ca.pem&user=b"));
            assert_eq!(named.unwrap().authority, Some(PathBuf::from("/ca.pem")));
        }
        for address in
            ["postgres://a@127.0.0.1/l", "postgres:///l?host=/run/postgresql", "postgres://a@localhost/l"]
        {
            assert!(Address::parse(address).is_ok(), "{address}");
        }
        assert!(matches!(Address::parse("folder/ledger"), Err(SharedFault::Address { .. })));
    }

    #[test]
    fn no_secret_is_told() {
        let address = Address::parse("postgres://a:secret@localhost/ledger").unwrap();
        assert_eq!(address.server, "localhost/ledger");
    }
}
