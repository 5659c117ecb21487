//! `hattama event facts`: what can be stated, and what each fact asks for.

use clap::Args;
use commission::described::{DescribedFact, all_facts, describe_fact};
use law::Fact;
use serde_json::json;
use texts::{
    Language,
    page::describe_article_list,
    program::{answer_language, say},
};

use crate::{fault::Fault, table, terminal::print};

/// List the facts that can be stated; with a name, what it asks for
///
/// Each field with its meaning, its unit, who has to say it, the article that it rests on, and a filled example; then the
/// command that drafts the fact.
#[derive(Debug, Args)]
pub(crate) struct FactsWords {
    /// One fact, as protocol-signed
    fact: Option<String>,
    /// Print it as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl FactsWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        match self.fact.as_deref().map(describe_fact).transpose()? {
            Some(fact) if self.json => print(&encode_facts(&[fact])?),
            Some(fact) => print(&describe_one(fact)?),
            None if self.json => print(&encode_facts(&all_facts().collect::<Vec<_>>())?),
            None => Fact::NAMES.iter().for_each(|name| {
                print(&format!(
                    "{name:<26} {}",
                    texts::law_text(answer_language(), &format!("fact-{name}"), &[])
                ));
            }),
        }
        Ok(())
    }
}

fn describe_one(fact: &DescribedFact) -> Result<String, Fault> {
    let lang = answer_language();
    let title = texts::law_text(lang, &format!("fact-{}", fact.name), &[]);
    let about = [
        (say("facts-article", &[]), describe_article_list(fact.article, lang)),
        (say("facts-signed-by", &[]), fact.tell_signing(lang)),
    ];
    let mut text = format!("{title} ({})\n{}\n\n", fact.name, table::format_pairs(&about));
    for field in fact.tell_fields(lang) {
        text.push_str(&format!("{}\n    {}; {}; {}", field.path, field.meaning, field.kind, field.need));
        if !field.example.is_empty() {
            text.push_str(&format!("\n    {}; = {}", field.article, field.example));
        }
        text.push('\n');
    }
    let body = serde_json::from_str::<serde_json::Value>(fact.example()?.body()?.text())?;
    let body = serde_json::to_string_pretty(&body)?;
    text.push_str(&format!("\n{}\n{}\n\n{body}", say("facts-example", &[]), fact.example_command()));
    Ok(text)
}

/// As data; its words are English.
fn encode_facts(facts: &[&DescribedFact]) -> Result<String, Fault> {
    let mut all = Vec::new();
    for fact in facts {
        let example: serde_json::Value = serde_json::from_str(fact.example()?.body()?.text())?;
        all.push(json!({
            "article": fact.article,
            "command": fact.example_command(),
            "example": example,
            "fact": fact.name,
            "fields": fact.tell_fields(Language::En),
            "signed_by": fact.tell_signing(Language::En),
        }));
    }
    let value = match all.as_slice() {
        [one] => one.clone(),
        _ => json!(all),
    };
    Ok(serde_json::to_string_pretty(&value)?)
}
