//! One event judged at a head: its form, whether it is known, its signatures, then everything that admission judges.

use event::{
    CheckError, Checked, SignedEvent, Stamp,
    json::{DecodeError, Fault},
};
use law::Rule;

use crate::{Admitted, Head, Refusal};

/// Why an event may not be the next entry.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum AdmissionError {
    /// Its bytes or its signatures are not good.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// It may not follow.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// It cannot be written as an entry.
    #[error("entry, {0}")]
    Entry(#[from] DecodeError),
}

impl AdmissionError {
    /// The rule that was broken.
    #[must_use]
    pub fn rule(&self) -> Rule {
        match self {
            Self::Check(error) => rule_of_check(error),
            Self::Entry(_) => Rule::Int05,
            Self::Refused(refusal) => refusal.rule(),
        }
    }
}

/// The rule that an event breaks whose bytes or signatures are not good.
#[must_use]
pub fn rule_of_check(error: &CheckError) -> Rule {
    match error.fault() {
        Some(fault) if fault.is_figure() => Rule::Ari01,
        Some(Fault::Version { .. }) => Rule::Int08,
        _ if error.is_form() => Rule::Int05,
        _ => Rule::Sig01,
    }
}

/// Judges an event as the next entry of a head, received at a time; changes nothing.
///
/// # Errors
/// The first [`AdmissionError`] in the order of precedence.
pub fn judge_event(head: &Head, signed: &SignedEvent, received: Stamp) -> Result<Admitted, AdmissionError> {
    judge_checked(head, signed, signed.check(), received)
}

/// The same for an event whose signatures were checked already. What is known or foreign is said before what is badly
/// signed.
///
/// # Errors
/// The first [`AdmissionError`] in the order of precedence.
pub fn judge_checked(
    head: &Head,
    signed: &SignedEvent,
    checked: Result<Checked, CheckError>,
    received: Stamp,
) -> Result<Admitted, AdmissionError> {
    let checked = match checked {
        Ok(checked) => checked,
        // The form comes first of all.
        Err(error) if error.is_form() => return Err(error.into()),
        Err(error) => {
            head.precheck(&signed.event, &signed.hash())?;
            return Err(error.into());
        }
    };
    // Its form was judged and its bytes were hashed when it was checked: neither is done again.
    head.precheck(checked.event(), &checked.hash())?;
    let entry = head.seal(checked, received)?;
    Ok(head.admit(entry)?)
}
