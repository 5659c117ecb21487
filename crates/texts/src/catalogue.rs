//! A catalogue: Fluent messages in every language, looked up by id.

use std::collections::BTreeSet;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
pub use fluent_bundle::{FluentValue as Value, types::FluentNumber};
use unic_langid::LanguageIdentifier;

use crate::language::Language;

/// Texts of one crate in every language.
pub struct Catalogue {
    kk: MessageBundle,
    ru: MessageBundle,
    en: MessageBundle,
}

/// The texts in one language, and what is wrong with them.
struct MessageBundle {
    bundle: FluentBundle<FluentResource>,
    faults: Vec<String>,
}

impl Catalogue {
    /// Reads the messages of each language; what does not read is left out, and told by [`Self::list_faults`].
    #[must_use]
    pub fn new(kk: &[&str], ru: &[&str], en: &[&str]) -> Self {
        Self {
            kk: MessageBundle::new(Language::Kk, kk),
            ru: MessageBundle::new(Language::Ru, ru),
            en: MessageBundle::new(Language::En, en),
        }
    }

    /// The text of an id, with a field of it after a dot, and its arguments; the id itself where there is none.
    #[must_use]
    pub fn format_text(&self, lang: Language, id: &str, args: &[(&str, Value<'_>)]) -> String {
        let message = self.bundle_of(lang).format_message(id, args);
        message.or_else(|| self.en.format_message(id, args)).unwrap_or_else(|| id.to_owned())
    }

    /// Whether a language has a text of its own for an id, without writing it.
    pub(crate) fn has_own_text(&self, lang: Language, id: &str) -> bool {
        self.bundle_of(lang).bundle.has_message(id)
    }

    /// Whether a language has a text for an id.
    #[must_use]
    pub fn has_text(&self, lang: Language, id: &str) -> bool {
        self.bundle_of(lang).format_message(id, &[]).is_some()
    }

    /// What does not read, or stands twice.
    #[must_use]
    pub fn list_faults(&self) -> Vec<&str> {
        let all = Language::ALL.into_iter().flat_map(|lang| &self.bundle_of(lang).faults);
        all.map(String::as_str).collect()
    }

    fn bundle_of(&self, lang: Language) -> &MessageBundle {
        match lang {
            Language::Kk => &self.kk,
            Language::Ru => &self.ru,
            Language::En => &self.en,
        }
    }
}

impl MessageBundle {
    fn new(lang: Language, sources: &[&str]) -> Self {
        let id: LanguageIdentifier = lang.iso_code().parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![id]);
        // The marks that keep directions of writing apart help nobody here: all three run from left to right.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(format_long_number));
        let mut faults = Vec::new();
        for source in sources {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((resource, errors)) => {
                    faults.extend(errors.iter().map(|error| format!("{}: {error}", lang.iso_code())));
                    resource
                }
            };
            if let Err(errors) = bundle.add_resource(resource) {
                faults.extend(errors.iter().map(|error| format!("{}: {error}", lang.iso_code())));
            }
        }
        Self { bundle, faults }
    }

    fn format_message(&self, id: &str, args: &[(&str, Value<'_>)]) -> Option<String> {
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

/// Whole numbers from ten thousand on in groups of three, with spaces that do not break; figures from a thousand on.
fn format_long_number<M>(value: &Value<'_>, _: &M) -> Option<String> {
    let Value::Number(FluentNumber { value, options }) = value else { return None };
    let from = if options.maximum_fraction_digits == Some(0) { 1_000.0 } else { 10_000.0 };
    (*value >= from && value.fract() == 0.0).then(|| group_digits(&format!("{value:.0}")))
}

/// A figure that stands beside others: in groups of three from a thousand on, as in the tables.
#[must_use]
pub fn figure(number: u64) -> Value<'static> {
    let mut value = FluentNumber::from(number);
    value.options.maximum_fraction_digits = Some(0);
    Value::Number(value)
}

/// 220761 as 220 761.
#[must_use]
pub fn group_digits(digits: &str) -> String {
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
pub fn pattern_arguments(pattern: &str) -> BTreeSet<&str> {
    let after = pattern.split('$').skip(1);
    after.filter_map(|rest| rest.split(|c: char| !c.is_alphanumeric()).next()).collect()
}
