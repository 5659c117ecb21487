//! The control ratios by name: what each needs, and whether it holds.
//!
//! One variant for each ratio of a protocol, the figures that it reads, and its judgement over some figures (the sums are in
//! `arithmetic`).
//!
//! A ratio that does not hold on a paper already signed can be explained, and stays visible for ever; without a signed
//! paper it is refused, since a draft can still be mended.
//!
//! A table of foreign protocols has other lines than ours. Whoever reads one asks only the ratios whose lines it has.

use phrase::phrase;

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    Finding, Outcome, Rule, Statement, Violation,
    arithmetic::{self, Sent, Supply},
    facts::{Count, Protocol},
    state::Poll,
    statement::require,
};

/// One control ratio of a protocol, in the order in which they are judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ratio {
    /// What the members issued is what was issued (K3).
    IssuedByMembers,
    /// received = issued + cancelled + damaged (K4).
    ReceivedBalance,
    /// received is what was delivered.
    AsDelivered,
    /// found is at most issued (K7).
    FoundAtMostIssued,
    /// found = votes + against all + invalid (K6).
    VotesFound,
    /// found = portable + stationary (K5).
    BoxesFound,
    /// issued is at most voters (K2).
    IssuedAtMostVoters,
    /// voters is what the list has that was handed over.
    AsListed,
    /// A portable box over its applications has an act (K8).
    PortableAct,
    /// The ballots of such boxes are invalid (K9).
    PortableInvalid,
    /// The applications of all portable boxes are those handed in.
    PortableApplications,
    /// Ballots of portable boxes are at most the applications (K16), a note.
    HomeAtMostApplications,
    /// Absentee voters are at most issued (K16), a note.
    AbsenteeAtMostIssued,
}

/// What a ratio reads: a line of the protocol, or what was sent to the precinct before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the words are those of the protocol")]
pub enum Line {
    Absentee,
    AgainstAll,
    Cancelled,
    Damaged,
    Found,
    HomeApplications,
    Invalid,
    Issued,
    IssuedBy,
    PortableApplications,
    PortableFound,
    Received,
    Stationary,
    Voters,
    Votes,
    Delivered,
    Listed,
}

impl Line {
    /// Every line.
    pub const ALL: &'static [Self] = &[
        Self::Absentee,
        Self::AgainstAll,
        Self::Cancelled,
        Self::Damaged,
        Self::Found,
        Self::HomeApplications,
        Self::Invalid,
        Self::Issued,
        Self::IssuedBy,
        Self::PortableApplications,
        Self::PortableFound,
        Self::Received,
        Self::Stationary,
        Self::Voters,
        Self::Votes,
        Self::Delivered,
        Self::Listed,
    ];
}

impl Ratio {
    /// Every ratio, in the order in which they are judged.
    pub const ALL: &'static [Self] = &[
        Self::IssuedByMembers,
        Self::ReceivedBalance,
        Self::AsDelivered,
        Self::FoundAtMostIssued,
        Self::VotesFound,
        Self::BoxesFound,
        Self::IssuedAtMostVoters,
        Self::AsListed,
        Self::PortableAct,
        Self::PortableInvalid,
        Self::PortableApplications,
        Self::HomeAtMostApplications,
        Self::AbsenteeAtMostIssued,
    ];

    /// The rule that it stands under.
    #[must_use]
    pub fn rule(self) -> Rule {
        match self {
            Self::IssuedByMembers | Self::ReceivedBalance | Self::AsDelivered => Rule::Ari02,
            Self::FoundAtMostIssued => Rule::Ari03,
            Self::VotesFound => Rule::Ari04,
            Self::BoxesFound => Rule::Ari05,
            Self::IssuedAtMostVoters | Self::AsListed => Rule::Ari06,
            Self::PortableAct
            | Self::PortableInvalid
            | Self::PortableApplications
            | Self::HomeAtMostApplications
            | Self::AbsenteeAtMostIssued => Rule::Ari07,
        }
    }

    /// The ratio in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::IssuedByMembers => "issued by members = issued",
            Self::ReceivedBalance => "received = issued + cancelled + damaged",
            Self::AsDelivered => "received = delivered",
            Self::FoundAtMostIssued => "found <= issued",
            Self::VotesFound => "found = votes + against all + invalid",
            Self::BoxesFound => "found = portable + stationary",
            Self::IssuedAtMostVoters => "issued <= voters",
            Self::AsListed => "voters = voters on the list handed over",
            Self::PortableAct => "a portable box over its applications has an act",
            Self::PortableInvalid => "the ballots of such a box are invalid",
            Self::PortableApplications => "applications of portable boxes = home applications",
            Self::HomeAtMostApplications => "portable <= home applications",
            Self::AbsenteeAtMostIssued => "absentee <= issued",
        }
    }

    /// What it reads.
    #[must_use]
    pub fn needs(self) -> &'static [Line] {
        match self {
            Self::IssuedByMembers => &[Line::Issued, Line::IssuedBy],
            Self::ReceivedBalance => &[Line::Received, Line::Issued, Line::Cancelled, Line::Damaged],
            Self::AsDelivered => &[Line::Received, Line::Delivered],
            Self::FoundAtMostIssued => &[Line::Found, Line::Issued],
            Self::VotesFound => &[Line::Found, Line::Votes, Line::AgainstAll, Line::Invalid],
            Self::BoxesFound => &[Line::Found, Line::PortableFound, Line::Stationary],
            Self::IssuedAtMostVoters => &[Line::Issued, Line::Voters],
            Self::AsListed => &[Line::Voters, Line::Listed],
            Self::PortableAct => &[Line::PortableFound, Line::PortableApplications],
            Self::PortableInvalid => &[Line::PortableFound, Line::PortableApplications, Line::Invalid],
            Self::PortableApplications => &[Line::PortableApplications, Line::HomeApplications],
            Self::HomeAtMostApplications => &[Line::PortableFound, Line::HomeApplications],
            Self::AbsenteeAtMostIssued => &[Line::Absentee, Line::Issued],
        }
    }

    /// The two sides, where both ought to be equal: the first line alone, and the sum of the others.
    #[must_use]
    pub fn sides(self) -> Option<(&'static [Line], &'static [Line])> {
        let equal = matches!(
            self,
            Self::IssuedByMembers
                | Self::ReceivedBalance
                | Self::AsDelivered
                | Self::VotesFound
                | Self::BoxesFound
                | Self::AsListed
                | Self::PortableApplications
        );
        if equal { self.needs().split_at_checked(1) } else { None }
    }

    /// Whether a protocol is refused, unless it is explained on a signed paper; a note keeps nothing out.
    #[must_use]
    pub fn refuses(self) -> bool {
        !matches!(self, Self::HomeAtMostApplications | Self::AbsenteeAtMostIssued)
    }

    /// What does not hold. It reads the lines of [`Ratio::needs`] and no others.
    #[must_use]
    pub fn check_ratio(self, count: &Count, sent: Sent) -> Option<Violation> {
        let supply = || Supply::of(count, sent);
        match self {
            Self::IssuedByMembers => arithmetic::issued_by_members(&supply()),
            Self::ReceivedBalance => arithmetic::received_balance(&supply()),
            Self::AsDelivered => arithmetic::as_delivered(&supply()),
            Self::FoundAtMostIssued => arithmetic::box_not_more_than_issued(count),
            Self::VotesFound => arithmetic::votes_sum(count),
            Self::BoxesFound => arithmetic::valid_invalid(count),
            Self::IssuedAtMostVoters => arithmetic::issued_at_most_voters(&supply()),
            Self::AsListed => arithmetic::as_listed(&supply()),
            Self::PortableAct => arithmetic::portable_act(count),
            Self::PortableInvalid => arithmetic::portable_invalid(count),
            Self::PortableApplications => arithmetic::portable_applications(count),
            Self::HomeAtMostApplications => arithmetic::home_at_most_applications(count),
            Self::AbsenteeAtMostIssued => arithmetic::absentee_at_most_issued(count),
        }
    }
}

impl Line {
    /// The line in words, as a mapping names it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Absentee => "absentee",
            Self::AgainstAll => "against_all",
            Self::Cancelled => "cancelled",
            Self::Damaged => "damaged",
            Self::Found => "found",
            Self::HomeApplications => "home_applications",
            Self::Invalid => "invalid",
            Self::Issued => "issued",
            Self::IssuedBy => "issued_by",
            Self::PortableApplications => "portable.applications",
            Self::PortableFound => "portable.found",
            Self::Received => "received",
            Self::Stationary => "stationary",
            Self::Voters => "voters",
            Self::Votes => "votes",
            Self::Delivered => "ballots delivered",
            Self::Listed => "voters on the list handed over",
        }
    }
}

/// Every control ratio of a protocol; what is broken and explained comes back as findings.
pub(crate) fn judge_ratios(
    s: &Statement<'_>,
    poll: &Poll,
    protocol: &Protocol,
) -> Result<Vec<Finding>, Violation> {
    let sent = Sent { delivered: poll.delivered, listed: poll.list };
    let refusing = Ratio::ALL.iter().filter(|ratio| ratio.refuses());
    settle_violations(
        s,
        protocol,
        refusing.filter_map(|ratio| ratio.check_ratio(&protocol.count, sent)).collect(),
    )
}

fn settle_violations(
    s: &Statement<'_>,
    protocol: &Protocol,
    broken: Vec<Violation>,
) -> Result<Vec<Finding>, Violation> {
    let rules: Vec<&str> = broken.iter().map(|violation| violation.rule.id()).collect();
    let sorted = protocol.explanations.is_sorted_by(|a, b| a.rule < b.rule);
    require(
        sorted,
        Rule::Int05,
        phrase!("law-explanations-ascending-by-rule-each-once", "explanations ascending by rule, each once"),
        phrase!("law-another-order", "another order"),
    )?;
    for explanation in &protocol.explanations {
        let fired = rules.contains(&explanation.rule.as_str());
        let expected = phrase!(
            "law-explanations-for-rules-that-do-not-hold",
            "explanations for rules that do not hold, and no others"
        );
        require(
            fired,
            Rule::Pro09,
            expected,
            phrase!("law-one-for-which-holds", "one for {rule}, which holds", rule = explanation.rule),
        )?;
    }
    let signed = protocol.paper.as_ref().is_some_and(|paper| paper.sha256.is_some());
    let mut findings = Vec::new();
    for violation in broken {
        let rule = violation.rule.id();
        let explained: Option<String> = protocol
            .explanations
            .iter()
            .find(|e| e.rule.as_str() == rule)
            .filter(|_| signed)
            .map(|e| e.text.to_string());
        let Some(explanation) = explained else { return Err(violation) };
        findings.push(Finding {
            index: s.index,
            outcome: Outcome::Explained,
            violation,
            subject: s.fact.precinct().map_or_else(String::new, ToString::to_string),
            explanation: Some(explanation),
        });
    }
    Ok(findings)
}
