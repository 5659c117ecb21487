//! Facts about complaints, decisions from above, observers and proxies.

use super::{
    fact::DescribedFact,
    field::{
        FieldKind::*,
        Named,
        Scope::{Election, Ledger},
        Unit, follows, may, must,
    },
    shared::{CANDIDATE, DECISION, GROUND, PRECINCT},
    words::{ABOUT, ANSWER, AUTHORITY},
};

pub(super) const FACTS: &[DescribedFact] = &[
    DescribedFact {
        name: "complaint-filed",
        article: "art. 20(9), 49",
        scope: Election,
        fields: &[
            must("about", Word(ABOUT), "field-about", "commission"),
            may("against", Event, "field-against", "protocol"),
            follows("complaint", Id(Named::New), "field-new-complaint", "c-1"),
            follows("due", Time, "field-due", "2025-10-15T18:00:00+05:00"),
            must("filed_by", Text, "field-filed-by", "Observer"),
            must("paper", Document, "field-complaint-paper", "seal:complaint.pdf"),
            may("precinct", Id(Named::Precinct), "field-precinct", "aul-1"),
        ],
    },
    DescribedFact {
        name: "complaint-decided",
        article: "art. 20(9), 49",
        scope: Election,
        fields: &[
            follows("complaint", Id(Named::Complaint), "field-complaint", "c-1"),
            DECISION,
            must("outcome", Word(ANSWER), "field-answer", "rejected"),
        ],
    },
    DescribedFact {
        name: "decision-cancelled",
        article: "art. 12(15), 14(3)",
        scope: Election,
        fields: &[
            must("by", Word(AUTHORITY), "field-by", "court"),
            follows("cancels", Event, "field-cancels", "decision"),
            DECISION,
            GROUND,
        ],
    },
    DescribedFact {
        name: "organisation-accredited",
        article: "art. 20-1",
        scope: Ledger,
        fields: &[
            DECISION,
            must("name", Text, "field-organisation-name", "Еркіндік"),
            must("organisation", Id(Named::New), "field-new-organisation", "erkindik"),
            must("until", Time, "field-accredited-until", "2026-09-01T18:00:00+05:00"),
        ],
    },
    DescribedFact {
        name: "proxies-registered",
        article: "art. 31",
        scope: Election,
        fields: &[CANDIDATE, must("count", Count(Unit::People), "field-proxies", "2"), DECISION, PRECINCT],
    },
    DescribedFact {
        name: "observers-counted",
        article: "art. 20-1, 20-2",
        scope: Election,
        fields: &[
            may("approximate", Flag, "field-approximate", "yes"),
            must("foreign", Count(Unit::People), "field-foreign", "2"),
            must("media", Count(Unit::People), "field-media", "3"),
            must("observers", Count(Unit::People), "field-observers", "12"),
            must("proxies", Count(Unit::People), "field-all-proxies", "6"),
        ],
    },
    DescribedFact {
        name: "observer-removed",
        article: "art. 20-1(4)",
        scope: Election,
        fields: &[
            DECISION,
            GROUND,
            must("journal", Text, "field-journal", "7"),
            may("organisation", Id(Named::Organisation), "field-organisation", "erkindik"),
            PRECINCT,
        ],
    },
];
