//! Numbers and shares: what was announced against what the events add up to, rounded as it was printed.

use law::facts::SyntheticKind;
use ledger::projections::format_percent;
use phrase::{Phrase, phrase};

use crate::{
    approximate::find_approximate,
    claim::{Bound, FigureClaim, Relation, Scope},
    figure::{Figure, add_up},
    measure::{Measure, Stage},
    record::LedgerRecord,
    rounding::PrintedFigure,
    scope::{ScopedElection, find_same_election, find_uncovered, find_unfinished, find_winner},
    synthetic::{find_synthetic, kinds_of_figure},
    verdict::Verdict,
};

/// Two figures, the second of which is 1 where the first stands alone.
pub(crate) struct FigurePair {
    pub(crate) part: Figure,
    pub(crate) whole: Option<Figure>,
}

/// A figure over elections, with what it stands to.
pub(crate) fn take_pair(
    measure: Measure,
    to: Relation,
    scope: &Scope,
    elections: &[ScopedElection<'_>],
) -> FigurePair {
    let whole = match to {
        Relation::Alone => None,
        Relation::PercentOf(of) => Some(add_up(of, &scope.without_choice_of_candidates(), elections)),
        Relation::ForEach(per) => Some(add_up(per, scope, elections)),
    };
    FigurePair { part: add_up(measure, scope, elections), whole }
}

/// How far elections have to be for a figure and what it stands to.
pub(crate) fn stages_of(measure: Measure, to: Relation) -> Vec<Stage> {
    let other = match to {
        Relation::Alone => None,
        Relation::PercentOf(other) | Relation::ForEach(other) => Some(other.stage()),
    };
    std::iter::once(measure.stage()).chain(other).collect()
}

/// What keeps a figure of these elections from being known, whether or not they are all.
pub(crate) fn find_gap(stages: &[Stage], scope: &Scope, elections: &[ScopedElection<'_>]) -> Option<Phrase> {
    find_same_election(elections)
        .or_else(|| stages.iter().find_map(|stage| find_unfinished(*stage, elections)))
        .or_else(|| find_unnamed(scope, elections))
}

/// A printed name that is nobody's, or several people's.
fn find_unnamed(scope: &Scope, elections: &[ScopedElection<'_>]) -> Option<Phrase> {
    let candidate = scope.candidate.as_ref().filter(|_| !elections.is_empty())?;
    let only = Scope { candidate: Some(candidate.clone()), ..Scope::default() };
    let all = elections.iter().flat_map(|one| &one.election.candidates);
    let found = all.filter(|(id, own)| only.chooses_candidate(id, own)).count();
    (found != 1).then(|| {
        phrase!(
            "claim-candidate",
            "{found} candidates are called {candidate}",
            found = found,
            candidate = phrase::Argument::quote(candidate)
        )
    })
}

/// Judges a number or a share.
pub(crate) fn judge_figure(claim: &FigureClaim, printed: &str, ledgers: &[LedgerRecord]) -> Verdict {
    let elections = claim.scope.choose_elections(ledgers);
    let stages = stages_of(claim.measure, claim.to);
    if let Some(gap) = find_gap(&stages, &claim.scope, &elections) {
        let uncovered = find_uncovered(&claim.scope, &elections).filter(|_| claim.scope.elections.is_some());
        return Verdict::undecidable(uncovered.unwrap_or(gap));
    }
    if let Some(made_up) =
        find_synthetic(&kinds_of_claim(claim, &elections), claim.measure == Measure::Parties, &elections)
    {
        return Verdict::undecidable(made_up);
    }
    let about = find_approximate(claim.measure, claim.to, &claim.scope, &elections);
    let both = about.is_some();
    if let Some(about) = about.filter(|_| claim.bound != Bound::About || claim.to != Relation::Alone) {
        return Verdict::undecidable(about);
    }
    let pair = take_pair(claim.measure, claim.to, &claim.scope, &elections);
    let Some(whole) = pair.whole else { return judge_count(claim, printed, &elections, pair.part, both) };
    if let Some(uncovered) = find_uncovered(&claim.scope, &elections) {
        return Verdict::undecidable(uncovered);
    }
    let percent = matches!(claim.to, Relation::PercentOf(_));
    let mut verdict = judge_ratio(claim.value, claim.bound, percent, printed, pair.part.value, whole.value);
    verdict.events = [pair.part.events, whole.events].concat();
    verdict.events.sort_unstable();
    verdict.events.dedup();
    verdict
}

/// The elected person's year of birth can be real where the others are not.
fn kinds_of_claim(claim: &FigureClaim, elections: &[ScopedElection<'_>]) -> Vec<SyntheticKind> {
    let mut kinds = kinds_of_figure(claim.measure, claim.to, &claim.scope);
    let is_elected = |one: &ScopedElection<'_>| {
        find_winner(one.election).is_some_and(|(id, own)| claim.scope.chooses_candidate(id, own))
    };
    if claim.measure == Measure::BirthYear && !elections.iter().all(is_elected) {
        kinds.push(SyntheticKind::OtherBirthYears);
    }
    kinds
}

fn judge_count(
    claim: &FigureClaim,
    printed: &str,
    elections: &[ScopedElection<'_>],
    figure: Figure,
    both_about: bool,
) -> Verdict {
    let value = claim.value.scaled;
    let covered = elections.len() as u64;
    let holds = holds_count(claim.value, claim.bound, figure.value);
    // Elections that are not there can only add to a count.
    let uncovered = if claim.measure == Measure::Elections {
        let less = figure.value < value && !holds;
        less.then(|| Scope { elections: Some(value), ..Scope::default() })
            .and_then(|scope| find_uncovered(&scope, elections))
    } else {
        find_uncovered(&claim.scope, elections)
    };
    let Some(uncovered) = uncovered else {
        let reason = tell_count(claim, printed, figure.value, both_about);
        return Verdict::of_figure(holds, figure.value.to_string(), reason).resting_on(figure.events);
    };
    let above = claim.scope.elections.is_none_or(|all| covered < all);
    let settled = match claim.bound {
        Bound::Over | Bound::AtLeast => holds.then_some(true),
        Bound::Exactly | Bound::Under | Bound::AtMost | Bound::About => {
            (!holds && figure.value > value).then_some(false)
        }
    };
    match settled.filter(|_| above && claim.measure != Measure::BirthYear) {
        Some(holds) => {
            let reason = phrase!(
                "claim-already",
                "announced {printed}, found {found} already in {covered} elections",
                printed = phrase::Argument::quote(printed),
                found = figure.value,
                covered = covered
            );
            Verdict::of_figure(holds, figure.value.to_string(), reason).resting_on(figure.events)
        }
        None => Verdict::undecidable(uncovered),
    }
}

fn holds_count(printed: PrintedFigure, bound: Bound, found: u64) -> bool {
    match bound {
        Bound::Exactly => printed.agrees_with_count(found, false),
        Bound::About => printed.agrees_with_count(found, true),
        Bound::Over => found > printed.scaled,
        Bound::Under => found < printed.scaled,
        Bound::AtLeast => found >= printed.scaled,
        Bound::AtMost => found <= printed.scaled,
    }
}

fn tell_count(claim: &FigureClaim, printed: &str, found: u64, both_about: bool) -> Phrase {
    if claim.bound == Bound::About {
        let printed = phrase::Argument::quote(printed);
        if both_about {
            return phrase!(
                "claim-about-both",
                "announced about {printed}, found about {found}, rounded to {unit}",
                printed = printed,
                found = found,
                unit = claim.value.rounding_unit()
            );
        }
        return phrase!(
            "claim-about",
            "announced about {printed}, found {found}, rounded to {unit}",
            printed = printed,
            found = found,
            unit = claim.value.rounding_unit()
        );
    }
    tell_bound(claim.bound, printed, &found.to_string())
}

/// What was announced beside what was found.
pub(crate) fn tell_bound(bound: Bound, printed: &str, found: &str) -> Phrase {
    let (printed, found) = (phrase::Argument::quote(printed), phrase::Argument::quote(found));
    match bound {
        Bound::Exactly | Bound::About => tell_plain(printed, found),
        Bound::Over => {
            phrase!(
                "claim-over",
                "announced more than {printed}, found {found}",
                printed = printed,
                found = found
            )
        }
        Bound::Under => {
            phrase!(
                "claim-under",
                "announced less than {printed}, found {found}",
                printed = printed,
                found = found
            )
        }
        Bound::AtLeast => {
            phrase!(
                "claim-at-least",
                "announced {printed} or more, found {found}",
                printed = printed,
                found = found
            )
        }
        Bound::AtMost => {
            phrase!(
                "claim-at-most",
                "announced {printed} or less, found {found}",
                printed = printed,
                found = found
            )
        }
    }
}

pub(crate) fn tell_plain(printed: phrase::Argument, found: phrase::Argument) -> Phrase {
    phrase!("claim-plain", "announced {printed}, found {found}", printed = printed, found = found)
}

/// Judges a share in percent, or so many for each.
pub(crate) fn judge_ratio(
    value: PrintedFigure,
    bound: Bound,
    percent: bool,
    printed: &str,
    part: u64,
    whole: u64,
) -> Verdict {
    if whole == 0 {
        let reason = phrase!("claim-of-nothing", "there is nothing of which it would be a share");
        return Verdict::undecidable(reason);
    }
    // So many for each is a share of a hundred times as many.
    let base = if percent { whole } else { whole.saturating_mul(100) };
    let found = format_percent(part, base, value.decimals);
    let holds = match bound {
        Bound::Exactly | Bound::About => value.agrees_with_share(part, base),
        Bound::Over => value.cmp_share(part, base).is_lt(),
        Bound::Under => value.cmp_share(part, base).is_gt(),
        Bound::AtLeast => value.cmp_share(part, base).is_le(),
        Bound::AtMost => value.cmp_share(part, base).is_ge(),
    };
    let cut = value.cut_share(part, base);
    let was_cut =
        !holds && matches!(bound, Bound::Exactly | Bound::About) && PrintedFigure::parse(&cut) == Some(value);
    let reason = tell_ratio(value, bound, percent, printed, &found, (part, whole), was_cut);
    Verdict::of_figure(holds, found, reason)
}

fn tell_ratio(
    value: PrintedFigure,
    bound: Bound,
    percent: bool,
    printed: &str,
    found: &str,
    (part, whole): (u64, u64),
    was_cut: bool,
) -> Phrase {
    if !matches!(bound, Bound::Exactly | Bound::About) {
        return tell_bound(bound, printed, found);
    }
    let (printed, found) = (phrase::Argument::quote(printed), phrase::Argument::quote(found));
    let decimals = value.decimals;
    match (percent, was_cut) {
        (true, false) => phrase!(
            "claim-share",
            "announced {printed} %, found {part} of {whole} = {found} %, rounded half up to {decimals} digits",
            printed = printed,
            part = part,
            whole = whole,
            found = found,
            decimals = decimals
        ),
        (true, true) => phrase!(
            "claim-share-cut",
            "announced {printed} %, found {part} of {whole} = {found} %, rounded half up to {decimals} digits; announced was what is cut off, not rounded",
            printed = printed,
            part = part,
            whole = whole,
            found = found,
            decimals = decimals
        ),
        (false, _) => phrase!(
            "claim-quotient",
            "announced {printed}, found {part} : {whole} = {found}, rounded half up to {decimals} digits",
            printed = printed,
            part = part,
            whole = whole,
            found = found,
            decimals = decimals
        ),
    }
}

/// Whether a verdict of these elections can be given at all.
pub(crate) fn require_whole(
    stages: &[Stage],
    scope: &Scope,
    elections: &[ScopedElection<'_>],
) -> Result<(), Verdict> {
    let gap = find_uncovered(scope, elections).or_else(|| find_gap(stages, scope, elections));
    gap.map_or(Ok(()), |gap| Err(Verdict::undecidable(gap)))
}
