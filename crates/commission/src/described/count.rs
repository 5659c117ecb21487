//! Facts with the figures of a precinct: before the boxes are opened, the protocol, a new one in its place.

use super::{
    fact::DescribedFact,
    field::{Field, FieldKind::*, RowsOf, Scope::Election, Unit, follows, may, must},
    shared::{ISSUED_BY, MISSING_ROWS, PRECINCT, VOTES},
    words::CORRECTION,
};

/// Ballots damaged or unaccounted for.
const DAMAGED: &[Field] = &[
    must("act", Document, "field-damaged-act", "damaged.pdf"),
    must("count", Count(Unit::Ballots), "field-damaged", "1"),
];

/// One portable box.
const PORTABLE: &[Field] = &[
    may("act", Document, "field-box-act", "box.pdf"),
    must("applications", Count(Unit::Applications), "field-box-applications", "6"),
    must("found", Count(Unit::Ballots), "field-box-found", "5"),
];

/// Why a ratio does not hold.
const EXPLANATION: &[Field] = &[
    must("rule", Text, "field-explained-rule", "ARI-04"),
    must("text", Text, "field-explanation", "Бюллетень порван"),
];

const CANCELLED: Field = must("cancelled", Count(Unit::Ballots), "field-cancelled", "163");
const HOME: Field = must("home_applications", Count(Unit::Applications), "field-home", "6");
const ISSUED: Field = must("issued", Count(Unit::Ballots), "field-issued", "240");
const RECEIVED: Field = must("received", Count(Unit::Ballots), "field-received", "404");
const VOTERS: Field = must("voters", Count(Unit::Voters), "field-voters", "400");

/// The figures of a protocol.
const COUNT: &[Field] = &[
    must("absentee", Count(Unit::Voters), "field-absentee", "1"),
    must("against_all", Count(Unit::Votes), "field-against-all", "20"),
    CANCELLED,
    may("damaged", Group(DAMAGED), "field-damaged-group", ""),
    must("found", Count(Unit::Ballots), "field-found", "239"),
    HOME,
    must("invalid", Count(Unit::Ballots), "field-invalid", "9"),
    ISSUED,
    ISSUED_BY,
    may("portable", Rows(PORTABLE, RowsOf::Free(1)), "field-portable", "").by("art. 43(3-1)"),
    RECEIVED,
    must("stationary", Count(Unit::Ballots), "field-stationary", "234"),
    VOTERS,
    must("votes", Rows(VOTES, RowsOf::BallotLines), "field-votes-rows", "").by("art. 37(1)"),
];

/// One protocol.
const PROTOCOL: &[Field] = &[
    must("count", Group(COUNT), "field-count", ""),
    must("ended", Time, "field-ended", "2025-10-12T22:00:00+05:00"),
    may("explanations", Rows(EXPLANATION, RowsOf::Free(2)), "field-explanations", ""),
    MISSING_ROWS,
    may("paper", Document, "field-protocol-paper", "protocol.pdf"),
    must("started", Time, "field-started", "2025-10-12T20:40:00+05:00"),
];

const PROTOCOL_FIELD: Field = must("protocol", Group(PROTOCOL), "field-protocol", "");

pub(super) const FACTS: &[DescribedFact] = &[
    DescribedFact {
        name: "ballots-accounted",
        article: "art. 43(3-1)(4)",
        scope: Election,
        fields: &[CANCELLED, HOME, ISSUED, ISSUED_BY, MISSING_ROWS, PRECINCT, RECEIVED, VOTERS],
    },
    DescribedFact {
        name: "protocol-signed",
        article: "art. 43",
        scope: Election,
        fields: &[PRECINCT, PROTOCOL_FIELD],
    },
    DescribedFact {
        name: "protocol-superseded",
        article: "art. 43(8)(9)",
        scope: Election,
        fields: &[
            follows("basis", Event, "field-basis", "recount-ordered"),
            follows("ground", Word(CORRECTION), "field-correction-ground", "recount"),
            PRECINCT,
            must("present", Texts, "field-present", "Member of the higher commission"),
            PROTOCOL_FIELD,
            must("reason", Text, "field-correction-reason", "A stack was counted twice"),
            follows("supersedes", Event, "field-supersedes", "protocol"),
        ],
    },
];
