//! Facts about candidates, ballots, lists and deliveries.

use super::{
    fact::DescribedFact,
    field::{Field, FieldKind::*, Named, Scope::Election, Unit, follows, may, must},
    shared::{CANDIDATE, DECISION, PRECINCT},
    words::{AUTHORITY, METHOD, REFUSAL, WITHDRAWAL},
};

const REFUSAL_GROUND: Field = must("ground", Word(REFUSAL), "field-refusal-ground", "ineligible");
const ACT: Field = must("act", Document, "field-act", "act-3.pdf");

/// The conference of a party's branch.
const CONFERENCE: &[Field] = &[
    must("date", Day, "field-conference-date", "2025-08-27T00:00:00+05:00"),
    must("decision", Document, "field-conference-decision", "conference.pdf"),
    must("delegates", Count(Unit::People), "field-delegates", "57"),
    may("number", Text, "field-conference-number", "12"),
];

pub(super) const FACTS: &[DescribedFact] = &[
    DescribedFact {
        name: "candidate-nominated",
        article: "art. 113-3",
        scope: Election,
        fields: &[
            may("biography", Document, "field-biography", "biography.pdf"),
            must("birth_year", Count(Unit::Year), "field-birth-year", "1980"),
            must("candidate", Id(Named::New), "field-new-candidate", "abenov"),
            may("conference", Group(CONFERENCE), "field-conference", "").by("art. 113-3"),
            must("method", Word(METHOD), "field-method", "own"),
            must("name_kk", Text, "field-name-kk", "Әбенов Дархан").by("art. 37(1)"),
            must("name_ru", Text, "field-name-ru", "Абенов Дархан"),
            may("occupation", Text, "field-occupation", "Агроном"),
            may("party", Text, "field-party", "Сынақ партиясы"),
            must("statement", Document, "field-consent", "consent.pdf"),
        ],
    },
    DescribedFact {
        name: "eligibility-checked",
        article: "art. 113-2",
        scope: Election,
        fields: &[
            CANDIDATE,
            may("eligible", Flag, "field-eligible", "yes"),
            must("paper", Document, "field-answer-paper", "answer.pdf"),
        ],
    },
    DescribedFact {
        name: "signatures-verified",
        article: "art. 113-4",
        scope: Election,
        fields: &[
            CANDIDATE,
            must("invalid", Count(Unit::Signatures), "field-invalid-signatures", "1"),
            must("needed", Count(Unit::Signatures), "field-needed-signatures", "4"),
            must("paper", Document, "field-check-protocol", "check.pdf"),
            must("valid", Count(Unit::Signatures), "field-valid-signatures", "9"),
        ],
    },
    DescribedFact {
        name: "candidate-registered",
        article: "art. 113-5",
        scope: Election,
        fields: &[
            CANDIDATE,
            DECISION,
            follows("number", Count(Unit::Number), "field-registration-number", "1"),
        ],
    },
    DescribedFact {
        name: "candidate-refused",
        article: "art. 113-5(11)",
        scope: Election,
        fields: &[CANDIDATE, DECISION, REFUSAL_GROUND],
    },
    DescribedFact {
        name: "candidate-cancelled",
        article: "art. 113-5(11)",
        scope: Election,
        fields: &[CANDIDATE, DECISION, REFUSAL_GROUND],
    },
    DescribedFact {
        name: "candidate-restored",
        article: "art. 113-5(12)(13)",
        scope: Election,
        fields: &[
            must("by", Word(AUTHORITY), "field-by", "court"),
            CANDIDATE,
            DECISION,
            follows("restores", Event, "field-restores", "refusal"),
        ],
    },
    DescribedFact {
        name: "candidate-withdrew",
        article: "art. 113-6",
        scope: Election,
        fields: &[
            CANDIDATE,
            must("kind", Word(WITHDRAWAL), "field-withdrawal-kind", "withdrew"),
            must("statement", Document, "field-statement", "statement.pdf"),
        ],
    },
    DescribedFact {
        name: "ballot-approved",
        article: "art. 37(1)",
        scope: Election,
        fields: &[
            follows("candidates", Ids(Named::Candidate), "field-ballot-lines", "abenov; qaliev"),
            DECISION,
        ],
    },
    DescribedFact {
        name: "ballots-printed",
        article: "art. 37(2)",
        scope: Election,
        fields: &[ACT, must("count", Count(Unit::Ballots), "field-printed", "404")],
    },
    DescribedFact {
        name: "ballot-amended",
        article: "art. 37(1-1)",
        scope: Election,
        fields: &[
            follows("added", Ids(Named::Candidate), "field-added", "serikov").or_nothing(),
            follows("candidates", Ids(Named::Candidate), "field-ballot-lines", "abenov; qaliev"),
            DECISION,
            must("manner", Text, "field-manner", "Вычеркнуто от руки"),
            follows("struck", Ids(Named::Candidate), "field-struck", "qaliev").or_nothing(),
        ],
    },
    DescribedFact {
        name: "voter-list-handed-over",
        article: "art. 26",
        scope: Election,
        fields: &[
            ACT,
            must("list", Document, "field-voter-list", "seal:list.pdf"),
            PRECINCT,
            must("voters", Count(Unit::Voters), "field-list-voters", "400"),
        ],
    },
    DescribedFact {
        name: "ballots-delivered",
        article: "art. 37(3)",
        scope: Election,
        fields: &[ACT, must("count", Count(Unit::Ballots), "field-delivered", "404"), PRECINCT],
    },
];
