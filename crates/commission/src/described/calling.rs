//! Facts that call an election, extend it, or call it again.

use super::{
    fact::DescribedFact,
    field::{
        FieldKind::*,
        Named,
        Scope::{Election, NewElection},
        follows, may, must,
    },
    shared::{A_TIME, CALENDAR, DECISION, NAMES, TERRITORY_NAMES},
    words::{EDITION, GROUND, OFFICE},
};

pub(super) const FACTS: &[DescribedFact] = &[
    DescribedFact {
        name: "election-called",
        article: "art. 113-1",
        scope: NewElection,
        fields: &[
            must("calendar", Group(CALENDAR), "field-calendar", "").by("art. 113-3(5), 113-5(14)"),
            DECISION,
            follows("edition", Word(EDITION), "field-edition", "Z2025_01_01"),
            must("ground", Word(GROUND), "field-election-ground", "early-termination"),
            may("ground_date", Day, "field-ground-date", "2025-08-18T00:00:00+05:00"),
            may("ground_decision", Document, "field-ground-decision", "decision-16.pdf").by("art. 113-1(3)"),
            must("name", Text, "field-election-name", "Выборы акима села"),
            NAMES,
            must("office", Word(OFFICE), "field-office", "rural"),
            follows("territory", Text, "field-territory", "103230100"),
            TERRITORY_NAMES,
            follows("voting_day", Time, "field-voting-day", "2025-10-12T07:00:00+05:00"),
        ],
    },
    DescribedFact {
        name: "nomination-extended",
        article: "art. 113-3(6)",
        scope: Election,
        fields: &[
            DECISION,
            must("nomination_ends", Time, "field-nomination-ends", "2025-09-19T18:00:00+05:00"),
            may("registration_ends", Time, "field-registration-ends", "2025-09-23T18:00:00+05:00"),
        ],
    },
    DescribedFact {
        name: "election-extended",
        article: "art. 113-7",
        scope: Election,
        fields: &[must("calendar", Group(CALENDAR), "field-calendar", ""), DECISION],
    },
    DescribedFact {
        name: "repeat-voting-called",
        article: "art. 113-9",
        scope: NewElection,
        fields: &[
            follows("candidates", Ids(Named::Candidate), "field-tied", "abenov; qaliev"),
            DECISION,
            must("name", Text, "field-election-name", "Повторное голосование"),
            NAMES,
            follows("repeats", Id(Named::Election), "field-repeats", "aul-2026"),
            must("voting_ends", Time, "field-voting-ends", A_TIME),
            must("voting_starts", Time, "field-voting-starts", "2025-10-12T07:00:00+05:00"),
            must("withdrawal_ends", Time, "field-withdrawal-ends", "2025-10-09T18:00:00+05:00"),
        ],
    },
    DescribedFact {
        name: "repeat-election-called",
        article: "art. 113-9",
        scope: NewElection,
        fields: &[
            must("calendar", Group(CALENDAR), "field-calendar", ""),
            DECISION,
            follows("edition", Word(EDITION), "field-edition", "Z2025_01_01"),
            must("name", Text, "field-election-name", "Повторные выборы"),
            NAMES,
            follows("repeats", Id(Named::Election), "field-repeats", "aul-2025"),
        ],
    },
];
