//! How a refusal is mended: one line for each rule that admission may break.

use law::Rule;

use crate::program::say;

/// What whoever was refused can do, in the language of the answers.
#[must_use]
pub fn tell_mend(rule: Rule) -> String {
    say(mend_text(rule), &[])
}

#[allow(clippy::wildcard_enum_match_arm, reason = "the other checks are no refusals")]
fn mend_text(rule: Rule) -> &'static str {
    match rule {
        Rule::Int01 => "mend-int-01",
        Rule::Int04 => "mend-int-04",
        Rule::Int05 => "mend-int-05",
        Rule::Int08 => "mend-int-08",
        Rule::Int11 => "mend-int-11",
        Rule::Sig02 => "mend-sig-02",
        Rule::Sig03 => "mend-sig-03",
        Rule::Sig04 => "mend-sig-04",
        Rule::Sig05 => "mend-sig-05",
        Rule::Sig06 => "mend-sig-06",
        Rule::Sig11 => "mend-sig-11",
        Rule::Aty01 => "mend-aty-01",
        Rule::Aty02 => "mend-aty-02",
        Rule::Aty03 => "mend-aty-03",
        Rule::Aty04 => "mend-aty-04",
        Rule::Aty05 => "mend-aty-05",
        Rule::Aty06 => "mend-aty-06",
        Rule::Aty07 => "mend-aty-07",
        Rule::Pro01 => "mend-pro-01",
        Rule::Pro02 => "mend-pro-02",
        Rule::Pro03 => "mend-pro-03",
        Rule::Pro04 => "mend-pro-04",
        Rule::Pro05 => "mend-pro-05",
        Rule::Pro06 => "mend-pro-06",
        Rule::Pro09 => "mend-pro-09",
        Rule::Pro10 => "mend-pro-10",
        Rule::Pro12 => "mend-pro-12",
        Rule::Pro13 => "mend-pro-13",
        Rule::Pro14 => "mend-pro-14",
        Rule::Pro15 => "mend-pro-15",
        Rule::Pro17 => "mend-pro-17",
        Rule::Ari01 => "mend-ari-01",
        Rule::Ari02 => "mend-ari-02",
        Rule::Ari03 => "mend-ari-03",
        Rule::Ari04 => "mend-ari-04",
        Rule::Ari05 => "mend-ari-05",
        Rule::Ari06 => "mend-ari-06",
        Rule::Ari07 => "mend-ari-07",
        Rule::Ari08 => "mend-ari-08",
        Rule::Ari10 => "mend-ari-10",
        Rule::Com01 => "mend-com-01",
        Rule::Com02 => "mend-com-02",
        Rule::Com04 => "mend-com-04",
        Rule::Com05 => "mend-com-05",
        Rule::Com08 => "mend-com-08",
        Rule::Com09 => "mend-com-09",
        _ => "mend-other",
    }
}
