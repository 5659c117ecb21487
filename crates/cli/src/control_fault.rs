//! Why nothing came of asking a running node, or of listening for who asks.

use node::{ControlFault, PublishError};

/// Why nothing came of asking a running node.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum ControlCommandFault {
    /// What the control socket says.
    #[error(transparent)]
    Link(#[from] ControlFault),
    /// A group that this machine does not have.
    #[error("expected with --control-group the name or number of a group in /etc/group, found {found}")]
    Group { found: String },
}

impl ControlCommandFault {
    /// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
    pub(crate) const fn exit_code(&self) -> u8 {
        match self {
            Self::Group { .. } => 64,
            Self::Link(fault) => exit_code_of(fault),
        }
    }
}

/// The same of a publication: 1 where the ledger does not verify, was refused, or is contradicted.
pub(crate) const fn exit_code_of_publishing(fault: &PublishError) -> u8 {
    match fault {
        PublishError::Control(fault) => exit_code_of(fault),
        PublishError::Unverified { .. } | PublishError::Append(_) | PublishError::Contradicted { .. } => 1,
        _ => 2,
    }
}

/// 1: refused on its merits, or another history is proved; 2: could not tell; 64: words that do not fit.
pub(crate) const fn exit_code_of(fault: &ControlFault) -> u8 {
    match fault {
        ControlFault::Unpinned => 64,
        fault => 2 - fault.is_refusal() as u8,
    }
}

/// The number of a group that is named, or given by its number.
pub(crate) fn find_group(words: &str) -> Result<u32, ControlCommandFault> {
    let none = || ControlCommandFault::Group { found: words.to_owned() };
    if let Ok(number) = words.parse() {
        return Ok(number);
    }
    let groups = std::fs::read_to_string("/etc/group").map_err(|_| none())?;
    let number = |line: &str| {
        let mut parts = line.split(':');
        (parts.next()? == words).then(|| parts.nth(1)?.parse().ok()).flatten()
    };
    groups.lines().find_map(number).ok_or_else(none)
}
