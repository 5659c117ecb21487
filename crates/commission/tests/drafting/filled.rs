//! What is filled in from the ledger is what the scene states, and what only people know is asked for.

use commission::{
    described::{
        describe_fact,
        field::{Field, FieldKind, Need},
    },
    drafting::{Content, DraftOrder, draft_fact, fault::DraftFault, speakers::Speakers},
};
use scene::{STEPS, Scene};
use serde_json::Value;

use super::{at, body_of, content, ground, id, keys_of, order};

/// Takes away what should follow.
fn strip_known(fields: &'static [Field], body: &mut Value) {
    let Some(map) = body.as_object_mut() else { return };
    for field in fields {
        if matches!(field.need, Need::Follows | Need::MayFollow) {
            map.remove(field.name);
        } else if let (FieldKind::Group(inner), Some(own)) = (field.kind, map.get_mut(field.name)) {
            strip_known(inner, own);
        }
    }
}

/// What the scene decides itself, although the ledger would propose something.
const DECIDED: [&str; 2] = ["clock", "level"];

#[test]
fn every_step_of_a_lawful_election_is_drafted_from_what_people_know() {
    let mut scene = Scene::new();
    let mut filled = 0;
    for name in STEPS {
        let step = scene.step(name);
        let described = describe_fact(step.fact.name()).unwrap();
        let expected = body_of(&step.fact);
        let mut said = expected.clone();
        strip_known(described.fields, &mut said);
        for field in DECIDED {
            if let Some(own) = expected.get(field) {
                said[field] = own.clone();
            }
        }
        // The first of these tells what could be asked of nobody: where precincts lie before there is one.
        if *name == "precinct-formed" || *name == "election-called" {
            said = expected.clone();
        }
        if name.starts_with("commission-formed") {
            said["parent"] = expected.get("parent").cloned().unwrap_or_default();
        }
        let keys = keys_of(&mut scene, &step);
        let time = at(&step);
        let drafted = draft_fact(&ground(&scene), &order(&step, &time, &keys), content(said));
        let drafted = drafted.unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(body_of(&drafted.draft.fact), expected, "{name}");
        assert_eq!(drafted.draft.event.hash(), scene.sign(&step).hash(), "{name}: author, place, desk");
        filled += drafted.draft.known.len();
        scene.play(name);
    }
    assert!(filled > 30, "{filled}");
}

/// Who speaks, at which desk, about which election follows wherever one alone can be meant.
#[test]
fn who_speaks_follows_from_the_law() {
    let mut scene = Scene::new();
    for name in STEPS {
        let step = scene.step(name);
        let body = body_of(&step.fact);
        let new = step.fact.name() == "election-called";
        // A commission that is said to act for a precinct is its own.
        let speakers = Speakers {
            election: step.election.as_deref().filter(|_| new),
            author: None,
            desk: None,
            signers: &[],
        };
        let author = (new).then_some(step.author.as_str());
        let (keys, time) = (keys_of(&mut scene, &step), at(&step));
        let whole = order(&step, &time, &keys);
        let order = DraftOrder { speakers: Speakers { author, ..speakers }, ..whole };
        let drafted = draft_fact(&ground(&scene), &order, content(body));
        let drafted = drafted.unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let event = &drafted.draft.event.event;
        assert_eq!((event.author.as_str(), event.desk.as_str()), (&*step.author, &*step.desk), "{name}");
        assert_eq!(event.election, step.election.as_deref().map(id), "{name}");
        scene.play(name);
    }
}

#[test]
fn what_nobody_said_is_asked_for_with_its_meaning() {
    let mut scene = Scene::before("results-determined");
    let step = scene.step("results-determined");
    let time = at(&step);
    let keys = keys_of(&mut scene, &step);
    let fault = draft_fact(&ground(&scene), &order(&step, &time, &keys), Content::default()).unwrap_err();
    let DraftFault::Missing { fields, .. } = fault else { panic!("{fault}") };
    let paths: Vec<&str> = fields.iter().map(|field| &*field.path).collect();
    assert_eq!(paths, ["paper"], "the signed paper alone is not in the ledger");
}

fn say(words: &[(&str, &str)]) -> Content {
    let words = words.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    Content { words, ..Content::default() }
}

#[test]
fn small_mistakes_are_understood_where_one_reading_is_possible() {
    let mut scene = Scene::before("ballots-delivered");
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("act.pdf"), "paper d").unwrap();
    let step = scene.step("ballots-delivered");
    let time = at(&step);
    let keys = keys_of(&mut scene, &step);
    let order = DraftOrder { dir: dir.path().to_owned(), ..order(&step, &time, &keys) };
    let ground = ground(&scene);
    for precinct in ["aul-1", "1", "0001", "№ 1", "«1»"] {
        let words = say(&[("precinct", precinct), ("count", "404"), ("act", "“act.pdf”")]);
        let drafted =
            draft_fact(&ground, &order, words).unwrap_or_else(|fault| panic!("{precinct}: {fault}"));
        assert_eq!(body_of(&drafted.draft.fact), body_of(&step.fact), "{precinct}");
    }
    let fault = |words: &[(&str, &str)]| draft_fact(&ground, &order, say(words)).unwrap_err().to_string();
    assert!(fault(&[("count", "4o4")]).contains("whole number"));
    assert!(fault(&[("act", "nowhere.pdf")]).contains("a file that can be read"));
    assert!(fault(&[("counts", "404")]).contains("act, count, precinct"));
    assert!(fault(&[("count", "404"), ("count", "405")]).contains("once"));
}

#[test]
fn names_words_and_rows_are_read_in_any_language() {
    let mut scene = Scene::before("candidate-withdrew");
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("statement.pdf"), "x").unwrap();
    let step = scene.step("candidate-withdrew");
    let (time, keys) = (at(&step), keys_of(&mut scene, &step));
    let order = DraftOrder { dir: dir.path().to_owned(), ..order(&step, &time, &keys) };
    let ground = ground(&scene);
    for (candidate, kind) in
        [("serikov", "withdrew"), ("Серіков", "снял кандидатуру"), ("Серіков Т.", "withdrew")]
    {
        let words = say(&[("candidate", candidate), ("kind", kind), ("statement", "seal:statement.pdf")]);
        let drafted =
            draft_fact(&ground, &order, words).unwrap_or_else(|fault| panic!("{candidate}: {fault}"));
        assert!(drafted.draft.event.event.body.text().contains("\"sealed\""));
    }
    // The same paper is sealed by the same salt: who drafts twice says the same.
    assert!(dir.path().join("statement.pdf.salt").exists());
    let fault = draft_fact(&ground, &order, say(&[("kind", "left")])).unwrap_err().to_string();
    assert!(fault.contains("nomination-revoked"), "{fault}");
}
