//! A life lived to its end in memory: the ledger that admission let it write.

use std::collections::BTreeMap;

use event::{Hash, SignedEvent, Stamp};
use ledger::Head;

use super::{
    coverage::Coverage,
    life::{Next, UnplannedLife},
};

/// A ledger that a life wrote.
pub struct LivedLedger {
    /// Its head.
    pub head: Head,
    /// Its entries.
    pub entries: Vec<Vec<u8>>,
    /// Who wrote it.
    pub life: UnplannedLife,
    /// Public papers that its entries name, with their lengths.
    pub named: BTreeMap<Hash, u64>,
    /// What occurred in it.
    pub coverage: Coverage,
}

/// Makes a snapshot of a ledger as it is, before it is announced; gives the hash of its manifest.
pub type Stage<'a> = &'a mut dyn FnMut(&LivedLedger) -> Hash;

impl LivedLedger {
    /// Lives the life of a seed for so many acts.
    ///
    /// # Panics
    /// Never for a lawful program.
    pub fn live(seed: u64, rules: u64, acts: usize, stage: Stage<'_>) -> Self {
        let mut lived = Self {
            head: Head::default(),
            entries: Vec::new(),
            life: UnplannedLife::new(seed, rules),
            named: BTreeMap::new(),
            coverage: Coverage::default(),
        };
        let mut refused = 0;
        while lived.entries.len() < acts && refused < acts {
            let before = lived.entries.len();
            match lived.life.next(&lived.head) {
                Next::Say(signed, received) => lived.say(&signed, received),
                Next::Publish => {
                    let manifest = stage(&lived);
                    if let Some((signed, received)) = lived.life.announce(&lived.head, manifest) {
                        lived.say(&signed, received);
                    }
                }
                Next::Over => break,
            }
            refused += usize::from(lived.entries.len() == before);
        }
        lived
    }

    fn say(&mut self, signed: &SignedEvent, received: Stamp) {
        match ledger::judge_event(&self.head, signed, received) {
            Ok(admitted) => {
                self.coverage.take(self.head.state(), &admitted);
                let papers = admitted.fact().papers().into_iter();
                self.named.extend(papers.filter_map(|paper| paper.sha256.zip(paper.size)));
                self.entries.push(admitted.entry().bytes().to_vec());
                self.head.extend(admitted);
            }
            Err(_) => self.coverage.refused += 1,
        }
    }

    /// The checkpoint over the ledger as it is.
    ///
    /// # Panics
    /// Never: the origin of a life is lawful.
    pub fn checkpoint(&self) -> Vec<u8> {
        let origin =
            self.head.state().charter.as_ref().map(|charter| charter.origin.to_string()).unwrap_or_default();
        let signer = tlog::note::NoteSigner::new(&origin, &self.life.log_secret(&self.head)).unwrap();
        let (size, root) = (self.head.size(), self.head.root().0);
        let checkpoint = tlog::checkpoint::Checkpoint { origin, size, root, extensions: Vec::new() };
        checkpoint.sign(&signer).unwrap().into_bytes()
    }
}
