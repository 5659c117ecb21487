//! Facts of the CEC's root and office: the charter, keys, rules, clock, snapshots, the end.

use super::{
    fact::DescribedFact,
    field::{Field, FieldKind::*, RowsOf, Scope::Ledger, Unit, follows, may, must},
    shared::{A_KEY, GROUND, NAMES, OFFICE_KEY},
    words::{CLOCK, QUORUM},
};

const ROOT_KEYS: Field = must("root_keys", Keys, "field-root-keys", A_KEY);
const THRESHOLD: Field = must("threshold", Count(Unit::Keys), "field-threshold", "2");
const OFFICE_KEYS: Field = must("office_keys", Rows(OFFICE_KEY, RowsOf::Free(2)), "field-office-keys", "");

/// Checks that fail, and why.
const OVERRIDDEN: &[Field] = &[
    must("checks", Texts, "field-override-checks", "PUB-04"),
    must("reason", Text, "field-override-reason", "Decision No. 17"),
];

pub(super) const FACTS: &[DescribedFact] = &[
    DescribedFact {
        name: "ledger-opened",
        article: "format",
        scope: Ledger,
        fields: &[
            follows("clock", Word(CLOCK), "field-clock", "real"),
            must("log_key", Key, "field-log-key", A_KEY),
            must("name", Text, "field-ledger-name", "Выборы акимов 2025"),
            NAMES,
            OFFICE_KEYS,
            must("origin", Text, "field-origin", "example.org/hattama"),
            must("promise_minutes", Count(Unit::Minutes), "field-promise", "60"),
            must("quorum", Word(QUORUM), "field-quorum", "majority").by("art. 43(8)"),
            ROOT_KEYS,
            follows("rules", Count(Unit::Number), "field-rules", "1"),
            must("service_key", Group(OFFICE_KEY), "field-service-key", ""),
            may("test", Flag, "field-test", "yes"),
            THRESHOLD,
        ],
    },
    DescribedFact {
        name: "root-keys-replaced",
        article: "format",
        scope: Ledger,
        fields: &[GROUND, ROOT_KEYS, THRESHOLD],
    },
    DescribedFact {
        name: "office-keys-replaced",
        article: "format",
        scope: Ledger,
        fields: &[GROUND, OFFICE_KEYS],
    },
    DescribedFact {
        name: "log-key-replaced",
        article: "format",
        scope: Ledger,
        fields: &[GROUND, must("log_key", Key, "field-log-key", A_KEY)],
    },
    DescribedFact {
        name: "rules-adopted",
        article: "format",
        scope: Ledger,
        fields: &[
            must("editions", Texts, "field-editions", "Z2025_01_01; Z2026_07_01"),
            follows("rules", Count(Unit::Number), "field-rules", "2"),
            must("spec_sha256", Hash, "field-spec", "format.md"),
        ],
    },
    DescribedFact {
        name: "clock-corrected",
        article: "format",
        scope: Ledger,
        fields: &[GROUND, follows("wrong", Stamp, "field-wrong-time", "2025-10-12T15:00:00.000Z")],
    },
    DescribedFact {
        name: "snapshot-published",
        article: "format",
        scope: Ledger,
        fields: &[
            must("manifest", Hash, "field-manifest", "manifest.json"),
            follows("n", Count(Unit::Number), "field-snapshot-number", "1"),
            may("overridden", Group(OVERRIDDEN), "field-overridden", ""),
            must("projection_root", Hash, "field-projection-root", "projections"),
            follows("root", Hash, "field-tree-root", "tree"),
            follows("size", Count(Unit::Entries), "field-tree-size", "120"),
        ],
    },
    DescribedFact { name: "ledger-closed", article: "format", scope: Ledger, fields: &[GROUND] },
];
