//! Facts about commissions, members, keys and precincts.

use super::{
    fact::DescribedFact,
    field::{
        Field,
        FieldKind::*,
        Named, RowsOf,
        Scope::{Election, Ledger},
        Unit, follows, may, must,
    },
    shared::{
        A_KEY, A_TIME, COMMISSION, DECISION, GROUND, KEY, MEMBER, NAMES, PRECINCT, PROOF, SEAT,
        TERRITORY_NAMES, UNTIL,
    },
    words::{LEVEL, PRECINCT_KIND},
};

const MEMBERS: Field = must("members", Rows(MEMBER, RowsOf::Free(7)), "field-members", "").by("art. 10(3)");

pub(super) const FACTS: &[DescribedFact] = &[
    DescribedFact {
        name: "commission-formed",
        article: "art. 10(3), 13, 17",
        scope: Ledger,
        fields: &[
            must("commission", Id(Named::New), "field-new-commission", "pec-aul-1"),
            follows("level", Word(LEVEL), "field-level", "precinct"),
            MEMBERS,
            must("name", Text, "field-commission-name", "Участковая комиссия № 1"),
            NAMES,
            follows("parent", Id(Named::Commission), "field-parent", "tec-aul").or_nothing(),
        ],
    },
    DescribedFact {
        name: "commission-dissolved",
        article: "art. 10(3)",
        scope: Ledger,
        fields: &[COMMISSION, DECISION, GROUND],
    },
    DescribedFact {
        name: "member-changed",
        article: "art. 19(6)",
        scope: Ledger,
        fields: &[COMMISSION, DECISION, GROUND, must("member", Group(MEMBER), "field-member", "")],
    },
    DescribedFact {
        name: "member-suspended",
        article: "art. 20(12)",
        scope: Ledger,
        fields: &[COMMISSION, DECISION, GROUND, may("lifted", Flag, "field-lifted", "yes"), SEAT],
    },
    DescribedFact {
        name: "key-enrolled",
        article: "format",
        scope: Ledger,
        fields: &[COMMISSION, KEY, PROOF, SEAT, UNTIL],
    },
    DescribedFact {
        name: "key-replaced",
        article: "format",
        scope: Ledger,
        fields: &[
            COMMISSION,
            GROUND,
            KEY,
            PROOF,
            follows("replaces", Key, "field-replaces", A_KEY),
            SEAT,
            UNTIL,
        ],
    },
    DescribedFact {
        name: "key-revoked",
        article: "format",
        scope: Ledger,
        fields: &[COMMISSION, GROUND, KEY, must("since", Time, "field-since", A_TIME)],
    },
    DescribedFact {
        name: "precinct-formed",
        article: "art. 23",
        scope: Ledger,
        fields: &[
            COMMISSION,
            DECISION,
            follows("kato", Text, "field-kato", "103230100"),
            must("kind", Word(PRECINCT_KIND), "field-precinct-kind", "open").by("art. 38(3)"),
            must("number", Text, "field-precinct-number", "0001"),
            follows("precinct", Id(Named::New), "field-new-precinct", "aul-1"),
            TERRITORY_NAMES,
            must("voters", Count(Unit::Voters), "field-precinct-voters", "400"),
        ],
    },
    DescribedFact {
        name: "precincts-fixed",
        article: "art. 23",
        scope: Election,
        fields: &[
            follows("closed", Count(Unit::Precincts), "field-closed-precincts", "1"),
            follows("open", Count(Unit::Precincts), "field-open-precincts", "127"),
            follows("precincts", List, "field-precinct-list", ""),
            follows("voters", Count(Unit::Voters), "field-all-voters", "235000"),
        ],
    },
    DescribedFact {
        name: "precincts-changed",
        article: "art. 23",
        scope: Ledger,
        fields: &[
            may("commission", Id(Named::Commission), "field-commission", "pec-aul-1"),
            DECISION,
            may("kato", Text, "field-kato", "103230100"),
            may("kind", Word(PRECINCT_KIND), "field-precinct-kind", "open"),
            may("number", Text, "field-precinct-number", "0001"),
            PRECINCT,
            may("voters", Count(Unit::Voters), "field-precinct-voters", "412"),
        ],
    },
];
