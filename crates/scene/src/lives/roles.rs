//! Who and what there is in a random life: names of commissions, precincts and candidates.

/// Who signs at a precinct: three of five.
pub(super) const QUORUM: [&str; 3] = ["chair", "deputy", "secretary"];
/// Two commissions call elections, in turn.
pub(super) const TECS: [&str; 2] = ["tec-one", "tec-two"];
/// Invented names; the order of the ballot is not that of their ids.
const NAMES: [&str; 4] = ["Өтеев Қ.", "Абаев Ә.", "Әбенов Д.", "Оспанов І."];

pub(super) fn tec(election: usize) -> &'static str {
    TECS[election % TECS.len()]
}

pub(super) fn election(e: usize) -> String {
    format!("life-{e}")
}

pub(super) fn precinct(e: usize, p: usize) -> String {
    format!("p-{e}-{p}")
}

pub(super) fn pec(e: usize, p: usize) -> String {
    format!("pec-{e}-{p}")
}

pub(super) fn candidate(e: usize, c: usize) -> String {
    format!("c-{e}-{c}")
}

pub(super) fn name(c: usize) -> &'static str {
    NAMES[c]
}

/// The minute of a step, as it is written.
pub(super) fn minute(seconds: i64) -> String {
    demo::act::semey_clock(seconds)[..16].replace('T', " ")
}

pub(super) fn kato(e: usize) -> String {
    format!("10323{:02}00", e + 1)
}
