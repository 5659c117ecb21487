//! The paths of tiles, written and read in their one spelling.
//!
//! Contains the number in groups of three digits, all but the last marked with an `x` (`1234067` is
//! `x001/x234/067`), and the width of partial tiles. Does not contain the prefix of the log and the
//! path of the checkpoint.

use alloc::borrow::ToOwned;
use alloc::string::{String, ToString};
use core::fmt;

use super::{FULL_WIDTH, MAX_LEVEL};
use crate::canonical::decode_decimal;

/// Where a tile of hashes lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TilePath {
    level: u8,
    index: u64,
    width: u16,
}

impl TilePath {
    /// Names the tile `index` of a level, of `width` hashes.
    ///
    /// # Errors
    ///
    /// [`PathError::Level`] or [`PathError::Width`].
    pub fn new(level: u8, index: u64, width: u16) -> Result<Self, PathError> {
        if level > MAX_LEVEL {
            return Err(PathError::Level { found: level.to_string() });
        }
        Ok(Self { level, index, width: check_width(width)? })
    }

    /// Reads a path from `tile/` on.
    ///
    /// # Errors
    ///
    /// Every [`PathError`].
    pub fn parse(path: &str) -> Result<Self, PathError> {
        let rest = path.strip_prefix("tile/").ok_or(PathError::Prefix { expected: "tile/" })?;
        let (level, number) = rest.split_once('/').ok_or(PathError::Parts)?;
        let wrong_level = || PathError::Level { found: level.to_owned() };
        let level = decode_decimal(level).and_then(|level| level.try_into().ok()).ok_or_else(wrong_level)?;
        let (index, width) = parse_number(number)?;
        Self::new(level, index, width)
    }

    /// Returns the level: hashes at level `L` stand for `256^L` entries each.
    #[must_use]
    pub const fn level(&self) -> u8 {
        self.level
    }

    /// Returns the index of the tile in its level.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// Returns how many hashes the tile has, 1 to 256.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        write_number(f, self.index, self.width)
    }
}

/// Where a bundle of entries lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntriesPath {
    index: u64,
    width: u16,
}

impl EntriesPath {
    /// Names the bundle `index`, of `width` entries.
    ///
    /// # Errors
    ///
    /// [`PathError::Width`].
    pub fn new(index: u64, width: u16) -> Result<Self, PathError> {
        Ok(Self { index, width: check_width(width)? })
    }

    /// Names the bundle that holds `entry` in a log of `size` entries, if it has that entry.
    #[must_use]
    pub fn for_entry(entry: u64, size: u64) -> Option<Self> {
        let index = entry / u64::from(FULL_WIDTH);
        let from_start = size.checked_sub(index * u64::from(FULL_WIDTH))?;
        let width = u16::try_from(from_start).map_or(FULL_WIDTH, |width| width.min(FULL_WIDTH));
        (entry < size).then_some(Self { index, width })
    }

    /// Reads a path from `tile/entries/` on.
    ///
    /// # Errors
    ///
    /// Every [`PathError`] but [`PathError::Level`].
    pub fn parse(path: &str) -> Result<Self, PathError> {
        let prefix = "tile/entries/";
        let number = path.strip_prefix(prefix).ok_or(PathError::Prefix { expected: prefix })?;
        let (index, width) = parse_number(number)?;
        Self::new(index, width)
    }

    /// Returns the index of the bundle.
    #[must_use]
    pub const fn index(&self) -> u64 {
        self.index
    }

    /// Returns how many entries the bundle has, 1 to 256.
    #[must_use]
    pub const fn width(&self) -> u16 {
        self.width
    }
}

impl fmt::Display for EntriesPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("tile/entries/")?;
        write_number(f, self.index, self.width)
    }
}

/// A reason to refuse a path.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum PathError {
    /// The path begins otherwise.
    #[error("expected a path that begins with {expected}, found another")]
    Prefix {
        /// How it must begin.
        expected: &'static str,
    },
    /// The path stops after the level.
    #[error("expected a level and a number, found one part")]
    Parts,
    /// The level is not one, or not in the one spelling of it.
    #[error("expected a level from 0 to {MAX_LEVEL}, found {found:?}")]
    Level {
        /// The level.
        found: String,
    },
    /// The number is not in the one spelling of it, or too large.
    #[error("expected a number in groups of three digits, found {found:?}")]
    Number {
        /// The groups.
        found: String,
    },
    /// The width is not in the one spelling of it, or that of a full tile.
    #[error("expected a partial width from 1 to 255, found {found:?}")]
    PartialWidth {
        /// The width.
        found: String,
    },
    /// The width is none that a tile can have.
    #[error("expected a width from 1 to {FULL_WIDTH}, found {found}")]
    Width {
        /// The width.
        found: u16,
    },
}

const fn check_width(width: u16) -> Result<u16, PathError> {
    if width == 0 || width > FULL_WIDTH { Err(PathError::Width { found: width }) } else { Ok(width) }
}

fn write_number(f: &mut fmt::Formatter<'_>, index: u64, width: u16) -> fmt::Result {
    f.write_str(&grouped(index))?;
    if width == FULL_WIDTH { Ok(()) } else { write!(f, ".p/{width}") }
}

fn parse_number(text: &str) -> Result<(u64, u16), PathError> {
    let Some((groups, partial)) = text.split_once(".p/") else { return Ok((ungrouped(text)?, FULL_WIDTH)) };
    match decode_decimal(partial).and_then(|width| u16::try_from(width).ok()) {
        Some(width @ 1..FULL_WIDTH) => Ok((ungrouped(groups)?, width)),
        _ => Err(PathError::PartialWidth { found: partial.to_owned() }),
    }
}

fn grouped(index: u64) -> String {
    let mut text = alloc::format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        text = alloc::format!("x{:03}/{text}", rest % 1000);
        rest /= 1000;
    }
    text
}

fn ungrouped(text: &str) -> Result<u64, PathError> {
    let wrong = || PathError::Number { found: text.to_owned() };
    let mut digits = text.bytes().filter(u8::is_ascii_digit);
    let index = digits
        .try_fold(0_u64, |number, digit| number.checked_mul(10)?.checked_add(u64::from(digit - b'0')))
        .ok_or_else(wrong)?;
    // Whatever the digits say, there is one spelling of it: x marks, slashes and zeros included.
    if grouped(index) == text { Ok(index) } else { Err(wrong()) }
}
