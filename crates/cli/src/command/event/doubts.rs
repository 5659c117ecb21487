//! What is to be looked at in an act before anybody signs it.

use law::Fact;
use texts::program::{answer_language, say};

use crate::terminal::eprint;

/// Says what is to be looked at before anybody signs: nothing is refused for it, and it stays for ever.
pub(super) fn print_doubts(fact: &Fact) {
    for (rule, message) in verifier::find_text_doubts(fact) {
        let message = message.text_in(answer_language());
        eprint(&say("draft-doubt", &[("rule", rule.id().into()), ("message", message.into())]));
    }
}
