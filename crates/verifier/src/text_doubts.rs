//! What a text may say too much or otherwise in another language: told before it is signed, since nothing is refused for it.
//!
//! Contains personal data in the texts of an act, and a protocol without its scan. Elsewhere: the same looked for in whole
//! ledgers (`checks::personal`, `checks::papers`).

use law::{Fact, Rule};
use phrase::phrase;

use crate::{found_message::FoundMessage, replay::personal_data::find_personal_data};

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
