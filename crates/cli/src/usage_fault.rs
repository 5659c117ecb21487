//! Words of the command line that no command understands, told in Kazakh and Russian; in English clap tells them itself.

use std::{error::Error as _, ffi::OsString, net::AddrParseError};

use clap::{
    Error, ValueEnum as _,
    error::{ContextKind, ContextValue, ErrorKind},
};
use texts::{Language, program::say, say_fault};

use tlog::note::KeyError;

use crate::{signing::PublicKeyFault, terminal::AnswerLanguage};

/// The language that the words ask for, before anybody has understood them.
pub(crate) fn find_asked_language(words: impl IntoIterator<Item = OsString>) -> Option<Language> {
    let read = |word: &str| AnswerLanguage::from_str(word, false).ok().map(Language::from);
    let mut words = words.into_iter().map(|word| word.to_string_lossy().into_owned());
    while let Some(word) = words.next() {
        match word.as_str() {
            "--" => break,
            "--lang" => return words.next().as_deref().and_then(read),
            word => {
                if let Some(value) = word.strip_prefix("--lang=") {
                    return read(value);
                }
            }
        }
    }
    std::env::var("HATTAMA_LANG").ok().as_deref().and_then(read)
}

/// What is wrong, what is near, how the command is used.
pub(crate) fn describe_usage(error: &Error) -> String {
    let mut lines = vec![say("usage-error", &[("said", describe_fault(error).into())])];
    if let Some(values) = context(error, ContextKind::ValidValue) {
        lines.push(format!("  {}", say("usage-values", &[("values", values.into())])));
    }
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    for words in near.into_iter().filter_map(|kind| context(error, kind)) {
        lines.push(format!("  {}", say("usage-near", &[("words", words.into())])));
    }
    if let Some(usage) = context(error, ContextKind::Usage) {
        // The heading is clap's, the same for every command.
        let usage = usage.trim_start_matches("Usage:").trim().to_owned();
        lines.push(format!("\n{}", say("help-word-usage", &[("usage", usage.into())])));
    }
    lines.push(format!("\n{}", say("usage-more", &[])));
    lines.join("\n")
}

fn describe_fault(error: &Error) -> String {
    let word = || context(error, ContextKind::InvalidArg).unwrap_or_default();
    let value = context(error, ContextKind::InvalidValue);
    match error.kind() {
        ErrorKind::UnknownArgument => say("usage-unknown", &[("word", word().into())]),
        ErrorKind::InvalidSubcommand => {
            let word = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            say("usage-no-command", &[("word", word.into())])
        }
        ErrorKind::InvalidValue | ErrorKind::NoEquals if value.as_ref().is_none_or(String::is_empty) => {
            say("usage-no-value", &[("word", word().into())])
        }
        ErrorKind::InvalidValue | ErrorKind::TooManyValues => {
            say("usage-value", &[("word", word().into()), ("value", value.unwrap_or_default().into())])
        }
        ErrorKind::ValueValidation => {
            let args = [
                ("word", word().into()),
                ("value", value.unwrap_or_default().into()),
                ("error", describe_reason(error).into()),
            ];
            say("usage-value-of", &args)
        }
        ErrorKind::MissingRequiredArgument => say("usage-missing", &[("words", word().into())]),
        ErrorKind::ArgumentConflict => match context(error, ContextKind::PriorArg) {
            Some(prior) if prior != word() => {
                say("usage-conflict", &[("word", word().into()), ("other", prior.into())])
            }
            _ => say("usage-twice", &[("word", word().into())]),
        },
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say("usage-count", &[("word", word().into())])
        }
        ErrorKind::InvalidUtf8 => say("usage-unreadable", &[]),
        _ => say("usage-other", &[]),
    }
}

/// Why a value does not read: a fault of ours in its own words, else what is expected.
fn describe_reason(error: &Error) -> String {
    let Some(source) = error.source() else { return say("usage-number", &[]) };
    if let Some(fault) = source.downcast_ref::<PublicKeyFault>() {
        say_fault(fault)
    } else if let Some(fault) = source.downcast_ref::<KeyError>() {
        say_fault(fault)
    } else if source.is::<AddrParseError>() {
        say("usage-address", &[])
    } else {
        say("usage-number", &[])
    }
}

fn context(error: &Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(word) => Some(word.clone()),
        ContextValue::Strings(words) if words.is_empty() => None,
        ContextValue::Strings(words) => Some(words.join("`, `")),
        ContextValue::StyledStr(said) => Some(said.to_string()),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
