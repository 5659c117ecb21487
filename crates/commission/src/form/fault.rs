//! What is wrong with a filled form: every line at once, so that nobody runs the program ten times at two in the morning.

use std::path::PathBuf;

use client::files::FileFault;
use texts::program::say;

use super::value::Expected;
use crate::form_text::FormTextFault;

/// What is wrong with a filled form.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the sentence of each says it")]
pub enum FormFault {
    /// Not UTF-8.
    NoText,
    /// The document of a word processor.
    WordProcessor,
    /// An explanation without the scan of the paper that gives it.
    NoPaper { number: String, explained: &'static str },
    /// A form of another precinct, fact or place.
    OtherForm { expected: String, found: Option<String> },
    /// Neither a comment nor `number) words = value`.
    NoLine { line: usize, found: String },
    /// A number that the form does not have.
    UnknownNumber { line: usize, found: String },
    /// One number on two lines.
    Twice { line: usize, number: String, first: usize },
    /// A line of the form that is gone.
    LeftOut { number: String, label: String },
    /// Damaged ballots without the act that the law asks for.
    NoAct { number: String },
    /// An act about damaged ballots where there are none.
    IdleAct { number: String },
    /// One rule explained twice.
    RuleTwice { number: String, rule: String, first: String },
    /// Other words behind a number than the form's own.
    Words { line: usize, number: String, expected: String, found: String },
    /// Nothing behind the sign of equality.
    Empty { line: usize, number: String, label: String },
    /// Something else than the line asks for.
    Value { line: usize, number: String, label: String, expected: Expected, found: String },
}

impl From<FormTextFault> for FormFault {
    fn from(fault: FormTextFault) -> Self {
        match fault {
            FormTextFault::Encoding => Self::NoText,
            FormTextFault::WordProcessor => Self::WordProcessor,
        }
    }
}

impl FormFault {
    /// Whether the file is not as the form was written, whatever stands behind its numbers.
    #[must_use]
    pub const fn is_of_the_file(&self) -> bool {
        matches!(
            self,
            Self::NoText
                | Self::WordProcessor
                | Self::OtherForm { .. }
                | Self::NoLine { .. }
                | Self::UnknownNumber { .. }
                | Self::Twice { .. }
                | Self::Words { .. }
        )
    }

    /// In one sentence of the language of the answers.
    #[must_use]
    pub fn to_sentence(&self) -> String {
        let text = |value: &str| value.to_owned().into();
        match self {
            Self::NoText => say("form-fault-no-text", &[]),
            Self::WordProcessor => say("form-fault-word-processor", &[]),
            Self::NoPaper { number, explained } => {
                say("form-fault-no-paper", &[("number", text(number)), ("explained", text(explained))])
            }
            Self::OtherForm { expected, found } => {
                let found = found.as_deref().unwrap_or("-");
                say("form-fault-other", &[("expected", text(expected)), ("found", text(found))])
            }
            Self::NoLine { line, found } => {
                say("form-fault-no-line", &[("line", line.to_string().into()), ("found", text(found))])
            }
            Self::UnknownNumber { line, found } => {
                say("form-fault-number", &[("line", line.to_string().into()), ("found", text(found))])
            }
            Self::Twice { line, number, first } => say(
                "form-fault-twice",
                &[
                    ("line", line.to_string().into()),
                    ("number", text(number)),
                    ("first", first.to_string().into()),
                ],
            ),
            Self::LeftOut { number, label } => {
                say("form-fault-left-out", &[("number", text(number)), ("label", text(label))])
            }
            Self::NoAct { number } => say("form-fault-no-act", &[("number", text(number))]),
            Self::IdleAct { number } => say("form-fault-idle-act", &[("number", text(number))]),
            Self::RuleTwice { number, rule, first } => say(
                "form-fault-rule-twice",
                &[("number", text(number)), ("rule", text(rule)), ("first", text(first))],
            ),
            Self::Words { line, number, expected, found } => say(
                "form-fault-words",
                &[
                    ("line", line.to_string().into()),
                    ("number", text(number)),
                    ("expected", text(expected)),
                    ("found", text(found)),
                ],
            ),
            Self::Empty { line, number, label } => say(
                "form-fault-empty",
                &[("line", line.to_string().into()), ("number", text(number)), ("label", text(label))],
            ),
            Self::Value { line, number, label, expected, found } => say(
                "form-fault-value",
                &[
                    ("line", line.to_string().into()),
                    ("number", text(number)),
                    ("label", text(label)),
                    ("expected", expected.to_words().into()),
                    ("found", text(found)),
                ],
            ),
        }
    }
}

/// Why the file of a form is not read.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum FormFileFault {
    /// A file that cannot be read.
    #[error(transparent)]
    File(#[from] FileFault),
    /// A form with faults.
    #[error("{path}: expected a form filled in, found {faults} faults", faults = .faults.len(), path = .path.display())]
    FilledIn {
        /// The file.
        path: PathBuf,
        /// Every fault.
        faults: Vec<FormFault>,
    },
}
