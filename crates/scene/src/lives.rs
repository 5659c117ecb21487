//! Random lives of several elections at once, against a naive model that adds up and judges by itself.
//!
//! Every act of a random plan is said where the model says that it may be, and refused where it may not; so is every bent
//! one. At the end totals, order of lines and outcomes agree.

mod bent;
mod figures;
mod may;
pub mod plan;
mod roles;
pub mod script;
mod tally;

use std::{cell::RefCell, collections::BTreeMap};

use bent::bend;
use event::{SignedEvent, Stamp};
use may::Reader;
use plan::{Plan, plans};
use proptest::{
    strategy::{Strategy as _, ValueTree as _},
    test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner},
};
use tally::End;

use crate::{
    dice::Dice,
    shown::{Expected, Onlooker},
    world::{Scene, Step},
};

/// How many plans are lived through; `HATTAMA_LIVES=n` sets another number.
const LIVES: u32 = 32;
/// One bend in so many that are refused is sealed in by a thief of the log key and shown to the onlooker.
const SHOWN: u64 = 40;

/// What was tried, and what came of it.
#[derive(Default)]
struct Counts {
    lives: u64,
    elections: u64,
    precincts: u64,
    said: u64,
    not_said: u64,
    formless: u64,
    corrections: u64,
    invalidated: u64,
    elected: u64,
    ties: u64,
    invalid: u64,
    undetermined: u64,
    bent: BTreeMap<(&'static str, bool), u64>,
    rules: BTreeMap<&'static str, u64>,
    shown: u64,
}

/// One life: the ledger and its naive reader.
struct Life<'a> {
    scene: Scene,
    reader: Reader,
    dice: Dice,
    counts: &'a RefCell<Counts>,
    onlooker: Onlooker<'a>,
}

/// Lives through random plans, always the same ones, and shows what comes of each.
///
/// # Panics
/// When the ledger and the model disagree.
pub fn live_random_plans(onlooker: Onlooker<'_>) {
    let cases = std::env::var("HATTAMA_LIVES").ok().and_then(|n| n.parse().ok()).unwrap_or(LIVES);
    let counts = RefCell::new(Counts::default());
    let config = Config { cases, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    runner.run(&plans(), |plan| live(&plan, &counts, onlooker)).unwrap_or_else(|error| panic!("{error}"));
    counts.borrow().tell();
}

/// The ledger at the end of the first of these lives.
pub fn live_first_plan() -> Scene {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let plan = plans().new_tree(&mut TestRunner::new_with_rng(Config::default(), rng)).unwrap().current();
    let counts = RefCell::new(Counts::default());
    live_through(&plan, &counts, &|_| {}).unwrap().scene
}

fn live(plan: &Plan, counts: &RefCell<Counts>, onlooker: Onlooker<'_>) -> Result<(), TestCaseError> {
    live_through(plan, counts, onlooker)?.compare(plan)
}

fn live_through<'a>(
    plan: &Plan,
    counts: &'a RefCell<Counts>,
    onlooker: Onlooker<'a>,
) -> Result<Life<'a>, TestCaseError> {
    let scene = script::stage(plan);
    let reader = Reader { last: scene.head.last_received().unwrap().millis() / 1000, ..Reader::default() };
    let mut life = Life { scene, reader, dice: Dice(plan.seed), counts, onlooker };
    for (e, race) in plan.elections.iter().enumerate() {
        for (p, station) in race.precincts.iter().enumerate() {
            let own = (roles::tec(e).to_owned(), roles::election(e), station.voters);
            life.reader.formed.insert(roles::precinct(e, p), own);
        }
    }
    let slots = plan.slots();
    for (place, (_, slot)) in slots.iter().enumerate() {
        if let Some((kind, step)) = bend(&life.scene, plan, &slots, place, &mut life.dice) {
            life.attempt(kind, &step)?;
        }
        let step = script::step(&life.scene, plan, *slot);
        life.say(&step)?;
    }
    Ok(life)
}

impl Life<'_> {
    /// A step of the plan: said if the model lets it be, else refused.
    fn say(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let may = self.reader.may(step);
        let Some(signed) = self.formed(may, step)? else { return Ok(()) };
        let hash = signed.hash();
        match (may, self.scene.append(signed.clone())) {
            (true, Ok(())) => {
                self.reader.take(step, hash);
                self.scene.said.push(signed);
                self.counts.borrow_mut().said += 1;
                Ok(())
            }
            (false, Err(_)) => {
                self.counts.borrow_mut().not_said += 1;
                Ok(())
            }
            (true, Err(error)) => Err(fault(step, &format!("lawful by the model, refused: {error}"))),
            (false, Ok(())) => Err(fault(step, "unlawful by the model, admitted")),
        }
    }

    /// The event of a step; a ballot without a line has no form, and may not be said either.
    fn formed(&mut self, may: bool, step: &Step) -> Result<Option<SignedEvent>, TestCaseError> {
        match self.scene.try_sign(step) {
            Ok(signed) => Ok(Some(signed)),
            Err(error) if may => Err(fault(step, &format!("lawful by the model, without a form: {error}"))),
            Err(_) => {
                self.counts.borrow_mut().formless += 1;
                Ok(None)
            }
        }
    }

    /// A bent step: judged, and never said.
    fn attempt(&mut self, kind: &'static str, step: &Step) -> Result<(), TestCaseError> {
        let may = self.reader.may(step);
        let Some(signed) = self.formed(may, step)? else { return Ok(()) };
        let received = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        let judged = ledger::judge_event(&self.scene.head, &signed, received);
        *self.counts.borrow_mut().bent.entry((kind, judged.is_ok())).or_default() += 1;
        match (may, judged) {
            (true, Ok(_)) => Ok(()),
            (false, Ok(_)) => Err(fault(step, &format!("bent by {kind}, unlawful by the model, admitted"))),
            (true, Err(error)) => {
                Err(fault(step, &format!("bent by {kind}, lawful by the model, refused: {error}")))
            }
            (false, Err(error)) => {
                let rule = error.rule();
                *self.counts.borrow_mut().rules.entry(rule.id()).or_default() += 1;
                if self.dice.roll(SHOWN) == 0 {
                    self.counts.borrow_mut().shown += 1;
                    if let Some(shown) = self.scene.forged(&signed, rule) {
                        (self.onlooker)(&shown);
                    }
                }
                Ok(())
            }
        }
    }

    /// Totals, order of lines and outcome; and the whole ledger is shown.
    fn compare(&self, plan: &Plan) -> Result<(), TestCaseError> {
        let state = self.scene.head.state();
        let mut counts = self.counts.borrow_mut();
        counts.lives += 1;
        for (name, own) in &self.reader.races {
            let theirs = &state.elections[name.as_str()];
            let lines: Vec<String> = theirs.ballot_lines().iter().map(ToString::to_string).collect();
            assert_eq!(lines, own.lines(), "{name}: lines of the ballot");
            let undamaged = |figures: tally::Figures| tally::Figures { damaged: 0, ..figures };
            assert_eq!(may::totals(&theirs.totals()), undamaged(own.totals()), "{name}: totals");
            assert_eq!(
                may::totals(&theirs.totals_first()),
                undamaged(own.first()),
                "{name}: first announced"
            );
            let end = match theirs.winner() {
                law::Winner::Elected(id) => End::Elected(id.to_string()),
                law::Winner::Tie(ids) => End::Tie(ids.iter().map(ToString::to_string).collect()),
                law::Winner::Invalid => End::Invalid,
            };
            if !own.polls.is_empty() && !lines.is_empty() {
                assert_eq!(end, own.end(), "{name}: outcome");
            }
            counts.elections += 1;
            counts.precincts += own.polls.len() as u64;
            counts.invalidated += own.polls.values().filter(|poll| poll.invalid.is_some()).count() as u64;
            let protocols = theirs.polls.values().map(|poll| poll.protocols.len().saturating_sub(1) as u64);
            counts.corrections += protocols.sum::<u64>();
            match theirs.determined.as_ref().map(|_| own.end()) {
                None => counts.undetermined += 1,
                Some(End::Elected(_)) => counts.elected += 1,
                Some(End::Tie(_)) => counts.ties += 1,
                Some(End::Invalid) => counts.invalid += 1,
            }
        }
        assert_eq!(self.reader.races.len(), plan.elections.len());
        (self.onlooker)(&self.scene.shown(Expected::Lawful));
        Ok(())
    }
}

fn fault(step: &Step, words: &str) -> TestCaseError {
    let (fact, author, desk) = (step.fact.name(), &step.author, &step.desk);
    TestCaseError::fail(format!("{fact} by {author} at {desk}, {}: {words}: {:?}", step.at, step.fact))
}

impl Counts {
    fn tell(&self) {
        let Self { lives, elections, precincts, said, not_said, formless, .. } = self;
        eprintln!(
            "{lives} lives: {elections} elections, {precincts} precincts, {said} events admitted, {not_said} acts refused as the model has it, {formless} without a form"
        );
        let Self { corrections, invalidated, elected, ties, invalid, undetermined, .. } = self;
        eprintln!(
            "{corrections} corrections, {invalidated} precincts invalid; {elected} elected, {ties} ties, {invalid} invalid, {undetermined} without a result"
        );
        let sum = |lawful: bool| {
            self.bent.iter().filter(|((_, own), _)| *own == lawful).map(|(_, n)| n).sum::<u64>()
        };
        eprintln!(
            "{} bent events: {} refused, {} lawful all the same by the model; {} of those refused sealed in and shown",
            sum(true) + sum(false),
            sum(false),
            sum(true),
            self.shown
        );
        for ((kind, lawful), n) in &self.bent {
            eprintln!("  {kind}, {}: {n}", if *lawful { "lawful" } else { "refused" });
        }
        eprintln!("  refused under {:?}", self.rules);
    }
}
