//! A catalogue: Fluent messages in every language, looked up by id.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
pub use fluent_bundle::{FluentValue as Value, types::FluentNumber};
use unic_langid::LanguageIdentifier;

use crate::language::Lang;

/// Texts of one crate in every language.
pub struct Catalogue {
    kk: Spoken,
    ru: Spoken,
    en: Spoken,
}

/// The texts in one language, and what is wrong with them.
struct Spoken {
    bundle: FluentBundle<FluentResource>,
    faults: Vec<String>,
}

impl Catalogue {
    /// Reads the messages of each language; what does not read is left out, and told by [`Self::faults`].
    #[must_use]
    pub fn new(kk: &[&str], ru: &[&str], en: &[&str]) -> Self {
        Self { kk: Spoken::new(Lang::Kk, kk), ru: Spoken::new(Lang::Ru, ru), en: Spoken::new(Lang::En, en) }
    }

    /// The text of an id, with a field of it after a dot, and its arguments; the id itself where there is none.
    #[must_use]
    pub fn text(&self, lang: Lang, id: &str, args: &[(&str, Value<'_>)]) -> String {
        let spoken = self.spoken(lang).find(id, args);
        spoken.or_else(|| self.en.find(id, args)).unwrap_or_else(|| id.to_owned())
    }

    /// Whether a language has a text for an id.
    #[must_use]
    pub fn has(&self, lang: Lang, id: &str) -> bool {
        self.spoken(lang).find(id, &[]).is_some()
    }

    /// What does not read, or stands twice.
    #[must_use]
    pub fn faults(&self) -> Vec<&str> {
        let all = Lang::ALL.into_iter().flat_map(|lang| &self.spoken(lang).faults);
        all.map(String::as_str).collect()
    }

    fn spoken(&self, lang: Lang) -> &Spoken {
        match lang {
            Lang::Kk => &self.kk,
            Lang::Ru => &self.ru,
            Lang::En => &self.en,
        }
    }
}

impl Spoken {
    fn new(lang: Lang, sources: &[&str]) -> Self {
        let id: LanguageIdentifier = lang.code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The marks that keep directions of writing apart help nobody here: all three run from left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(grouped));
        let mut faults = Vec::new();
        for source in sources {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    faults.extend(errors.iter().map(|error| format!("{}: {error}", lang.code())));
                    resource
                }
            };
            if let Err(errors) = bundle.add_resource(resource) {
                faults.extend(errors.iter().map(|error| format!("{}: {error}", lang.code())));
            }
        }
        Self { bundle, faults }
    }

    fn find(&self, id: &str, args: &[(&str, Value<'_>)]) -> Option<String> {
        let (id, field) = id.split_once('.').map_or((id, None), |(id, field)| (id, Some(field)));
        let message = self.bundle.get_message(id)?;
        let pattern = match field {
            None => message.value()?,
            Some(field) => message.get_attribute(field)?.value(),
        };
        let args: FluentArgs<'_> = args.iter().map(|(name, value)| (*name, value.clone())).collect();
        // An argument that is not given shows as its name in braces; tests compare arguments over the languages.
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, Some(&args), &mut errors).into_owned())
    }
}

/// Whole numbers from ten thousand on in groups of three, with spaces that do not break.
fn grouped<M>(value: &Value<'_>, _: &M) -> Option<String> {
    let Value::Number(FluentNumber { value, .. }) = value else { return None };
    (*value >= 10_000.0 && value.fract() == 0.0).then(|| group(&format!("{value:.0}")))
}

/// 220761 as 220 761.
#[must_use]
pub fn group(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('\u{a0}');
        }
        text.push(digit);
    }
    text
}

/// The arguments that a pattern of Fluent names, for whoever compares languages.
#[must_use]
pub fn arguments(pattern: &str) -> BTreeSet<&str> {
    let after = pattern.split('$').skip(1);
    after.filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).collect()
}
