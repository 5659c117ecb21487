//! Facts about the result, the registration and the certificate.

use super::{
    fact::DescribedFact,
    field::{Field, FieldKind::*, Named, RowsOf, Scope::Election, Unit, follows, must},
    shared::{DECISION, DETERMINED, ELECTED, VOTES},
    words::{DENIAL, OUTCOME},
};

/// The sums over the protocols.
const TOTALS: &[Field] = &[
    follows("absentee", Count(Unit::Voters), "field-absentee", "1"),
    follows("against_all", Count(Unit::Votes), "field-against-all", "20"),
    follows("cancelled", Count(Unit::Ballots), "field-cancelled", "163"),
    follows("found", Count(Unit::Ballots), "field-found", "239"),
    follows("home_applications", Count(Unit::Applications), "field-home", "6"),
    follows("home_found", Count(Unit::Ballots), "field-home-found", "5"),
    follows("invalid", Count(Unit::Ballots), "field-invalid", "9"),
    follows("issued", Count(Unit::Ballots), "field-issued", "240"),
    follows("received", Count(Unit::Ballots), "field-received", "404"),
    follows("voters", Count(Unit::Voters), "field-voters", "400"),
    follows("votes", Rows(VOTES, RowsOf::BallotLines), "field-votes-rows", "").or_nothing(),
];

pub(super) const FACTS: &[DescribedFact] = &[
    DescribedFact {
        name: "results-determined",
        article: "art. 113-10",
        scope: Election,
        fields: &[
            follows("elected", Id(Named::Candidate), "field-elected", "abenov").or_nothing(),
            follows("invalidated", Ids(Named::Precinct), "field-invalidated", "aul-2").or_nothing(),
            follows("outcome", Word(OUTCOME), "field-outcome", "elected"),
            must("paper", Document, "field-results-paper", "results.pdf"),
            follows("protocols", List, "field-protocol-list", ""),
            follows("totals", Group(TOTALS), "field-totals", ""),
        ],
    },
    DescribedFact {
        name: "results-published",
        article: "art. 44",
        scope: Election,
        fields: &[
            DETERMINED,
            must("media", Text, "field-published-in", "Газета"),
            must("paper", Document, "field-publication", "page.pdf"),
        ],
    },
    DescribedFact {
        name: "duties-resigned",
        article: "art. 45",
        scope: Election,
        fields: &[ELECTED, must("statement", Document, "field-duties", "duties.pdf")],
    },
    DescribedFact {
        name: "akim-registered",
        article: "art. 113-11",
        scope: Election,
        fields: &[ELECTED, DECISION],
    },
    DescribedFact {
        name: "akim-registration-denied",
        article: "art. 113-11(2)",
        scope: Election,
        fields: &[
            ELECTED,
            DECISION,
            DETERMINED,
            must("ground", Word(DENIAL), "field-denial-ground", "appeals"),
            must("submission", Document, "field-denial-papers", "appeals.pdf"),
        ],
    },
    DescribedFact {
        name: "certificate-issued",
        article: "art. 46",
        scope: Election,
        fields: &[
            ELECTED,
            DETERMINED,
            must("number", Text, "field-certificate-number", "0007"),
            must("paper", Document, "field-certificate-paper", "certificate.pdf"),
        ],
    },
    DescribedFact {
        name: "certificate-revoked",
        article: "art. 113-11(2)",
        scope: Election,
        fields: &[
            follows("basis", Event, "field-revocation-basis", "decision"),
            follows("certificate", Event, "field-certificate-event", "certificate"),
            DECISION,
        ],
    },
];
