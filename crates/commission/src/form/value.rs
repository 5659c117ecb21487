//! What may stand on a line of a form, and how people write it.

use std::{fs, path::PathBuf};

use client::files::read_bounded;
use event::{Document, Text, Time};
use law::{Rule, facts::MissingReason};
use texts::{
    Language,
    program::{program_catalogue, say},
};

use super::slot::FormLine;
use crate::{
    form_text::strip_quotes,
    moments::{parse_hour_after, parse_local_time},
};

/// More digits than any figure of a precinct has.
const DIGITS_MAX: usize = 9;

/// A scan is a few megabytes; what is larger was named by mistake.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// What a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum FormValue {
    Count(u64),
    Time(Time),
    Words(Text),
    /// A file and what is known of it.
    File(PathBuf, Document),
    /// Signs.
    Signs,
    /// Does not sign, and the dissenting opinion if there is one.
    Missing(MissingReason, Option<(PathBuf, Document)>),
    Explained(Rule, Text),
    Yes(bool),
}

/// What was expected instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the words say it")]
pub enum Expected {
    Count,
    Time,
    Words,
    File,
    Member,
    Explanation,
    Yes,
}

/// Where the values of a form come from.
#[derive(Debug, Clone, Default)]
pub struct ValueContext {
    /// Files are named from here.
    pub dir: PathBuf,
    /// Offset of local times, as `+05:00`.
    pub offset: String,
    /// When the polls close: an hour alone is that of the night after.
    pub closed: Option<Time>,
}

impl Expected {
    /// What a line asks for.
    #[must_use]
    pub fn of_line(line: &FormLine) -> Self {
        match line {
            FormLine::Started | FormLine::Ended => Self::Time,
            FormLine::Member(_) => Self::Member,
            FormLine::DamagedAct | FormLine::BoxAct(_) | FormLine::Paper => Self::File,
            FormLine::Explanation(_) => Self::Explanation,
            FormLine::StandsIn => Self::Words,
            FormLine::Posted => Self::Yes,
            _ => Self::Count,
        }
    }

    /// In one sentence of the language of the answers.
    #[must_use]
    pub fn to_words(self) -> String {
        say(
            match self {
                Self::Count => "form-expected-count",
                Self::Time => "form-expected-time",
                Self::Words => "form-expected-words",
                Self::File => "form-expected-file",
                Self::Member => "form-expected-member",
                Self::Explanation => "form-expected-explanation",
                Self::Yes => "form-expected-yes",
            },
            &[],
        )
    }
}

/// Reads what a line says; nothing for an empty line that may be empty.
pub(super) fn read_value(
    slot: &FormLine,
    text: &str,
    ground: &ValueContext,
) -> Result<Option<FormValue>, Expected> {
    // What a word processor puts around a value is no part of it.
    let text =
        if matches!(slot, FormLine::Explanation(_) | FormLine::StandsIn) { text } else { strip_quotes(text) };
    if text.is_empty() && slot.may_be_empty() {
        return Ok(None);
    }
    let expected = Expected::of_line(slot);
    let value = match expected {
        Expected::Time => parse_time(text, ground).map(FormValue::Time).ok_or(expected),
        Expected::Member => parse_member(text, ground),
        Expected::File => read_document(text, ground)
            .map(|(path, document)| FormValue::File(path, document))
            .ok_or(expected),
        Expected::Explanation => parse_explanation(text).ok_or(expected),
        Expected::Words => Text::new(text).map(FormValue::Words).map_err(|_| expected),
        Expected::Yes => parse_yes(text).map(FormValue::Yes).ok_or(expected),
        Expected::Count => parse_count(text).map(FormValue::Count).ok_or(expected),
    };
    value.map(Some)
}

/// Digits, with spaces between thousands if somebody likes; nothing else, so that `1.204` and `1,5` are never guessed at.
#[must_use]
pub fn parse_count(text: &str) -> Option<u64> {
    let spaces = [' ', '\u{a0}', '\u{2009}', '\u{202f}'];
    let digits: String = text.chars().filter(|sign| !spaces.contains(sign)).collect();
    let groups: Vec<&str> = text.split(spaces).collect();
    // `12 04` is a slip of the finger, no number.
    let grouped = groups.len() == 1
        || groups.iter().skip(1).all(|group| group.len() == 3)
            && groups.first().is_some_and(|first| (1..=3).contains(&first.len()));
    let whole =
        !digits.is_empty() && digits.len() <= DIGITS_MAX && digits.bytes().all(|byte| byte.is_ascii_digit());
    if grouped && whole { digits.parse().ok() } else { None }
}

/// `2025-10-12 22:30` or `12.10.2025 22:30`, with seconds and an offset or without; an hour alone in the night of the count.
fn parse_time(text: &str, ground: &ValueContext) -> Option<Time> {
    let after = || ground.closed.as_ref().and_then(|closed| parse_hour_after(text, closed));
    parse_local_time(text, &ground.offset).or_else(after)
}

fn read_document(text: &str, ground: &ValueContext) -> Option<(PathBuf, Document)> {
    let path = ground.dir.join(text);
    let known = fs::metadata(&path).ok()?;
    if !known.is_file() || known.len() == 0 || known.len() > FILE_BYTES_MAX {
        return None;
    }
    // It may be another file by now, or a longer one.
    let bytes = read_bounded(&path, FILE_BYTES_MAX).ok()?;
    Some((path, Document::public(&bytes)))
}

/// `+`, or a word for why not; behind a colon the file of a dissenting opinion.
fn parse_member(text: &str, ground: &ValueContext) -> Result<FormValue, Expected> {
    let (word, paper) = match text.split_once(':') {
        Some((word, paper)) => {
            (word.trim(), Some(read_document(paper.trim(), ground).ok_or(Expected::File)?))
        }
        None => (text, None),
    };
    if is_word(word, "form-word-signs") || word == "+" {
        return if paper.is_none() { Ok(FormValue::Signs) } else { Err(Expected::Member) };
    }
    let reasons = [
        ("form-word-absent", MissingReason::Absent),
        ("form-word-refused", MissingReason::Refused),
        ("form-word-dissent", MissingReason::Dissent),
        ("form-word-suspended", MissingReason::Suspended),
    ];
    let reason = reasons.into_iter().find(|(id, _)| is_word(word, id)).map(|(_, reason)| reason);
    match reason {
        Some(reason) if paper.is_none() || reason == MissingReason::Dissent => {
            Ok(FormValue::Missing(reason, paper))
        }
        _ => Err(Expected::Member),
    }
}

/// `ARI-04: the reason`.
fn parse_explanation(text: &str) -> Option<FormValue> {
    let (rule, reason) = text.split_once(':')?;
    let rule = Rule::of(&rule.trim().to_uppercase())?;
    Some(FormValue::Explained(rule, Text::new(reason.trim()).ok().filter(|_| !reason.trim().is_empty())?))
}

fn parse_yes(text: &str) -> Option<bool> {
    match text {
        "+" => Some(true),
        "-" => Some(false),
        _ if is_word(text, "form-word-yes") => Some(true),
        _ => is_word(text, "form-word-no").then_some(false),
    }
}

/// A word in any of the three languages: the form may be in another than the person's.
#[must_use]
pub fn is_word(word: &str, id: &str) -> bool {
    let plain = |word: &str| word.trim().to_lowercase().replace('ё', "е");
    [Language::Kk, Language::Ru, Language::En]
        .iter()
        .any(|lang| plain(&program_catalogue().format_text(*lang, id, &[])) == plain(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_digits_and_nothing_is_guessed() {
        for (text, number) in
            [("0", 0), ("1204", 1204), ("1 204", 1204), ("1\u{a0}204", 1204), ("12 345 678", 12_345_678)]
        {
            assert_eq!(parse_count(text), Some(number), "{text}");
        }
        for text in
            ["", "-1", "1.204", "1,204", "12 04", "1 2", "o", "1e3", "١٢", "+5", "0x10", "1234567890", " "]
        {
            assert_eq!(parse_count(text), None, "{text}");
        }
    }

    #[test]
    fn times_take_the_offset_of_the_place() {
        let ground = ValueContext { dir: PathBuf::new(), offset: "+05:00".to_owned(), closed: None };
        let at = |text: &str| parse_time(text, &ground).map(|time| time.to_string());
        let expected = Some("2025-10-12T22:30:00+05:00".to_owned());
        for text in [
            "2025-10-12 22:30",
            "2025-10-12T22:30",
            "2025-10-12 22:30:00",
            "2025-10-12T22:30:00+05:00",
            "12.10.2025 22:30",
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
        for text in ["22:30", "2025-10-12", "12.10.25 22:30", "2025-10-12 24:30", "2025-13-12 22:30"] {
            assert_eq!(at(text), None, "{text}");
        }
    }

    #[test]
    fn members_sign_or_say_why_not() {
        let ground = ValueContext { dir: PathBuf::new(), offset: String::new(), closed: None };
        assert_eq!(parse_member("+", &ground), Ok(FormValue::Signs));
        for (text, reason) in [
            ("absent", MissingReason::Absent),
            ("отсутствует", MissingReason::Absent),
            ("Особое мнение", MissingReason::Dissent),
            ("отстранен", MissingReason::Suspended),
        ] {
            assert_eq!(parse_member(text, &ground), Ok(FormValue::Missing(reason, None)), "{text}");
        }
        for text in ["", "-", "maybe", "absent: nowhere.pdf", "+: x"] {
            assert!(parse_member(text, &ground).is_err(), "{text}");
        }
    }

    #[test]
    fn explanations_name_a_rule() {
        let read =
            |text| parse_explanation(text).map(|value| matches!(value, FormValue::Explained(Rule::Ari04, _)));
        assert_eq!(read("ari-04: two ballots torn"), Some(true));
        for text in ["two ballots torn", "ARI-99: x", "ARI-04:", "ARI-04"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
