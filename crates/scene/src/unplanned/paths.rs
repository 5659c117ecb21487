//! The rare paths of a life, by name: what one admitted act shows of them.

use event::Event;
use law::{
    Edition, Fact, Finding, Rule, State, Winner,
    facts::{Level, WithdrawalKind},
    state::{DecisionKind, Election},
};

/// Every rare path that lives must take.
pub(super) const PATHS: &[&str] = &[
    "a candidate dies before the voting",
    "a candidate dies on the voting day",
    "a protocol is cancelled",
    "an invalidation is cancelled",
    "a result is cancelled",
    "a registration is cancelled",
    "a denial is cancelled",
    "an answer is cancelled",
    "a result is cancelled after its certificate",
    "a result is determined again",
    "a result rests on a protocol without a scan",
    "a result rests on an explained figure",
    "a result leaves an invalid precinct out",
    "an election repeated after a denial",
    "an election repeated after a tie of the first edition",
    "an election repeated after a tie of a repeat voting",
    "an election repeated since nobody can be elected",
    "a voting repeated",
    "a certificate after a repetition",
    "a key revoked that signed acts since",
    "a key replaced that signed acts",
    "a precinct's commission dissolved",
    "a territorial commission dissolved",
    "a precinct given to another commission",
    "a closed precinct that closes early",
    "a snapshot with a reason",
    "a fourth snapshot",
    "the last snapshot after the end",
    "the log key replaced, and a snapshot after it",
    "the office key replaced, and a snapshot after it",
    "a clock corrected, and an act after it",
    "an act given up by another",
    "an act that came late",
    "an act whose author had seen less",
    "a candidate registered after a restoration",
    "a ballot amended with a candidate who came back",
    "a precinct that ends with three protocols",
];

/// Rules under which something must have been noted or explained.
pub(super) const FOUND: &[Rule] = &[
    Rule::Sig04,
    Rule::Aty05,
    Rule::Aty06,
    Rule::Pro02,
    Rule::Pro04,
    Rule::Pro07,
    Rule::Pro08,
    Rule::Pro09,
    Rule::Pro11,
    Rule::Pro13,
    Rule::Pro15,
    Rule::Pro16,
    Rule::Ari02,
    Rule::Ari03,
    Rule::Ari04,
    Rule::Ari05,
    Rule::Ari06,
    Rule::Ari07,
    Rule::Ari10,
    Rule::Ari11,
    Rule::Com02,
    Rule::Com08,
    Rule::Com09,
];

/// What an admitted act met: the state before it, and what was found.
pub(super) struct Act<'a> {
    pub(super) state: &'a State,
    pub(super) event: &'a Event,
    pub(super) fact: &'a Fact,
    pub(super) findings: &'a [Finding],
    /// Index of its entry.
    pub(super) index: u64,
    pub(super) received: event::Stamp,
}

impl Act<'_> {
    fn election(&self) -> Option<&Election> {
        self.event.election.as_ref().and_then(|id| self.state.elections.get(id))
    }

    /// Every rare path that it is a step of.
    pub(super) fn paths(&self) -> Vec<&'static str> {
        let mut paths = self.of_the_event();
        paths.extend(self.of_the_ledger());
        paths.extend(self.of_the_election());
        paths
    }

    fn of_the_event(&self) -> Vec<&'static str> {
        let event = self.event;
        let late = self.received.millis() > (event.at.seconds() + 1_200) * 1000;
        let corrected = self.state.received.is_some_and(|last| last.millis() > self.received.millis());
        let all = [
            (!event.voids.is_empty(), "an act given up by another"),
            (late, "an act that came late"),
            (event.seen.size < self.index, "an act whose author had seen less"),
            (
                corrected && matches!(self.fact, Fact::ClockCorrected(_)),
                "a clock corrected, and an act after it",
            ),
        ];
        all.into_iter().filter(|(there, _)| *there).map(|(_, path)| path).collect()
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are no step of a rare path")]
    fn of_the_ledger(&self) -> Vec<&'static str> {
        let state = self.state;
        match self.fact {
            Fact::KeyRevoked(_) if !self.findings.is_empty() => vec!["a key revoked that signed acts since"],
            Fact::KeyReplaced(b) if state.keys.get(&b.replaces).is_some_and(|key| !key.used.is_empty()) => {
                vec!["a key replaced that signed acts"]
            }
            Fact::CommissionDissolved(b) => match state.commissions.get(&b.commission).map(|c| c.level) {
                Some(Level::Precinct) => vec!["a precinct's commission dissolved"],
                Some(Level::Territorial) => vec!["a territorial commission dissolved"],
                _ => Vec::new(),
            },
            Fact::PrecinctsChanged(b) if b.commission.is_some() => {
                vec!["a precinct given to another commission"]
            }
            Fact::SnapshotPublished(b) => {
                let office = state.keys.values().filter(|key| key.holder == law::state::Holder::Office);
                let all = [
                    (b.overridden.is_some(), "a snapshot with a reason"),
                    (b.n >= 4, "a fourth snapshot"),
                    (state.closed.is_some(), "the last snapshot after the end"),
                    (state.log_keys.len() > 1, "the log key replaced, and a snapshot after it"),
                    (office.count() > 1, "the office key replaced, and a snapshot after it"),
                ];
                all.into_iter().filter(|(there, _)| *there).map(|(_, path)| path).collect()
            }
            _ => Vec::new(),
        }
    }

    #[expect(clippy::wildcard_enum_match_arm, reason = "the other facts are no step of a rare path")]
    fn of_the_election(&self) -> Vec<&'static str> {
        match self.fact {
            Fact::RepeatVotingCalled(_) => return vec!["a voting repeated"],
            Fact::RepeatElectionCalled(b) => return self.why_repeated(&b.repeats),
            _ => {}
        }
        let Some(election) = self.election() else { return Vec::new() };
        match self.fact {
            Fact::CandidateWithdrew(b) if b.kind == WithdrawalKind::Died => {
                let voting = election.polls.values().any(|poll| poll.opened.is_some());
                vec![if voting {
                    "a candidate dies on the voting day"
                } else {
                    "a candidate dies before the voting"
                }]
            }
            Fact::CandidateRegistered(b) if election.candidates[&b.candidate].restored => {
                vec!["a candidate registered after a restoration"]
            }
            Fact::BallotAmended(b) if !b.added.is_empty() => {
                vec!["a ballot amended with a candidate who came back"]
            }
            Fact::VotingClosed(_) if self.event.at.seconds() < election.calendar.voting_ends.seconds() => {
                vec!["a closed precinct that closes early"]
            }
            Fact::DecisionCancelled(b) => self.what_is_cancelled(&b.cancels, election),
            Fact::ResultsDetermined(_) => self.of_the_result(election),
            Fact::CertificateIssued(_) if election.repeats.is_some() => {
                vec!["a certificate after a repetition"]
            }
            Fact::ProtocolSuperseded(b) if election.polls[&b.precinct].protocols.len() > 1 => {
                vec!["a precinct that ends with three protocols"]
            }
            _ => Vec::new(),
        }
    }

    fn why_repeated(&self, repeats: &event::Id) -> Vec<&'static str> {
        let before = &self.state.elections[repeats];
        vec![match before.winner() {
            _ if before.denied.is_some() => "an election repeated after a denial",
            Winner::Tie(_) if before.is_voting_again => "an election repeated after a tie of a repeat voting",
            Winner::Tie(_) if before.called.edition == Edition::Z2025_01_01 => {
                "an election repeated after a tie of the first edition"
            }
            Winner::Tie(_) | Winner::Elected(_) => return Vec::new(),
            Winner::Invalid => "an election repeated since nobody can be elected",
        }]
    }

    fn what_is_cancelled(&self, cancels: &event::Hash, election: &Election) -> Vec<&'static str> {
        let Some(decision) = self.state.decisions.get(cancels) else { return Vec::new() };
        let own = match decision.kind {
            DecisionKind::Protocol(_) => "a protocol is cancelled",
            DecisionKind::Invalidation(_) => "an invalidation is cancelled",
            DecisionKind::Determination if election.certificate.is_some() => {
                return vec!["a result is cancelled", "a result is cancelled after its certificate"];
            }
            DecisionKind::Determination => "a result is cancelled",
            DecisionKind::Registration => "a registration is cancelled",
            DecisionKind::Denial => "a denial is cancelled",
            DecisionKind::Answer(_) => "an answer is cancelled",
        };
        vec![own]
    }

    fn of_the_result(&self, election: &Election) -> Vec<&'static str> {
        let current = || {
            let counted = election.polls.values().filter(|poll| poll.invalidated.is_none());
            counted.filter_map(law::state::Poll::current).map(|record| &record.protocol)
        };
        let all = [
            (!election.annulled.is_empty(), "a result is determined again"),
            (current().any(|p| p.paper.is_none()), "a result rests on a protocol without a scan"),
            (current().any(|p| !p.explanations.is_empty()), "a result rests on an explained figure"),
            (!election.invalidated_precincts().is_empty(), "a result leaves an invalid precinct out"),
        ];
        all.into_iter().filter(|(there, _)| *there).map(|(_, path)| path).collect()
    }
}

/// A finding as coverage counts it.
pub(super) fn name_found(rule: Rule) -> String {
    format!("found under {rule}")
}
