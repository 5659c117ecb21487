//! Which checks this version makes.
//!
//! Contains the checks that are built, and those whose input an observer may lack. Elsewhere: ids and questions
//! (`law::Rule`).

use law::Rule;

/// Whether the replay of entries makes a check, entry by entry.
#[must_use]
pub fn is_of_replay(rule: Rule) -> bool {
    REPLAYED.iter().any(|(own, _)| *own == rule)
}

/// Checks of the rules that a replay judges, each with the facts that it examines; an empty list means every fact.
pub(crate) const REPLAYED: &[(Rule, &[&str])] = &[
    (Rule::Int08, &[]),
    (Rule::Sig02, &[]),
    (Rule::Sig03, &[]),
    (Rule::Sig04, &[]),
    (Rule::Sig05, &[]),
    (
        Rule::Sig06,
        &[
            "ledger-opened",
            "root-keys-replaced",
            "office-keys-replaced",
            "log-key-replaced",
            "commission-formed",
        ],
    ),
    (Rule::Sig11, COUNTED),
    (Rule::Aty01, &[]),
    (Rule::Aty02, &[]),
    (Rule::Aty03, &[]),
    (Rule::Aty04, &[]),
    (Rule::Aty05, &["precinct-opened", "voting-closed"]),
    (Rule::Aty06, PROTOCOLS),
    (Rule::Aty07, &["decision-cancelled", "protocol-superseded"]),
    (Rule::Pro01, &[]),
    (
        Rule::Pro02,
        &[
            "election-called",
            "nomination-extended",
            "election-extended",
            "repeat-voting-called",
            "repeat-election-called",
            "candidate-nominated",
            "candidate-registered",
            "candidate-refused",
            "organisation-accredited",
        ],
    ),
    (Rule::Pro03, &["ballot-approved", "ballot-amended", "ballots-delivered", "precinct-opened"]),
    (Rule::Pro04, &["candidate-withdrew", "candidate-cancelled", "candidate-restored"]),
    (Rule::Pro05, PROTOCOLS),
    (Rule::Pro06, &["precinct-opened", "voting-closed", "protocol-signed", "protocol-superseded"]),
    (Rule::Pro07, PROTOCOLS),
    (Rule::Pro08, &["copies-issued", "copy-refused", "observer-removed"]),
    (Rule::Pro09, &["protocol-signed", "protocol-superseded", "recount-requested"]),
    (
        Rule::Pro10,
        &[
            "copies-issued",
            "copy-refused",
            "protocol-received",
            "protocol-returned",
            "recount-ordered",
            "protocol-superseded",
            "precinct-invalidated",
            "candidate-restored",
            "akim-registration-denied",
        ],
    ),
    (Rule::Pro11, &["results-determined", "results-published", "akim-registered"]),
    (Rule::Pro12, &["results-determined"]),
    (
        Rule::Pro13,
        &[
            "nomination-extended",
            "election-extended",
            "repeat-voting-called",
            "repeat-election-called",
            "candidate-nominated",
        ],
    ),
    (
        Rule::Pro14,
        &[
            "duties-resigned",
            "akim-registered",
            "akim-registration-denied",
            "certificate-issued",
            "certificate-revoked",
        ],
    ),
    (
        Rule::Pro15,
        &[
            "repeat-voting-called",
            "repeat-election-called",
            "results-determined",
            "akim-registered",
            "certificate-revoked",
            "ledger-closed",
        ],
    ),
    (Rule::Pro16, &["results-determined", "akim-registered"]),
    (Rule::Pro17, &[]),
    (Rule::Ari01, FIGURES),
    (Rule::Ari02, COUNTED),
    (Rule::Ari03, PROTOCOLS),
    (Rule::Ari04, PROTOCOLS),
    (Rule::Ari05, PROTOCOLS),
    (Rule::Ari06, COUNTED),
    (Rule::Ari07, PROTOCOLS),
    (Rule::Ari08, &["precincts-fixed", "results-determined"]),
    (Rule::Ari10, &["ballots-printed", "ballots-delivered", "precinct-opened"]),
    (Rule::Ari11, &["turnout-reported", "protocol-signed", "protocol-superseded"]),
    (Rule::Com01, &["precincts-fixed", "results-determined"]),
    (
        Rule::Com02,
        &[
            "precinct-formed",
            "precincts-changed",
            "voter-list-handed-over",
            "ballots-delivered",
            "precinct-opened",
            "protocol-signed",
        ],
    ),
    (Rule::Com04, &["protocol-signed", "protocol-superseded", "results-determined"]),
    (Rule::Com05, &["ballots-accounted", "protocol-signed", "protocol-superseded", "precincts-changed"]),
    (Rule::Com08, &["complaint-filed", "complaint-decided", "results-published", "ledger-closed"]),
    (Rule::Com09, &["ledger-closed", "snapshot-published"]),
    (Rule::Snp03, &["snapshot-published"]),
    (Rule::Pub10, &["ledger-opened"]),
];

const PROTOCOLS: &[&str] = &["protocol-signed", "protocol-superseded"];
const COUNTED: &[&str] = &["ballots-accounted", "protocol-signed", "protocol-superseded"];
const FIGURES: &[&str] = &[
    "precinct-formed",
    "precincts-fixed",
    "precincts-changed",
    "candidate-nominated",
    "signatures-verified",
    "proxies-registered",
    "observers-counted",
    "ballots-printed",
    "copies-issued",
    "voter-list-handed-over",
    "ballots-delivered",
    "precinct-opened",
    "turnout-reported",
    "ballots-accounted",
    "protocol-signed",
    "protocol-superseded",
];

/// Checks of bytes, signatures, the tree and what was published.
pub(crate) const DIRECT: &[Rule] = &[
    Rule::Int01,
    Rule::Int02,
    Rule::Int03,
    Rule::Int04,
    Rule::Int05,
    Rule::Int06,
    Rule::Int07,
    Rule::Int09,
    Rule::Int11,
    Rule::Int12,
    Rule::Sig01,
    Rule::Sig07,
    Rule::Sig09,
    Rule::Ari09,
    Rule::Ari12,
    Rule::Com06,
    Rule::Com07,
    Rule::Pub01,
    Rule::Pub02,
    Rule::Pub03,
    Rule::Pub06,
    Rule::Pub07,
    Rule::Pub09,
    Rule::Pub11,
    Rule::Pub12,
    Rule::Snp01,
    Rule::Snp02,
    Rule::Snp07,
    Rule::Snp08,
    Rule::Obs02,
    Rule::Man01,
    Rule::Man02,
    Rule::Man03,
    Rule::Man04,
    Rule::Man05,
];

/// Checks that a person makes.
pub(crate) const BY_HAND: [Rule; 5] = [Rule::Man01, Rule::Man02, Rule::Man03, Rule::Man04, Rule::Man05];

/// Checks that look at what a whole replay came to: where one stopped they are not made.
pub(crate) const OF_THE_WHOLE: &[Rule] = &[
    Rule::Int10,
    Rule::Sig08,
    Rule::Sig10,
    Rule::Ari13,
    Rule::Ari14,
    Rule::Ari15,
    Rule::Ari16,
    Rule::Ari17,
    Rule::Ari18,
    Rule::Com03,
    Rule::Pub04,
    Rule::Pub05,
    Rule::Pub08,
    Rule::Snp04,
    Rule::Snp05,
    Rule::Snp06,
    Rule::Snp09,
    Rule::Obs01,
    Rule::Obs03,
    Rule::Obs04,
    Rule::Obs05,
    Rule::Obs06,
];

/// Whether this version makes the check.
#[must_use]
pub fn is_built(rule: Rule) -> bool {
    REPLAYED.iter().any(|(known, _)| *known == rule) || DIRECT.contains(&rule) || OF_THE_WHOLE.contains(&rule)
}

/// Whether a replay judges it: a rule of admission, and not a look at bytes or files.
#[must_use]
pub fn is_replayed(rule: Rule) -> bool {
    REPLAYED.iter().any(|(known, _)| *known == rule)
}

/// Whether the check looks at nothing but what the observer brought along: what it cannot judge says nothing of the ledger.
#[must_use]
pub fn is_of_the_observer(rule: Rule) -> bool {
    is_optional(rule) || matches!(rule, Rule::Obs03 | Rule::Obs04 | Rule::Obs06)
}

/// Whether its input comes from the observer: without it the check does not run, and nothing is incomplete.
#[must_use]
pub fn is_optional(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Int01
            | Rule::Int12
            | Rule::Com06
            | Rule::Com07
            | Rule::Pub07
            | Rule::Pub12
            | Rule::Snp01
            | Rule::Snp02
            | Rule::Snp07
            | Rule::Snp08
            | Rule::Obs01
            | Rule::Obs02
            | Rule::Obs05
    )
}
