//! Planted faults: a whole ledger for each check that the verifier makes, with exactly what has to fail and be warned of.
//!
//! In: what a plant is, and whether every check of a family has one, found by walking the registry. Out: the plants
//! (`planted/…`, one file a family; a family is on guard as soon as its file is named here), rules one by one (`law::trials`).
//!
//! A ledger is sealed by a thief of the log key, or published under a stolen office key: the lie is consistent, and only
//! the check itself can find it.

mod ari;
mod aty;
mod com;
mod pro;

use std::collections::BTreeSet;

use law::Rule;
use verifier::{Report, Status};

use crate::scene::{Scene, Step};

/// A planted fault.
pub(crate) struct Plant {
    /// The check that has to find it.
    pub(crate) id: &'static str,
    /// Every check that fails, in the order of ids.
    pub(crate) fails: &'static [&'static str],
    /// Every check that warns, in the order of ids.
    pub(crate) warns: &'static [&'static str],
    /// What an observer says of the ledger.
    pub(crate) ledger: fn() -> Report,
}

/// Families on guard, with their plants.
const FAMILIES: [(&str, &[Plant]); 4] =
    [("ATY", aty::PLANTED), ("PRO", pro::PLANTED), ("ARI", ari::PLANTED), ("COM", com::PLANTED)];

impl Plant {
    /// One that fails under its own id, and nothing else that it does.
    const fn failing(id: &'static str, fails: &'static [&'static str], ledger: fn() -> Report) -> Self {
        Self { id, fails, warns: &[], ledger }
    }

    /// One that is warned of under its own id, and nothing else that it does.
    const fn warning(id: &'static str, warns: &'static [&'static str], ledger: fn() -> Report) -> Self {
        Self { id, fails: &[], warns, ledger }
    }

    fn find(&self) {
        let report = (self.ledger)();
        let ids = |wanted: fn(&Status) -> bool| -> Vec<&str> {
            let rows = report.rows.iter().filter(|row| wanted(&row.status));
            let ids: BTreeSet<&str> = rows.map(|row| row.rule.id()).collect();
            ids.into_iter().collect()
        };
        let fails = ids(|status| matches!(status, Status::Fail | Status::Error(_)));
        let warns = ids(|status| *status == Status::Warn);
        assert_eq!(
            (fails, warns),
            (self.fails.to_vec(), self.warns.to_vec()),
            "{}: {}",
            self.id,
            report.text()
        );
        assert!(self.fails.contains(&self.id) || self.warns.contains(&self.id), "{} is not found", self.id);
    }
}

/// What follows an event that no honest node would take in, sealed in its place by a thief of the log key.
fn sealed(scene: &mut Scene, step: &Step) -> Report {
    let checked = scene.sign(step).check().unwrap();
    let now = event::Stamp::from_millis(checked.event().at.seconds() * 1000).unwrap();
    let mut entries = scene.entries.clone();
    entries.push(scene.head.seal(checked, now).unwrap().bytes().to_vec());
    scene.verified(entries)
}

/// The scene up to a step, which is changed and sealed in.
fn forged(name: &str, change: impl FnOnce(&mut Step)) -> Report {
    let mut scene = Scene::before(name);
    let mut step = scene.step(name);
    change(&mut step);
    sealed(&mut scene, &step)
}

/// The whole scene, where one step is changed and lets everything after it in.
fn lived(name: &str, change: impl FnOnce(&mut Step)) -> Report {
    let mut scene = Scene::before(name);
    let mut step = scene.step(name);
    change(&mut step);
    let hash = scene.say(&step);
    scene.named.insert(name.to_owned(), hash);
    let rest = crate::scene::STEPS.iter().skip_while(|step| **step != name).skip(1);
    rest.for_each(|step| scene.play(step));
    verdict(&scene)
}

/// What an observer says of a scene as it stands.
fn verdict(scene: &Scene) -> Report {
    scene.verified(scene.entries.clone())
}

/// Every planted ledger, one after the other.
pub(crate) fn all() -> impl Iterator<Item = &'static Plant> {
    FAMILIES.iter().flat_map(|(_, plants)| *plants)
}

#[test]
fn a_ledger_without_a_fault_fails_and_warns_of_nothing() {
    let report = verdict(&Scene::whole());
    let bad: Vec<_> = report
        .rows
        .iter()
        .filter(|row| matches!(row.status, Status::Fail | Status::Warn | Status::Error(_)))
        .collect();
    assert!(bad.is_empty(), "{}", report.text());
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    all().for_each(Plant::find);
    eprintln!("{} planted ledgers", all().count());
}

#[test]
fn no_check_goes_without_a_planted_fault() {
    for (family, plants) in FAMILIES {
        let of_family = |rule: &&Rule| rule.id().split('-').next() == Some(family);
        let built: Vec<&str> = Rule::ALL
            .iter()
            .filter(of_family)
            .filter(|rule| verifier::registry::is_built(**rule))
            .map(|rule| rule.id())
            .collect();
        let planted: Vec<&str> = plants.iter().map(|plant| plant.id).collect();
        let bare: Vec<_> = built.iter().filter(|id| !planted.contains(id)).collect();
        assert!(bare.is_empty(), "no planted fault for {bare:?}");
        let strange: Vec<_> = planted.iter().filter(|id| !built.contains(id)).collect();
        assert!(strange.is_empty(), "planted for checks that this version does not make: {strange:?}");
        assert!(plants.iter().all(|plant| plant.fails.is_sorted() && plant.warns.is_sorted()));
    }
}
