//! What a text may say too much or otherwise in another language: told before it is signed, since nothing is refused for it.
//!
//! Contains personal data in the texts of an act, names with other numbers in another language, a protocol without its scan. Elsewhere: the same looked for in whole
//! ledgers (`checks::personal`, `checks::papers`).

use law::{Fact, Rule};
use phrase::phrase;
use serde_json::Value;

use crate::{
    checks::languages::find_difference, found_message::FoundMessage,
    replay::personal_data::find_personal_data,
};

/// What is to be looked at in an act before it is signed.
#[must_use]
pub fn find_text_doubts(fact: &Fact) -> Vec<(Rule, FoundMessage)> {
    let body = fact.body().map(|body| body.text().to_owned()).unwrap_or_default();
    let personal = find_personal_data(&body).into_iter();
    let mut doubts: Vec<(Rule, FoundMessage)> = personal
        .map(|found| {
            (
                Rule::Pub06,
                FoundMessage::expected(
                    phrase!("found-no-personal-data", "no personal data"),
                    found.describe_kind(),
                ),
            )
        })
        .collect();
    if let Ok(body) = serde_json::from_str(&body) {
        compare_names(&body, &mut doubts);
    }
    let protocol = match fact {
        Fact::ProtocolSigned(b) => Some(&b.protocol),
        Fact::ProtocolSuperseded(b) => Some(&b.protocol),
        _ => None,
    };
    if protocol.is_some_and(|protocol| protocol.paper.is_none()) {
        doubts.push((
            Rule::Com03,
            FoundMessage::expected(
                phrase!("found-the-hash-of-the-signed-paper", "the hash of the signed paper"),
                phrase!("found-none", "none"),
            ),
        ));
    }
    doubts
}

/// PUB-09: one name in two languages, which carries the same numbers in both.
fn compare_names(value: &Value, doubts: &mut Vec<(Rule, FoundMessage)>) {
    match value {
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            let bases = fields.keys().filter_map(|name| name.strip_suffix("kk"));
            let found = bases.filter_map(|base| {
                let (kk, ru) = (text(&format!("{base}kk"))?, text(&format!("{base}ru"))?);
                find_difference(Some(kk), Some(ru))
            });
            doubts.extend(found.map(|message| (Rule::Pub09, message)));
            fields.values().for_each(|field| compare_names(field, doubts));
        }
        Value::Array(list) => list.iter().for_each(|item| compare_names(item, doubts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_in_one_language_alone_is_doubted() {
        let count = |text: &str| {
            let mut doubts = Vec::new();
            compare_names(&serde_json::from_str(text).unwrap(), &mut doubts);
            doubts.len()
        };
        assert_eq!(count(r#"{"name_kk":"Абай 2","name_ru":"Абай","other":1}"#), 1);
        assert_eq!(count(r#"{"name_kk":"Абай 2","name_ru":"2 Абай"}"#), 0);
        assert_eq!(count(r#"{"names":[{"kk":"1-учаске","ru":"участок"},{"kk":"a","ru":"b"}]}"#), 1);
    }
}
