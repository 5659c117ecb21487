//! Planted faults: a whole ledger for each check that the verifier makes, with exactly what has to fail and be warned of.
//!
//! In: what a plant is, and whether every check that is built has one, found by walking the registry. Out: the plants
//! (`planted/…`, one file a family), what they are made of (`press`: a publisher who lies; `district`: many precincts),
//! rules one by one (`scene::trials`).
//!
//! A ledger is sealed by a thief of the log key, or published under a stolen office key: the lie is consistent, and only
//! the check itself can find it. Where only somebody outside can tell, the plant is an honest ledger and what an observer
//! holds against it.

mod ari;
mod aty;
mod com;
pub(crate) mod district;
mod int;
mod obs;
pub(crate) mod press;
mod pro;
mod published;
mod sig;
mod snp;

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
    /// Every check that tells something without a judgement, in the order of ids.
    pub(crate) tells: &'static [&'static str],
    /// What an observer says of the ledger.
    pub(crate) ledger: fn() -> Report,
}

/// Every family of checks, with its plants.
const FAMILIES: [(&str, &[Plant]); 9] = [
    ("INT", int::PLANTED),
    ("SIG", sig::PLANTED),
    ("ATY", aty::PLANTED),
    ("PRO", pro::PLANTED),
    ("ARI", ari::PLANTED),
    ("COM", com::PLANTED),
    ("PUB", published::PLANTED),
    ("SNP", snp::PLANTED),
    ("OBS", obs::PLANTED),
];

/// Checks that no ledger makes fail, and who tries them.
const ELSEWHERE: [(&str, &str); 6] = [
    // Two replays of one program differ where the program is wrong, whatever the ledger says.
    ("INT-10", "verifier::replay::tests::a_second_replay_that_differs_fails"),
    ("MAN-01", "made by people: no_check_of_people_is_ever_anything_but_not_run"),
    ("MAN-02", "made by people"),
    ("MAN-03", "made by people"),
    ("MAN-04", "made by people"),
    ("MAN-05", "made by people"),
];

impl Plant {
    /// One that fails under its own id, and nothing else that it does.
    const fn failing(id: &'static str, fails: &'static [&'static str], ledger: fn() -> Report) -> Self {
        Self { id, fails, warns: &[], tells: &[], ledger }
    }

    /// One that is warned of under its own id, and nothing else that it does.
    const fn warning(id: &'static str, warns: &'static [&'static str], ledger: fn() -> Report) -> Self {
        Self { id, fails: &[], warns, tells: &[], ledger }
    }

    /// One that is told of under its own id, and nothing else that it does.
    const fn telling(id: &'static str, tells: &'static [&'static str], ledger: fn() -> Report) -> Self {
        Self { id, fails: &[], warns: &[], tells, ledger }
    }

    /// The same, with what is told beside it.
    const fn and_telling(self, tells: &'static [&'static str]) -> Self {
        Self { tells, ..self }
    }

    /// What the observer's report has otherwise than planted.
    fn missed(&self) -> Option<String> {
        let report = (self.ledger)();
        let ids = |wanted: fn(&Status) -> bool| -> Vec<&str> {
            let rows = report.rows.iter().filter(|row| wanted(&row.status));
            let ids: BTreeSet<&str> = rows.map(|row| row.rule.id()).collect();
            ids.into_iter().collect()
        };
        let fails = ids(|status| matches!(status, Status::Fail | Status::Error(_)));
        let warns = ids(|status| *status == Status::Warn);
        let tells = ids(|status| *status == Status::Info);
        let found = [fails.as_slice(), &warns, &tells];
        let planted = [self.fails, self.warns, self.tells];
        let own = planted.concat().contains(&self.id);
        (found != planted || !own)
            .then(|| format!("{}: planted {planted:?}, found {found:?}\n  {:#?}", self.id, report.findings))
    }
}

/// What follows an event that no honest node would take in, sealed in its place by a thief of the log key.
fn sealed(scene: &mut Scene, step: &Step) -> Report {
    let checked = scene.sign(step).check().unwrap();
    let now = event::Stamp::from_millis(checked.event().at.seconds() * 1000).unwrap();
    let mut entries = scene.entries.clone();
    entries.push(scene.head.seal(checked, now).unwrap().bytes().to_vec());
    crate::scene::verified(scene, entries)
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
    crate::scene::verified(scene, scene.entries.clone())
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
    assert!(bad.is_empty(), "{}", report.to_text());
}

/// Every plant of a family.
fn find(family: &str) {
    let (_, plants) = FAMILIES.iter().find(|(name, _)| *name == family).unwrap();
    let missed: Vec<String> = plants.iter().filter_map(Plant::missed).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    eprintln!("{family}: {} planted faults found, and nothing else", plants.len());
}

/// Planted ledgers judged by one thread and by many: the same report, to the byte. All that are about bytes and signatures,
/// and some of the others; `HATTAMA_PLANTS=all` takes every one (docs/jobs.md).
#[test]
fn a_report_does_not_depend_on_how_many_threads_made_it() {
    let pool = |threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (one, many) = (pool(1), pool(16));
    let told = |plant: &Plant| {
        let report = (plant.ledger)();
        (report.to_text(), report.to_json().unwrap())
    };
    let every = std::env::var("HATTAMA_PLANTS").is_ok_and(|wanted| wanted == "all");
    let about_bytes = |plant: &Plant| plant.id.starts_with("INT-0") || plant.id.starts_with("SIG-01");
    let mut judged = 0;
    for (place, plant) in all().enumerate() {
        if !every && !about_bytes(plant) && place % 10 != 0 {
            continue;
        }
        assert_eq!(one.install(|| told(plant)), many.install(|| told(plant)), "{}", plant.id);
        judged += 1;
    }
    assert!(judged >= 20, "{judged}");
}

macro_rules! families {
    ($($name:ident $family:literal),+) => {
        $(
            #[test]
            fn $name() {
                find($family);
            }
        )+

        /// The families that are tried.
        const TRIED: &[&str] = &[$($family),+];
    };
}

families!(
    faults_of_integrity_are_found "INT",
    faults_of_signatures_are_found "SIG",
    faults_of_authority_are_found "ATY",
    faults_of_procedure_are_found "PRO",
    faults_of_arithmetic_are_found "ARI",
    faults_of_completeness_are_found "COM",
    faults_of_publication_are_found "PUB",
    faults_between_snapshots_are_found "SNP",
    what_observers_hold_against_a_ledger_is_found "OBS"
);

#[test]
fn no_check_goes_without_a_planted_fault() {
    assert_eq!(TRIED, FAMILIES.map(|(family, _)| family), "every family is tried");
    let elsewhere = |id: &str| ELSEWHERE.iter().any(|(own, _)| *own == id);
    let plants = || FAMILIES.iter().flat_map(|(_, plants)| *plants);
    let built = || Rule::ALL.iter().filter(|rule| verifier::registry::is_built(**rule)).map(|rule| rule.id());
    let bare: Vec<_> =
        built().filter(|id| !elsewhere(id) && !plants().any(|plant| plant.id == *id)).collect();
    assert!(bare.is_empty(), "no planted fault for {bare:?}");
    for (family, own) in FAMILIES {
        for Plant { id, fails, warns, tells, .. } in own {
            assert!(built().any(|known| known == *id), "{id}: this version does not make it");
            assert!(id.starts_with(family), "{id} under {family}");
            assert!([fails, warns, tells].iter().all(|ids| ids.is_sorted()), "{id}: not in the order of ids");
        }
    }
}

#[test]
fn no_check_of_people_is_ever_anything_but_not_run() {
    for plant in FAMILIES.iter().filter_map(|(_, plants)| plants.first()) {
        let report = (plant.ledger)();
        let by_people = report.rows.iter().filter(|row| row.rule.id().starts_with("MAN-"));
        assert!(by_people.clone().count() == 5, "five of them");
        assert!(by_people.clone().all(|row| matches!(row.status, Status::NotRun(_))), "{}", plant.id);
    }
}
