//! The same said in Kazakh, Russian and English: nothing missing, nothing unused, nothing that only looks right.

mod answers;
mod help;
mod phrases;
mod spoken;
mod walked;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use ::texts::{
    Language, Value, law_catalogue, law_text,
    page::{CheckPage, check_category, describe_articles, severity_letter},
    pattern_arguments, say_named_phrase, say_phrase,
};
use law::{
    Fact, Rule,
    state::{CandidateStatus, PollStatus},
};
use phrase::{Argument, Phrase, phrase};
use publication::{shares, shares::PrintedShare};
use serde_json::json;

use crate::commands::{hattama, run};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every text of a language by its id (`ARI-04`, `ARI-04.how`), from the files of the crate that holds them.
fn texts(lang: Language) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let folder = root().join("crates/texts").join(lang.iso_code());
    for item in fs::read_dir(&folder).unwrap() {
        read(&fs::read_to_string(item.unwrap().path()).unwrap(), &mut found);
    }
    assert!(found.len() > 500, "{}", found.len());
    found
}

fn read(source: &str, found: &mut BTreeMap<String, String>) {
    let (mut message, mut key) = (String::new(), String::new());
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let field = line.trim_start().strip_prefix('.').and_then(|rest| rest.split_once(" ="));
        let name = line.split_once(" =").filter(|(name, _)| !name.is_empty() && !name.starts_with(' '));
        let (id, value) = match (field, name) {
            (Some((field, value)), _) if line.starts_with("    .") => (format!("{message}.{field}"), value),
            (_, Some((name, value))) => {
                name.clone_into(&mut message);
                (message.clone(), value)
            }
            _ => {
                let text = found.entry(key.clone()).or_default();
                text.push('\n');
                text.push_str(line.trim());
                continue;
            }
        };
        assert!(found.insert(id.clone(), value.trim().to_owned()).is_none(), "{id} stands twice");
        key = id;
    }
    found.remove("");
}

#[test]
fn every_language_says_everything_with_the_same_arguments() {
    assert_eq!(law_catalogue().list_faults(), Vec::<&str>::new());
    assert_eq!(::texts::program::program_catalogue().list_faults(), Vec::<&str>::new());
    let english = texts(Language::En);
    for lang in [Language::Kk, Language::Ru] {
        let other = texts(lang);
        let keys = |texts: &BTreeMap<String, String>| texts.keys().cloned().collect::<BTreeSet<_>>();
        let differ: Vec<_> = keys(&english).symmetric_difference(&keys(&other)).cloned().collect();
        assert!(differ.is_empty(), "in one of en and {}: {differ:?}", lang.iso_code());
        for (key, pattern) in &english {
            assert_eq!(
                pattern_arguments(pattern),
                pattern_arguments(&other[key]),
                "{key} in {}",
                lang.iso_code()
            );
            assert!(!other[key].trim().is_empty(), "{key} is empty in {}", lang.iso_code());
        }
    }
}

#[test]
fn no_text_is_without_use_and_no_use_without_text() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for rule in Rule::ALL {
        used.insert(rule.id().to_owned());
        used.extend(["how", "innocent", "deliberate"].map(|field| format!("{}.{field}", rule.id())));
        used.insert(format!("category-{}", check_category(*rule)));
        used.insert(format!("severity-{}", severity_letter(rule.severity())));
    }
    used.extend(Fact::NAMES.iter().map(|fact| format!("fact-{fact}")));
    used.extend(POLLS.map(|poll| format!("poll-{}", poll.name())));
    used.extend(CANDIDATES.map(|candidate| format!("candidate-{}", candidate.name())));
    used.extend(verifier::evidence::KINDS.map(|kind| format!("evidence-{kind}")));
    used.extend(["yes", "no"].map(|word| format!("built-{word}")));
    used.extend(help::used_ids().into_iter().filter(|id| !id.ends_with(".more")));
    let english = texts(Language::En);
    let missing: Vec<_> = used.iter().filter(|key| !english.contains_key(*key)).collect();
    assert!(
        missing.is_empty(),
        "no text for {missing:?}: add it to crates/texts/*/law.ftl (a fact as `fact-NAME`, past tense, in the \
         nouns of the law) or checks.ftl, in all three languages"
    );
    let (sources, phrases) = (sources(), phrases::known_ids());
    let unused: Vec<_> = english
        .keys()
        .filter(|key| !used.contains(*key) && !sources.contains(&format!("\"{key}\"")))
        .filter(|key| {
            !made_up(key, &sources)
                && !phrases.contains(*key)
                && !used.contains(key.trim_end_matches(".more"))
        })
        .collect();
    assert!(unused.is_empty(), "texts that nothing uses: {unused:?}");
}

/// Ids that are put together from a word of the code: `verdict-FAILED`, `incident-kenya-2017`, `scope-cec-root-key`.
fn made_up(key: &str, sources: &str) -> bool {
    let prefixes = [
        "verdict-",
        "status-",
        "incident-",
        "input-",
        "scope-",
        "line-",
        "synthetic-",
        "verify-page-",
        "evidence-shown-",
    ];
    let Some(word) = prefixes.iter().find_map(|prefix| key.strip_prefix(prefix)) else { return false };
    let spoken = word.replace('-', " ");
    let lower = sources.to_lowercase();
    [word, &spoken].iter().any(|word| lower.contains(&format!("\"{}\"", word.to_lowercase())))
}

const CANDIDATES: [CandidateStatus; 7] = [
    CandidateStatus::Nominated,
    CandidateStatus::Registered,
    CandidateStatus::Withdrawn,
    CandidateStatus::Elected,
    CandidateStatus::Refused,
    CandidateStatus::Cancelled,
    CandidateStatus::Died,
];

const POLLS: [PollStatus; 12] = [
    PollStatus::Formed,
    PollStatus::ListReceived,
    PollStatus::BallotsReceived,
    PollStatus::Open,
    PollStatus::Closed,
    PollStatus::Accounted,
    PollStatus::ProtocolSigned,
    PollStatus::ProtocolReceived,
    PollStatus::ProtocolReturned,
    PollStatus::RecountOrdered,
    PollStatus::ProtocolCancelled,
    PollStatus::Invalidated,
];

fn sources() -> String {
    let mut all = String::new();
    let crates = [
        "law",
        "texts",
        "publication",
        "site",
        "claims",
        "verifier",
        "node",
        "client",
        "commission",
        "demo",
        "desk",
        "cli",
        "browser",
        "verify-page",
    ];
    let folders = crates.map(|name| root().join("crates").join(name).join("src"));
    folders.iter().filter(|folder| folder.is_dir()).for_each(|folder| gather(folder, &mut all));
    all
}

fn gather(folder: &Path, all: &mut String) {
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            gather(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_check_has_a_page_of_its_own() {
    for lang in Language::ALL {
        let mut seen = BTreeSet::new();
        for rule in Rule::ALL {
            let page = CheckPage::of(*rule, lang);
            assert!(page.question.ends_with('?'), "{rule} {}: {}", lang.iso_code(), page.question);
            for said in [&page.question, &page.algorithm, &page.innocent, &page.deliberate] {
                assert!(said.chars().count() > 11 && !said.contains(rule.id()), "{rule}: {said}");
            }
            assert!(page.algorithm.lines().count() <= 5 && page.algorithm.ends_with('.'), "{rule}");
            assert!(!page.inputs.is_empty() && !page.inputs.iter().any(|name| name.starts_with("input-")));
            assert!(!page.article.is_empty() && !page.article.starts_with("article-"));
            assert!(page.incident.is_none_or(|case| case.ends_with('.') && !case.starts_with("incident-")));
            assert!(seen.insert(page.question.clone()), "{rule} asks what another asks: {}", page.question);
            assert!(seen.insert(page.algorithm.clone()), "{rule}: {}", page.algorithm);
        }
    }
    let kk = |rule: Rule| describe_articles(rule, Language::Kk);
    assert_eq!(kk(Rule::Ari04), "43-баптың 1, 5-тармақтары");
    assert_eq!(kk(Rule::Ari09), "43-баптың 5-тармағы");
    assert_eq!(kk(Rule::Pro01), "113-1 – 113-11-баптар");
    assert_eq!(describe_articles(Rule::Sig05, Language::Ru), "п. 4 ст. 20, п. 8 ст. 43");
}

/// Letters that look alike in both scripts betray a word that no search will ever find.
#[test]
fn no_word_mixes_latin_and_cyrillic_letters() {
    let cyrillic = |c: char| ('\u{400}'..='\u{52f}').contains(&c);
    for lang in Language::ALL {
        for (key, said) in texts(lang) {
            // Arguments stand apart from words; a suffix may follow one, as in `{ $n }-жазба`.
            for word in said.split(|c: char| !c.is_alphanumeric()) {
                let mixed = word.chars().any(cyrillic) && word.chars().any(|c| c.is_ascii_alphabetic());
                assert!(!mixed, "{key} in {}: {word}", lang.iso_code());
            }
            let has_cyrillic = said.chars().any(cyrillic);
            assert!(lang != Language::En || !has_cyrillic || key == "against-all", "{key}: {said}");
            let russian_only = lang == Language::Ru && said.chars().any(|c| "әғқңөұүһі".contains(c));
            assert!(!russian_only || key == "against-all", "{key}: {said}");
        }
    }
}

#[test]
fn kazakh_is_written_with_its_own_letters() {
    let all: String = texts(Language::Kk).into_values().collect::<Vec<_>>().join("\n").to_lowercase();
    for letter in "әғқңөұүһі".chars() {
        let count = all.chars().filter(|c| *c == letter).count();
        assert!(count >= if letter == 'һ' { 0 } else { 40 }, "{letter} {count}");
    }
    // As they come out where somebody typed without a Kazakh keyboard.
    for wrong in
        ["сайлаушылар тiз", "казак", "акпарат", "окига", "кол кою", "дауыс беру кун", "жарамсиз", "хаттамасi"]
    {
        assert!(!all.contains(wrong), "{wrong}");
    }
    for right in
        ["хаттама", "учаске", "қолтаңба", "бюллетень", "аумақтық сайлау комиссия", "дауыстарды қайта санау"]
    {
        assert!(all.contains(right), "{right}");
    }
}

#[test]
fn plural_forms_follow_each_language() {
    let lacking = |lang, n: u64| law_text(lang, "sentence-lacking", &[("n", Value::from(n))]);
    let russian = [
        (1, "1 проверка не выполнялась"),
        (2, "2 проверки не выполнялись"),
        (5, "5 проверок не выполнялось"),
        (11, "11 проверок не выполнялось"),
        (21, "21 проверка не выполнялась"),
        (100, "100 проверок не выполнялось"),
        (112, "112 проверок не выполнялось"),
    ];
    for (n, said) in russian {
        assert!(lacking(Language::Ru, n).starts_with(said), "{}", lacking(Language::Ru, n));
    }
    for n in [1, 2, 5, 21, 100] {
        assert!(lacking(Language::Kk, n).starts_with(&format!("{n} тексеріс орындалмады")));
    }
    let unbuilt = |n: u64| law_text(Language::En, "sentence-unbuilt", &[("n", Value::from(n))]);
    assert_eq!([unbuilt(1), unbuilt(21)], ["1 is not built yet", "21 are not built yet"]);
}

#[test]
fn a_phrase_is_said_in_every_language_with_all_that_is_inside_it() {
    let said = Phrase::frame(phrase!("law-nobody", "nobody"), 11_u64);
    assert_eq!(say_phrase(Language::En, &said), "expected nobody, found 11");
    assert_eq!(say_phrase(Language::Ru, &said), "ожидалось: никто; обнаружено: 11");
    assert_eq!(say_phrase(Language::Kk, &said), "күтілгені: ешкім; табылғаны: 11");
    let name = |id: &str| (id == "alieva").then(|| "Алиева А.".to_owned());
    let found = Phrase::frame(Argument::Id("alieva".into()), Argument::Id("cec".into()));
    let ru = say_named_phrase(Language::Ru, &found, &name);
    assert_eq!(ru, "ожидалось: Алиева А.; обнаружено: cec");
}

/// What the press printed of the elections to the maslikhat of Astana on 24 March 2023, divided again (ARI-09).
#[test]
fn printed_shares_that_do_not_follow_from_their_counts_are_found() {
    // The counts of all lists add up to this; 332 694 were said to have voted.
    const BASE: u64 = 330_547;
    let lines = [
        PrintedShare { name: "Aq Jol", votes: 56_045, share: "19.96" },
        PrintedShare { name: "QHP", votes: 18_174, share: "5,12" },
        PrintedShare { name: "Aq Jol, right", votes: 56_045, share: "16,96" },
    ];
    let wrong = shares::find_wrong_shares(&lines, BASE);
    let told: Vec<_> =
        wrong.iter().map(|w| (w.name.as_str(), w.printed.as_str(), w.right.as_str())).collect();
    assert_eq!(told, [("Aq Jol", "19.96", "16.96"), ("QHP", "5,12", "5.50")]);
    assert_eq!(332_694 - BASE, 2147, "those who voted and stand in no line");
    // No base that was given makes the printed ones right.
    assert_eq!(shares::find_wrong_shares(&lines[..2], 332_694).len(), 2);
}

#[test]
fn shares_that_do_not_add_up_to_a_hundred_say_so() {
    use cli::announcement::announce_sum;
    assert_eq!(announce_sum(&[771, 108, 84, 37], 1000, Language::Ru), "Доли в сумме дают 100,0 %.");
    assert_eq!(shares::sum_printed_tenths(&[1, 1, 1], 3), 999);
    let kk = announce_sum(&[10_000, 10_000, 10_000], 30_000, Language::Kk);
    assert!(kk.contains("99,9 %") && kk.contains("30\u{a0}000"), "{kk}");
    let en = announce_sum(&[2, 2, 2], 6, Language::En);
    assert!(en.contains("99.9%") && en.contains("not to 100.0%"), "{en}");
}

#[test]
fn the_registry_as_json_is_whole_and_follows_its_schema() {
    let (code, out, err) = run(&["checks", "--json"]);
    assert_eq!(code, 0, "{err}");
    assert_eq!(out, run(&["checks", "--json", "--lang", "kk"]).1, "the same bytes in every language");
    let registry: serde_json::Value = serde_json::from_str(&out).unwrap();
    let docs = fs::read_to_string(root().join("docs/checks.md")).unwrap();
    let schema = docs.split("```json\n").nth(1).unwrap().split("```").next().unwrap();
    let schema: serde_json::Value = serde_json::from_str(schema).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    if let Err(error) = validator.validate(&registry) {
        panic!("{error} at {}", error.instance_path());
    }
    let checks = registry["checks"].as_array().unwrap();
    let ids: Vec<_> = checks.iter().map(|check| check["id"].as_str().unwrap()).collect();
    assert_eq!(ids, Rule::ALL.iter().map(|rule| rule.id()).collect::<Vec<_>>());
    let mut broken = registry.clone();
    broken["checks"][7]["texts"]["kk"]["question"] = json!("");
    assert!(validator.validate(&broken).is_err());
}
