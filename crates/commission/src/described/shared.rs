//! Fields that several facts have.

use super::field::{Field, FieldKind::*, Named, RowsOf, Unit, follows, may, must};

/// An Ed25519 key that serves as an example.
pub(super) const A_KEY: &str = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
/// A signature that serves as an example.
pub(super) const A_PROOF: &str =
    "5VZDAMNgrHKQhuLMgG6CinnkHNG8YrChfDrbZPLFpAFjGdPBw3AnmnSdcLPnOTwLfXNuMWcBfRJJ3kBnBrQwCg==";
/// A moment that serves as an example.
pub(super) const A_TIME: &str = "2025-10-12T20:00:00+05:00";

pub(super) const CANDIDATE: Field = must("candidate", Id(Named::Candidate), "field-candidate", "abenov");
pub(super) const ELECTED: Field =
    follows("candidate", Id(Named::Candidate), "field-elected-person", "abenov");
pub(super) const COMMISSION: Field =
    must("commission", Id(Named::Commission), "field-commission", "pec-aul-1");
pub(super) const DECISION: Field = must("decision", Document, "field-decision", "decision-17.pdf");
pub(super) const GROUND: Field = must("ground", Text, "field-ground", "Decision No. 17");
pub(super) const PRECINCT: Field = must("precinct", Id(Named::Precinct), "field-precinct", "aul-1");
pub(super) const CURRENT: Field = follows("protocol", Event, "field-current-protocol", "protocol");
pub(super) const DETERMINED: Field = follows("determined", Event, "field-determined", "results");
pub(super) const KEY: Field = must("key", Key, "field-key", A_KEY);
pub(super) const PROOF: Field = must("proof", Proof, "field-proof", A_PROOF);
pub(super) const SEAT: Field = must("seat", Id(Named::Seat), "field-seat", "m5");
pub(super) const UNTIL: Field = may("until", Time, "field-key-until", "2026-12-31T18:00:00+05:00");
pub(super) const STANDS_IN: Field = may("stands_in", Text, "field-stands-in", "The chair is ill");

/// The file of a registration piece, which says key, proof and seat: a column of tables, no field of the format.
pub(crate) static PIECE: Field = may("piece", Text, "field-piece", "chair.piece.json");

/// A member of a commission.
pub(super) const MEMBER: &[Field] = &[
    may("key", Key, "field-key", A_KEY),
    may("name", Text, "field-member-name", "Айгүл Сәрсенова"),
    may("party", Text, "field-member-party", "Сынақ партиясы"),
    may("proof", Proof, "field-proof", A_PROOF),
    must("seat", Id(Named::Seat), "field-seat", "chair"),
];

/// A key of an office.
pub(super) const OFFICE_KEY: &[Field] = &[KEY, PROOF];

/// The dates of an election.
pub(super) const CALENDAR: &[Field] = &[
    must("nomination_ends", Time, "field-nomination-ends", "2025-09-16T18:00:00+05:00"),
    must("nomination_starts", Day, "field-nomination-starts", "2025-08-26T00:00:00+05:00"),
    must("registration_ends", Time, "field-registration-ends", "2025-09-20T18:00:00+05:00"),
    must("voting_ends", Time, "field-voting-ends", A_TIME),
    must("voting_starts", Time, "field-voting-starts", "2025-10-12T07:00:00+05:00"),
    must("withdrawal_ends", Time, "field-withdrawal-ends", "2025-10-09T18:00:00+05:00"),
];

/// Ballots issued by one member.
pub(super) const SHARE: &[Field] = &[
    must("issued", Count(Unit::Ballots), "field-issued-by", "130"),
    must("seat", Id(Named::Seat), "field-seat", "m4"),
];

/// A member who does not sign.
pub(super) const MISSING: &[Field] = &[
    may("opinion", Document, "field-opinion", "opinion.pdf"),
    must("reason", Word(super::words::MISSING), "field-missing-reason", "absent"),
    must("seat", Id(Named::Seat), "field-seat", "m5"),
];

/// Votes for one candidate.
pub(super) const VOTES: &[Field] = &[CANDIDATE, must("votes", Count(Unit::Votes), "field-votes", "145")];

pub(super) const ISSUED_BY: Field =
    must("issued_by", Rows(SHARE, RowsOf::OwnSeats), "field-issued-by-rows", "");
pub(super) const MISSING_ROWS: Field =
    may("missing", Rows(MISSING, RowsOf::Free(3)), "field-missing-rows", "").by("art. 20(5)");

/// A name in both languages of the state.
pub(super) const NAME_IN_BOTH: &[Field] = &[
    must("kk", Text, "field-in-kazakh", "Ауыл әкімінің сайлауы"),
    must("ru", Text, "field-in-russian", "Выборы акима села"),
];

pub(super) const NAMES: Field = may("names", Group(NAME_IN_BOTH), "field-names", "");
pub(super) const TERRITORY_NAMES: Field =
    may("territory_names", Group(NAME_IN_BOTH), "field-territory-names", "");
