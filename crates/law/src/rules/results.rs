//! Results: totals, the winner, registration, certificate (art. 44 to 46, 113-10, 113-11).
//!
//! In: ARI-08, COM-01, PRO-12, PRO-14. Out: percentages (`ledger::projections`).

use alloc::{format, string::String, vec::Vec};

use event::{Hash, Id, List};

use crate::{
    Finding, Rule, State, Statement, Violation,
    annulment::no_unfounded_certificate,
    arithmetic,
    authority::election,
    complaints, days,
    edition::{DETERMINED_WITHIN, FINISHED_WITHIN},
    facts::{
        AkimRegistered, CertificateIssued, Count, DutiesResigned, OutcomeKind, ResultsDetermined,
        ResultsPublished, Totals, Votes,
    },
    judgement::require,
    polling::noted,
    state::{CandidateStatus, Determined, Election, PollStatus},
};

/// What follows from totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One candidate has the most votes.
    Elected(Id),
    /// These have equally the most.
    Tie(Vec<Id>),
    /// Nobody can be elected.
    Invalid,
}

/// RFC 6962 root over lines `<id>\n<event hash>\n`, given in byte order of id.
#[must_use]
pub fn lines_root<'a>(lines: impl Iterator<Item = (&'a Id, Hash)>) -> Hash {
    let leaves = lines.map(|(id, hash)| tlog::tree::leaf_hash(format!("{id}\n{hash}\n").as_bytes()));
    Hash(tlog::tree::root_of(leaves))
}

impl Totals {
    /// Sums over protocols, with the lines of the ballot (K20).
    #[must_use]
    pub fn over<'a>(lines: &[Id], counts: impl Iterator<Item = &'a Count> + Clone) -> Self {
        let total = |field: fn(&Count) -> u64| arithmetic::sum(counts.clone().map(field));
        let votes = |candidate: &Id| {
            let own = counts.clone().flat_map(|c| &c.votes).filter(|line| line.candidate == *candidate);
            arithmetic::sum(own.map(|line| line.votes))
        };
        Self {
            absentee: total(|c| c.absentee),
            against_all: total(|c| c.against_all),
            cancelled: total(|c| c.cancelled),
            found: total(|c| c.found),
            home_applications: total(|c| c.home_applications),
            home_found: total(arithmetic::portable),
            invalid: total(|c| c.invalid),
            issued: total(|c| c.issued),
            received: total(|c| c.received),
            voters: total(|c| c.voters),
            votes: lines.iter().map(|id| Votes { candidate: id.clone(), votes: votes(id) }).collect(),
        }
    }

    /// Who took part by the law: votes and against all, invalid ballots not (K10; art. 43(5)).
    #[must_use]
    pub fn participated(&self) -> u64 {
        arithmetic::sum(self.votes.iter().map(|line| line.votes)).saturating_add(self.against_all)
    }

    /// K22: the candidate with the most votes; against all is no candidate, and there is no threshold.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let most = self.votes.iter().map(|line| line.votes).max().unwrap_or_default();
        let first = self.votes.iter().filter(|line| line.votes == most);
        let mut leaders: Vec<Id> = first.map(|line| line.candidate.clone()).collect();
        match (leaders.len(), leaders.pop()) {
            (1, Some(elected)) => Verdict::Elected(elected),
            (_, last) => {
                leaders.extend(last);
                Verdict::Tie(leaders)
            }
        }
    }

    /// Every figure with its name, to say which one differs.
    fn figures(&self) -> Vec<(String, u64)> {
        let mut figures: Vec<(String, u64)> = [
            ("voters", self.voters),
            ("received", self.received),
            ("issued", self.issued),
            ("cancelled", self.cancelled),
            ("found", self.found),
            ("invalid", self.invalid),
            ("home_applications", self.home_applications),
            ("home_found", self.home_found),
            ("absentee", self.absentee),
            ("against_all", self.against_all),
        ]
        .into_iter()
        .map(|(name, figure)| (name.into(), figure))
        .collect();
        figures.extend(self.votes.iter().map(|line| (format!("votes for {}", line.candidate), line.votes)));
        figures
    }
}

impl Election {
    /// Totals over the current protocols.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let counted = self.polls.values().filter(|poll| poll.invalidated.is_none());
        let current = counted.filter_map(|poll| poll.current());
        Totals::over(self.lines(), current.map(|record| &record.protocol.count))
    }

    /// Totals over the protocols as first announced.
    #[must_use]
    pub fn totals_first(&self) -> Totals {
        let first = self.polls.values().filter_map(|poll| poll.protocols.first());
        Totals::over(self.lines(), first.map(|record| &record.protocol.count))
    }

    /// The precincts with their current protocols.
    #[must_use]
    pub fn protocols(&self) -> List {
        let counted = || self.polls.iter().filter(|(_, poll)| poll.invalidated.is_none());
        let lines = || counted().filter_map(|(id, poll)| poll.current().map(|record| (id, record.event)));
        List { count: lines().count() as u64, root: lines_root(lines()) }
    }

    /// The precincts whose result is invalid.
    #[must_use]
    pub fn invalidated(&self) -> Vec<Id> {
        let left = self.polls.iter().filter(|(_, poll)| poll.invalidated.is_some());
        left.map(|(id, _)| id.clone()).collect()
    }

    /// What follows from the protocols: nobody is elected where every precinct is invalid, and nobody who is dead.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        if !self.polls.is_empty() && self.polls.values().all(|poll| poll.invalidated.is_some()) {
            return Verdict::Invalid;
        }
        let alive = |id: &Id| self.candidates.get(id).is_none_or(|c| c.status != CandidateStatus::Died);
        match self.totals().verdict() {
            Verdict::Elected(id) if !alive(&id) => Verdict::Invalid,
            Verdict::Tie(mut tied) => {
                tied.retain(alive);
                if tied.len() > 1 { Verdict::Tie(tied) } else { Verdict::Invalid }
            }
            verdict => verdict,
        }
    }
}

/// The outcome follows from the protocols of all precincts, each taken in.
pub(crate) fn results_determined(
    state: &State,
    s: &Statement<'_>,
    b: &ResultsDetermined,
) -> Result<Vec<Finding>, Violation> {
    let election = election(state, s)?;
    require(
        election.determined.is_none(),
        Rule::Pro01,
        "results determined once",
        "results-determined again",
    )?;
    no_unfounded_certificate(election)?;
    require(!election.polls.is_empty(), Rule::Com01, "precincts-fixed before", "no precincts")?;
    for (id, poll) in &election.polls {
        let status = poll.status();
        let expected = format!("a protocol received from {id}");
        let settled = matches!(status, PollStatus::ProtocolReceived | PollStatus::Invalidated);
        require(settled, Rule::Com01, expected, status.name())?;
    }
    let (left, named) = (election.invalidated(), &b.invalidated);
    let names = |ids: &[Id]| format!("[{}]", ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", "));
    require(left == *named, Rule::Com01, format!("invalid precincts {}", names(&left)), names(named))?;
    let list = election.protocols();
    let found = format!("{} protocols, root {}", b.protocols.count, b.protocols.root);
    let expected = format!("{} protocols, root {}", list.count, list.root);
    require(list == b.protocols, Rule::Com01, expected, found)?;
    let totals = election.totals();
    let (ours, theirs) = (totals.figures(), b.totals.figures());
    require(ours.len() == theirs.len(), Rule::Com04, format!("{} lines", ours.len()), theirs.len())?;
    for ((name, expected), (named, found)) in ours.iter().zip(&theirs) {
        require(name == named, Rule::Com04, name, named)?;
        require(
            expected == found,
            Rule::Ari08,
            format!("{name} {expected}, the sum of the protocols"),
            found,
        )?;
    }
    outcome(&election.verdict(), b)?;
    let mut findings = complaints::open_before_final(s, election);
    findings.extend(late(s, election, DETERMINED_WITHIN));
    Ok(findings)
}

/// PRO-11, noted: later than so many days after the voting.
fn late(s: &Statement<'_>, election: &Election, days: i64) -> Option<Finding> {
    let voting = &election.calendar.voting_starts;
    let expected = format!("{} within {days} days of {voting}", s.fact.name());
    let late = days::between(voting, &s.event.at) > days;
    late.then(|| noted(s, Violation::new(Rule::Pro11, expected, &s.event.at)))
}

/// PRO-12: the outcome is the one that the totals give.
fn outcome(verdict: &Verdict, b: &ResultsDetermined) -> Result<(), Violation> {
    let found = match (b.outcome, &b.elected) {
        (OutcomeKind::Elected, Some(id)) => format!("elected {id}"),
        (OutcomeKind::Elected, None) => "elected nobody".into(),
        (OutcomeKind::Tie, None) => "a tie".into(),
        (OutcomeKind::Tie, Some(id)) => format!("a tie with {id} elected"),
        (OutcomeKind::Invalid, None) => "nobody elected, invalid".into(),
        (OutcomeKind::Invalid, Some(id)) => format!("invalid with {id} elected"),
    };
    let expected = match verdict {
        Verdict::Elected(id) => format!("elected {id}"),
        Verdict::Tie(_) => "a tie".into(),
        Verdict::Invalid => "nobody elected, invalid".into(),
    };
    require(expected == found, Rule::Pro12, &expected, &found)
}

/// A result is published once, and it is this one.
pub(crate) fn results_published(
    state: &State,
    s: &Statement<'_>,
    b: &ResultsPublished,
) -> Result<Vec<Finding>, Violation> {
    let election = election(state, s)?;
    let determined = determined(election)?;
    require(election.published.is_none(), Rule::Pro01, "results published once", "results-published again")?;
    let expected = format!("the result {}", determined.event);
    require(b.determined == determined.event, Rule::Pro01, expected, b.determined)?;
    let mut findings = complaints::overdue(s, [election].into_iter());
    findings.extend(late(s, election, FINISHED_WITHIN));
    Ok(findings)
}

/// The elected person resigns from other duties.
pub(crate) fn duties_resigned(state: &State, s: &Statement<'_>, b: &DutiesResigned) -> Result<(), Violation> {
    let election = election(state, s)?;
    elected(election, &b.candidate)?;
    require(election.resigned.is_none(), Rule::Pro01, "duties resigned once", "duties-resigned again")
}

/// The elected person is registered, after resigning from other duties.
pub(crate) fn akim_registered(
    state: &State,
    s: &Statement<'_>,
    b: &AkimRegistered,
) -> Result<Vec<Finding>, Violation> {
    let election = election(state, s)?;
    elected(election, &b.candidate)?;
    require(election.resigned.is_some(), Rule::Pro01, "duties-resigned before", "none")?;
    require(election.registered.is_none(), Rule::Pro01, "an akim registered once", "akim-registered again")?;
    no_unfounded_certificate(election)?;
    let expected = "a registration that was not denied";
    require(election.denied.is_none(), Rule::Pro01, expected, "akim-registration-denied")?;
    let mut findings = complaints::open_before_final(s, election);
    findings.extend(late(s, election, FINISHED_WITHIN));
    Ok(findings)
}

/// PRO-14: one certificate, for the registered akim, after publication.
pub(crate) fn certificate_issued(
    state: &State,
    s: &Statement<'_>,
    b: &CertificateIssued,
) -> Result<(), Violation> {
    let election = election(state, s)?;
    let determined = determined(election)?;
    let family = s.event.election.as_ref().and_then(|id| state.certificate_of_family(id));
    if let Some((_, number)) = family {
        return Err(Violation::new(Rule::Pro14, format!("one certificate, number {number}"), &b.number));
    }
    let registered = election.registered.as_ref();
    let name = registered.map_or("none", Id::as_str);
    require(
        registered == Some(&b.candidate),
        Rule::Pro14,
        format!("the registered akim: {name}"),
        &b.candidate,
    )?;
    require(election.published.is_some(), Rule::Pro14, "results-published before", "none")?;
    let expected = format!("the result {}", determined.event);
    require(b.determined == determined.event, Rule::Pro14, expected, b.determined)
}

fn determined(election: &Election) -> Result<&Determined, Violation> {
    election
        .determined
        .as_ref()
        .ok_or_else(|| Violation::new(Rule::Pro01, "results-determined before", "none"))
}

pub(crate) fn elected(election: &Election, candidate: &Id) -> Result<(), Violation> {
    let elected = determined(election)?.body.elected.as_ref();
    let name = elected.map_or("nobody", Id::as_str);
    require(elected == Some(candidate), Rule::Pro14, format!("the elected: {name}"), candidate)
}
