//! What is to be looked at in an act before anybody signs it.

use law::{Fact, Finding};
use phrase::Phrase;
use texts::{
    program::{answer_language, say},
    say_phrase,
};

use crate::terminal::eprint;

/// Says what is to be looked at before anybody signs: nothing is refused for it, and it stays for ever.
pub(super) fn print_doubts(fact: &Fact) {
    for (rule, message) in verifier::find_text_doubts(fact) {
        let message = message.text_in(answer_language());
        eprint(&say("draft-doubt", &[("rule", rule.id().into()), ("message", message.into())]));
    }
}

/// What the ledger would note or show as explained.
pub(super) fn describe_finding(finding: &Finding) -> String {
    let rule = finding.violation.rule;
    let said = Phrase::frame(&finding.violation.expected, &finding.violation.found);
    let args = [("rule", rule.id().into()), ("said", say_phrase(answer_language(), &said).into())];
    say("draft-noted", &args)
}
