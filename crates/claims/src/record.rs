//! A ledger as claims are held against it: its state after a replay, and the days and signers that no state keeps.

use event::{Hash, Id, Time};
use law::{Fact, State, state::Holder};
use ledger::{Admitted, Head};

/// What the replay of a ledger passes by and no state keeps. Fed entry by entry, in order.
#[derive(Debug, Default)]
pub struct ActNotes {
    acts: Vec<NotedAct>,
}

/// One event that claims ask for.
#[derive(Debug)]
pub(crate) struct NotedAct {
    pub(crate) entry: u64,
    pub(crate) event: Hash,
    pub(crate) at: Time,
    pub(crate) fact: &'static str,
    pub(crate) election: Option<Id>,
    pub(crate) candidate: Option<Id>,
    /// The seats that signed.
    pub(crate) seats: Vec<Id>,
}

/// One ledger.
#[derive(Debug)]
pub struct LedgerRecord {
    /// Where it was read from.
    pub(crate) source: String,
    pub(crate) head: Head,
    pub(crate) acts: Vec<NotedAct>,
}

impl ActNotes {
    /// Takes in one entry that was admitted, with the head in front of it.
    pub fn take_entry(&mut self, head: &Head, admitted: &Admitted) {
        let candidate = match admitted.fact() {
            Fact::CandidateNominated(fact) => Some(&fact.candidate),
            Fact::CandidateRegistered(fact) => Some(&fact.candidate),
            Fact::CandidateWithdrew(fact) => Some(&fact.candidate),
            Fact::AkimRegistered(fact) => Some(&fact.candidate),
            Fact::CertificateIssued(fact) => Some(&fact.candidate),
            Fact::ElectionCalled(_)
            | Fact::ObserversCounted(_)
            | Fact::OrganisationAccredited(_)
            | Fact::ResultsDetermined(_)
            | Fact::ResultsPublished(_) => None,
            _ => return,
        };
        let entry = admitted.entry();
        let event = entry.event();
        let seat = |key| match &head.state().keys.get(key)?.holder {
            Holder::Member { seat, .. } => Some(seat.clone()),
            Holder::Root | Holder::Office | Holder::Service | Holder::Log => None,
        };
        self.acts.push(NotedAct {
            entry: entry.index(),
            event: entry.checked().hash(),
            at: event.at.clone(),
            fact: admitted.fact().name(),
            election: event.election.clone(),
            candidate: candidate.cloned(),
            seats: event.signers.iter().filter_map(seat).collect(),
        });
    }
}

impl LedgerRecord {
    /// A ledger that was replayed as a whole, with what was noted on the way.
    #[must_use]
    pub fn new(source: &str, head: Head, notes: ActNotes) -> Self {
        Self { source: source.to_owned(), head, acts: notes.acts }
    }

    /// The ledger's id.
    #[must_use]
    pub fn id(&self) -> Option<Hash> {
        self.state().ledger
    }

    /// Where it was read from.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn state(&self) -> &State {
        self.head.state()
    }

    /// The acts of a fact in an election, of one candidate or of all.
    pub(crate) fn acts_of<'a>(
        &'a self,
        fact: &'a str,
        election: &'a Id,
        candidate: Option<&'a Id>,
    ) -> impl Iterator<Item = &'a NotedAct> {
        let own =
            self.acts.iter().filter(move |act| act.fact == fact && act.election.as_ref() == Some(election));
        own.filter(move |act| candidate.is_none_or(|id| act.candidate.as_ref() == Some(id)))
    }
}
