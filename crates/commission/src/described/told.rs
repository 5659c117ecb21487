//! A description of a fact in words: one row for each field, who signs, and the command that drafts it.

use law::{Signing, facts::Level};
use serde::Serialize;
use texts::{Language, page::describe_article_list, program::program_catalogue};

use super::{
    fact::DescribedFact,
    field::{Field, FieldKind, Need, Unit},
};
use crate::drafting::value::name_choices;

/// One field in words.
#[derive(Debug, Clone, Serialize)]
pub struct ToldField {
    /// Its path, as `calendar.voting_ends`; rows with what each is known by.
    pub path: String,
    /// What it holds, with its unit.
    pub kind: String,
    /// Who has to say it.
    pub need: String,
    /// What it means.
    pub meaning: String,
    /// The article that it rests on.
    pub article: String,
    /// A filled example.
    pub example: String,
}

fn own(lang: Language, id: &str) -> String {
    program_catalogue().format_text(lang, id, &[])
}

impl DescribedFact {
    /// Every field in words, groups before what they hold.
    #[must_use]
    pub fn tell_fields(&self, lang: Language) -> Vec<ToldField> {
        let mut told = Vec::new();
        tell_fields(self.fields, "", self.article, lang, &mut told);
        told
    }

    /// Who signs it, in words.
    #[must_use]
    pub fn tell_signing(&self, lang: Language) -> String {
        let Ok(signing) = self.signing() else { return String::new() };
        let of_level = |id: &str, level: Level| {
            program_catalogue().format_text(lang, id, &[("level", name_level(level, lang).into())])
        };
        match signing {
            Signing::EveryRoot => own(lang, "signing-every-root"),
            Signing::Roots => own(lang, "signing-roots"),
            Signing::RootHandover => own(lang, "signing-handover"),
            Signing::Office => own(lang, "signing-office"),
            Signing::Board(level) => of_level("signing-board", level),
            Signing::Chair(level) => of_level("signing-chair", level),
            Signing::Officer(level) => of_level("signing-officer", level),
            Signing::Quorum => own(lang, "signing-quorum"),
        }
    }

    /// The command that drafts it, with what nobody but people can say.
    #[must_use]
    pub fn example_command(&self) -> String {
        let mut command = format!("hattama event draft {} --ledger SOURCE", self.name);
        if self.scope == super::field::Scope::NewElection {
            command.push_str(" --election NEW-ID");
        }
        let mut told = Vec::new();
        tell_fields(self.fields, "", self.article, Language::En, &mut told);
        let leaves = told
            .iter()
            .filter(|field| field.need == own(Language::En, "need-must") && !field.example.is_empty());
        for field in leaves {
            command.push_str(&format!(" --set \"{}={}\"", field.path, field.example));
        }
        command
    }
}

/// A level in the nouns of the law.
#[must_use]
pub fn name_level(level: Level, lang: Language) -> String {
    let word = match level {
        Level::Central => "word-central",
        Level::Regional => "word-regional",
        Level::Territorial => "word-territorial",
        Level::Precinct => "word-precinct",
    };
    own(lang, word)
}

fn tell_fields(
    fields: &'static [Field],
    before: &str,
    article: &str,
    lang: Language,
    told: &mut Vec<ToldField>,
) {
    for field in fields {
        let path = format!("{before}{}", field.name);
        let article = field.article.unwrap_or(article);
        told.push(ToldField {
            path: path.clone(),
            kind: tell_kind(field, lang),
            need: own(
                lang,
                match field.need {
                    Need::Must => "need-must",
                    Need::May => "need-may",
                    Need::Follows | Need::MayFollow => "need-follows",
                },
            ),
            meaning: own(lang, field.meaning),
            article: describe_article_list(article, lang),
            example: field.example.to_owned(),
        });
        match field.kind {
            FieldKind::Group(inner) => tell_fields(inner, &format!("{path}."), article, lang, told),
            FieldKind::Rows(inner, _) => {
                let key = crate::drafting::body::key_column(inner);
                // The example of the column by which rows are known stands in the path.
                let row = key.map_or("1", |key| key.example);
                let before = format!("{path}.{row}.");
                for one in inner.iter().filter(|one| key.is_none_or(|key| key.name != one.name)) {
                    tell_fields(std::slice::from_ref(one), &before, article, lang, told);
                }
            }
            _ => {}
        }
    }
}

/// What a field holds, with its unit or its words.
#[must_use]
pub fn tell_kind(field: &Field, lang: Language) -> String {
    let id = match field.kind {
        FieldKind::Count(unit) => unit_text(unit),
        FieldKind::Word(choices) => {
            let words = name_choices(choices, lang);
            return program_catalogue().format_text(lang, "kind-words", &[("words", words.into())]);
        }
        FieldKind::Id(_) => "kind-id",
        FieldKind::Text => "kind-text",
        FieldKind::Time => "kind-time",
        FieldKind::Day => "kind-day",
        FieldKind::Stamp => "kind-stamp",
        FieldKind::Document => "kind-document",
        FieldKind::Event => "kind-event",
        FieldKind::Hash => "kind-hash",
        FieldKind::Key => "kind-key",
        FieldKind::Proof => "kind-proof",
        FieldKind::Flag => "kind-flag",
        FieldKind::Ids(_) => "kind-ids",
        FieldKind::Texts => "kind-texts",
        FieldKind::Keys => "kind-keys",
        FieldKind::List => "kind-list",
        FieldKind::Group(_) => "kind-group",
        FieldKind::Rows(..) => "kind-rows",
    };
    own(lang, id)
}

fn unit_text(unit: Unit) -> &'static str {
    match unit {
        Unit::Applications => "unit-applications",
        Unit::Ballots => "unit-ballots",
        Unit::Boxes => "unit-boxes",
        Unit::Bytes => "unit-bytes",
        Unit::Candidates => "unit-candidates",
        Unit::Copies => "unit-copies",
        Unit::Entries => "unit-entries",
        Unit::Keys => "unit-keys",
        Unit::Minutes => "unit-minutes",
        Unit::Number => "unit-number",
        Unit::People => "unit-people",
        Unit::Precincts => "unit-precincts",
        Unit::Signatures => "unit-signatures",
        Unit::Voters => "unit-voters",
        Unit::Votes => "unit-votes",
        Unit::Year => "unit-year",
    }
}
