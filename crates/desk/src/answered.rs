//! Faults of the floors below, in the sentences of the reader's language.

use commission::{
    book::fault::BookFault, drafting::fault::DraftFault, form::FormFault, paper_form::fault::PaperFormFault,
};
use law::Violation;
use ledger::Refusal;
use phrase::Phrase;
use texts::{
    mend::tell_mend,
    page::{CheckPage, severity_letter},
    program::{answer_language, say},
    say_fault, say_phrase,
};

/// A line of a form that is not as it should be: its number where it is about one, and what to do.
pub(crate) struct ToldLine {
    pub(crate) number: Option<String>,
    pub(crate) said: String,
}

/// What is wrong with a form, without the line numbers of its file.
pub(crate) fn tell_form_fault(fault: &FormFault) -> ToldLine {
    let at = |number: &str, said: String| ToldLine { number: Some(number.to_owned()), said };
    match fault {
        FormFault::Empty { number, .. } => at(number, say("desk-line-empty", &[])),
        FormFault::Value { number, expected, found, .. } => {
            let args = [("expected", expected.to_words().into()), ("found", found.as_str().into())];
            at(number, say("desk-line-value", &args))
        }
        FormFault::NoAct { number }
        | FormFault::IdleAct { number }
        | FormFault::NoPaper { number, .. }
        | FormFault::RuleTwice { number, .. } => at(number, fault.to_sentence()),
        other => ToldLine { number: None, said: other.to_sentence() },
    }
}

/// Why there is no draft: sentences, the first of which says it.
pub(crate) fn tell_paper_fault(fault: &PaperFormFault) -> Vec<String> {
    match fault {
        PaperFormFault::Unlawful(violation) => tell_violation(violation),
        PaperFormFault::Book(fault) => vec![tell_book_fault(fault)],
        PaperFormFault::Edited { faults, .. } => {
            [say_fault(fault)].into_iter().chain(faults.iter().map(FormFault::to_sentence)).collect()
        }
        PaperFormFault::Broken { .. } => vec![say_fault(fault), say("desk-broken-how", &[])],
        other => vec![say_fault(other)],
    }
}

/// Why there is no draft of an act: every line of it.
pub(crate) fn tell_draft_fault(fault: &DraftFault) -> Vec<String> {
    match fault {
        DraftFault::Sheet(faults) => faults.iter().map(say_fault).collect(),
        DraftFault::Missing { fields, .. } => {
            let missing = fields.iter().map(|field| say(field.meaning, &[]));
            vec![say("desk-missing-fields", &[("fields", missing.collect::<Vec<_>>().join("; ").into())])]
        }
        DraftFault::Refused(Refusal::Law(violation)) => tell_violation(violation),
        other => vec![say_fault(other)],
    }
}

/// A rule that refuses: its letter and id, its article, what it asks and what was found, and how that is mended.
pub(crate) fn tell_violation(violation: &Violation) -> Vec<String> {
    let lang = answer_language();
    let rule = violation.rule;
    let page = CheckPage::of(rule, lang);
    let said = say_phrase(lang, &Phrase::frame(&violation.expected, &violation.found));
    let letter = severity_letter(rule.severity());
    vec![format!("{letter} {rule}. {} ({}) {said}", page.question, page.article), tell_mend(rule)]
}

pub(crate) fn tell_book_fault(fault: &BookFault) -> String {
    let said = match fault {
        BookFault::File(fault) => fault.to_sentence(),
        other => say_fault(other),
    };
    fault.hint().map_or_else(|| said.clone(), |hint| format!("{said}. {hint}"))
}
