//! What can be wrong with a NIST report.

use crate::found_message::FoundMessage;

/// What is wrong with a report.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the messages say it")]
pub enum NistFault {
    NotJson { found: String },
    Type { found: String },
    Required { object: String, field: &'static str },
    Word { field: &'static str, expected: &'static [&'static str], found: String },
    Date { found: String },
    DuplicateId { found: String },
    Dangling { object: String, field: &'static str, found: String },
    ReferenceType { object: String, field: &'static str, expected: &'static [&'static str], found: String },
    Count { object: String, field: &'static str, found: String },
    OtherType { object: String },
    Cycle { unit: String },
    DuplicateCount { selection: String, unit: String },
    RollUp { selection: String, unit: String, expected: u128, found: u64 },
    Balance { unit: String, expected: u64, found: u128 },
    BalanceExplained { unit: String, expected: u64, found: u128 },
    MoreBallotsThanIssued { unit: String, expected: u64, found: u64 },
    MoreBallotsExplained { unit: String, expected: u64, found: u64 },
    Turnout { unit: String, expected: u64, found: u64 },
    SubUnits { contest: String, expected: u64, found: u64 },
}

impl NistFault {
    /// Its name, the same in every version.
    #[must_use]
    pub fn id(&self) -> &'static str {
        match self {
            Self::NotJson { .. }
            | Self::Type { .. }
            | Self::Required { .. }
            | Self::Word { .. }
            | Self::Date { .. } => "ERR-SKELETON",
            Self::DuplicateId { .. } => "ERR-DUP-ID",
            Self::Dangling { .. } => "ERR-DANGLING",
            Self::ReferenceType { .. } => "ERR-REF-TYPE",
            Self::Count { .. } => "ERR-COUNT",
            Self::OtherType { .. } => "ERR-OTHERTYPE",
            Self::Cycle { .. } => "ERR-GPUNIT-CYCLE",
            Self::DuplicateCount { .. } => "ERR-DUP-COUNT",
            Self::RollUp { .. } => "ERR-ROLLUP",
            Self::Balance { .. } => "ERR-BALANCE",
            Self::BalanceExplained { .. } => "WARN-BALANCE",
            Self::MoreBallotsThanIssued { .. } => "ERR-MORE-BALLOTS-THAN-ISSUED",
            Self::MoreBallotsExplained { .. } => "WARN-MORE-BALLOTS-THAN-ISSUED",
            Self::Turnout { .. } => "WARN-TURNOUT>100",
            Self::SubUnits { .. } => "ERR-SUBUNITS",
        }
    }

    /// What a finding says of it.
    #[must_use]
    pub fn message(&self) -> FoundMessage {
        match self {
            Self::NotJson { found } => FoundMessage::stated(format!("expected JSON, found: {found}")),
            Self::Type { found } => {
                FoundMessage::expected("a type of the format in @type", format!("{found:?}"))
            }
            Self::Required { object, field } => FoundMessage::expected(format!("{object}.{field}"), "none"),
            Self::Word { field, expected, found } => {
                FoundMessage::expected(format!("{field} of {expected:?}"), format!("{found:?}"))
            }
            Self::Date { found } => {
                FoundMessage::expected("GeneratedDate in whole seconds with its zone", format!("{found:?}"))
            }
            Self::DuplicateId { found } => {
                FoundMessage::expected("each @id once", format!("{found:?} again"))
            }
            Self::Dangling { object, field, found } => FoundMessage::expected(
                format!("an object that {object}.{field} can name"),
                format!("none of id {found:?}"),
            ),
            Self::ReferenceType { object, field, expected, found } => FoundMessage::expected(
                format!("{object}.{field} to name one of {expected:?}"),
                format!("{found:?}"),
            ),
            Self::Count { object, field, found } => {
                FoundMessage::expected(format!("a whole number from 0 up in {object}.{field}"), found)
            }
            Self::OtherType { object } => {
                FoundMessage::expected(format!("OtherType beside the type \"other\" in {object}"), "none")
            }
            Self::Cycle { unit } => {
                FoundMessage::expected("units within units", format!("{unit:?} within itself"))
            }
            Self::DuplicateCount { selection, unit } => {
                FoundMessage::expected(format!("one total of {selection:?} at {unit:?}"), "two")
            }
            Self::RollUp { selection, unit, expected, found } => {
                FoundMessage::expected(format!("the sum of its precincts {expected}"), found)
                    .with_subject(format_args!("{selection:?} at {unit:?}"))
            }
            Self::Balance { unit, expected, found } => {
                FoundMessage::expected(format!("votes and rejected ballots to be the {expected} cast"), found)
                    .with_subject(format_args!("{unit:?}"))
            }
            Self::BalanceExplained { unit, expected, found } => FoundMessage::stated(format!(
                "{unit:?}: votes and rejected ballots are {found}, cast {expected}; the protocol explains it"
            )),
            Self::MoreBallotsThanIssued { unit, expected, found } => {
                FoundMessage::expected(format!("at most the {expected} ballots issued to be cast"), found)
                    .with_subject(format_args!("{unit:?}"))
            }
            Self::MoreBallotsExplained { unit, expected, found } => FoundMessage::stated(format!(
                "{unit:?}: {found} ballots cast of {expected} issued; the protocol explains it"
            )),
            Self::Turnout { unit, expected, found } => {
                FoundMessage::stated(format!("{unit:?}: {found} voters took part of {expected} registered"))
            }
            Self::SubUnits { contest, expected, found } => {
                FoundMessage::expected(format!("{expected} precincts reported"), found)
                    .with_subject(format_args!("{contest:?}"))
            }
        }
    }

    /// Whether it is for people to look at, and no fault of the file.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.id().starts_with("WARN-")
    }
}
