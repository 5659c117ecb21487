//! What can be wrong with a NIST report.

use phrase::phrase;

use crate::found_message::{FoundMessage, quote};

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
            Self::NotJson { found } => {
                FoundMessage::stated(phrase!("found-expected-json-found", "expected JSON, found: {found}"))
            }
            Self::Type { found } => FoundMessage::expected(
                phrase!("found-a-type-of-the-format-in-type", "a type of the format in @type"),
                quote(format_args!("{found:?}")),
            ),
            Self::Required { object, field } => {
                FoundMessage::expected(quote(format_args!("{object}.{field}")), phrase!("found-none", "none"))
            }
            Self::Word { field, expected, found } => FoundMessage::expected(
                phrase!("found-field-of", "{field} of {expected:?}"),
                quote(format_args!("{found:?}")),
            ),
            Self::Date { found } => FoundMessage::expected(
                phrase!(
                    "found-generateddate-in-whole-seconds-with-its-zone",
                    "GeneratedDate in whole seconds with its zone"
                ),
                quote(format_args!("{found:?}")),
            ),
            Self::DuplicateId { found } => FoundMessage::expected(
                phrase!("found-each-id-once", "each @id once"),
                phrase!("found-again", "{found:?} again"),
            ),
            Self::Dangling { object, field, found } => FoundMessage::expected(
                phrase!("found-an-object-that-can-name", "an object that {object}.{field} can name"),
                phrase!("found-none-of-id", "none of id {found:?}"),
            ),
            Self::ReferenceType { object, field, expected, found } => FoundMessage::expected(
                phrase!("found-to-name-one-of", "{object}.{field} to name one of {expected:?}"),
                quote(format_args!("{found:?}")),
            ),
            Self::Count { object, field, found } => FoundMessage::expected(
                phrase!("found-a-whole-number-from-0-up-in", "a whole number from 0 up in {object}.{field}"),
                quote(found),
            ),
            Self::OtherType { object } => FoundMessage::expected(
                phrase!(
                    "found-othertype-beside-the-type-other-in",
                    "OtherType beside the type \"other\" in {object}"
                ),
                phrase!("found-none", "none"),
            ),
            Self::Cycle { unit } => FoundMessage::expected(
                phrase!("found-units-within-units", "units within units"),
                phrase!("found-within-itself", "{unit:?} within itself"),
            ),
            Self::DuplicateCount { .. }
            | Self::RollUp { .. }
            | Self::Balance { .. }
            | Self::BalanceExplained { .. }
            | Self::MoreBallotsThanIssued { .. }
            | Self::MoreBallotsExplained { .. }
            | Self::Turnout { .. }
            | Self::SubUnits { .. } => self.figures_message(),
        }
    }

    /// What a finding says of figures that do not fit.
    fn figures_message(&self) -> FoundMessage {
        match self {
            Self::DuplicateCount { selection, unit } => FoundMessage::expected(
                phrase!("found-one-total-of-at", "one total of {selection:?} at {unit:?}"),
                phrase!("found-two", "two"),
            ),
            Self::RollUp { selection, unit, expected, found } => FoundMessage::expected(
                phrase!("found-the-sum-of-its-precincts", "the sum of its precincts {expected}"),
                quote(found),
            )
            .with_subject(phrase!("found-at", "{selection:?} at {unit:?}")),
            Self::Balance { unit, expected, found } => FoundMessage::expected(
                phrase!(
                    "found-votes-and-rejected-ballots-to-be-the-cast",
                    "votes and rejected ballots to be the {expected} cast"
                ),
                found,
            )
            .with_subject(quote(format_args!("{unit:?}"))),
            Self::BalanceExplained { unit, expected, found } => FoundMessage::stated(phrase!(
                "found-votes-and-rejected-ballots-are-cast-the-protocol",
                "{unit:?}: votes and rejected ballots are {found}, cast {expected}; the protocol explains it"
            )),
            Self::MoreBallotsThanIssued { unit, expected, found } => FoundMessage::expected(
                phrase!(
                    "found-at-most-the-ballots-issued-to-be-cast",
                    "at most the {expected} ballots issued to be cast"
                ),
                found,
            )
            .with_subject(quote(format_args!("{unit:?}"))),
            Self::MoreBallotsExplained { unit, expected, found } => FoundMessage::stated(phrase!(
                "found-ballots-cast-of-issued-the-protocol-explains-it",
                "{unit:?}: {found} ballots cast of {expected} issued; the protocol explains it"
            )),
            Self::Turnout { unit, expected, found } => FoundMessage::stated(phrase!(
                "found-voters-took-part-of-registered",
                "{unit:?}: {found} voters took part of {expected} registered"
            )),
            Self::SubUnits { contest, expected, found } => FoundMessage::expected(
                phrase!("found-precincts-reported", "{expected} precincts reported"),
                found,
            )
            .with_subject(quote(format_args!("{contest:?}"))),
            other => FoundMessage::stated(phrase::Phrase::verbatim(other.id())),
        }
    }

    /// Whether it is for people to look at, and no fault of the file.
    #[must_use]
    pub fn is_warning(&self) -> bool {
        self.id().starts_with("WARN-")
    }
}
