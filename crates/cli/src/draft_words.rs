//! Why there is no draft, in the words of the language of the answers: what is missing, what a form has wrong, what the
//! ledger would refuse, and how that is mended.

use std::path::Path;

use commission::{
    batch::BatchFault, ceremony::fault::CeremonyFault, drafting::fault::DraftFault, many::fault::ManyFault,
};
use ledger::Refusal;
use node::AppendError;
use phrase::Phrase;
use texts::{program::say, refusal::describe_refusal, say_fault};

pub(crate) use texts::mend::tell_mend;

/// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
pub(crate) fn exit_code(fault: &DraftFault) -> u8 {
    match fault {
        DraftFault::File(fault) => fault.exit_code(),
        DraftFault::Fact(law::FactError::Unknown { .. }) => 64,
        DraftFault::Refused(_) | DraftFault::Fact(_) | DraftFault::Form(_) | DraftFault::Own(_) => 1,
        DraftFault::Sheet(_) => 2,
        DraftFault::UnknownField { .. }
        | DraftFault::Twice { .. }
        | DraftFault::Value { .. }
        | DraftFault::Missing { .. }
        | DraftFault::Author
        | DraftFault::AuthorId { .. }
        | DraftFault::ElectionId { .. }
        | DraftFault::Election { .. }
        | DraftFault::NewElection
        | DraftFault::NoElection
        | DraftFault::Desk { .. }
        | DraftFault::Signer { .. }
        | DraftFault::NobodySigns { .. }
        | DraftFault::OfficeKey { .. } => 64,
    }
}

/// 2: the table cannot be read; 64: words or columns that do not fit.
pub(crate) fn exit_code_of_many(fault: &ManyFault) -> u8 {
    match fault {
        ManyFault::Draft(fault) => exit_code(fault),
        ManyFault::Table(_) | ManyFault::TooManyRows { .. } => 2,
        ManyFault::NotForTables { .. }
        | ManyFault::NoColumns { .. }
        | ManyFault::TwoColumns { .. }
        | ManyFault::NoColumn { .. }
        | ManyFault::NoField { .. } => 64,
    }
}

/// 1: a draft that may not stand in a batch, or another's; 2: the batch was cut off, or a file cannot be read.
pub(crate) fn exit_code_of_batch(fault: &BatchFault) -> u8 {
    match fault {
        BatchFault::File(fault) => fault.exit_code(),
        BatchFault::CutOff { .. } => 2,
        BatchFault::Unsigned { error, .. } => error.exit_code(),
        BatchFault::Alone { .. }
        | BatchFault::NotASigner { .. }
        | BatchFault::Changed { .. }
        | BatchFault::Check(_)
        | BatchFault::Form(_) => 1,
    }
}

/// 1: pieces or a charter that prove something else; 2: a file, or not complete yet; 64: decisions that do not fit.
pub(crate) fn exit_code_of_ceremony(fault: &CeremonyFault) -> u8 {
    match fault {
        CeremonyFault::File(fault) => fault.exit_code(),
        CeremonyFault::Draft(fault) => exit_code(fault),
        CeremonyFault::Threshold { .. } | CeremonyFault::Keys { .. } | CeremonyFault::OneName => 64,
        CeremonyFault::Settings { .. }
        | CeremonyFault::Encode(_)
        | CeremonyFault::Value(_)
        | CeremonyFault::NotDrafted { .. }
        | CeremonyFault::Unsigned { .. } => 2,
        CeremonyFault::Roll(_)
        | CeremonyFault::Beyond { .. }
        | CeremonyFault::Drafted { .. }
        | CeremonyFault::Changed { .. }
        | CeremonyFault::LogKey { .. } => 1,
    }
}

/// In the language of the answers; every piece that does not fit, one a line.
pub(crate) fn describe_ceremony_fault(fault: &CeremonyFault) -> String {
    match fault {
        CeremonyFault::File(fault) => fault.to_sentence(),
        CeremonyFault::Draft(fault) => describe_fault(fault),
        CeremonyFault::Roll(faults) => {
            let lines = faults.iter().map(|fault| format!("  {}", say_fault(fault)));
            format!("{}\n{}", say_fault(fault), lines.collect::<Vec<_>>().join("\n"))
        }
        other => say_fault(other),
    }
}

/// In the language of the answers; what is missing and what a form has wrong line by line.
pub(crate) fn describe_fault(fault: &DraftFault) -> String {
    match fault {
        DraftFault::File(fault) => fault.to_sentence(),
        DraftFault::Missing { fields, .. } => {
            let lines = fields.iter().map(|field| {
                format!("  --set \"{}={}\"   {}", field.path, field.example, say(field.meaning, &[]))
            });
            format!("{}\n{}", say_fault(fault), lines.collect::<Vec<_>>().join("\n"))
        }
        DraftFault::Sheet(faults) => {
            let lines = faults.iter().map(|fault| format!("  {}", say_fault(fault)));
            format!("{}\n{}", say_fault(fault), lines.collect::<Vec<_>>().join("\n"))
        }
        other => say_fault(other),
    }
}

/// The same in one line, for a row among many: the rule with what it expected and found, or the fields that are missing.
pub(crate) fn describe_in_line(fault: &DraftFault) -> String {
    match fault {
        DraftFault::Missing { fields, .. } => {
            let names = fields.iter().map(|field| format!("{} ({})", field.path, say(field.meaning, &[])));
            say("table-missing", &[("fields", names.collect::<Vec<_>>().join(", ").into())])
        }
        other => say_fault(other),
    }
}

/// What to do about it, in one line.
pub(crate) fn hint(fault: &DraftFault) -> Option<String> {
    match fault {
        DraftFault::Fact(law::FactError::Unknown { .. }) => Some(say("hint-facts", &[])),
        DraftFault::Missing { fact, .. } | DraftFault::UnknownField { fact, .. } => {
            Some(say("hint-fields", &[("fact", (*fact).into())]))
        }
        DraftFault::Refused(refusal) => Some(tell_mend(refusal.rule())),
        _ => None,
    }
}

/// A refusal with rule, article, what the rule asks, and what was found instead.
pub(crate) fn describe_refused(refusal: &Refusal, path: &Path) -> String {
    // The law's own words begin with rule and article, which stand in the sentence already.
    let said = match refusal {
        Refusal::Law(own) => say_fault(&Phrase::frame(&own.expected, &own.found)),
        other => say_fault(other),
    };
    describe_refusal(refusal.rule(), &path.display().to_string(), &said)
}

/// A refusal names the rule, its article, what it asks, and what was found instead.
pub(crate) fn describe_refused_entry(path: &Path, error: &AppendError) -> String {
    let path = path.display().to_string();
    let Some(rule) = error.rule() else { return format!("{path}: {}", say_fault(error)) };
    // The law's own words begin with rule and article, which stand in the sentence already.
    let said = match error {
        AppendError::Refused(Refusal::Law(own)) => say_fault(&Phrase::frame(&own.expected, &own.found)),
        other => say_fault(other),
    };
    describe_refusal(rule, &path, &said)
}
