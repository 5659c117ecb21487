//! What each check reads, and which case from elsewhere it remembers: two tables of the ids of their texts.

use law::Rule;

/// What a check reads.
#[must_use]
pub fn check_inputs(rule: Rule) -> &'static [&'static str] {
    use Rule::{
        Ari09, Ari12, Com03, Com06, Com07, Int01, Int03, Int06, Int07, Int09, Int11, Int12, Man01, Man02,
        Man03, Man04, Man05, Obs01, Obs02, Obs03, Obs04, Obs05, Obs06, Pub01, Pub02, Pub03, Pub04, Pub05,
        Pub06, Pub07, Pub08, Pub09, Pub10, Pub11, Pub12, Sig07, Sig09, Snp01, Snp02, Snp03, Snp04, Snp05,
        Snp06, Snp07, Snp08,
    };
    match rule {
        Int01 => &["entries", "pin"],
        Int03 => &["entries", "tiles"],
        Int06 => &["entries", "checkpoint"],
        Int07 | Com03 | Pub09 => &["entries", "attachments"],
        Int09 => &["entries", "snapshots", "projections"],
        Int11 => &["entries", "checkpoint", "tiles", "snapshots"],
        Int12 => &["store", "snapshots"],
        Sig07 => &["charter", "checkpoint", "snapshots"],
        Sig09 => &["entries", "time-stamps"],
        Ari09 => &["entries", "projections", "reports"],
        Com06 | Snp07 => &["entries", "heads"],
        Com07 => &["entries", "receipts"],
        Pub01 | Pub04 | Pub05 | Snp03 | Ari12 => &["entries", "snapshots"],
        Pub02 | Pub03 | Pub11 => &["entries", "reports"],
        Pub06 => &["attachments", "reports", "projections"],
        Pub07 => &["checkpoint", "mirrors"],
        Pub08 | Snp04 | Snp05 | Snp06 => &["snapshots", "entries"],
        Pub10 => &["charter"],
        Snp01 | Snp02 => &["entries", "checkpoint", "pin"],
        Snp08 => &["checkpoint", "policy"],
        Obs01 | Obs05 => &["entries", "copies"],
        Obs02 => &["entries", "sheet"],
        Obs03 => &["entries", "copies"],
        Obs04 => &["entries", "sealed"],
        Obs06 => &["entries", "sample"],
        Man01 => &["charter", "print"],
        Man02 => &["checkpoint", "print"],
        Man03 => &["entries", "print"],
        Pub12 | Man04 => &["program"],
        Man05 => &["entries", "print"],
        _ => &["entries"],
    }
}

/// The case that a check remembers.
#[must_use]
pub fn check_incident(rule: Rule) -> Option<&'static str> {
    use Rule::{
        Ari03, Ari08, Ari09, Ari13, Aty06, Com01, Com02, Com07, Int04, Int05, Int06, Int08, Int09, Int11,
        Man04, Obs01, Obs02, Obs03, Obs05, Pro06, Pro08, Pro09, Pro10, Pub02, Pub04, Pub05, Pub08, Sig01,
        Sig02, Sig05, Sig10, Snp01, Snp04, Snp05, Snp07, Snp09,
    };
    Some(match rule {
        Aty06 | Pro10 | Snp05 => "malawi-2019",
        Int04 | Sig02 | Sig10 | Pro06 | Ari13 | Com02 | Snp04 => "kenya-2017",
        Pub04 => "kenya-2022",
        Sig01 => "ukraine-2004",
        Ari08 => "ukraine-2012",
        Int06 | Snp09 => "bolivia-2019",
        Pub05 | Snp01 => "honduras-2017",
        Int09 => "kyrgyzstan-2021",
        Int05 => "philippines-2016",
        Pro09 | Com07 => "nigeria-2023",
        Com01 => "sierra-leone-2023",
        Pub02 | Obs02 => "venezuela-2024",
        Obs03 | Snp07 => "belarus-2020",
        Ari03 => "georgia-2020",
        Pub08 | Man04 => "germany-2017",
        Int11 => "immudb",
        Int08 => "verifier-2023",
        Sig05 => "almaty-2007",
        Obs01 => "oskemen-2023",
        Pro08 => "copies-2023",
        Obs05 => "circulating-2023",
        Ari09 => "astana-2023",
        _ => return None,
    })
}
