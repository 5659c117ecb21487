//! The scene: the head of a ledger in memory, the cast that signs on it, and the steps of one lawful election.

use std::collections::BTreeMap;

use demo::{
    act::{Act, ActError, Needs, semey_seconds, sign_act},
    cast::Cast,
};
use event::{Checked, Hash, SignedEvent, Stamp};
use law::{Fact, Rule, facts::Protocol, state::Election};
use ledger::{AdmissionError, Head};

use crate::{
    shown::{Expected, Shown},
    values::{ELECTION, PRECINCT},
};

/// A head with the cast that can speak on it.
pub struct Scene {
    /// The ledger.
    pub head: Head,
    /// Every key.
    pub cast: Cast,
    /// Every event said, in order.
    pub said: Vec<SignedEvent>,
    /// Every entry, in order.
    pub entries: Vec<Vec<u8>>,
    /// Events by the name of their step.
    pub named: BTreeMap<String, Hash>,
}

/// One step: who says what, when.
pub struct Step {
    /// Local time, `2025-10-12 07:00`.
    pub at: String,
    /// The commission.
    pub author: String,
    /// The desk.
    pub desk: String,
    /// The election, if it is about one.
    pub election: Option<String>,
    /// Labels of the keys that sign.
    pub signers: Vec<String>,
    /// What is stated.
    pub fact: Fact,
}

impl Step {
    /// The protocol that it states.
    pub fn protocol(&mut self) -> &mut Protocol {
        match &mut self.fact {
            Fact::ProtocolSigned(b) => &mut b.protocol,
            Fact::ProtocolSuperseded(b) => &mut b.protocol,
            _ => panic!("no protocol"),
        }
    }
}

/// When a writer takes an event in that was signed just now.
fn received(signed: &SignedEvent) -> Stamp {
    Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap()
}

impl Default for Scene {
    fn default() -> Self {
        Self::new()
    }
}

impl Scene {
    /// An empty ledger.
    pub fn new() -> Self {
        Self {
            head: Head::default(),
            cast: Cast::new("scene"),
            said: Vec::new(),
            entries: Vec::new(),
            named: BTreeMap::new(),
        }
    }

    /// The same scene once more, for another ending.
    pub fn again(&self) -> Self {
        Self {
            head: self.head.clone(),
            cast: Cast::new("scene"),
            said: self.said.clone(),
            entries: self.entries.clone(),
            named: self.named.clone(),
        }
    }

    /// Drafts and signs a step at the head.
    pub fn sign(&mut self, step: &Step) -> SignedEvent {
        self.try_sign(step).unwrap()
    }

    /// The same, for a step that may have no form at all.
    pub fn try_sign(&mut self, step: &Step) -> Result<SignedEvent, ActError> {
        let fact = step.fact.clone();
        let act = Act {
            at: semey_seconds(&step.at),
            zone: 5,
            author: step.author.clone(),
            desk: step.desk.clone(),
            election: step.election.clone(),
            signers: step.signers.clone(),
            fact: Box::new(move |_| Some(fact.clone())),
            looks_back: Needs::Nothing,
        };
        sign_act(&self.head, &mut self.cast, &act)
    }

    /// Signs an event again after a test has changed it.
    pub fn resign(&mut self, mut signed: SignedEvent, labels: &[String]) -> SignedEvent {
        signed.signatures.clear();
        let mut signers: Vec<_> = labels.iter().map(|label| self.cast.key(label)).collect();
        signers.sort();
        signed.event = signed.event.with_change(|event| event.signers = signers).unwrap();
        self.cast.sign(&mut signed, labels).unwrap();
        signed
    }

    /// What the writer does, without a disk.
    pub fn append(&mut self, signed: SignedEvent) -> Result<(), AdmissionError> {
        let admitted = ledger::judge_event(&self.head, &signed, received(&signed))?;
        self.entries.push(admitted.entry().bytes().to_vec());
        self.head.extend(admitted);
        Ok(())
    }

    /// The rule under which a step is refused; the head stays as it was.
    pub fn refused(&mut self, step: &Step) -> Rule {
        let signed = self.sign(step);
        self.refused_event(signed)
    }

    /// The rule under which an event is refused; the head stays as it was.
    pub fn refused_event(&mut self, signed: SignedEvent) -> Rule {
        let size = self.head.size();
        let error = self.append(signed.clone()).expect_err("expected a refusal, found an admitted event");
        assert_eq!(self.head.size(), size);
        error.rule()
    }

    /// What an onlooker would see if a thief of the log key sealed in what was refused under a rule, and signed over it;
    /// nothing, if its bytes or signatures are such that it cannot be sealed at all.
    pub fn forged(&self, signed: &SignedEvent, rule: Rule) -> Option<Shown> {
        let checked = signed.check().ok()?;
        let at = self.head.size();
        let mut entries = self.entries.clone();
        entries.push(self.sealed(checked));
        let checkpoint = self.checkpoint(&entries);
        Some(Shown { entries, checkpoint, expected: Expected::Refused { rule, at } })
    }

    /// An event as the next entry, whether or not it may follow.
    pub fn sealed(&self, checked: Checked) -> Vec<u8> {
        let received = Stamp::from_millis(checked.event().at.seconds() * 1000).unwrap();
        self.head.seal(checked, received).unwrap().bytes().to_vec()
    }

    /// What an onlooker sees of the ledger as it is.
    pub fn shown(&self, expected: Expected) -> Shown {
        let checkpoint = self.checkpoint(&self.entries);
        Shown { entries: self.entries.clone(), checkpoint, expected }
    }

    /// The checkpoint over these entries, signed with the log key.
    pub fn checkpoint(&self, entries: &[Vec<u8>]) -> Vec<u8> {
        self.checkpoint_by("log", entries)
    }

    /// The checkpoint over these entries, signed with the key of a label.
    pub fn checkpoint_by(&self, label: &str, entries: &[Vec<u8>]) -> Vec<u8> {
        let mut tree = tlog::tree::Tree::default();
        entries.iter().for_each(|entry| tree.push(tlog::tree::leaf_hash(entry)));
        let origin = "test.example/hattama/scene".to_owned();
        let signer = tlog::note::NoteSigner::new(&origin, &self.cast.secret(label)).unwrap();
        let (size, root) = (tree.size(), tree.root());
        let checkpoint = tlog::checkpoint::Checkpoint { origin, size, root, extensions: Vec::new() };
        checkpoint.sign(&signer).unwrap().into_bytes()
    }

    /// The election of the steps, as the ledger has it.
    pub fn election(&self) -> &Election {
        &self.head.state().elections[ELECTION]
    }

    /// The event of the current protocol.
    pub fn protocol(&self) -> Hash {
        self.election().polls[PRECINCT].current().unwrap().event
    }

    pub(crate) fn ledger(&self) -> Hash {
        self.head.state().ledger.unwrap_or(Hash::ZERO)
    }
}
