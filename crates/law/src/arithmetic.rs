//! The control ratios of a protocol (art. 43): ARI-01 to ARI-07, ARI-18 aside.
//!
//! In: one function for each ratio, and how a ratio that does not hold is settled. Out: totals (`results`).
//!
//! A ratio that does not hold on a paper already signed can be explained, and stays visible for ever; without a signed
//! paper it is refused, since a draft can still be mended.

use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};

use crate::{
    Finding, Outcome, Rule, Statement, Violation,
    facts::{Count, Protocol, Share},
    judgement::require,
    state::{Commission, Poll},
};

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

/// Every control ratio of a protocol; what is broken and explained comes back as findings.
pub(crate) fn ratios(s: &Statement<'_>, poll: &Poll, protocol: &Protocol) -> Result<Vec<Finding>, Violation> {
    let count = &protocol.count;
    let supply = Supply {
        delivered: poll.delivered,
        listed: poll.list,
        received: count.received,
        issued: count.issued,
        issued_by: &count.issued_by,
        cancelled: count.cancelled,
        damaged: count.damaged.as_ref().map_or(0, |damaged| damaged.count),
        voters: count.voters,
    };
    let mut broken = ballot_supply(&supply);
    broken.extend(
        [box_not_more_than_issued(count), votes_sum(count), valid_invalid(count)].into_iter().flatten(),
    );
    broken.extend(issued_vs_register(&supply));
    broken.extend(portable_box(count));
    settle(s, protocol, broken)
}

/// ARI-02 (K3, K4; art. 43(4)(4-1)): the members' shares are the issued; received = issued + cancelled + damaged, and
/// is what the territorial commission delivered.
pub(crate) fn ballot_supply(f: &Supply<'_>) -> Vec<Violation> {
    let mut broken = Vec::new();
    let mut fail = |expected: String, found: u64| broken.push(Violation::new(Rule::Ari02, expected, found));
    let shares = sum(f.issued_by.iter().map(|share| share.issued));
    if shares != f.issued {
        fail(format!("issued by members {} in all", f.issued), shares);
    }
    let used = sum([f.issued, f.cancelled, f.damaged]);
    if used != f.received {
        fail(format!("received {} = issued + cancelled + damaged", f.received), used);
    }
    if let Some(delivered) = f.delivered.filter(|delivered| *delivered != f.received) {
        fail(format!("received {delivered}, as delivered"), f.received);
    }
    broken
}

/// ARI-03 (K7; art. 43(4-1)): ballots can be carried out, never added.
fn box_not_more_than_issued(c: &Count) -> Option<Violation> {
    let expected = || format!("found at most issued {}", c.issued);
    (c.found > c.issued).then(|| Violation::new(Rule::Ari03, expected(), c.found))
}

/// ARI-04 (K6; art. 43(1)(5)): votes + against all + invalid = found.
fn votes_sum(c: &Count) -> Option<Violation> {
    let parts = sum([candidates(c), c.against_all, c.invalid]);
    let expected = || format!("found {} = votes + against all + invalid", c.found);
    (parts != c.found).then(|| Violation::new(Rule::Ari04, expected(), parts))
}

/// ARI-05 (K5; art. 43(3-1)(4-1)): the portable boxes and the stationary ones = found.
fn valid_invalid(c: &Count) -> Option<Violation> {
    let boxes = sum([portable(c), c.stationary]);
    let expected = || format!("found {} = portable + stationary", c.found);
    (boxes != c.found).then(|| Violation::new(Rule::Ari05, expected(), boxes))
}

/// ARI-06 (K2; art. 41(3)(4)): no more ballots issued than voters on the list, and the list is the one handed over;
/// voters added on the day are explained.
pub(crate) fn issued_vs_register(f: &Supply<'_>) -> Vec<Violation> {
    let mut broken = Vec::new();
    if f.issued > f.voters {
        broken.push(Violation::new(Rule::Ari06, format!("issued at most voters {}", f.voters), f.issued));
    }
    if let Some(listed) = f.listed.filter(|listed| *listed != f.voters) {
        broken.push(Violation::new(
            Rule::Ari06,
            format!("voters {listed}, as on the list handed over"),
            f.voters,
        ));
    }
    broken
}

/// ARI-07 (K8, K9; art. 43(3-1)): a portable box with more ballots than applications is invalid as a whole, by an act.
fn portable_box(c: &Count) -> Vec<Violation> {
    let mut broken = Vec::new();
    let mut fail =
        |expected: String, found: String| broken.push(Violation::new(Rule::Ari07, expected, found));
    let over = c.portable.iter().filter(|p| p.found > p.applications);
    if let Some(without) = over.clone().find(|p| p.act.is_none()) {
        let expected = format!("an act for a portable box over its {} applications", without.applications);
        fail(expected, format!("{} ballots, no act", without.found));
    }
    let invalid = sum(over.map(|p| p.found));
    if c.invalid < invalid {
        fail(format!("at least {invalid} invalid ballots"), c.invalid.to_string());
    }
    let applied = sum(c.portable.iter().map(|p| p.applications));
    if applied != c.home_applications {
        fail(format!("applications {} of all portable boxes", c.home_applications), applied.to_string());
    }
    broken
}

/// K16, noted under ARI-07: home ballots at most applications, absentee voters at most issued.
pub(crate) fn home_and_absentee(c: &Count) -> Vec<Violation> {
    let home = portable(c);
    let mut found = Vec::new();
    if home > c.home_applications {
        found.push(Violation::new(
            Rule::Ari07,
            format!("at most {} home ballots", c.home_applications),
            home,
        ));
    }
    if c.absentee > c.issued {
        found.push(Violation::new(Rule::Ari07, format!("at most {} absentee voters", c.issued), c.absentee));
    }
    found
}

/// COM-05: shares are those of members, each once, in order; the members who issue are not the chair or the secretary
/// by custom, which the law leaves to the commission.
pub(crate) fn shares_of_members(commission: Option<&Commission>, shares: &[Share]) -> Result<(), Violation> {
    let sorted = shares.is_sorted_by(|a, b| a.seat < b.seat);
    require(sorted, Rule::Com05, "members who issued, ascending by seat, each once", "another order")?;
    for share in shares {
        let known = commission.is_some_and(|c| c.seat(share.seat.as_str()).is_some());
        require(known, Rule::Com05, "a seat of the commission", &share.seat)?;
    }
    Ok(())
}

/// Ballots of portable boxes (H).
pub(crate) fn portable(c: &Count) -> u64 {
    sum(c.portable.iter().map(|p| p.found))
}

/// Votes for all candidates.
pub(crate) fn candidates(c: &Count) -> u64 {
    sum(c.votes.iter().map(|v| v.votes))
}

/// A sum that cannot wrap: figures are below 2^53, and no list is long enough to pass 2^64; a hostile one stops there.
pub(crate) fn sum(parts: impl IntoIterator<Item = u64>) -> u64 {
    parts.into_iter().fold(0, u64::saturating_add)
}

fn settle(s: &Statement<'_>, protocol: &Protocol, broken: Vec<Violation>) -> Result<Vec<Finding>, Violation> {
    let rules: Vec<&str> = broken.iter().map(|violation| violation.rule.id()).collect();
    let sorted = protocol.explanations.is_sorted_by(|a, b| a.rule < b.rule);
    require(sorted, Rule::Int05, "explanations ascending by rule, each once", "another order")?;
    for explanation in &protocol.explanations {
        let fired = rules.contains(&explanation.rule.as_str());
        let expected = "explanations for rules that do not hold, and no others";
        require(fired, Rule::Pro09, expected, format!("one for {}, which holds", explanation.rule))?;
    }
    let signed = protocol.paper.as_ref().is_some_and(|paper| paper.sha256.is_some());
    let mut findings = Vec::new();
    for violation in broken {
        let rule = violation.rule.id();
        let explained: Option<String> = protocol
            .explanations
            .iter()
            .find(|e| e.rule.as_str() == rule)
            .filter(|_| signed)
            .map(|e| e.text.to_string());
        let Some(explanation) = explained else { return Err(violation) };
        findings.push(Finding {
            index: s.index,
            outcome: Outcome::Explained,
            violation,
            subject: s.fact.precinct().map_or_else(String::new, ToString::to_string),
            explanation: Some(explanation),
        });
    }
    Ok(findings)
}
