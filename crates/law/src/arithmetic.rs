//! The control ratios of a protocol (art. 43): ARI-01 to ARI-07, ARI-18 aside.
//!
//! One function for each ratio. Which figures each needs, and what follows where one does not hold, is in `ratios`; totals are
//! in `totals`.

use phrase::phrase;

use alloc::vec::Vec;

use crate::{
    Rule, Violation,
    facts::{Count, Portable, Share},
    state::Commission,
    statement::require,
};

/// What the territorial commission sent to the precinct before voting day.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sent {
    /// Ballots delivered.
    pub delivered: Option<u64>,
    /// Voters on the list that was handed over.
    pub listed: Option<u64>,
}

/// The figures fixed before the boxes are opened.
pub(crate) struct Supply<'a> {
    /// Ballots delivered by the territorial commission.
    pub(crate) delivered: Option<u64>,
    /// Voters on the list that was handed over.
    pub(crate) listed: Option<u64>,
    pub(crate) received: u64,
    pub(crate) issued: u64,
    pub(crate) issued_by: &'a [Share],
    pub(crate) cancelled: u64,
    pub(crate) damaged: u64,
    pub(crate) voters: u64,
}

impl<'a> Supply<'a> {
    /// As a protocol has them.
    pub(crate) fn of(count: &'a Count, sent: Sent) -> Self {
        Self {
            delivered: sent.delivered,
            listed: sent.listed,
            received: count.received,
            issued: count.issued,
            issued_by: &count.issued_by,
            cancelled: count.cancelled,
            damaged: count.damaged.as_ref().map_or(0, |damaged| damaged.count),
            voters: count.voters,
        }
    }
}

/// ARI-02 (K3, K4; art. 43(4)(4-1)): the members' shares are the issued; received = issued + cancelled + damaged, and
/// is what the territorial commission delivered.
pub(crate) fn ballot_supply(f: &Supply<'_>) -> Vec<Violation> {
    [issued_by_members(f), received_balance(f), as_delivered(f)].into_iter().flatten().collect()
}

/// ARI-02 (K3): the members' shares are the issued.
pub(crate) fn issued_by_members(f: &Supply<'_>) -> Option<Violation> {
    let shares = sum_figures(f.issued_by.iter().map(|share| share.issued));
    let expected =
        || phrase!("law-issued-by-members-in-all", "issued by members {issued} in all", issued = f.issued);
    (shares != f.issued).then(|| Violation::new(Rule::Ari02, expected(), shares))
}

/// ARI-02 (K4): received = issued + cancelled + damaged.
pub(crate) fn received_balance(f: &Supply<'_>) -> Option<Violation> {
    let used = sum_figures([f.issued, f.cancelled, f.damaged]);
    let expected = || {
        phrase!(
            "law-received-is-issued-and-cancelled-and-damaged",
            "received {received} = issued + cancelled + damaged",
            received = f.received
        )
    };
    (used != f.received).then(|| Violation::new(Rule::Ari02, expected(), used))
}

/// ARI-02: received is what the territorial commission delivered.
pub(crate) fn as_delivered(f: &Supply<'_>) -> Option<Violation> {
    let delivered = f.delivered.filter(|delivered| *delivered != f.received)?;
    Some(Violation::new(
        Rule::Ari02,
        phrase!("law-received-as-delivered", "received {delivered}, as delivered"),
        f.received,
    ))
}

/// ARI-03 (K7; art. 43(4-1)): ballots can be carried out, never added.
pub(crate) fn box_not_more_than_issued(c: &Count) -> Option<Violation> {
    let expected = || phrase!("law-found-at-most-issued", "found at most issued {issued}", issued = c.issued);
    (c.found > c.issued).then(|| Violation::new(Rule::Ari03, expected(), c.found))
}

/// ARI-04 (K6; art. 43(1)(5)): votes + against all + invalid = found.
pub(crate) fn votes_sum(c: &Count) -> Option<Violation> {
    let parts = sum_figures([sum_candidate_votes(c), c.against_all, c.invalid]);
    let expected = || {
        phrase!(
            "law-found-is-votes-and-against-all-and-invalid",
            "found {found} = votes + against all + invalid",
            found = c.found
        )
    };
    (parts != c.found).then(|| Violation::new(Rule::Ari04, expected(), parts))
}

/// ARI-05 (K5; art. 43(3-1)(4-1)): the portable boxes and the stationary ones = found.
pub(crate) fn valid_invalid(c: &Count) -> Option<Violation> {
    let boxes = sum_figures([sum_portable(c), c.stationary]);
    let expected = || {
        phrase!(
            "law-found-is-portable-and-stationary",
            "found {found} = portable + stationary",
            found = c.found
        )
    };
    (boxes != c.found).then(|| Violation::new(Rule::Ari05, expected(), boxes))
}

/// ARI-06 (K2; art. 41(3)(4)): no more ballots issued than voters on the list, and the list is the one handed over;
/// voters added on the day are explained.
pub(crate) fn issued_vs_register(f: &Supply<'_>) -> Vec<Violation> {
    [issued_at_most_voters(f), as_listed(f)].into_iter().flatten().collect()
}

/// ARI-06 (K2): no more ballots issued than voters on the list.
pub(crate) fn issued_at_most_voters(f: &Supply<'_>) -> Option<Violation> {
    let expected =
        || phrase!("law-issued-at-most-voters", "issued at most voters {voters}", voters = f.voters);
    (f.issued > f.voters).then(|| Violation::new(Rule::Ari06, expected(), f.issued))
}

/// ARI-06: the list is the one handed over.
pub(crate) fn as_listed(f: &Supply<'_>) -> Option<Violation> {
    let listed = f.listed.filter(|listed| *listed != f.voters)?;
    Some(Violation::new(
        Rule::Ari06,
        phrase!("law-voters-as-on-the-list-handed-over", "voters {listed}, as on the list handed over"),
        f.voters,
    ))
}

/// Portable boxes with more ballots than applications.
fn portable_boxes(c: &Count) -> impl Iterator<Item = &Portable> {
    c.portable.iter().filter(|portable| portable.found > portable.applications)
}

/// ARI-07 (K8; art. 43(3-1)): a portable box with more ballots than applications is invalid as a whole, by an act.
pub(crate) fn portable_act(c: &Count) -> Option<Violation> {
    let without = portable_boxes(c).find(|portable| portable.act.is_none())?;
    let expected = phrase!(
        "law-an-act-for-a-portable-box-over-its-applications",
        "an act for a portable box over its {applications} applications",
        applications = without.applications
    );
    Some(Violation::new(
        Rule::Ari07,
        expected,
        phrase!("law-ballots-no-act", "{found} ballots, no act", found = without.found),
    ))
}

/// ARI-07 (K9): the ballots of such boxes are among the invalid ones.
pub(crate) fn portable_invalid(c: &Count) -> Option<Violation> {
    let invalid = sum_figures(portable_boxes(c).map(|portable| portable.found));
    let expected = || phrase!("law-at-least-invalid-ballots", "at least {invalid} invalid ballots");
    (c.invalid < invalid).then(|| Violation::new(Rule::Ari07, expected(), c.invalid))
}

/// ARI-07: the applications of all portable boxes are those that were handed in.
pub(crate) fn portable_applications(c: &Count) -> Option<Violation> {
    let applied = sum_figures(c.portable.iter().map(|portable| portable.applications));
    let expected = || {
        phrase!(
            "law-applications-of-all-portable-boxes",
            "applications {home_applications} of all portable boxes",
            home_applications = c.home_applications
        )
    };
    (applied != c.home_applications).then(|| Violation::new(Rule::Ari07, expected(), applied))
}

/// K16, noted under ARI-07: home ballots at most applications, absentee voters at most issued.
pub(crate) fn home_and_absentee(c: &Count) -> Vec<Violation> {
    [home_at_most_applications(c), absentee_at_most_issued(c)].into_iter().flatten().collect()
}

/// K16: home ballots at most applications.
pub(crate) fn home_at_most_applications(c: &Count) -> Option<Violation> {
    let home = sum_portable(c);
    let expected = || {
        phrase!(
            "law-at-most-home-ballots",
            "at most {home_applications} home ballots",
            home_applications = c.home_applications
        )
    };
    (home > c.home_applications).then(|| Violation::new(Rule::Ari07, expected(), home))
}

/// K16: absentee voters at most issued.
pub(crate) fn absentee_at_most_issued(c: &Count) -> Option<Violation> {
    let expected =
        || phrase!("law-at-most-absentee-voters", "at most {issued} absentee voters", issued = c.issued);
    (c.absentee > c.issued).then(|| Violation::new(Rule::Ari07, expected(), c.absentee))
}

/// COM-05: shares are those of members, each once, in order; the members who issue are not the chair or the secretary
/// by custom, which the law leaves to the commission.
pub(crate) fn shares_of_members(commission: Option<&Commission>, shares: &[Share]) -> Result<(), Violation> {
    let sorted = shares.is_sorted_by(|a, b| a.seat < b.seat);
    require(
        sorted,
        Rule::Com05,
        phrase!(
            "law-members-who-issued-ascending-by-seat-each-once",
            "members who issued, ascending by seat, each once"
        ),
        phrase!("law-another-order", "another order"),
    )?;
    for share in shares {
        let known = commission.is_some_and(|c| c.seat(share.seat.as_str()).is_some());
        require(
            known,
            Rule::Com05,
            phrase!("law-a-seat-of-the-commission", "a seat of the commission"),
            &share.seat,
        )?;
    }
    Ok(())
}

/// Ballots of portable boxes (H).
pub(crate) fn sum_portable(c: &Count) -> u64 {
    sum_figures(c.portable.iter().map(|p| p.found))
}

/// Votes for all candidates.
pub(crate) fn sum_candidate_votes(c: &Count) -> u64 {
    sum_figures(c.votes.iter().map(|v| v.votes))
}

/// A sum that cannot wrap: figures are below 2^53, and no list is long enough to pass 2^64; a hostile one stops there.
pub(crate) fn sum_figures(parts: impl IntoIterator<Item = u64>) -> u64 {
    parts.into_iter().fold(0, u64::saturating_add)
}
