//! A document in words, as data: title, head, lines, signers, notes.

/// A document in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegibleDocument {
    /// What it states.
    pub title: String,
    /// Who speaks, about which election, when, for which ledger.
    pub head: Vec<LegibleLine>,
    /// What it says, in the order of the paper.
    pub lines: Vec<LegibleLine>,
    /// Who signs, and whether they have.
    pub signers: Vec<LegibleLine>,
    /// What the reader has to know of the lines: whether names were looked up, whether numbers are assumed.
    pub notes: Vec<String>,
}

/// One line of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegibleLine {
    /// Its number on the paper, if the paper numbers it.
    pub number: Option<String>,
    /// What it is about.
    pub label: String,
    /// What it says; none for a heading over the lines that follow.
    pub value: Option<String>,
    /// The figure in words, where the paper has it in words.
    pub in_words: Option<String>,
    /// How deep it stands under headings.
    pub depth: usize,
}

impl LegibleLine {
    pub(super) fn said(label: String, value: String) -> Self {
        Self { number: None, label, value: Some(value), in_words: None, depth: 0 }
    }

    pub(super) fn heading(label: String, depth: usize) -> Self {
        Self { number: None, label, value: None, in_words: None, depth }
    }

    pub(super) fn at(mut self, depth: usize) -> Self {
        self.depth = depth;
        self
    }

    pub(super) fn numbered(mut self, number: impl Into<String>) -> Self {
        self.number = Some(number.into());
        self
    }
}
