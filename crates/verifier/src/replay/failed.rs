//! What a replay says of an entry that does not read or may not follow, and of what was admitted with an explanation.

use event::{CheckError, json::Fault};
use law::{Outcome, Rule};
use ledger::{EntryError, Head, Refusal};
use phrase::{Phrase, phrase};

use crate::{findings::Findings, found_message::FoundMessage, subject::Subject};

/// Said of a version or a fact that this program lacks, where nothing in the ledger brought it in.
fn say_unannounced() -> Phrase {
    phrase!(
        "found-and-no-rules-adopted-before-it",
        ", and no rules-adopted before it announces another version: nobody can tell what it is"
    )
}

/// Says of an entry that it does not read, or that a signature in it is not good.
pub(crate) fn fail_undecoded(index: u64, error: &EntryError, announced: bool, findings: &mut Findings) {
    let subject = Subject::Entry(index);
    let message = FoundMessage::stated(error);
    let fault = match error {
        EntryError::Decode(error) => Some(&error.fault),
        EntryError::Check(error) => error.fault(),
    };
    match (fault, error) {
        (Some(Fault::Version { .. }), _) => {
            let message = if announced { message } else { message.with_more(say_unannounced()) };
            findings.error(Rule::Int08, Some(index), &subject, message);
        }
        (Some(fault), _) => {
            let rule = if fault.is_figure() { Rule::Ari01 } else { Rule::Int05 };
            findings.fail(rule, Some(index), &subject, message);
        }
        (None, EntryError::Decode(_)) => findings.fail(Rule::Int05, Some(index), &subject, message),
        (None, EntryError::Check(CheckError::Decode(_))) => {}
        (None, EntryError::Check(_)) => findings.fail(Rule::Sig01, Some(index), &subject, message),
    }
}

/// Says of an entry that it may not follow.
pub(crate) fn fail_refused(
    index: u64,
    subject: &str,
    refusal: &Refusal,
    announced: bool,
    findings: &mut Findings,
) {
    let rule = refusal.rule();
    let message = FoundMessage::stated(refusal);
    // What this version does not know is no lie: it cannot tell.
    if rule == Rule::Int08 {
        let message = if announced { message } else { message.with_more(say_unannounced()) };
        findings.error(Rule::Int08, Some(index), subject, message);
    } else {
        findings.refused(rule, index, subject, message);
    }
}

/// What was admitted with an explanation or a note stays visible for ever.
pub(crate) fn note_explained(head: &Head, findings: &mut Findings) {
    for finding in &head.state().findings {
        let how = match finding.outcome {
            Outcome::Explained => phrase!("found-explained", "explained"),
            Outcome::Noted => phrase!("found-noted", "noted"),
        };
        let violation = &finding.violation;
        let message = FoundMessage::expected(&violation.expected, &violation.found).with_subject(how);
        let rule = violation.rule;
        findings.warn(
            rule,
            Some(finding.index),
            finding.subject.as_str(),
            message,
            finding.explanation.clone(),
        );
    }
}
