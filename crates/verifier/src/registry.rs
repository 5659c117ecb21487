//! Which checks this version makes.
//!
//! In: the checks that are built, and those whose input an observer may lack. Out: ids and questions (`law::Rule`).

use law::Rule;

/// Checks of the rules that a replay judges: a replay that went through to the end examined every entry for each.
pub(crate) const REPLAYED: &[Rule] = &[
    Rule::Int08,
    Rule::Sig02,
    Rule::Sig04,
    Rule::Sig05,
    Rule::Sig06,
    Rule::Sig11,
    Rule::Aty01,
    Rule::Aty02,
    Rule::Aty03,
    Rule::Aty04,
    Rule::Aty05,
    Rule::Aty06,
    Rule::Pro01,
    Rule::Pro02,
    Rule::Pro03,
    Rule::Pro04,
    Rule::Pro05,
    Rule::Pro06,
    Rule::Pro07,
    Rule::Pro09,
    Rule::Pro10,
    Rule::Pro12,
    Rule::Pro14,
    Rule::Pro17,
    Rule::Ari01,
    Rule::Ari02,
    Rule::Ari03,
    Rule::Ari04,
    Rule::Ari05,
    Rule::Ari06,
    Rule::Ari07,
    Rule::Ari08,
    Rule::Ari10,
    Rule::Ari11,
    Rule::Com01,
    Rule::Com02,
    Rule::Com04,
    Rule::Com05,
    Rule::Snp03,
    Rule::Pub10,
];

/// Checks of bytes, signatures, the tree and what was published.
pub(crate) const DIRECT: &[Rule] = &[
    Rule::Int01,
    Rule::Int02,
    Rule::Int03,
    Rule::Int04,
    Rule::Int05,
    Rule::Int06,
    Rule::Int09,
    Rule::Int11,
    Rule::Sig01,
    Rule::Sig07,
    Rule::Ari09,
    Rule::Pub01,
    Rule::Snp01,
    Rule::Snp02,
];

/// Whether this version makes the check.
#[must_use]
pub fn is_built(rule: Rule) -> bool {
    REPLAYED.contains(&rule) || DIRECT.contains(&rule)
}

/// Whether its input comes from the observer: without it the check does not run, and nothing is incomplete.
#[must_use]
pub fn is_optional(rule: Rule) -> bool {
    matches!(rule, Rule::Int01 | Rule::Snp01 | Rule::Snp02)
}
