//! The terminal: the language of answers as a word of the command line; answers to stdout, everything else to stderr, without
//! signs that move a cursor.

use std::io::Write as _;

use clap::ValueEnum;
use texts::Language;

/// A language on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerLanguage {
    /// Kazakh
    Kk,
    /// Russian
    Ru,
    /// English
    En,
}

impl From<AnswerLanguage> for Language {
    fn from(spoken: AnswerLanguage) -> Self {
        match spoken {
            AnswerLanguage::Kk => Self::Kk,
            AnswerLanguage::Ru => Self::Ru,
            AnswerLanguage::En => Self::En,
        }
    }
}

/// One line to stdout; a reader who has gone away is no fault.
#[allow(clippy::print_stdout, reason = "the one place that answers")]
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{}", harmless(text));
}

/// One line to stderr.
#[allow(clippy::print_stderr, reason = "the one place that tells")]
pub(crate) fn eprint(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", harmless(text));
}

/// An answer with no signs but its own: lines, tabs, and the line ends of CSV.
fn harmless(text: &str) -> String {
    let lines: Vec<_> =
        text.split("\r\n").map(|part| verifier::quote_harmlessly(part, &['\n', '\t'])).collect();
    lines.join("\r\n")
}
