//! A quick count of precincts drawn by lot: OBS-06.
//!
//! Looks at each candidate's share in the sample with its margin of error, against the official share. Elsewhere:
//! whether the draw was honest, which only those who drew can tell.
//!
//! The precincts are clusters: p = Σ v / Σ n over the sample, and with residuals e = v − p·n the standard error is
//! √((1 − k/N) · Σ e² / (k·(k − 1))) / (Σ n / k). The interval is p ± 1.96 standard errors: 95 in 100 honest draws lie in it.

use event::Id;
use law::Rule;
use phrase::phrase;

use crate::{
    brought::BroughtOutcome,
    checks::{context::Context, current_protocols::CurrentProtocol},
    compare::copies::PaperCopy,
    findings::Findings,
    found_message::FoundMessage,
    not_run::NotRun,
};

/// A smaller sample has no margin that could be relied on.
const SAMPLE_MIN: usize = 30;
/// Standard errors on each side for 95 percent.
const ERRORS: f64 = 1.96;

/// Every candidate of the election that the copies are of.
pub(crate) fn quick_count(context: &Context<'_>, findings: &mut Findings) {
    if !context.inputs.by_lot {
        findings.not_run(Rule::Obs06, NotRun::NoQuickCount);
        return;
    }
    for (id, election) in &context.replayed.head.state().elections {
        let all = context.current_protocols(id);
        let own = |copy: &&PaperCopy| {
            let named = |one: &CurrentProtocol<'_>| one.precinct.as_str() == copy.precinct;
            copy.election.as_ref().is_none_or(|own| own == id) && all.iter().any(named)
        };
        let sample: Vec<&PaperCopy> = context.inputs.copies.iter().filter(own).collect();
        if sample.len() < SAMPLE_MIN {
            continue;
        }
        let valid = all.iter().fold(0_u64, |sum, one| sum.saturating_add(one.valid()));
        for candidate in election.ballot_lines() {
            let votes = all.iter().fold(0_u64, |sum, one| sum.saturating_add(one.votes(candidate)));
            let lines: Option<Vec<(u64, u64)>> = sample
                .iter()
                .map(|copy| read_drawn_votes(copy, candidate, election.ballot_lines()))
                .collect();
            let Some(lines) = lines else {
                let message = FoundMessage::expected(
                    phrase!("found-votes-of-every-line-in-each-copy", "votes of every line in each copy"),
                    phrase!("found-a-copy-without", "a copy without {candidate}"),
                );
                findings.brought(Rule::Obs06, id.as_str(), message, BroughtOutcome::Unusable);
                break;
            };
            findings.count_examined(Rule::Obs06, 1);
            is_inside_margin(id, candidate, &lines, [votes, valid], all.len(), findings);
        }
    }
    findings.not_run(Rule::Obs06, NotRun::SmallSample);
}

/// Votes and valid ballots of one copy.
fn read_drawn_votes(copy: &PaperCopy, candidate: &Id, ballot: &[Id]) -> Option<(u64, u64)> {
    let figure =
        |name: &str| copy.figures.iter().find(|(line, _)| line == name).and_then(|(_, figure)| *figure);
    let votes = figure(&format!("votes for {candidate}"))?;
    let mut valid = figure("against all")?;
    for id in ballot {
        valid = valid.saturating_add(figure(&format!("votes for {id}"))?);
    }
    Some((votes, valid))
}

#[allow(clippy::cast_precision_loss, reason = "counts of ballots are far below 2^52")]
fn is_inside_margin(
    election: &Id,
    candidate: &Id,
    sample: &[(u64, u64)],
    [votes, valid]: [u64; 2],
    precincts: usize,
    findings: &mut Findings,
) {
    let size = sample.len() as f64;
    let all_valid = sample.iter().map(|(_, n)| *n as f64).sum::<f64>();
    if all_valid == 0.0 || valid == 0 {
        return;
    }
    let share = sample.iter().map(|(v, _)| *v as f64).sum::<f64>() / all_valid;
    let squares = sample.iter().map(|(v, n)| *v as f64 - share * *n as f64).map(|e| e * e).sum::<f64>();
    let left = (1.0 - size / precincts as f64).max(0.0);
    let error = (left * squares / (size * (size - 1.0))).sqrt() / (all_valid / size);
    let official = votes as f64 / valid as f64;
    // A complete sample has no margin: a hair's breadth is left to the arithmetic.
    let margin = (ERRORS * error).max(1e-9);
    if (official - share).abs() > margin {
        let percent = |share: f64| format!("{:.1}", share * 100.0);
        let message = FoundMessage::expected(
            phrase!(
                "found-between-and-by-a-quick-count-of-precincts",
                "{candidate} between {margin} and {margin2} % by a quick count of {sample} precincts",
                margin = percent(share - margin),
                margin2 = percent(share + margin),
                sample = sample.len()
            ),
            phrase!("found-percent", "{official} %", official = percent(official)),
        );
        findings.fail(Rule::Obs06, None, election.as_str(), message);
    }
}
