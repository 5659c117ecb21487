//! What a claim can be about: figures, days, names; and how far a ledger has to be before it says them.

/// A figure that ledgers add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    Elections,
    Commissions,
    Members,
    Precincts,
    Protocols,
    Corrections,
    Voters,
    Issued,
    Found,
    Invalid,
    AgainstAll,
    Participated,
    Absentee,
    Home,
    Votes,
    Nominated,
    Registered,
    Standing,
    Withdrawn,
    Elected,
    Parties,
    Ages,
    BirthYear,
    Watching,
    Proxies,
    Observers,
    Media,
    Organisations,
}

/// A day that ledgers record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DayMeasure {
    Called,
    Voting,
    Nominated,
    Registered,
    Withdrawn,
    Determined,
    Published,
    AkimRegistered,
    Certificate,
}

/// A name that ledgers record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NameMeasure {
    Winner,
    Nominator,
    CertificateSigner,
}

/// How far an election has to be before a figure of it is whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Called.
    Called,
    /// The ballot's text is approved.
    Ballot,
    /// The precincts are fixed.
    Fixed,
    /// Polls are open: nobody can leave any more.
    Voting,
    /// Every precinct that counts has a protocol that counts.
    Protocols,
    /// The result is determined.
    Result,
    /// Who watches was counted.
    Watching,
}

impl Measure {
    /// Every figure.
    pub(crate) const ALL: [Self; 28] = [
        Self::Elections,
        Self::Commissions,
        Self::Members,
        Self::Precincts,
        Self::Protocols,
        Self::Corrections,
        Self::Voters,
        Self::Issued,
        Self::Found,
        Self::Invalid,
        Self::AgainstAll,
        Self::Participated,
        Self::Absentee,
        Self::Home,
        Self::Votes,
        Self::Nominated,
        Self::Registered,
        Self::Standing,
        Self::Withdrawn,
        Self::Elected,
        Self::Parties,
        Self::Ages,
        Self::BirthYear,
        Self::Watching,
        Self::Proxies,
        Self::Observers,
        Self::Media,
        Self::Organisations,
    ];

    /// Its word in a file of claims.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Elections => "elections",
            Self::Commissions => "commissions",
            Self::Members => "members",
            Self::Precincts => "precincts",
            Self::Protocols => "protocols",
            Self::Corrections => "corrections",
            Self::Voters => "voters",
            Self::Issued => "issued",
            Self::Found => "found",
            Self::Invalid => "invalid",
            Self::AgainstAll => "against-all",
            Self::Participated => "participated",
            Self::Absentee => "absentee",
            Self::Home => "home",
            Self::Votes => "votes",
            Self::Nominated => "nominated",
            Self::Registered => "registered",
            Self::Standing => "candidates",
            Self::Withdrawn => "withdrawn",
            Self::Elected => "elected",
            Self::Parties => "parties",
            Self::Ages => "ages",
            Self::BirthYear => "birth-year",
            Self::Watching => "watching",
            Self::Proxies => "proxies",
            Self::Observers => "observers",
            Self::Media => "media",
            Self::Organisations => "organisations",
        }
    }

    /// How far an election has to be.
    pub(crate) fn stage(self) -> Stage {
        match self {
            Self::Elections | Self::BirthYear | Self::Organisations => Stage::Called,
            Self::Commissions | Self::Members | Self::Precincts => Stage::Fixed,
            Self::Protocols
            | Self::Corrections
            | Self::Voters
            | Self::Issued
            | Self::Found
            | Self::Invalid
            | Self::AgainstAll
            | Self::Participated
            | Self::Absentee
            | Self::Home
            | Self::Votes => Stage::Protocols,
            Self::Nominated | Self::Registered => Stage::Ballot,
            Self::Standing | Self::Withdrawn => Stage::Voting,
            Self::Elected | Self::Parties | Self::Ages => Stage::Result,
            Self::Watching | Self::Proxies | Self::Observers | Self::Media => Stage::Watching,
        }
    }

    /// Whether it is of candidates, so that a candidate, a party or a way of nomination chooses among them.
    pub(crate) fn is_of_candidates(self) -> bool {
        matches!(
            self,
            Self::Votes
                | Self::Nominated
                | Self::Registered
                | Self::Standing
                | Self::Withdrawn
                | Self::Elected
                | Self::Ages
                | Self::BirthYear
        )
    }

    /// Whether it is of precincts, so that their kind chooses among them.
    pub(crate) fn is_of_precincts(self) -> bool {
        self == Self::Precincts || self.stage() == Stage::Protocols
    }
}

impl DayMeasure {
    /// Every day.
    pub(crate) const ALL: [Self; 9] = [
        Self::Called,
        Self::Voting,
        Self::Nominated,
        Self::Registered,
        Self::Withdrawn,
        Self::Determined,
        Self::Published,
        Self::AkimRegistered,
        Self::Certificate,
    ];

    /// Its word in a file of claims.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Called => "called-on",
            Self::Voting => "voting-on",
            Self::Nominated => "nominated-on",
            Self::Registered => "registered-on",
            Self::Withdrawn => "withdrew-on",
            Self::Determined => "determined-on",
            Self::Published => "published-on",
            Self::AkimRegistered => "akim-registered-on",
            Self::Certificate => "certificate-on",
        }
    }

    /// The fact that happened on it.
    pub(crate) fn fact(self) -> &'static str {
        match self {
            Self::Called | Self::Voting => "election-called",
            Self::Nominated => "candidate-nominated",
            Self::Registered => "candidate-registered",
            Self::Withdrawn => "candidate-withdrew",
            Self::Determined => "results-determined",
            Self::Published => "results-published",
            Self::AkimRegistered => "akim-registered",
            Self::Certificate => "certificate-issued",
        }
    }

    /// Whether it is of one candidate.
    pub(crate) fn is_of_candidate(self) -> bool {
        matches!(self, Self::Nominated | Self::Registered | Self::Withdrawn)
    }
}

impl NameMeasure {
    /// Every name.
    pub(crate) const ALL: [Self; 3] = [Self::Winner, Self::Nominator, Self::CertificateSigner];

    /// Its word in a file of claims.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Winner => "winner",
            Self::Nominator => "nominator",
            Self::CertificateSigner => "certificate-signer",
        }
    }
}
