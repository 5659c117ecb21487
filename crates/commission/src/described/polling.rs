//! Facts of voting day, and what happens to a protocol on its way.

use super::{
    fact::DescribedFact,
    field::{FieldKind::*, Scope::Election, Unit, follows, may, must},
    shared::{CURRENT, DECISION, PRECINCT, STANDS_IN},
};

pub(super) const FACTS: &[DescribedFact] = &[
    DescribedFact {
        name: "precinct-opened",
        article: "art. 38, 40",
        scope: Election,
        fields: &[
            follows("ballots", Count(Unit::Ballots), "field-ballots-there", "404"),
            must("boxes", Count(Unit::Boxes), "field-boxes", "2"),
            PRECINCT,
            STANDS_IN,
        ],
    },
    DescribedFact {
        name: "turnout-reported",
        article: "art. 43(4)",
        scope: Election,
        fields: &[must("issued", Count(Unit::Ballots), "field-issued-so-far", "120"), PRECINCT],
    },
    DescribedFact {
        name: "voting-closed",
        article: "art. 38",
        scope: Election,
        fields: &[PRECINCT, STANDS_IN],
    },
    DescribedFact {
        name: "recount-requested",
        article: "art. 43(7-1)",
        scope: Election,
        fields: &[
            must("applicant", Text, "field-applicant", "Proxy of Abenov"),
            may("granted", Flag, "field-granted", "yes"),
            PRECINCT,
            may("reason", Text, "field-refused-reason", "The count is not finished"),
            must("statement", Document, "field-request", "request.pdf"),
        ],
    },
    DescribedFact {
        name: "copies-issued",
        article: "art. 43(8)",
        scope: Election,
        fields: &[
            must("copies", Count(Unit::Copies), "field-copies", "3"),
            may("posted", Flag, "field-posted", "yes"),
            PRECINCT,
            CURRENT,
        ],
    },
    DescribedFact {
        name: "copy-refused",
        article: "art. 20-1(2)(11), 43(8)",
        scope: Election,
        fields: &[
            must("asked_by", Text, "field-asked-by", "Observer"),
            PRECINCT,
            CURRENT,
            must("reason", Text, "field-copy-reason", "No paper"),
        ],
    },
    DescribedFact {
        name: "protocol-received",
        article: "art. 113-8",
        scope: Election,
        fields: &[PRECINCT, CURRENT],
    },
    DescribedFact {
        name: "protocol-returned",
        article: "art. 113-8",
        scope: Election,
        fields: &[
            may("paper", Document, "field-letter", "letter.pdf"),
            PRECINCT,
            CURRENT,
            must("reason", Text, "field-return-reason", "Two lines exchanged"),
        ],
    },
    DescribedFact {
        name: "recount-ordered",
        article: "art. 43(9)",
        scope: Election,
        fields: &[
            may("applicants", Texts, "field-applicants", "Proxy of Abenov"),
            DECISION,
            must("ground", Text, "field-recount-ground", "Doubts"),
            PRECINCT,
            CURRENT,
        ],
    },
    DescribedFact {
        name: "precinct-invalidated",
        article: "art. 44(2-1)",
        scope: Election,
        fields: &[
            DECISION,
            must("ground", Text, "field-violation", "A box was opened before the end"),
            PRECINCT,
            follows("protocol", Event, "field-current-protocol", "protocol"),
            must("submission", Document, "field-submission", "submission.pdf"),
        ],
    },
];
