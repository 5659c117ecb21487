//! A policy with the text that it was read from, which the ledger remembers.

use tlog::policy::{Policy, PolicyError};

/// A C2SP policy and its text.
#[derive(Debug, Clone)]
pub struct WitnessPolicy {
    pub(crate) text: String,
    pub(crate) policy: Policy,
}

impl WitnessPolicy {
    /// Reads a policy.
    ///
    /// # Errors
    /// [`PolicyError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        let policy = Policy::parse(bytes)?;
        Ok(Self { text: String::from_utf8_lossy(bytes).into_owned(), policy })
    }

    /// The policy.
    #[must_use]
    pub const fn policy(&self) -> &Policy {
        &self.policy
    }
}
