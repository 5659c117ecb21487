//! What people read before they sign: every fact has its words in every language, and names stand where the source has them.

use std::collections::BTreeSet;

use commission::{
    described::{
        all_facts, describe_fact,
        field::{Field, FieldKind, Named},
    },
    legible::{LegibleDocument, LegibleLine, NameSource, make_legible},
};
use event::SignedEvent;
use law::{Fact, State};
use scene::{Scene, Step};
use texts::Language;

use super::body_of;

/// Every fact as an event on the whole scene: as the scene says it, else by the example of its description.
fn every_fact(scene: &mut Scene) -> Vec<SignedEvent> {
    let mut all = scene.said.clone();
    for described in all_facts() {
        let step = Step {
            at: "2025-10-20 10:00".to_owned(),
            author: "tec-aul".to_owned(),
            desk: "board".to_owned(),
            election: described.is_about_election().then(|| "aul-2025".to_owned()),
            signers: vec!["tec-aul/chair".to_owned(), "tec-aul/secretary".to_owned()],
            fact: described.example().unwrap(),
        };
        all.push(scene.sign(&step));
    }
    all
}

fn lines(document: &LegibleDocument) -> impl Iterator<Item = &LegibleLine> {
    document.head.iter().chain(&document.lines).chain(&document.signers)
}

/// Names of fields and words of the format, as they stand in bytes.
fn words_of_the_format(fields: &'static [Field], words: &mut BTreeSet<&'static str>) {
    for field in fields {
        words.insert(field.name);
        match field.kind {
            FieldKind::Group(inner) | FieldKind::Rows(inner, _) => words_of_the_format(inner, words),
            FieldKind::Word(choices) => words.extend(choices.iter().map(|choice| choice.word)),
            _ => {}
        }
    }
}

/// Ids that the document brings in itself, and texts that somebody wrote.
fn own_words(fields: &'static [Field], body: &serde_json::Value, own: &mut String) {
    for field in fields {
        let value = &body[field.name];
        match field.kind {
            FieldKind::Id(Named::New | Named::Complaint) | FieldKind::Text | FieldKind::Texts => {
                own.push_str(&format!(" {value}"));
            }
            FieldKind::Group(inner) => own_words(inner, value, own),
            FieldKind::Rows(inner, _) => {
                value.as_array().into_iter().flatten().for_each(|row| own_words(inner, row, own));
            }
            _ => {}
        }
    }
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric() && !['-', '_', '.', '/', '+', '='].contains(&sign))
        .map(|token| token.trim_matches('.'))
        .filter(|token| !token.is_empty())
}

/// What a reader may meet in Latin letters: the name of the hash, hashes and keys themselves, ids of rules.
fn is_a_figure_of_the_ledger(token: &str) -> bool {
    token == "SHA-256"
        || token.bytes().all(|byte| byte.is_ascii_hexdigit()) && token.len() <= 4
        || law::Rule::of(token).is_some()
        || token.len() >= 12
            && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/+=".contains(&byte))
}

fn require_plain(signed: &SignedEvent, state: &State, lang: Language) {
    let fact = signed.event.fact.as_str();
    let described = describe_fact(fact).unwrap();
    let document = make_legible(signed, NameSource::Ledger(state), lang).unwrap();
    let mut format = BTreeSet::new();
    words_of_the_format(described.fields, &mut format);
    let mut own = String::new();
    own_words(
        described.fields,
        &body_of(&Fact::read_body(fact, signed.event.body.text().as_bytes()).unwrap()),
        &mut own,
    );
    let own: BTreeSet<&str> = tokens(&own).collect();
    assert!(!document.lines.is_empty(), "{fact}");
    for line in lines(&document) {
        let said = format!("{} {}", line.label, line.value.as_deref().unwrap_or_default());
        assert!(!said.contains(['{', '}', '_', '\\']), "{fact}: {said}");
        assert!(
            !said.contains("field-") && !said.contains("legible-") && !said.contains("fact-"),
            "{fact}: {said}"
        );
        let keyless = said.split(" (").next().unwrap();
        // What the ledger does not know is quoted as it stands.
        let quoted: BTreeSet<&str> =
            keyless.split('«').skip(1).filter_map(|rest| rest.split('»').next()).flat_map(tokens).collect();
        for token in tokens(keyless).filter(|token| !own.contains(token)) {
            let id = state.ids.iter().any(|id| id.as_str() == token);
            assert!(!id, "{fact}: the id {token} in {said}");
            let foreign = lang != Language::En && !quoted.contains(token);
            if foreign && token.bytes().any(|byte| byte.is_ascii_alphabetic()) {
                assert!(!format.contains(token), "{fact}: {token} of the format in {said}");
                assert!(is_a_figure_of_the_ledger(token), "{fact} {lang:?}: {token} in {said}");
            }
        }
    }
}

#[test]
fn every_fact_is_read_in_words_in_every_language() {
    let mut scene = Scene::whole();
    let all = every_fact(&mut scene);
    let facts: BTreeSet<&str> = all.iter().map(|signed| signed.event.fact.as_str()).collect();
    assert_eq!(facts.len(), Fact::NAMES.len());
    for signed in &all {
        for lang in Language::ALL {
            require_plain(signed, scene.head.state(), lang);
        }
    }
}

/// Every value that a body holds is somewhere in its words: nobody signs what was not shown.
#[test]
fn nothing_that_is_signed_is_left_out_of_the_words() {
    let mut scene = Scene::whole();
    for signed in every_fact(&mut scene) {
        let described = describe_fact(signed.event.fact.as_str()).unwrap();
        let document = make_legible(&signed, NameSource::None, Language::Ru).unwrap();
        let text = document.to_text();
        let body: serde_json::Value = serde_json::from_str(signed.event.body.text()).unwrap();
        require_values(described.fields, &body, &text, described.name);
    }
}

fn require_values(fields: &'static [Field], body: &serde_json::Value, text: &str, fact: &str) {
    for field in fields {
        let value = &body[field.name];
        match (field.kind, value) {
            (_, serde_json::Value::Null) => {}
            (FieldKind::Group(inner), _) => require_values(inner, value, text, fact),
            (FieldKind::Rows(inner, _), rows) => {
                rows.as_array().unwrap().iter().for_each(|row| require_values(inner, row, text, fact));
            }
            (FieldKind::Count(_), _) => {
                let figure = texts::group_digits(&value.to_string());
                assert!(
                    text.contains(&figure) || text.contains(&value.to_string()),
                    "{fact}: {}",
                    field.name
                );
            }
            (FieldKind::Id(Named::Seat) | FieldKind::Word(_) | FieldKind::Flag | FieldKind::Proof, _) => {}
            (FieldKind::Id(_) | FieldKind::Text | FieldKind::Key, serde_json::Value::String(said)) => {
                // The CEC has its name everywhere.
                assert!(
                    text.contains(said.as_str()) || said == "cec",
                    "{fact}: {} {said}\n{text}",
                    field.name
                );
            }
            (FieldKind::Document, _) => {
                let hash = value["sha256"].as_str().or_else(|| value["sealed"].as_str()).unwrap();
                let groups = event::Hash::parse(hash).unwrap().in_groups();
                assert!(text.contains(&groups), "{fact}: {}", field.name);
            }
            _ => {}
        }
    }
}

#[test]
fn a_protocol_reads_as_the_paper_with_figures_in_words_and_names() {
    let mut scene = Scene::whole();
    let state = scene.head.state().clone();
    let step = Scene::before("protocol-signed").step("protocol-signed");
    let signed = scene.sign(&step);
    for (lang, words) in [(Language::Ru, "четыреста четыре"), (Language::Kk, "төрт жүз төрт")]
    {
        let document = make_legible(&signed, NameSource::Ledger(&state), lang).unwrap();
        let line = |number: &str| {
            let own = document.lines.iter().find(|line| line.number.as_deref() == Some(number));
            own.unwrap_or_else(|| panic!("{number}: {}", document.to_text()))
        };
        assert_eq!(line("2").in_words.as_deref(), Some(words));
        let first = &state.elections["aul-2025"].candidates["abenov"].nominated;
        let name = if lang == Language::Ru { &first.name_ru } else { &first.name_kk };
        assert!(line("11.1").label.contains(name.as_str()), "{}", line("11.1").label);
        assert!(document.to_text().contains(&texts::paper::note_on_numbers(lang)));
    }
    // Without a source nobody pretends to know a name, and says so.
    let bare = make_legible(&signed, NameSource::None, Language::Ru).unwrap();
    assert!(bare.to_text().contains("«abenov»") && bare.notes.iter().any(|note| note.contains("--ledger")));
}

#[test]
fn names_of_another_ledger_are_given_to_nobody() {
    let mut scene = Scene::whole();
    let step = Scene::before("protocol-signed").step("protocol-signed");
    let signed = scene.sign(&step);
    let mut other = scene.head.state().clone();
    other.ledger = Some(event::Hash::ZERO);
    assert!(make_legible(&signed, NameSource::Ledger(&other), Language::Kk).is_err());
}
