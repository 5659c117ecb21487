//! The registry of all checks as JSON, with the manual page of each in three languages.

use law::Rule;
use serde::Serialize;
use texts::{
    Lang, needs,
    page::{Page, category, letter},
};

use crate::registry;

/// The registry of all checks as JSON, `checks.json`: the same bytes for everybody who has this version.
///
/// # Errors
/// Never: the registry is part of the program.
pub fn registry_json() -> Result<String, serde_json::Error> {
    #[derive(Serialize)]
    struct Json {
        version: u32,
        checks: Vec<Check>,
    }
    #[derive(Serialize)]
    struct Check {
        id: &'static str,
        name: &'static str,
        category: &'static str,
        severity: &'static str,
        built: bool,
        article: &'static str,
        inputs: &'static [&'static str],
        #[serde(skip_serializing_if = "Option::is_none")]
        incident: Option<&'static str>,
        texts: Texts,
    }
    #[derive(Serialize)]
    struct Texts {
        kk: Page,
        ru: Page,
        en: Page,
    }
    let check = |rule: &Rule| Check {
        id: rule.id(),
        name: rule.name(),
        category: category(*rule),
        severity: letter(rule.severity()),
        built: registry::is_built(*rule),
        article: rule.article(),
        inputs: needs::inputs(*rule),
        incident: needs::incident(*rule),
        texts: Texts {
            kk: Page::of(*rule, Lang::Kk),
            ru: Page::of(*rule, Lang::Ru),
            en: Page::of(*rule, Lang::En),
        },
    };
    serde_json::to_string_pretty(&Json { version: 1, checks: Rule::ALL.iter().map(check).collect() })
}
