//! Every phrase of the sources has a text in each language, and no English stands in a Kazakh or Russian one.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use heck::ToKebabCase as _;
use texts::{Language, pattern_arguments};

use super::{root, texts};

/// A phrase as its source has it: its id and its English pattern, with the names of the parameters in braces.
type Patterns = BTreeMap<String, String>;

/// Where no phrase of the program stands: the macros themselves, and what only tests use.
const NOT_SAID: [&str; 3] = ["phrase", "phrase-derive", "scene"];

fn patterns() -> Patterns {
    let mut crates = Vec::new();
    for folder in std::fs::read_dir(root().join("crates")).unwrap() {
        let name = folder.unwrap().file_name().to_str().unwrap().to_owned();
        if !NOT_SAID.contains(&name.as_str()) {
            crates.push(name);
        }
    }
    let found = patterns_of(&crates);
    assert!(found.len() > 1_000, "{}", found.len());
    found
}

fn patterns_of(crates: &[impl AsRef<Path>]) -> Patterns {
    let mut found = Patterns::new();
    for name in crates {
        let mut source = String::new();
        super::gather(&root().join("crates").join(name).join("src"), &mut source);
        find_calls(&source, &mut found);
        find_variants(&source, &mut found);
    }
    found
}

/// `phrase!("id", "pattern", …)`.
fn find_calls(source: &str, found: &mut Patterns) {
    for call in source.split("phrase!(").skip(1) {
        let Some((id, rest)) = take_literal(call) else { continue };
        let Some((pattern, _)) = take_literal(rest.trim_start_matches(',')) else { continue };
        // Ids of one letter stand in tests.
        if id.len() > 1 {
            let before = found.insert(id.clone(), pattern.clone());
            assert!(before.is_none_or(|before| before == pattern), "{id} stands for two patterns");
        }
    }
}

/// `#[error("pattern", …)]` over each variant of a type that derives `Phrased`.
fn find_variants(source: &str, found: &mut Patterns) {
    for item in source.split("#[derive(").skip(1) {
        let Some((derived, rest)) = item.split_once(")]") else { continue };
        if !derived.contains("Phrased") {
            continue;
        }
        let Some((head, body)) = rest.split_once(" {\n") else { continue };
        let name = head.split_whitespace().last().unwrap_or_default();
        let name = name.split('<').next().unwrap_or_default().to_kebab_case();
        if let Some((_, error)) = head.split_once("#[error(") {
            let pattern = take_literal(error).map(|(pattern, _)| pattern);
            found.extend(pattern.map(|pattern| (name.clone(), pattern)));
            continue;
        }
        let body = body.split_once("\n}").map_or(body, |(body, _)| body);
        for variant in body.split("#[error(").skip(1) {
            let Some((pattern, rest)) = take_literal(variant) else { continue };
            let after = rest.split_once(")]").map_or("", |(_, after)| after);
            let own = after.lines().map(str::trim).find(|line| line.starts_with(char::is_uppercase));
            let own = own.unwrap_or_default().split([' ', ',', '(']).next().unwrap_or_default();
            found.insert(format!("{name}-{}", own.to_kebab_case()), pattern);
        }
    }
}

/// The literal at the beginning, read as Rust reads it, and what follows.
fn take_literal(text: &str) -> Option<(String, &str)> {
    let text = text.trim_start().strip_prefix('"')?;
    let (mut literal, mut letters) = (String::new(), text.char_indices());
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return Some((literal, &text[at + 1..])),
            '\\' => match letters.next()?.1 {
                '\n' => {
                    while letters.as_str().starts_with(char::is_whitespace) {
                        letters.next();
                    }
                }
                escaped => literal.push(escaped),
            },
            letter => literal.push(letter),
        }
    }
    None
}

/// The pattern as a catalogue has it; places without a name are called by letters, as the macro does.
fn to_fluent(pattern: &str) -> String {
    let (mut fluent, mut rest, mut next) = (String::new(), pattern, b'a');
    while let Some(at) = rest.find(['{', '}']) {
        let (before, mark) = rest.split_at(at);
        fluent.push_str(before);
        if mark.starts_with("{{") || mark.starts_with("}}") {
            fluent.push_str(if mark.starts_with('{') { "{\"{\"}" } else { "{\"}\"}" });
            rest = &mark[2..];
            continue;
        }
        let (inside, after) = mark[1..].split_once('}').unwrap();
        let name = inside.split(':').next().unwrap();
        let name = match name.parse::<u8>() {
            Ok(number) => char::from(b'a' + number).to_string(),
            Err(_) if name.is_empty() => {
                next += 1;
                format!("p{}", char::from(next - 1))
            }
            Err(_) => name.to_owned(),
        };
        fluent.push_str(&format!("{{ ${name} }}"));
        rest = after;
    }
    fluent + rest
}

/// The ids of all phrases, and of those whose English is known only when the program runs.
pub(super) fn known_ids() -> BTreeSet<String> {
    let mut ids: BTreeSet<String> = patterns().into_keys().collect();
    let mut source = String::new();
    super::gather(&root().join("crates/phrase/src"), &mut source);
    super::gather(&root().join("crates/event/src"), &mut source);
    let quoted = source.split('"').skip(1).step_by(2);
    let foreign = quoted.filter(|word| {
        ["system-", "json-found-"].iter().any(|kind| word.starts_with(kind))
            || ["frame", "placed", "verbatim"].contains(word)
    });
    ids.extend(foreign.map(str::to_owned));
    ids
}

#[test]
fn every_phrase_has_a_text_in_every_language_with_its_parameters() {
    let languages = Language::ALL.map(|lang| (lang, texts(lang)));
    let (mut lacking, mut other) = (BTreeSet::new(), Vec::new());
    for (id, pattern) in patterns() {
        let english = to_fluent(&pattern);
        for (lang, own) in &languages {
            match own.get(&id) {
                None => {
                    lacking.insert(format!("{id} = {english}"));
                }
                Some(text) => {
                    let (own, wanted) = (pattern_arguments(text), pattern_arguments(&english));
                    assert_eq!(own, wanted, "{id} in {}", lang.iso_code());
                    // What translators read is what the program prints.
                    if *lang == Language::En && *text != english {
                        other.push(format!("{id}\n  code      {english}\n  catalogue {text}"));
                    }
                }
            }
        }
    }
    assert!(other.is_empty(), "another English than in the code:\n{}", other.join("\n"));
    assert!(lacking.is_empty(), "no text for:\n{}", lacking.into_iter().collect::<Vec<_>>().join("\n"));
}

/// What the verifier for browsers is built from: it has the texts of these alone (`texts` without its feature `program`).
const OF_A_VERIFIER: [&str; 8] =
    ["event", "tlog", "law", "ledger", "publication", "site", "verifier", "browser"];

#[test]
fn the_verifier_for_browsers_has_every_text_that_it_can_say() {
    let patterns = patterns_of(&OF_A_VERIFIER);
    for lang in Language::ALL {
        let folder = root().join("crates/texts").join(lang.iso_code());
        let mut elsewhere = BTreeMap::new();
        for file in OF_THE_PROGRAM {
            let text = std::fs::read_to_string(folder.join(format!("{file}.ftl"))).unwrap();
            super::read(&text, &mut elsewhere);
        }
        let lost: Vec<_> = elsewhere.keys().filter(|id| patterns.contains_key(*id)).collect();
        assert!(
            lost.is_empty(),
            "a verifier says these, and its page has no text for them; put them into phrases_found.ftl: {lost:?}"
        );
    }
}

/// The files behind the feature `program`, as `crates/texts/src` has them.
const OF_THE_PROGRAM: [&str; 4] = ["phrases_claims", "phrases_commission", "phrases_node", "phrases_program"];

/// Names that are the same in every language: formats, programs, units, keywords of a file.
const NAMES: &[&str] = &[
    "ARI",
    "CSV",
    "Ed",
    "Excel",
    "INT",
    "JSON",
    "KZ",
    "Linux",
    "kz",
    "FILE",
    "ADDRESS",
    "ML",
    "DSA",
    "NIST",
    "PEM",
    "PKCS",
    "SHA",
    "SNP",
    "SP",
    "TLS",
    "UTF",
    "VERIFIED",
    "WITH",
    "WSL",
    "Windows",
    "WARNINGS",
    "FAILED",
    "INCOMPLETE",
    "base",
    "cp",
    "deflate",
    "false",
    "TMPDIR",
    "gzip",
    "koi",
    "le",
    "be",
    "null",
    "sled",
    "true",
    "utf",
    "windows",
    "zip",
];

#[test]
fn no_english_stands_in_a_kazakh_or_russian_text() {
    let mut english = Vec::new();
    for lang in [Language::Kk, Language::Ru] {
        for (id, said) in texts(lang) {
            let own = strip_names(&said);
            let latin = own.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() > 1);
            let words: Vec<&str> = latin.filter(|word| !NAMES.contains(word)).collect();
            if !words.is_empty() {
                english.push(format!("{} {id}: {words:?} in {said}", lang.iso_code()));
            }
        }
    }
    assert!(english.is_empty(), "{}", english.join("\n"));
}

/// Without parameters, selectors, what stands in backquotes, options, paths, hosts and versions.
fn strip_names(text: &str) -> String {
    // A line that is a command stands as it is typed.
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().trim_start_matches("{ \"   \" }").starts_with("hattama "));
    let text = lines.collect::<Vec<_>>().join("\n");
    let (mut own, mut depth, mut quoted) = (String::new(), 0_u32, false);
    for letter in text.chars() {
        match letter {
            '`' => quoted = !quoted,
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            // What a selector says between its variants is said to people: only the head of it is a name.
            '>' if depth > 0 => {}
            _ if quoted || depth > 0 => {}
            _ => own.push(letter),
        }
    }
    let plain = |word: &&str| {
        !word.trim_start_matches('(').starts_with("--")
            && !word.contains(['/', '_', '@', '=', '<'])
            && !is_file(word)
    };
    own.split_whitespace().filter(plain).collect::<Vec<_>>().join(" ")
}

fn is_file(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
    word.trim_end_matches('.').contains('.') && word.is_ascii()
}
