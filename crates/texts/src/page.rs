//! The manual page of a check: what it asks, how it is made, what a failure can mean, in each language.

use law::{Rule, Severity};
use serde::Serialize;

use crate::{language::Language, law_texts::law_text, needs};

/// The manual page of a check in one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckPage {
    /// How the check is made, in at most five lines.
    pub algorithm: String,
    /// The article it rests on, in words.
    pub article: String,
    /// What a failure would mean if somebody wanted it.
    pub deliberate: String,
    /// A case from elsewhere, where one is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
    /// What a failure can mean without any ill will.
    pub innocent: String,
    /// What it reads.
    pub inputs: Vec<String>,
    /// What it asks.
    pub question: String,
}

impl CheckPage {
    /// The page of a check.
    #[must_use]
    pub fn of(rule: Rule, lang: Language) -> Self {
        let own = |field: &str| law_text(lang, &format!("{}.{field}", rule.id()), &[]);
        let incident = needs::check_incident(rule);
        let inputs = needs::check_inputs(rule).iter();
        Self {
            algorithm: own("how"),
            article: describe_articles(rule, lang),
            deliberate: own("deliberate"),
            incident: incident.map(|name| law_text(lang, &format!("incident-{name}"), &[])),
            innocent: own("innocent"),
            inputs: inputs.map(|name| law_text(lang, &format!("input-{name}"), &[])).collect(),
            question: law_text(lang, rule.id(), &[]),
        }
    }
}

/// The letter of a severity, as in reports.
#[must_use]
pub fn severity_letter(severity: Severity) -> &'static str {
    match severity {
        Severity::Fail => "F",
        Severity::Warn => "W",
        Severity::Info => "I",
    }
}

/// The article that a check rests on, in words: `art. 43(1)(5)` as points 1, 5 of article 43.
#[must_use]
pub fn describe_articles(rule: Rule, lang: Language) -> String {
    describe_article_list(rule.article(), lang)
}

/// Articles as the registry and the descriptions of facts write them, in words.
#[must_use]
pub fn describe_article_list(articles: &str, lang: Language) -> String {
    match articles {
        "format" => return law_text(lang, "article-format", &[]),
        "—" => return law_text(lang, "article-none", &[]),
        _ => {}
    }
    let list = articles.trim_start_matches("art. ");
    list.split(", ").map(|one| describe_one_article(one, lang)).collect::<Vec<_>>().join(", ")
}

fn describe_one_article(one: &str, lang: Language) -> String {
    if let Some((first, last)) = one.split_once(" to ") {
        return law_text(lang, "article-span", &[("article", first.into()), ("last", last.into())]);
    }
    let Some((article, points)) = one.split_once('(') else {
        return law_text(lang, "article-one", &[("article", one.into())]);
    };
    let points: Vec<&str> = points.trim_end_matches(')').split(")(").collect();
    let args =
        [("article", article.into()), ("count", points.len().into()), ("points", points.join(", ").into())];
    law_text(lang, "article-points", &args)
}

/// The category of a check: the letters of its id.
#[must_use]
pub fn check_category(rule: Rule) -> &'static str {
    rule.id().split('-').next().unwrap_or_default()
}
