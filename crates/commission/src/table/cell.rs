//! A cell as a figure, a text or a time, with one fault for each thing that it may not be.

use event::Time;
use law::FIGURE_MAX;

use super::cells::{CELL_BYTES_MAX, Cell};
use crate::invisible::{show_invisible, show_lookalikes};

/// How numbers and times are written.
#[derive(Debug, Clone, Default)]
pub(crate) struct CellStyle {
    /// What parts thousands, if anything may.
    pub(crate) thousands: Option<Thousands>,
    /// What stands before a fraction of nothing but zeros, if that may stand.
    pub(crate) decimal: Option<char>,
    /// The offset of times that name none.
    pub(crate) offset: Option<String>,
}

/// What parts thousands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Thousands {
    /// A space, of any width, breaking or not.
    Space,
    /// `,`
    Comma,
    /// `.`
    Dot,
    /// `'`
    Apostrophe,
}

/// Why a cell is not what it should be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum CellFault {
    /// Nothing stands there: empty is not zero.
    #[error(
        "expected a value, found an empty cell (empty is not zero: write 0, or say empty = \"none\" in the mapping)"
    )]
    Empty,
    /// Not digits.
    #[error("expected a whole number, found \"{found}\"")]
    NotANumber {
        /// What stands there.
        found: String,
    },
    /// Below zero.
    #[error("expected a number of at least 0, found {found}")]
    Negative {
        /// What stands there.
        found: String,
    },
    /// Not whole.
    #[error(
        "expected a whole number, found {found} (thousands and decimals are read as [numbers] of the mapping says)"
    )]
    Fraction {
        /// What stands there.
        found: String,
    },
    /// A number that is shown in per cent.
    #[error(
        "expected a whole number, found {found} in a cell that shows per cent (give the cell the format of a number)"
    )]
    Percent {
        /// The number under the format.
        found: String,
    },
    /// More than anything a country can count.
    #[error("expected at most {FIGURE_MAX} (ARI-01), found {found}")]
    TooBig {
        /// What stands there.
        found: String,
    },
    /// A formula.
    #[error("expected a value, found a formula that last gave \"{found}\" (paste values in its place)")]
    Formula {
        /// Its last value.
        found: String,
    },
    /// An error value.
    #[error("expected a value, found the error {found}")]
    Error {
        /// Its name.
        found: String,
    },
    /// A merged cell.
    #[error("expected a cell of its own, found a merged one (unmerge the cells)")]
    Merged,
    /// Longer than any cell of a protocol.
    #[error("expected at most {CELL_BYTES_MAX} bytes, found {found} (is a quotation mark not closed?)")]
    TooLong {
        /// Bytes.
        found: usize,
    },
    /// Not a time.
    #[error(
        "expected a time as 2025-10-12T21:14:00+05:00 or 12.10.2025 21:14 with an offset in the mapping, found \"{found}\""
    )]
    Time {
        /// What stands there.
        found: String,
    },
    /// Not the form that is asked for.
    #[error("expected {expected}, found \"{found}\"")]
    Form {
        /// The form.
        expected: &'static str,
        /// What stands there.
        found: String,
    },
}

/// A figure; nothing for an empty cell.
pub(crate) fn read_figure(cell: Cell<'_>, style: &CellStyle) -> Result<Option<u64>, CellFault> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Text(text) => {
            require_length(text)?;
            parse_digits(text, style).map(Some)
        }
        Cell::Number(number) => whole_number(number).map(Some),
        Cell::Percent(number) => Err(CellFault::Percent { found: number.to_string() }),
        Cell::Time(found) => Err(CellFault::NotANumber { found: found.to_owned() }),
        Cell::Truth(truth) => Err(CellFault::NotANumber { found: truth.to_string() }),
        Cell::Formula(_) | Cell::Error(_) | Cell::Merged => Err(no_value(cell)),
    }
}

/// A text; nothing for an empty cell. Numbers of workbooks are written as digits.
pub(crate) fn read_text(cell: Cell<'_>) -> Result<Option<String>, CellFault> {
    match cell {
        Cell::Empty => Ok(None),
        Cell::Text(text) => require_length(text).map(|()| Some(text.to_owned())),
        Cell::Number(number) => whole_number(number).map(|whole| Some(whole.to_string())),
        Cell::Percent(number) => Err(CellFault::Percent { found: number.to_string() }),
        Cell::Time(text) => Ok(Some(text.to_owned())),
        Cell::Truth(truth) => Ok(Some(truth.to_string())),
        Cell::Formula(_) | Cell::Error(_) | Cell::Merged => Err(no_value(cell)),
    }
}

fn no_value(cell: Cell<'_>) -> CellFault {
    match cell {
        Cell::Formula(found) => CellFault::Formula { found: found.to_owned() },
        Cell::Error(found) => CellFault::Error { found: found.to_owned() },
        _ => CellFault::Merged,
    }
}

fn require_length(text: &str) -> Result<(), CellFault> {
    let found = text.len();
    if found > CELL_BYTES_MAX { Err(CellFault::TooLong { found }) } else { Ok(()) }
}

/// A number of a workbook, which is a float.
fn whole_number(number: f64) -> Result<u64, CellFault> {
    let found = number.to_string();
    // Zero with a sign is a figure that somebody subtracted from.
    if number.is_sign_negative() {
        return Err(CellFault::Negative { found });
    }
    if number.fract() != 0.0 {
        return Err(CellFault::Fraction { found });
    }
    // A float of this size is written as its digits; what is larger does not parse.
    found.parse().ok().filter(|whole| *whole <= FIGURE_MAX).ok_or(CellFault::TooBig { found })
}

/// A number written in digits.
fn parse_digits(text: &str, style: &CellStyle) -> Result<u64, CellFault> {
    let found = || show_lookalikes(text);
    let unsigned = text.strip_prefix(['-', '\u{2212}']);
    if unsigned.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
        return Err(CellFault::Negative { found: found() });
    }
    let (whole, fraction) = style.decimal.and_then(|decimal| text.split_once(decimal)).unwrap_or((text, "0"));
    let joined = match style.thousands {
        Some(thousands) => thousands.join_groups(whole),
        None => Some(whole.to_owned()),
    };
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(joined) = joined.filter(|joined| all_digits(joined) && all_digits(fraction)) else {
        let numeric = text.starts_with(|c: char| c.is_ascii_digit())
            && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
        return Err(if numeric {
            CellFault::Fraction { found: found() }
        } else {
            CellFault::NotANumber { found: found() }
        });
    };
    // Three zeros behind a mark may be thousands, unless those have a mark of their own.
    let thousands = fraction.len() == 3 && style.thousands.is_none();
    if thousands || fraction.bytes().any(|byte| byte != b'0') {
        return Err(CellFault::Fraction { found: found() });
    }
    if joined.len() > 1 && joined.starts_with('0') {
        return Err(CellFault::Form { expected: "a number without leading zeros", found: found() });
    }
    joined
        .parse()
        .ok()
        .filter(|whole| *whole <= FIGURE_MAX)
        .ok_or_else(|| CellFault::TooBig { found: found() })
}

impl Thousands {
    /// The digits without what parts them; nothing if they are not parted in threes.
    fn join_groups(self, text: &str) -> Option<String> {
        let parts = |c: char| match self {
            Self::Space => matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'),
            Self::Comma => c == ',',
            Self::Dot => c == '.',
            Self::Apostrophe => matches!(c, '\'' | '\u{2019}'),
        };
        let groups: Vec<&str> = text.split(parts).collect();
        let (first, rest) = groups.split_first()?;
        let threes = rest.iter().all(|group| group.len() == 3) && (rest.is_empty() || first.len() <= 3);
        threes.then(|| groups.concat())
    }
}

/// A time: whole, or local with the offset of the mapping.
pub(crate) fn read_time(text: &str, style: &CellStyle) -> Result<Time, CellFault> {
    let fault = || CellFault::Time { found: show_invisible(text) };
    if let Ok(time) = Time::parse(text) {
        return Ok(time);
    }
    let offset = style.offset.as_deref().ok_or_else(fault)?;
    let (date, clock) = text.split_once(['T', ' ']).ok_or_else(fault)?;
    let parts: Vec<&str> = date.split('.').collect();
    let date = match parts.as_slice() {
        [day, month, year] => format!("{year}-{month}-{day}"),
        _ => date.to_owned(),
    };
    let seconds = if clock.len() == 5 { ":00" } else { "" };
    Time::parse(&format!("{date}T{clock}{seconds}{offset}")).map_err(|_| fault())
}
