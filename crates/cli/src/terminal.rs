//! The terminal: the language of answers as a word of the command line; answers to stdout, everything else to stderr, without
//! signs that move a cursor.

use std::{
    io::{self, Write as _},
    sync::{Mutex, PoisonError},
};

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

/// Why an answer could not be given, since the program began.
static UNTOLD: Mutex<Option<io::Error>> = Mutex::new(None);

/// One line to stdout. What cannot be written is a fault at the end of the program, whatever the answer was; a reader who has gone
/// away is none.
pub(crate) fn print(text: &str) {
    let mut stdout = io::stdout();
    note_untold(writeln!(stdout, "{}", harmless(text)).and_then(|()| stdout.flush()));
}

/// Notes what became of an answer.
pub(crate) fn note_untold(told: io::Result<()>) {
    let Err(error) = told else { return };
    if error.kind() != io::ErrorKind::BrokenPipe {
        UNTOLD.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
    }
}

/// Why an answer could not be given, if one could not.
pub(crate) fn take_untold() -> Option<io::Error> {
    UNTOLD.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// One line to stderr.
#[allow(clippy::print_stderr, reason = "the one place that tells")]
pub(crate) fn eprint(text: &str) {
    let _ = writeln!(io::stderr(), "{}", harmless(text));
}

/// An answer with no signs but its own: lines, tabs, and the line ends of CSV.
fn harmless(text: &str) -> String {
    let lines: Vec<_> =
        text.split("\r\n").map(|part| verifier::quote_harmlessly(part, &['\n', '\t'])).collect();
    lines.join("\r\n")
}
