//! One connection, its settings, and what the server says beside its answers.

use core::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use postgres::{Client, NoTls, error::SqlState};
use store::SharedFault;

use crate::address::Address;

/// No timeout may stand around a COMMIT: one that ends the wait leaves an entry on the primary alone. A node that stands still in the
/// middle of its turn loses it.
const SETTINGS: &str = "SET statement_timeout = 0; SET idle_session_timeout = 0; SET synchronous_commit = 'on'; \
    SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '10s'; \
    SET default_transaction_isolation = 'read committed'; \
    SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'";

/// A connection to the database.
pub(crate) struct Connection {
    client: Mutex<Client>,
    /// Warnings of the server since the last look.
    warnings: Arc<Mutex<Vec<String>>>,
    /// Hosts and database.
    pub(crate) server: String,
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection").field("server", &self.server).finish_non_exhaustive()
    }
}

impl Connection {
    pub(crate) fn open(address: &str) -> Result<Self, SharedFault> {
        let mut address = Address::parse(address)?;
        let warnings = Arc::new(Mutex::new(Vec::new()));
        let heard = warnings.clone();
        address.config.notice_callback(move |notice| {
            // A class of 01 is a warning, whatever language the server speaks.
            if notice.code().code().starts_with("01") || notice.severity() == "WARNING" {
                heard.lock().unwrap_or_else(PoisonError::into_inner).push(notice.to_string());
            }
        });
        let connected = match address.secure()? {
            Some(tls) => address.config.connect(tls),
            None => address.config.connect(NoTls),
        };
        let server = address.server;
        let unreachable = |error: postgres::Error| SharedFault::Unreachable {
            server: server.clone(),
            reason: tell(&error),
        };
        let mut client = connected.map_err(unreachable)?;
        client.batch_execute(SETTINGS).map_err(unreachable)?;
        Ok(Self { client: Mutex::new(client), warnings, server })
    }

    /// Asks the server something.
    pub(crate) fn ask<T>(
        &self,
        question: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, SharedFault> {
        let mut client = self.client.lock().unwrap_or_else(PoisonError::into_inner);
        question(&mut client).map_err(|error| match error.code() {
            Some(code) if *code == SqlState::READ_ONLY_SQL_TRANSACTION => {
                SharedFault::Standby { server: self.server.clone() }
            }
            _ => SharedFault::NoAnswer { reason: tell(&error) },
        })
    }

    /// Asks what makes something durable: the answer counts only if the server does not warn that the standby may lack it.
    pub(crate) fn ask_durably<T>(
        &self,
        question: impl FnOnce(&mut Client) -> Result<T, postgres::Error>,
    ) -> Result<T, SharedFault> {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).clear();
        let answer = self.ask(question)?;
        let warnings = std::mem::take(&mut *self.warnings.lock().unwrap_or_else(PoisonError::into_inner));
        match warnings.is_empty() {
            true => Ok(answer),
            false => Err(SharedFault::NotReplicated { reason: warnings.join("; ") }),
        }
    }

    /// The role that asks.
    pub(crate) fn role(&self) -> Result<String, SharedFault> {
        self.ask(|client| client.query_one("SELECT current_user::text", &[])).map(|row| row.get(0))
    }

    /// Whether the server is a standby.
    pub(crate) fn is_standby(&self) -> Result<bool, SharedFault> {
        self.ask(|client| client.query_one("SELECT pg_is_in_recovery()", &[])).map(|row| row.get(0))
    }
}

/// What the server said, or the library.
fn tell(error: &postgres::Error) -> String {
    match (error.as_db_error(), std::error::Error::source(error)) {
        (Some(said), _) => format!("{} ({})", said.message(), said.code().code()),
        (None, Some(source)) => format!("{error}: {source}"),
        (None, None) => error.to_string(),
    }
}
