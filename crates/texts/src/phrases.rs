//! Phrases of faults, rules and checks in a language: from the catalogues by their ids, in English as they are written.

use std::sync::LazyLock;

use law::Rule;
use phrase::{Argument, Phrase, Phrased};

use crate::{
    catalogue::{Catalogue, Value},
    language::Language,
    law_texts::law_catalogue,
    page::describe_articles,
    program::{answer_language, program_catalogue},
};

/// The files of one language. A verifier alone (without the feature `program`) has only what its own crates can say; a test
/// compares the files with the phrases of those crates.
macro_rules! phrases_in {
    ($lang:literal) => {
        [
            include_str!(concat!("../", $lang, "/phrases_bytes.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/phrases_claims.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/phrases_commission.ftl")),
            include_str!(concat!("../", $lang, "/phrases_found.ftl")),
            include_str!(concat!("../", $lang, "/phrases_law.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/phrases_node.ftl")),
            #[cfg(feature = "program")]
            include_str!(concat!("../", $lang, "/phrases_program.ftl")),
        ]
    };
}

static PHRASES: LazyLock<Catalogue> =
    LazyLock::new(|| Catalogue::new(&phrases_in!("kk"), &phrases_in!("ru"), &[]));

/// The phrase of a broken rule.
const VIOLATION: &str = "violation";

/// The Kazakh and Russian of phrases; their English stands in the code.
#[must_use]
pub fn phrase_catalogue() -> &'static Catalogue {
    &PHRASES
}

/// What a phrase says in a language.
#[must_use]
pub fn say_phrase(lang: Language, said: &Phrase) -> String {
    say_named_phrase(lang, said, &|_| None)
}

/// The same with names in the place of ids, where `name_of` knows one.
#[must_use]
pub fn say_named_phrase(lang: Language, said: &Phrase, name_of: &dyn Fn(&str) -> Option<String>) -> String {
    let catalogues = [&PHRASES, law_catalogue(), program_catalogue()];
    let own =
        catalogues.into_iter().filter(|_| lang != Language::En).find(|own| own.has_own_text(lang, said.id()));
    let Some(own) = own else { return said.clone().name_ids(name_of).to_string() };
    let mut arguments: Vec<(&str, Value<'_>)> =
        said.arguments().map(|(name, argument)| (name, say_argument(lang, argument, name_of))).collect();
    if said.id() == VIOLATION {
        cite_article(lang, said, &mut arguments);
    }
    own.format_text(lang, said.id(), &arguments)
}

/// A violation carries the name and the article of its rule as the code has them; people read the article in their language.
fn cite_article(lang: Language, said: &Phrase, arguments: &mut [(&str, Value<'_>)]) {
    let id = said.arguments().find(|(name, _)| *name == "rule").map(|(_, id)| id.to_string());
    let Some(rule) = id.and_then(|id| Rule::ALL.iter().find(|rule| rule.id() == id)) else { return };
    for (name, value) in arguments {
        match *name {
            "name" => *value = Value::from(String::new()),
            "article" => *value = Value::from(describe_articles(*rule, lang)),
            _ => {}
        }
    }
}

fn say_argument(
    lang: Language,
    argument: &Argument,
    name_of: &dyn Fn(&str) -> Option<String>,
) -> Value<'static> {
    match argument {
        Argument::Number(number) => Value::from(*number),
        Argument::Text(text) => Value::from(text.clone()),
        Argument::Id(id) => Value::from(name_of(id).unwrap_or_else(|| id.clone())),
        Argument::Phrase(said) => Value::from(say_named_phrase(lang, said, name_of)),
        Argument::List(items) => {
            let items: Vec<String> = items.iter().map(|item| say_item(lang, item, name_of)).collect();
            Value::from(items.join(", "))
        }
    }
}

fn say_item(lang: Language, item: &Argument, name_of: &dyn Fn(&str) -> Option<String>) -> String {
    match item {
        Argument::Id(id) => name_of(id).unwrap_or_else(|| id.clone()),
        Argument::Phrase(said) => say_named_phrase(lang, said, name_of),
        Argument::Number(_) | Argument::Text(_) | Argument::List(_) => item.to_string(),
    }
}

/// What a fault says in the language of the answers.
#[must_use]
pub fn say_fault(fault: &impl Phrased) -> String {
    say_phrase(answer_language(), &fault.phrase())
}
