//! A protocol out of its signed event: the two facts that state one.

use event::{Id, SignedEvent};
use law::facts::{Protocol, ProtocolSuperseded};

use super::fault::SlipFault;

/// A protocol out of its event.
pub(crate) struct StatedProtocol {
    pub(crate) precinct: Id,
    pub(crate) protocol: Protocol,
    pub(crate) correction: Option<ProtocolSuperseded>,
}

impl StatedProtocol {
    /// Reads the two facts that state a protocol.
    pub(crate) fn read(signed: &SignedEvent) -> Result<Self, SlipFault> {
        match law::Fact::read(&signed.event, signed.event.bytes())? {
            law::Fact::ProtocolSigned(b) => {
                Ok(Self { precinct: b.precinct, protocol: b.protocol, correction: None })
            }
            law::Fact::ProtocolSuperseded(b) => {
                Ok(Self { precinct: b.precinct.clone(), protocol: b.protocol.clone(), correction: Some(b) })
            }
            _ => Err(SlipFault::Fact { found: signed.event.fact.to_string() }),
        }
    }
}
