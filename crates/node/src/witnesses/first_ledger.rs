//! A charter makes one ledger. Made a second time, its entry 0 is received at another time, and the log key signs a second root of size 1.

use std::{fs, path::Path};

use event::SignedEvent;
use law::Fact;

use super::{anchor_fault::AnchorError, anchors::Anchors};
use crate::instance::InstancePlace;

impl Anchors {
    /// Refuses to make a ledger of a charter of which the state directory knows one already. One in the same folder may be an interrupted
    /// creation, which is finished; a test may be made again.
    ///
    /// # Errors
    /// [`AnchorError::MadeBefore`].
    pub fn require_first_ledger(&self, dir: &Path, genesis: &SignedEvent) -> Result<(), AnchorError> {
        let charter = Fact::read_body(genesis.event.fact.as_str(), genesis.event.body.text().as_bytes());
        // What is no charter is refused as such.
        let Ok(Fact::LedgerOpened(charter)) = charter else { return Ok(()) };
        if charter.test {
            return Ok(());
        }
        let place = InstancePlace { dir, state: &self.state, ledger: genesis.hash(), test: false };
        let own = fs::canonicalize(dir).ok().filter(|own| own.join("journal").is_file());
        let mut twins = place.find_twins().into_iter();
        match twins.find(|(_, twin)| own.as_ref() != Some(&twin.folder)) {
            Some((path, twin)) => Err(AnchorError::MadeBefore { folder: twin.folder, mark: path }),
            None => Ok(()),
        }
    }
}
