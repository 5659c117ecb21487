//! `hattama checks`: the registry, for people and for programs.
//!
//! The list, the page of one check, all pages as JSON. The texts of the pages are in `texts::page`.

use ::texts::page::{CheckPage, check_category, severity_letter};
use clap::Args;
use law::Rule;
use phrase::{Phrase, phrase};
use texts::program::{answer_language, law_word, say};
use verifier::registry;

use crate::{fault::Fault, table, terminal::print};

/// Say what a check asks and how it is made, or list them all
#[derive(Debug, Args)]
pub(crate) struct Checks {
    /// Id of a check, as ARI-04; all of them without it
    id: Option<String>,
    /// Print the whole registry as JSON (checks.json), in all languages
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl Checks {
    pub(crate) fn run(self) -> Result<(), Fault> {
        if self.json {
            print(&verifier::registry_json()?);
        } else if let Some(id) = self.id {
            let rule = Rule::ALL.iter().find(|rule| rule.id().eq_ignore_ascii_case(&id));
            let rule = rule.ok_or_else(|| Fault::Argument {
                expected: phrase!("argument-check-id", "the id of a check, as ARI-04"),
                found: Phrase::verbatim(id),
            })?;
            print(&describe_check(*rule));
        } else {
            Rule::ALL.iter().for_each(|rule| print(&describe_briefly(*rule)));
        }
        Ok(())
    }
}

fn describe_briefly(rule: Rule) -> String {
    let built =
        if registry::is_built(rule) { String::new() } else { format!("  ({})", law_word("built-no")) };
    let question = CheckPage::of(rule, answer_language()).question;
    format!("{}  {:28} {question}{built}", rule.id(), rule.name())
}

fn describe_check(rule: Rule) -> String {
    let page = CheckPage::of(rule, answer_language());
    let category = law_word(&format!("category-{}", check_category(rule)));
    let built = if registry::is_built(rule) { "built-yes" } else { "built-no" };
    let mut pairs = vec![
        ("page-algorithm", page.algorithm),
        ("page-inputs", page.inputs.join("; ")),
        ("page-innocent", page.innocent),
        ("page-deliberate", page.deliberate),
    ];
    pairs.extend(page.incident.map(|case| ("page-incident", case)));
    pairs.extend([
        ("page-article", page.article),
        ("page-severity", law_word(&format!("severity-{}", severity_letter(rule.severity())))),
        ("page-built", law_word(built)),
    ]);
    let pairs: Vec<_> = pairs.into_iter().map(|(id, value)| (say(id, &[]), value)).collect();
    format!("{} {} ({category})\n{}\n\n{}", rule.id(), rule.name(), page.question, table::format_page(&pairs))
}
