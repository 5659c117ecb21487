//! The registry of all checks as JSON, with the manual page of each in three languages.

use law::Rule;
use serde::Serialize;
use texts::{
    Language, needs,
    page::{CheckPage, check_category, severity_letter},
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
        texts: CheckTexts,
    }
    #[derive(Serialize)]
    struct CheckTexts {
        kk: CheckPage,
        ru: CheckPage,
        en: CheckPage,
    }
    let check = |rule: &Rule| Check {
        id: rule.id(),
        name: rule.name(),
        category: check_category(*rule),
        severity: severity_letter(rule.severity()),
        built: registry::is_built(*rule),
        article: rule.article(),
        inputs: needs::check_inputs(*rule),
        incident: needs::check_incident(*rule),
        texts: CheckTexts {
            kk: CheckPage::of(*rule, Language::Kk),
            ru: CheckPage::of(*rule, Language::Ru),
            en: CheckPage::of(*rule, Language::En),
        },
    };
    serde_json::to_string_pretty(&Json { version: 1, checks: Rule::ALL.iter().map(check).collect() })
}
