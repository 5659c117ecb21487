//! A small lawful election: one precinct, three candidates, every fact of version 1.
//!
//! In: the steps, so that a test can stop before any of them and state something else.

mod facts;
mod script;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
};

use demo::{
    act::{Act, Needs, semey_clock, semey_seconds},
    cast::Cast,
};
use event::{Document, Hash, Id, SignedEvent, Stamp, Text, Time};
use law::{Fact, Rule, facts::*, state::Election};
use ledger::Head;
use node::AppendError;
use verifier::{ObserverInputs, Pin, Report, Scan, Source, Verification};

pub(crate) use script::STEPS;
use script::who;

pub(crate) const ELECTION: &str = "aul-2025";
pub(crate) const TEC: &str = "tec-aul";
pub(crate) const PEC: &str = "pec-aul-1";
pub(crate) const PRECINCT: &str = "aul-1";
pub(crate) const BOARD: [&str; 4] = ["chair", "deputy", "secretary", "m4"];

/// What an observer with these pins says of a source.
pub(crate) fn verify(source: &Source, pins: &[Pin]) -> Report {
    let inputs = ObserverInputs { pins, ..ObserverInputs::default() };
    Verification::run(source, &inputs, None).into_report()
}

/// A head with the cast that can speak on it.
pub(crate) struct Scene {
    pub(crate) head: Head,
    pub(crate) cast: Cast,
    /// Every event said, in order.
    pub(crate) said: Vec<SignedEvent>,
    /// Every entry, in order.
    pub(crate) entries: Vec<Vec<u8>>,
    /// Events by the name of their step.
    pub(crate) named: BTreeMap<String, Hash>,
}

/// One step: who says what, when.
pub(crate) struct Step {
    pub(crate) at: String,
    pub(crate) author: String,
    pub(crate) desk: String,
    pub(crate) election: Option<String>,
    pub(crate) signers: Vec<String>,
    pub(crate) fact: Fact,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self {
            head: Head::default(),
            cast: Cast::new("scene"),
            said: Vec::new(),
            entries: Vec::new(),
            named: BTreeMap::new(),
        }
    }

    /// The same scene once more, for another ending.
    pub(crate) fn again(&self) -> Self {
        Self {
            head: self.head.clone(),
            cast: Cast::new("scene"),
            said: self.said.clone(),
            entries: self.entries.clone(),
            named: self.named.clone(),
        }
    }

    /// Plays every step up to and without the named one.
    pub(crate) fn before(name: &str) -> Self {
        let mut scene = Self::new();
        for step in STEPS {
            if *step == name {
                return scene;
            }
            scene.play(step);
        }
        panic!("no step {name}");
    }

    /// Plays everything.
    pub(crate) fn whole() -> Self {
        let mut scene = Self::new();
        STEPS.iter().for_each(|step| scene.play(step));
        scene
    }

    pub(crate) fn play(&mut self, name: &str) {
        let step = self.step(name);
        let signed = self.sign(&step);
        self.append(signed.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        self.named.insert(name.to_owned(), signed.hash());
        self.said.push(signed);
    }

    /// Drafts and signs a step at the head.
    pub(crate) fn sign(&mut self, step: &Step) -> SignedEvent {
        self.try_sign(step).unwrap()
    }

    /// The same, for a step that may have no form at all.
    pub(crate) fn try_sign(&mut self, step: &Step) -> Result<SignedEvent, demo::act::ActError> {
        let fact = step.fact.clone();
        let act = Act {
            at: semey_seconds(&step.at),
            zone: 5,
            author: step.author.clone(),
            desk: step.desk.clone(),
            election: step.election.clone(),
            signers: step.signers.clone(),
            fact: Box::new(move |_| Some(fact.clone())),
            looks_back: Needs::Nothing,
        };
        demo::act::sign_act(&self.head, &mut self.cast, &act)
    }

    /// Signs an event again after a test has changed it.
    pub(crate) fn resign(&mut self, mut signed: SignedEvent, labels: &[String]) -> SignedEvent {
        signed.signatures.clear();
        let mut signers: Vec<_> = labels.iter().map(|label| self.cast.key(label)).collect();
        signers.sort();
        signed.event = signed.event.changed(|event| event.signers = signers).unwrap();
        self.cast.sign(&mut signed, labels).unwrap();
        signed
    }

    /// What the writer does, without a disk.
    pub(crate) fn append(&mut self, signed: SignedEvent) -> Result<(), AppendError> {
        let received = Stamp::from_millis(signed.event.at.seconds() * 1000).unwrap();
        let admitted = node::judge_event(&self.head, &signed, received)?;
        self.entries.push(admitted.entry().bytes().to_vec());
        self.head.extend(admitted);
        Ok(())
    }

    /// The rule under which a step is refused; the head stays as it was.
    pub(crate) fn refused(&mut self, step: &Step) -> Rule {
        let signed = self.sign(step);
        self.refused_event(signed)
    }

    pub(crate) fn refused_event(&mut self, signed: SignedEvent) -> Rule {
        let size = self.head.size();
        let error = self.append(signed.clone()).expect_err("expected a refusal, found an admitted event");
        assert_eq!(self.head.size(), size);
        let rule = error.rule().expect("a refusal under a rule");
        if let Ok(checked) = signed.check() {
            self.planted(checked, rule);
        }
        rule
    }

    /// The planted fault: a thief of the log key seals what was refused and signs over it. The verifier names the same
    /// rule at that entry, and fails nothing else.
    fn planted(&self, checked: event::Checked, rule: Rule) {
        let at = self.head.size();
        let now = Stamp::from_millis(checked.event().at.seconds() * 1000).unwrap();
        let sealed = self.head.seal(checked, now).unwrap();
        let mut entries = self.entries.clone();
        entries.push(sealed.bytes().to_vec());
        let report = self.verified(entries);
        let bad: Vec<_> = report
            .findings
            .iter()
            .filter(|found| {
                matches!(found.status, verifier::FindingStatus::Fail | verifier::FindingStatus::Error)
            })
            .collect();
        assert!(bad.iter().any(|f| f.check == rule && f.entry == Some(at)), "{rule} at {at}: {bad:?}");
        // Without a charter there is no log key either: what follows from that may fail too.
        assert!(at == 0 || bad.iter().all(|found| found.check == rule), "{rule} at {at}: {bad:?}");
        let expected =
            if rule == Rule::Int08 { verifier::Verdict::Incomplete } else { verifier::Verdict::Failed };
        assert_eq!(report.verdict(), expected, "{}", report.text());
    }

    /// What an observer says of these entries under a checkpoint of the log key.
    pub(crate) fn verified(&self, entries: Vec<Vec<u8>>) -> Report {
        self.verified_with(entries, &[])
    }

    /// The same, for an observer who holds protocols scanned at precincts.
    pub(crate) fn verified_with(&self, entries: Vec<Vec<u8>>, scans: &[Scan]) -> Report {
        let mut tree = tlog::tree::Tree::default();
        entries.iter().for_each(|entry| tree.push(tlog::tree::leaf_hash(entry)));
        let origin = "test.example/hattama/scene".to_owned();
        let signer = tlog::note::NoteSigner::new(&origin, &self.cast.secret("log")).unwrap();
        let checkpoint = tlog::checkpoint::Checkpoint {
            origin,
            size: tree.size(),
            root: tree.root(),
            extensions: Vec::new(),
        };
        let note = checkpoint.sign(&signer).unwrap().into_bytes();
        crate::second::seen(|| crate::second::folder(&entries, &note));
        let source = Source::local("planted", entries, Some(note));
        let inputs = ObserverInputs { scans, ..ObserverInputs::default() };
        Verification::run(&source, &inputs, None).into_report()
    }

    pub(crate) fn election(&self) -> &Election {
        &self.head.state().elections[ELECTION]
    }

    /// The event of the current protocol.
    pub(crate) fn protocol(&self) -> Hash {
        self.election().polls[PRECINCT].current().unwrap().event
    }

    fn ledger(&self) -> Hash {
        self.head.state().ledger.unwrap_or(Hash::ZERO)
    }

    /// The step of that name, written for the head as it is now.
    pub(crate) fn step(&mut self, name: &str) -> Step {
        let (at, author, desk, election, signers) = who(name);
        let fact = self.fact(name);
        Step { at: at.to_owned(), author, desk, election, signers, fact }
    }

    fn fact(&mut self, name: &str) -> Fact {
        let kind = name.split(':').next().unwrap();
        match kind {
            "ledger-opened" => self.charter(),
            "commission-formed" | "key-enrolled" | "key-revoked" | "precinct-formed" | "precincts-fixed"
            | "election-called" => self.formation(name),
            "protocol-signed" | "protocol-superseded" | "ballots-accounted" => self.counted(name),
            "results-determined" => self.determined(),
            _ => self.simple(name),
        }
    }
}

/// Figures that hold, with these votes for abenov and qaliev of 210.
pub(crate) fn count(votes: [u64; 2]) -> Count {
    let [abenov, qaliev] = votes;
    Count {
        absentee: 1,
        against_all: 20,
        cancelled: 163,
        damaged: Some(Damaged { act: paper("damaged"), count: 1 }),
        found: 239,
        home_applications: 6,
        invalid: 9,
        issued: 240,
        issued_by: vec![Share { issued: 130, seat: id("m4") }, Share { issued: 110, seat: id("m5") }],
        portable: vec![Portable { act: None, applications: 6, found: 5 }],
        received: 404,
        stationary: 234,
        voters: 400,
        votes: vec![
            Votes { candidate: id("abenov"), votes: abenov },
            Votes { candidate: id("qaliev"), votes: qaliev },
        ],
    }
}

pub(crate) fn absent() -> Vec<Missing> {
    vec![Missing { opinion: None, reason: MissingReason::Absent, seat: id("m5") }]
}

pub(crate) fn sign_as(cast: &Cast, label: &str, signed: &str) -> event::Signature {
    use ed25519_dalek::Signer as _;
    let key = ed25519_dalek::SigningKey::from_bytes(&cast.secret(label));
    event::Signature(key.sign(signed.as_bytes()).to_bytes())
}

pub(crate) fn id(id: &str) -> Id {
    Id::new(id).unwrap()
}

pub(crate) fn text(text: &str) -> Text {
    Text::new(text).unwrap()
}

pub(crate) fn time(text: &str) -> Time {
    Time::parse(&semey_clock(semey_seconds(text))).unwrap()
}

pub(crate) fn paper(name: &str) -> Document {
    PAPERS.lock().unwrap().insert(name.to_owned());
    Document::public(format!("paper {name}").as_bytes())
}

/// Names of the papers that any scene has named.
static PAPERS: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Every paper that any scene has named.
pub(crate) fn papers() -> Vec<Vec<u8>> {
    PAPERS.lock().unwrap().iter().map(|name| format!("paper {name}").into_bytes()).collect()
}

/// Takes in every paper that a ledger names.
pub(crate) fn attach_all(writer: &node::Writer, dir: &std::path::Path) {
    let named = |paper: &Vec<u8>| writer.public_documents().contains_key(&event::sha256(&[paper]));
    for paper in papers().into_iter().filter(named) {
        node::add_attachment(writer, dir, &paper).unwrap();
    }
}
