//! Each claim of a file, held against ledgers or against the other figures of the file.

use law::state::Election;
use phrase::phrase;

use crate::{
    claim::{Claim, ClaimContent},
    claims_file::ClaimsFile,
    judge_figure::judge_figure,
    judge_printed::judge_printed,
    judge_statement::{judge_day, judge_name},
    outcome::{ClaimBasis, ClaimOutcome, JudgedClaim, JudgedFile, JudgedLedger},
    ranking::judge_ranking,
    record::LedgerRecord,
    verdict::Verdict,
};

/// Holds every claim of a file against ledgers, each of which is another one.
#[must_use]
pub fn judge_claims(file: &ClaimsFile, ledgers: &[LedgerRecord]) -> JudgedFile {
    JudgedFile {
        title: file.title.clone(),
        ledgers: ledgers.iter().map(describe_ledger).collect(),
        claims: file.claims.iter().map(|claim| judge_claim(claim, file, ledgers)).collect(),
    }
}

fn judge_claim(claim: &Claim, file: &ClaimsFile, ledgers: &[LedgerRecord]) -> JudgedClaim {
    let printed = claim.printed.as_str();
    let (basis, verdict) = match &claim.content {
        ClaimContent::Figure(figure) => (ClaimBasis::Ledgers, judge_figure(figure, printed, ledgers)),
        ClaimContent::Ranking(ranking) => (ClaimBasis::Ledgers, judge_ranking(ranking, printed, ledgers)),
        ClaimContent::Name(name, scope) => (ClaimBasis::Ledgers, judge_name(*name, scope, printed, ledgers)),
        ClaimContent::Day(day, scope) => (ClaimBasis::Ledgers, judge_day(*day, scope, printed, ledgers)),
        ClaimContent::Printed(other) => {
            (ClaimBasis::PrintedFigures, judge_printed(other, printed, &file.claims))
        }
        ClaimContent::Unrecorded(_) => {
            let reason = phrase!("claim-unrecorded", "no event of a ledger records it");
            (ClaimBasis::Nothing, Verdict::undecidable(reason))
        }
    };
    let decided = verdict.outcome != ClaimOutcome::Undecidable && basis == ClaimBasis::Ledgers;
    JudgedClaim {
        id: claim.id.clone(),
        says: claim.says.clone(),
        source: claim.source.clone(),
        date: claim.date.clone(),
        printed: claim.printed.clone(),
        outcome: verdict.outcome,
        basis,
        found: verdict.found,
        reason: verdict.reason,
        is_test: decided && ledgers.iter().any(is_test),
        events: verdict.events,
    }
}

fn is_test(record: &LedgerRecord) -> bool {
    record.state().charter.as_ref().is_some_and(|charter| charter.test)
}

fn describe_ledger(record: &LedgerRecord) -> JudgedLedger {
    let state = record.state();
    let in_force = |election: &&Election| election.repeated.is_none();
    JudgedLedger {
        source: record.source.clone(),
        ledger: state.ledger,
        origin: state.charter.as_ref().map_or_else(String::new, |charter| charter.origin.to_string()),
        size: record.head.size(),
        root: record.head.root(),
        elections: state.elections.values().filter(in_force).count() as u64,
        is_test: is_test(record),
        synthetic: state.synthetic_kinds(),
    }
}
