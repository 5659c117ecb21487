//! Figures that were printed together: whether one follows from the others, without any ledger.

use phrase::phrase;

use crate::{
    claim::{Bound, Claim, PrintedClaim, PrintedRest},
    judge_figure::{judge_ratio, tell_bound},
    rounding::PrintedFigure,
    verdict::Verdict,
};

/// Judges a figure by the others of its file.
pub(crate) fn judge_printed(claim: &PrintedClaim, printed: &str, all: &[Claim]) -> Verdict {
    let figure = |id: &str| {
        let own = all.iter().find(|other| other.id == id).and_then(Claim::figure);
        own.filter(|figure| figure.decimals == 0).map(|figure| figure.scaled)
    };
    let fraction =
        || Verdict::undecidable(phrase!("claim-printed-fraction", "a figure that it rests on is no count"));
    let pair = |part: &str, whole: &str| figure(part).zip(figure(whole));
    match &claim.rests {
        PrintedRest::Sum(ids) => {
            let figures: Option<Vec<u64>> = ids.iter().map(|id| figure(id)).collect();
            figures.map_or_else(fraction, |figures| {
                judge_sum(claim.value, claim.bound, printed, figures.into_iter().fold(0, u64::saturating_add))
            })
        }
        PrintedRest::Share(part, whole) => pair(part, whole).map_or_else(fraction, |(part, whole)| {
            judge_ratio(claim.value, claim.bound, true, printed, part, whole)
        }),
        PrintedRest::Quotient(part, whole) => pair(part, whole).map_or_else(fraction, |(part, whole)| {
            judge_ratio(claim.value, claim.bound, false, printed, part, whole)
        }),
    }
}

fn judge_sum(value: PrintedFigure, bound: Bound, printed: &str, sum: u64) -> Verdict {
    let holds = match bound {
        Bound::Exactly => value.agrees_with_count(sum, false),
        Bound::About => value.agrees_with_count(sum, true),
        Bound::Over => sum > value.scaled,
        Bound::Under => sum < value.scaled,
        Bound::AtLeast => sum >= value.scaled,
        Bound::AtMost => sum <= value.scaled,
    };
    let reason = match bound {
        Bound::Exactly | Bound::About => phrase!(
            "claim-sum",
            "announced {printed}, found {sum} as the sum of the printed parts",
            printed = phrase::Argument::quote(printed),
            sum = sum
        ),
        _ => tell_bound(bound, printed, &sum.to_string()),
    };
    Verdict::of_figure(holds, sum.to_string(), reason)
}
