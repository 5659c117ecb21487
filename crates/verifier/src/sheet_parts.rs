//! The text of QR A: a signed event cut into numbered parts, and put together again.
//!
//! ```text
//! hattama-slip-v1 <k>/<n> <event hash>\n<part k of the working file>
//! ```
//!
//! What people do to scanned text on its way is borne: parts in any order or twice, CRLF, other text around them, white
//! space at the ends of lines. What could be a lie is not: every other difference has a fault of its own.

use std::collections::BTreeMap;

use event::{Hash, SignedEvent, json::DecodeError};

#[cfg(feature = "alphabets")]
use crate::alphabet::list_possible_texts;

/// What the first line of every part begins with, up to the number of the version.
const MARK: &str = "hattama-slip-v";
/// The version written here.
const VERSION: &str = "1";
/// More parts than any wall has room for.
pub const PARTS_MAX: usize = 99;

/// Why scanned text is no signed event.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum PartsError {
    /// No code of a slip in the text.
    #[error("expected the text of a slip's code, which starts with `hattama-slip-v1`, found none")]
    None,
    /// A version that is not known here.
    #[error("expected a slip of version 1, found version {found}")]
    Version {
        /// As written.
        found: String,
    },
    /// A first line that does not read.
    #[error("expected `hattama-slip-v1 <k>/<n> <64 hexadecimal digits>`, found `{found}`")]
    Header {
        /// The line.
        found: String,
    },
    /// A first line with nothing under it.
    #[error("expected text under the first line of part {part}, found none; scan this code again")]
    Empty {
        /// The part.
        part: usize,
    },
    /// Parts of two events.
    #[error(
        "expected the parts of one event, {expected}, found also a part of {found}; scan one sheet at a time"
    )]
    OtherEvent {
        /// The first one.
        expected: Hash,
        /// Another one.
        found: Hash,
    },
    /// Parts of two printings, cut in different ways.
    #[error(
        "expected parts of one sheet, in {expected}, found also a part of {found}; scan one sheet at a time"
    )]
    OtherCut {
        /// How many parts the first one names.
        expected: usize,
        /// How many another one names.
        found: usize,
    },
    /// One part with two texts.
    #[error("expected one text of part {part}, found two that differ; one of them was changed")]
    Differs {
        /// The part.
        part: usize,
    },
    /// Not all parts.
    #[error("expected {expected} parts, found no part {}", list_parts(.missing))]
    Missing {
        /// How many there are.
        expected: usize,
        /// Which are not there.
        missing: Vec<usize>,
    },
    /// Put together, no signed event.
    #[error(
        "expected a signed event in the parts, found other text: {0}; a part was changed or scanned wrongly"
    )]
    Form(DecodeError),
    /// Put together, letters that no protocol has.
    #[error(
        "expected the letters of the act, found others, for which its scanner took them: set the scanner to UTF-8, or read the codes with another program"
    )]
    Alphabet,
    /// Put together, another event than the parts name.
    #[error("expected event {expected}, as every part says, found {found}; a part was changed")]
    Hash {
        /// As the parts say.
        expected: Hash,
        /// As computed.
        found: Hash,
    },
}

fn list_parts(parts: &[usize]) -> String {
    parts.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

impl PartsError {
    /// Whether something is false; else something is not there, or not known.
    #[must_use]
    pub fn is_false(&self) -> bool {
        match self {
            Self::Header { .. } | Self::Differs { .. } | Self::Form(_) | Self::Hash { .. } => true,
            Self::None
            | Self::Version { .. }
            | Self::Empty { .. }
            | Self::OtherEvent { .. }
            | Self::OtherCut { .. }
            | Self::Alphabet
            | Self::Missing { .. } => false,
        }
    }
}

/// Cuts the working file of an event into parts of at most so many bytes each, first lines included, all about as long.
///
/// No cut lies inside a character or beside white space, which phones and messengers take away at the ends of texts.
#[must_use]
pub fn cut_event(text: &str, event: &Hash, bytes_max: usize) -> Vec<String> {
    let room = bytes_max.saturating_sub(first_line(PARTS_MAX, PARTS_MAX, event).len()).max(4);
    // A cut gives way by a few bytes, so an even share may overflow into one more part: then the shares get smaller.
    let chunks = (text.len().div_ceil(room).max(1)..)
        .map(|wanted| split_evenly(text, text.len().div_ceil(wanted), wanted))
        .find(|chunks| chunks.iter().all(|chunk| chunk.len() <= room))
        .unwrap_or_default();
    let all = chunks.len();
    chunks.iter().zip(1..).map(|(chunk, k)| format!("{}{chunk}", first_line(k, all, event))).collect()
}

fn first_line(k: usize, n: usize, event: &Hash) -> String {
    format!("{MARK}{VERSION} {k}/{n} {event}\n")
}

/// Exactly `wanted` pieces of about `share` bytes, or fewer; the last one takes what is left.
fn split_evenly(text: &str, share: usize, wanted: usize) -> Vec<&str> {
    let mut rest = text;
    let mut chunks = Vec::new();
    while chunks.len() + 1 < wanted && rest.len() > share {
        let Some((chunk, after)) = rest.split_at_checked(soft_end(rest, share)) else { break };
        chunks.push(chunk);
        rest = after;
    }
    if !rest.is_empty() {
        chunks.push(rest);
    }
    chunks
}

/// The last place up to `end` where the text may be cut.
fn soft_end(text: &str, end: usize) -> usize {
    let soft = |at: usize| {
        let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else { return false };
        !before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace)
    };
    // A run of spaces as long as a part is cut inside: joining is exact either way.
    let hard = || (1..=end).rev().find(|at| text.is_char_boundary(*at));
    (1..=end).rev().find(|at| soft(*at)).or_else(hard).unwrap_or(text.len())
}

/// A signed event put together from its parts. Its signatures are not checked here.
#[derive(Debug, Clone)]
pub struct JoinedEvent {
    /// The event hash, as the parts say and as computed.
    pub event: Hash,
    /// The canonical working file.
    pub text: String,
    /// How many parts it was in.
    pub parts: usize,
}

/// Finds the parts in scanned text and puts them together.
///
/// # Errors
/// The first [`PartsError`].
pub fn join_parts(text: &str) -> Result<JoinedEvent, PartsError> {
    let mut found: BTreeMap<usize, &str> = BTreeMap::new();
    let mut sheet: Option<(usize, Hash)> = None;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(at) = line.find(MARK) else { continue };
        let (k, n, event) = parse_header(line.get(at..).unwrap_or_default())?;
        let (expected_n, expected) = *sheet.get_or_insert((n, event));
        if event != expected {
            return Err(PartsError::OtherEvent { expected, found: event });
        }
        if n != expected_n {
            return Err(PartsError::OtherCut { expected: expected_n, found: n });
        }
        // The line under a first line is its part, whatever it says: no text of an event is taken for a first line.
        let chunk = lines.next_if(|next| !next.trim_ascii().is_empty() && parse_header(next).is_err());
        let chunk = chunk.ok_or(PartsError::Empty { part: k })?.trim_ascii();
        if found.insert(k, chunk).is_some_and(|other| other != chunk) {
            return Err(PartsError::Differs { part: k });
        }
    }
    let (n, event) = sheet.ok_or(PartsError::None)?;
    let missing: Vec<usize> = (1..=n).filter(|k| !found.contains_key(k)).collect();
    if !missing.is_empty() {
        return Err(PartsError::Missing { expected: n, missing });
    }
    let text: String = found.into_values().collect();
    let fault = match require_event(&text, event) {
        Ok(()) => return Ok(JoinedEvent { event, text, parts: n }),
        Err(fault) => fault,
    };
    if !has_strange_letters(&text) {
        return Err(fault);
    }
    let read = read_otherwise(&text, event);
    read.map(|text| JoinedEvent { event, text, parts: n }).ok_or(match fault {
        // It reads as an act, with signs of its own: one of them was changed.
        PartsError::Hash { .. } if !text.contains("??") => fault,
        _ => PartsError::Alphabet,
    })
}

/// The event, where another reading of the text gives it. The hash says which event it must be, so nothing else can come of one.
#[cfg(feature = "alphabets")]
fn read_otherwise(text: &str, event: Hash) -> Option<String> {
    list_possible_texts(text).find(|text| require_event(text, event).is_ok())
}

/// Nobody stood between the codes and their bytes: there is no other reading.
#[cfg(not(feature = "alphabets"))]
fn read_otherwise(_: &str, _: Hash) -> Option<String> {
    None
}

/// Whether letters stand in a text that no protocol has, or signs in place of letters.
pub(crate) fn has_strange_letters(text: &str) -> bool {
    let usual = |sign: char| {
        sign.is_ascii()
            || matches!(
                sign,
                '\u{400}'..='\u{4ff}' | '«' | '»' | '–' | '—' | '№' | '“' | '”' | '„' | '’' | '…'
            )
    };
    text.contains("??") || !text.chars().all(usual)
}

/// Whether a text is just this event.
fn require_event(text: &str, event: Hash) -> Result<(), PartsError> {
    let found = SignedEvent::decode(text.as_bytes()).map_err(PartsError::Form)?.hash();
    if found == event { Ok(()) } else { Err(PartsError::Hash { expected: event, found }) }
}

/// The text of several sheets, parted into that of each; what reads as no part stays with the sheet before it.
#[must_use]
pub fn split_sheets(text: &str) -> Vec<String> {
    split_events(text).into_iter().map(|(_, text)| text).collect()
}

/// The same, each with the event that its parts name.
#[must_use]
pub fn split_events(text: &str) -> Vec<(Hash, String)> {
    let mut sheets: Vec<(Hash, String)> = Vec::new();
    let mut own = None;
    for line in text.lines() {
        if let Some(Ok((.., event))) = line.find(MARK).and_then(|at| line.get(at..)).map(parse_header) {
            own = sheets.iter().position(|(other, _)| *other == event).or(Some(sheets.len()));
            if own == Some(sheets.len()) {
                sheets.push((event, String::new()));
            }
        }
        if let Some((_, text)) = own.and_then(|own| sheets.get_mut(own)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    sheets
}

/// Whether a text has parts of slips in it.
#[must_use]
pub fn has_parts(text: &str) -> bool {
    text.contains(MARK)
}

/// Reads the first line of a part.
fn parse_header(line: &str) -> Result<(usize, usize, Hash), PartsError> {
    let wrong = || PartsError::Header { found: line.chars().take(120).collect() };
    let (version, rest) = line.strip_prefix(MARK).and_then(|rest| rest.split_once(' ')).ok_or_else(wrong)?;
    if version != VERSION {
        return Err(PartsError::Version { found: version.chars().take(20).collect() });
    }
    let (place, hash) = rest.split_once(' ').ok_or_else(wrong)?;
    let (k, n) = place.split_once('/').ok_or_else(wrong)?;
    let (k, n) = (parse_number(k).ok_or_else(wrong)?, parse_number(n).ok_or_else(wrong)?);
    let event = Hash::parse(hash.trim_ascii_end()).map_err(|_| wrong())?;
    if k > n { Err(wrong()) } else { Ok((k, n, event)) }
}

/// 1 to [`PARTS_MAX`], in the one spelling that is written.
fn parse_number(text: &str) -> Option<usize> {
    let number: usize = text.parse().ok()?;
    ((1..=PARTS_MAX).contains(&number) && number.to_string() == text).then_some(number)
}
