//! Offices in change: districts elect akims until the end of June 2026, and from July on no edition has the office.
//!
//! Contains what is stated around that day, judged against a head that already holds the ledger. Nothing of it is written into the ledger.

use event::{Document, Hash, json::Fault};
use law::{
    Edition, Fact,
    facts::{Ground, Office, RulesAdopted},
};

use crate::{
    act::{Act, semey_seconds},
    contest::{Contest, new_text},
    opening::calling_acts,
    years::districts::is_invented,
};

/// Voting day of a call that comes on the last days of the old edition.
const BEFORE_THE_CHANGE: &str = "2026-08-16 00:00";
/// Voting day of a call that comes after 1 July 2026, when akims of districts and cities are not elected any more.
const AFTER_THE_CHANGE: &str = "2026-09-06 00:00";
/// When the rules change under which a call names the decision that its ground rests on.
const RULES_ADOPTED: &str = "2026-06-15 12:00";

/// What is stated around the change of offices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepOfChange {
    /// Rules version 2.
    Rules,
    /// A decision ended the powers of an akim of a district, and the election is called in June 2026.
    CalledBefore,
    /// The same in July 2026, of another district.
    CalledAfter,
    /// The same in July 2026, of a rural okrug.
    RuralAfter,
}

/// A step of it, in the order of time.
pub struct ActOfChange {
    /// Which.
    pub step: StepOfChange,
    /// The election that is called; none of the rules.
    pub election: Option<String>,
    /// The act.
    pub act: Act,
}

/// A district of an invented territory again, called in July 2026: the law in force by then has no such office.
#[must_use]
pub fn call_after_the_change(contests: &[Contest]) -> Option<Contest> {
    invented_districts(contests).nth(1).map(|contest| called_again(contest, AFTER_THE_CHANGE))
}

/// Everything that is stated around the change, for a ledger that has districts to call.
///
/// # Errors
/// Never for the values of the script.
pub fn acts_of_the_change(contests: &[Contest]) -> Result<Vec<ActOfChange>, Fault> {
    let (Some(first), Some(after)) = (invented_districts(contests).next(), call_after_the_change(contests))
    else {
        return Ok(Vec::new());
    };
    let before = called_again(first, BEFORE_THE_CHANGE);
    let rural =
        Contest { office: Office::Rural, election: format!("{}-rural-2026", after.slug), ..after.clone() };
    let rules = Fact::RulesAdopted(RulesAdopted {
        editions: vec![new_text(Edition::Z2025_01_01.name())?, new_text(Edition::Z2026_07_01.name())?],
        rules: 2,
        spec_sha256: spec_of_rules(),
    });
    let roots = vec!["cec/root-1".to_owned(), "cec/root-2".to_owned()];
    let act = before.act_outside_elections(semey_seconds(RULES_ADOPTED), "cec", roots, rules);
    let mut acts = vec![ActOfChange { step: StepOfChange::Rules, election: None, act }];
    for (step, contest) in [
        (StepOfChange::CalledBefore, before),
        (StepOfChange::CalledAfter, after),
        (StepOfChange::RuralAfter, rural),
    ] {
        let election = Some(contest.election.clone());
        acts.extend(call_by_decision(&contest)?.map(|act| ActOfChange { step, election, act }));
    }
    Ok(acts)
}

/// Akims of districts and cities who hold a certificate of this ledger. The change of offices takes none away: how the powers of those
/// who sit end is no matter of the law on elections, which knows powers that ended early as a ground of the next calling alone.
#[must_use]
pub fn count_sitting_akims(state: &law::State) -> u64 {
    let of_office = |election: &&law::state::Election| {
        election.called.office != Office::Rural && election.repeated.is_none()
    };
    let in_force = state.elections.values().filter(of_office);
    in_force.filter(|election| election.certificate.is_some()).count() as u64
}

/// Districts that exist nowhere: of a real one no ended powers are invented.
fn invented_districts(contests: &[Contest]) -> impl Iterator<Item = &Contest> {
    contests.iter().filter(|contest| is_invented(&contest.slug))
}

fn called_again(contest: &Contest, voting: &str) -> Contest {
    Contest {
        election: format!("{}-2026", contest.slug),
        midnight: semey_seconds(voting),
        zone: 5,
        ground: Ground::EarlyTermination,
        ..contest.clone()
    }
}

/// The call, with the decision that ended the powers.
fn call_by_decision(contest: &Contest) -> Result<Option<Act>, Fault> {
    let decision = paper_that_ends_powers(contest);
    let Some(mut act) = calling_acts(contest)?.into_iter().next() else { return Ok(None) };
    let write = act.fact;
    act.fact = Box::new(move |head| {
        let fact = write(head)?;
        let Fact::ElectionCalled(mut called) = fact else { return None };
        called.ground_decision = Some(decision.clone());
        Some(Fact::ElectionCalled(called))
    });
    Ok(Some(act))
}

fn paper_that_ends_powers(contest: &Contest) -> Document {
    Document::public(contest.document_text("powers-ended", 1).as_bytes())
}

fn spec_of_rules() -> Hash {
    event::sha256(&[b"synthetic paper of the demo: rules 2\n"])
}
