//! Where a second set of figures and the protocol do not say the same: one variant for each way.

use phrase::Phrase;

/// Where a second set of figures and the protocol do not say the same.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum FigureFinding {
    /// Two figures for one line.
    #[error("{line}: {second} {found}, {own} {expected}")]
    Differs {
        /// The line.
        line: Phrase,
        /// What the second set is called.
        second: String,
        /// Its figure.
        found: u64,
        /// What the figures of the protocol are called.
        own: String,
        /// The protocol's figure.
        expected: u64,
    },
    /// A line that the second set lacks.
    #[error("{line}: {second} none, {own} {expected}")]
    NoSecondFigure {
        /// The line.
        line: Phrase,
        /// What the second set is called.
        second: String,
        /// What the figures of the protocol are called.
        own: String,
        /// The protocol's figure.
        expected: u64,
    },
    /// A line that the protocol lacks.
    #[error("{line}: {second} {found}, {own} none")]
    NoOwnFigure {
        /// The line.
        line: Phrase,
        /// What the second set is called.
        second: String,
        /// Its figure.
        found: u64,
        /// What the figures of the protocol are called.
        own: String,
    },
    /// A row of the table without any figure in the second set.
    #[error("expected figures of {second} for this row, found none")]
    NoSecondRow {
        /// What the second set is called.
        second: String,
    },
    /// A row of the second set that no row of the table names.
    #[error(
        "expected a row of the table for the figures of {second} of \"{key}\", which stand in line {line} of {file}, found none"
    )]
    NoOwnRow {
        /// What the second set is called.
        second: String,
        /// Its file.
        file: String,
        /// The line in that file.
        line: u64,
        /// What names the precinct there.
        key: String,
    },
    /// A cell of the second set that is no figure.
    #[error("{second}: {fault}")]
    Unread {
        /// What the second set is called.
        second: String,
        /// The column and what is wrong.
        fault: Phrase,
    },
}

impl FigureFinding {
    /// The finding as one word for programs.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Differs { .. } => "difference",
            Self::NoSecondFigure { .. } | Self::NoSecondRow { .. } => "no-second",
            Self::NoOwnFigure { .. } | Self::NoOwnRow { .. } => "no-own",
            Self::Unread { .. } => "unread",
        }
    }

    /// The protocol's figure and the second one, where the finding has them.
    pub(super) fn figures(&self) -> (Option<u64>, Option<u64>) {
        match self {
            Self::Differs { found, expected, .. } => (Some(*expected), Some(*found)),
            Self::NoSecondFigure { expected, .. } => (Some(*expected), None),
            Self::NoOwnFigure { found, .. } => (None, Some(*found)),
            _ => (None, None),
        }
    }
}
