//! One row of a file of claims, key by key: what stands there, or why it cannot.

use event::Time;

use crate::{
    fault::ClaimsFault,
    rounding::PrintedFigure,
    rows::{Cell, Row},
};

/// Longest text under a key, in bytes.
const TEXT_BYTES_MAX: usize = 4_096;

/// Every key of a claim.
const KEYS: [&str; 25] = [
    "bound",
    "by",
    "candidate",
    "date",
    "day",
    "election",
    "elections",
    "from",
    "id",
    "level",
    "method",
    "of",
    "office",
    "party",
    "per",
    "precincts",
    "ranking",
    "says",
    "share_of",
    "source",
    "sum_of",
    "territory",
    "until",
    "value",
    "what",
];
/// Keys of which the value is a list.
pub(crate) const LISTS: [&str; 4] = ["level", "ranking", "share_of", "sum_of"];
/// Stands in place of the day of a source that shows none.
pub(crate) const UNKNOWN_DAY: &str = "unknown";
/// Keys that every claim may have, whatever it is about.
const PLAIN: [&str; 6] = ["date", "id", "says", "source", "value", "what"];
/// One row with its number, from 1.
pub(crate) struct ClaimRow<'a> {
    pub(crate) claim: u64,
    pub(crate) row: &'a Row,
}

/// A text that is shown as it stands.
pub(crate) fn require_text(claim: u64, key: &str, text: &str) -> Result<(), ClaimsFault> {
    if text.len() <= TEXT_BYTES_MAX
        && !text.chars().any(|letter| letter.is_control() || texts::is_unseen(letter))
    {
        return Ok(());
    }
    Err(ClaimsFault::Text { claim, key: key.to_owned(), expected: TEXT_BYTES_MAX as u64 })
}

impl ClaimRow<'_> {
    pub(crate) fn require_known(&self) -> Result<(), ClaimsFault> {
        let claim = self.claim;
        for (key, cell) in self.row {
            if !KEYS.contains(&key.as_str()) {
                return Err(ClaimsFault::Key { claim, expected: KEYS.join(", "), found: key.clone() });
            }
            match cell {
                Cell::Word(text) => require_text(claim, key, text)?,
                Cell::List(items) => items.iter().try_for_each(|item| require_text(claim, key, item))?,
            }
        }
        Ok(())
    }

    pub(crate) fn require_territory(&self, found: &str) -> Result<String, ClaimsFault> {
        let digits = found.bytes().all(|byte| byte.is_ascii_digit());
        if digits && (2..=9).contains(&found.len()) {
            return Ok(format!("{found:0<9}"));
        }
        Err(ClaimsFault::Territory { claim: self.claim, found: found.to_owned() })
    }

    pub(crate) fn require_count(&self, key: &'static str, text: &str) -> Result<u64, ClaimsFault> {
        let figure = PrintedFigure::parse(text).filter(|figure| figure.decimals == 0 && figure.scaled > 0);
        let fault = || ClaimsFault::Figure { claim: self.claim, key, found: text.to_owned() };
        figure.map(|figure| figure.scaled).ok_or_else(fault)
    }

    pub(crate) fn require_figure(&self) -> Result<PrintedFigure, ClaimsFault> {
        let text = self.require_word("value")?;
        let fault = || ClaimsFault::Figure { claim: self.claim, key: "value", found: text.to_owned() };
        PrintedFigure::parse(text).ok_or_else(fault)
    }

    /// A day that the calendar has, or [`UNKNOWN_DAY`].
    pub(crate) fn require_day_or_unknown(&self, key: &'static str) -> Result<String, ClaimsFault> {
        match self.require_word(key)? {
            UNKNOWN_DAY => Ok(UNKNOWN_DAY.to_owned()),
            _ => self.require_day(key),
        }
    }

    /// A day that the calendar has.
    pub(crate) fn require_day(&self, key: &'static str) -> Result<String, ClaimsFault> {
        let text = self.require_word(key)?;
        match Time::parse(&format!("{text}T00:00:00+00:00")) {
            Ok(_) => Ok(text.to_owned()),
            Err(_) => Err(ClaimsFault::Day { claim: self.claim, key, found: text.to_owned() }),
        }
    }

    pub(crate) fn word(&self, key: &'static str) -> Result<Option<&str>, ClaimsFault> {
        match self.row.get(key) {
            None => Ok(None),
            Some(Cell::Word(text)) => Ok(Some(text)),
            Some(Cell::List(_)) => Err(ClaimsFault::List { claim: self.claim, key }),
        }
    }

    pub(crate) fn require_word(&self, key: &'static str) -> Result<&str, ClaimsFault> {
        let word = self.word(key)?.filter(|text| !text.is_empty());
        word.ok_or(ClaimsFault::Missing { claim: self.claim, key })
    }

    pub(crate) fn list(&self, key: &'static str) -> Result<Option<Vec<String>>, ClaimsFault> {
        Ok(self.row.get(key).map(|cell| match cell {
            Cell::Word(text) => vec![text.clone()],
            Cell::List(items) => items.clone(),
        }))
    }

    pub(crate) fn choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Result<Option<T>, ClaimsFault> {
        self.word(key)?.map(|word| self.find_choice(key, choices, word)).transpose()
    }

    pub(crate) fn require_choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&str, T)],
    ) -> Result<T, ClaimsFault> {
        self.find_choice(key, choices, self.require_word(key)?)
    }

    pub(crate) fn find_choice<T: Copy>(
        &self,
        key: &'static str,
        choices: &[(&str, T)],
        found: &str,
    ) -> Result<T, ClaimsFault> {
        let known = choices.iter().find(|(name, _)| *name == found).map(|(_, choice)| *choice);
        known.ok_or_else(|| {
            let expected = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            ClaimsFault::Word { claim: self.claim, key, expected, found: found.to_owned() }
        })
    }

    /// A key that this claim cannot use is a slip of the pen, and would be believed.
    pub(crate) fn require_only(&self, beside: &str, keys: &[&str]) -> Result<(), ClaimsFault> {
        let fits = |key: &str| PLAIN.contains(&key) || keys.contains(&key);
        match KEYS.into_iter().find(|key| self.row.contains_key(*key) && !fits(key)) {
            Some(key) => Err(ClaimsFault::Beside { claim: self.claim, key, beside: beside.to_owned() }),
            None => Ok(()),
        }
    }
}
