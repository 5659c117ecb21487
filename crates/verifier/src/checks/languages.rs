//! One thing said in two languages: PUB-09.
//!
//! Looks at the texts of NIST reports in Kazakh and in Russian, and files that stand in a snapshot once for each
//! language. Elsewhere: whether the words are right, which only people can tell.
//!
//! Both must be there, and both must carry the same numbers in some order: in Kazakh a number may stand before its noun.

use phrase::phrase;

use law::Rule;
use publication::REPORT_FOLDER;
use serde_json::Value;

use crate::{checks::context::Context, findings::Findings, found_message::FoundMessage, subject::Subject};

/// Every report of every snapshot.
pub(crate) fn check_languages(context: &Context<'_>, findings: &mut Findings) {
    for snapshot in context.judged_snapshots() {
        let reports = |name: &&&str| name.starts_with(REPORT_FOLDER) || name.contains(".kk.");
        for name in snapshot.files.keys().filter(reports) {
            let Some(bytes) = snapshot.of_office(name) else { continue };
            let subject = Subject::file_of(snapshot.n, name);
            let inner = name.strip_prefix(REPORT_FOLDER).unwrap_or_default();
            if inner.starts_with("nist-")
                && let Ok(report) = serde_json::from_slice::<Value>(&bytes)
            {
                check_texts(&report, &subject, findings);
            }
            if name.contains(".kk.") {
                let other = name.replace(".kk.", ".ru.");
                let there = snapshot.of_office(&other);
                let there = there.as_deref().map(String::from_utf8_lossy);
                let kk = String::from_utf8_lossy(&bytes);
                compare_numerals(Some(&kk), there.as_deref(), &subject, findings);
            }
        }
    }
    findings.not_applicable(Rule::Pub09);
}

/// Every text of a report, however deep.
fn check_texts(value: &Value, subject: &Subject, findings: &mut Findings) {
    match value {
        Value::Object(fields) => {
            if fields.get("@type").and_then(Value::as_str) == Some("ElectionResults.InternationalizedText") {
                let said = |lang: &str| {
                    let all = fields.get("Text")?.as_array()?;
                    let own =
                        all.iter().find(|text| text.get("Language").and_then(Value::as_str) == Some(lang));
                    own?.get("Content")?.as_str()
                };
                let (kk, ru) = (said("kk"), said("ru"));
                if kk.is_some() || ru.is_some() {
                    compare_numerals(kk, ru, subject, findings);
                }
            }
            fields.values().for_each(|field| check_texts(field, subject, findings));
        }
        Value::Array(list) => list.iter().for_each(|item| check_texts(item, subject, findings)),
        _ => {}
    }
}

fn compare_numerals(kk: Option<&str>, ru: Option<&str>, subject: &Subject, findings: &mut Findings) {
    findings.count_examined(Rule::Pub09, 1);
    if let Some(message) = find_difference(kk, ru) {
        findings.fail(Rule::Pub09, None, subject, message);
    }
}

/// What one of two languages says and the other does not.
pub(crate) fn find_difference(kk: Option<&str>, ru: Option<&str>) -> Option<FoundMessage> {
    let message = match (kk, ru) {
        (Some(kk), Some(ru)) if list_numerals(kk) == list_numerals(ru) => return None,
        (Some(kk), Some(ru)) => {
            let apart =
                list_numerals(kk).into_iter().zip(list_numerals(ru)).find(|(one, other)| one != other);
            let (one, other) = apart.unwrap_or_default();
            if one == other {
                FoundMessage::expected(
                    phrase!("found-as-many-numbers-in-both-languages", "as many numbers in both languages"),
                    phrase!(
                        "found-and",
                        "{kk} and {ru}",
                        kk = list_numerals(kk).len(),
                        ru = list_numerals(ru).len()
                    ),
                )
            } else {
                FoundMessage::expected(
                    phrase!("found-the-numbers-of-the-kazakh-text", "the numbers of the Kazakh text"),
                    phrase!("found-where-it-has", "{other} where it has {one}"),
                )
            }
        }
        (Some(_), None) => FoundMessage::expected(
            phrase!("found-a-russian-text-beside-the-kazakh-one", "a Russian text beside the Kazakh one"),
            phrase!("found-none", "none"),
        ),
        (None, _) => FoundMessage::expected(
            phrase!("found-a-kazakh-text-beside-the-russian-one", "a Kazakh text beside the Russian one"),
            phrase!("found-none", "none"),
        ),
    };
    Some(message)
}

/// The runs of digits of a text, ascending.
fn list_numerals(text: &str) -> Vec<&str> {
    let mut all: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty()).collect();
    all.sort_unstable();
    all
}
