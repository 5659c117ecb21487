//! What can be read from an election, and from the family of those that repeat one another.
//!
//! Contains who stands, who watches over what, one certificate over a family. Does not contain sums (`totals`).

use alloc::{collections::BTreeSet, vec::Vec};

use event::{Hash, Id, Text};

use super::{Candidate, CandidateStatus, Complaint, Election, State};
use crate::facts::{Calendar, ElectionCalled};

impl Election {
    /// An election as it is called: nothing has happened yet.
    #[must_use]
    pub fn new(organiser: Id, called: ElectionCalled, calendar: Calendar) -> Self {
        Self {
            organiser,
            called,
            calendar,
            repeats: None,
            is_voting_again: false,
            repeated: None,
            nominees_at_extension: None,
            denied: None,
            annulled: Vec::new(),
            revoked: Vec::new(),
            complaints: Default::default(),
            observers: None,
            candidates: Default::default(),
            ballot: None,
            printed: None,
            fixed: None,
            polls: Default::default(),
            determined: None,
            published: None,
            resigned: None,
            registered: None,
            certificate: None,
        }
    }

    /// Candidates on the ballot in the order of the Kazakh alphabet: registered and not gone, or dead since voting began.
    #[must_use]
    pub fn standing_candidates(&self) -> Vec<Id> {
        let on_ballot =
            |c: &Candidate| matches!(c.status, CandidateStatus::Registered | CandidateStatus::Died);
        let mut standing: Vec<(&Id, &Candidate)> =
            self.candidates.iter().filter(|(_, c)| on_ballot(c)).collect();
        standing.sort_by(|(a_id, a), (b_id, b)| {
            let names = (a.nominated.name_kk.as_str(), b.nominated.name_kk.as_str());
            crate::alphabet::kazakh_order(names.0, names.1).then_with(|| a_id.cmp(b_id))
        });
        standing.into_iter().map(|(id, _)| id.clone()).collect()
    }

    /// The lines of the ballot on voting day, without against all.
    #[must_use]
    pub fn ballot_lines(&self) -> &[Id] {
        self.ballot.as_deref().unwrap_or_default()
    }

    /// Those who are nominated or further, and not gone.
    #[must_use]
    pub fn nominee_count(&self) -> u64 {
        let there =
            |c: &&Candidate| matches!(c.status, CandidateStatus::Nominated | CandidateStatus::Registered);
        self.candidates.values().filter(there).count() as u64
    }

    /// Complaints without an answer, by id.
    pub fn open_complaints(&self) -> impl Iterator<Item = (&Id, &Complaint)> {
        self.complaints.iter().filter(|(_, complaint)| complaint.decided.is_none())
    }

    /// The certificate that stands although what it certifies was cancelled.
    #[must_use]
    pub fn unfounded_certificate(&self) -> Option<&(Text, Hash)> {
        let founded = self.determined.is_some() && self.registered.is_some();
        self.certificate.as_ref().filter(|_| !founded)
    }
}

impl State {
    /// The elections that repeat one another, the given one among them.
    pub fn family_elections<'a>(&'a self, id: &'a Id) -> impl Iterator<Item = (&'a Id, &'a Election)> {
        let mut own = BTreeSet::from([id]);
        let mut next = self.elections.get(id).and_then(|election| election.repeats.as_ref());
        while let Some(before) = next.filter(|before| own.insert(*before)) {
            next = self.elections.get(before).and_then(|election| election.repeats.as_ref());
        }
        let mut next = self.elections.get(id).and_then(|election| election.repeated.as_ref());
        while let Some(after) = next.filter(|after| own.insert(*after)) {
            next = self.elections.get(after).and_then(|election| election.repeated.as_ref());
        }
        self.elections.iter().filter(move |(id, _)| own.contains(*id))
    }

    /// The certificate in force for the office and term that an election of this family fills.
    #[must_use]
    pub fn certificate_of_family<'a>(&'a self, id: &'a Id) -> Option<(&'a Id, &'a Text)> {
        self.family_elections(id)
            .find_map(|(id, election)| election.certificate.as_ref().map(|(number, _)| (id, number)))
    }

    /// Whether one commission stands above another, at any distance.
    #[must_use]
    pub fn is_above(&self, upper: &Id, lower: &Id) -> bool {
        let parent = |id: &Id| self.commissions.get(id).and_then(|commission| commission.parent.as_ref());
        let mut next = parent(lower);
        // A commission is formed after its parent, so no chain is longer than the number of levels.
        while let Some(above) = next {
            if above == upper {
                return true;
            }
            next = parent(above);
        }
        false
    }
}
