//! Late arrivals beside the others: SNP-09. A description, no accusation.
//!
//! Looks at the last twentieth of first protocols to arrive, open and closed precincts apart. Elsewhere: single
//! outliers (`outliers`).

use event::Id;
use law::{Rule, facts::PrecinctKind};
use ledger::projections::format_percent;
use phrase::phrase;

use crate::{
    checks::{context::Context, current_protocols::CurrentProtocol},
    findings::Findings,
    found_message::FoundMessage,
};

/// Fewer protocols of one kind have no last twentieth.
const PROTOCOLS_MIN: usize = 40;
/// The last one of so many.
const LATE: usize = 20;
/// A difference of fewer points is told of nobody.
const POINTS: i128 = 5;

/// Every election, kind by kind.
pub(crate) fn check_arrivals(context: &Context<'_>, findings: &mut Findings) {
    for (id, election) in &context.replayed.head.state().elections {
        let all = context.current_protocols(id);
        for kind in [PrecinctKind::Open, PrecinctKind::Closed] {
            let mut own: Vec<&CurrentProtocol<'_>> = all.iter().filter(|one| one.kind == kind).collect();
            if own.len() < PROTOCOLS_MIN {
                continue;
            }
            own.sort_by_key(|one| one.arrived);
            findings.count_examined(Rule::Snp09, own.len() as u64);
            let (before, late) = own.split_at(own.len() - own.len().div_ceil(LATE));
            for candidate in election.ballot_lines() {
                find_shift(id, kind, candidate, [before, late], findings);
            }
        }
    }
    findings.not_applicable(Rule::Snp09);
}

fn find_shift(
    election: &Id,
    kind: PrecinctKind,
    candidate: &Id,
    [before, late]: [&[&CurrentProtocol<'_>]; 2],
    findings: &mut Findings,
) {
    let votes = |all: &[&CurrentProtocol<'_>]| {
        all.iter().fold(0_u64, |sum, one| sum.saturating_add(one.votes(candidate)))
    };
    let valid =
        |all: &[&CurrentProtocol<'_>]| all.iter().fold(0_u64, |sum, one| sum.saturating_add(one.valid()));
    let (first, last) = ((votes(before), valid(before)), (votes(late), valid(late)));
    let wide = i128::from;
    let off = (wide(first.0) * wide(last.1) - wide(last.0) * wide(first.1)).abs();
    if first.1 == 0 || last.1 == 0 || off * 100 < POINTS * wide(first.1) * wide(last.1) {
        return;
    }
    let kind = match kind {
        PrecinctKind::Open => "open",
        PrecinctKind::Closed => "closed",
    };
    let message = FoundMessage::expected(
        phrase!(
            "found-the-last-of-precincts-within-points-of-those-before",
            "the last {late} of {before} {kind} precincts within {POINTS} points of those before",
            late = late.len(),
            before = late.len() + before.len()
        ),
        phrase!(
            "found-after",
            "{candidate} {percent} % after {percent2} %",
            percent = format_percent(last.0, last.1, 1),
            percent2 = format_percent(first.0, first.1, 1)
        ),
    );
    findings.fail(Rule::Snp09, None, election.as_str(), message);
}
