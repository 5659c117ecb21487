//! SIGHUP: certificates and rates are read again while the node runs. What does not read changes nothing, and is told.

use std::io;

use phrase::Phrase;

use crate::{
    api::app::{App, Load},
    http::tls::{CurrentAcceptor, Tls},
};

/// Reads the bounds again from where they were read first.
pub type RereadLoad = Box<dyn Fn() -> Result<Load, Phrase> + Send + Sync>;

/// What is read again.
pub(crate) struct Reloading {
    /// With the acceptors that they are of.
    pub(crate) tls: Option<(Tls, Vec<CurrentAcceptor>)>,
    pub(crate) reread: Option<RereadLoad>,
}

impl Reloading {
    /// Listens for the signal, then reads again whenever it comes.
    #[cfg(unix)]
    pub(crate) fn when_told(self, app: App) -> io::Result<impl Future<Output = ()>> {
        let mut told = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup())?;
        Ok(async move {
            while told.recv().await.is_some() {
                self.read_again(&app);
            }
        })
    }

    /// No system but Unix has the signal.
    #[cfg(not(unix))]
    pub(crate) fn when_told(self, _app: App) -> io::Result<impl Future<Output = ()>> {
        drop(self);
        Ok(std::future::ready(()))
    }

    #[cfg(unix)]
    fn read_again(&self, app: &App) {
        if let Some((files, acceptors)) = &self.tls {
            match acceptors.iter().try_for_each(|acceptor| acceptor.read_again(files)) {
                Ok(()) => tracing::info!("certificates were read again"),
                Err(error) => tracing::error!(%error, "the certificates stay as they were"),
            }
        }
        match self.reread.as_ref().map(|reread| reread()) {
            Some(Ok(load)) => {
                app.set_rates(&load);
                let Load { address_rate, reader_rate, key_rate, .. } = load;
                tracing::info!(address_rate, reader_rate, key_rate, "limits were read again");
            }
            Some(Err(found)) => tracing::error!(%found, "the limits stay as they were"),
            None => {}
        }
    }
}
