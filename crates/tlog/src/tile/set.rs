//! Which tiles and bundles a tree of a given size has, and which ones hold a range of entries.
//!
//! Contains counting, lazily, because the size may be a stranger's. Does not contain which of them
//! to keep: the partials of each published size, until the full tile is there.

use super::{EntriesPath, FULL_WIDTH, TilePath};

/// Returns the tiles and bundles of a tree of `size` leaves.
#[must_use]
pub const fn tiles_for(size: u64) -> TileSet {
    TileSet { size }
}

/// The tiles and bundles of a tree: every full one, and at most one partial at the end of each level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TileSet {
    size: u64,
}

impl TileSet {
    /// Lists the hash tiles, level by level. A partial tile counts for nothing in the level above.
    pub fn tiles(self) -> impl Iterator<Item = TilePath> {
        let hashes_of = move |level: u8| self.size.checked_shr(8 * u32::from(level)).unwrap_or(0);
        let levels = (0..).map(move |level| (level, hashes_of(level))).take_while(|(_, hashes)| *hashes > 0);
        levels.flat_map(|(level, hashes)| {
            tile_widths(hashes).filter_map(move |(index, width)| TilePath::new(level, index, width).ok())
        })
    }

    /// Lists the entry bundles.
    pub fn bundles(self) -> impl Iterator<Item = EntriesPath> {
        tile_widths(self.size).filter_map(|(index, width)| EntriesPath::new(index, width).ok())
    }
}

/// A run of entries inside one bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntryRange {
    /// The bundle, as a log of that size has it.
    pub bundle: EntriesPath,
    /// The first entry of the run, counted from the start of the bundle.
    pub first: u16,
    /// How many entries the run has.
    pub count: u16,
}

/// Lists where the entries `[from, from + count)` lie, as far as a log of `size` entries has them.
pub fn entry_ranges(from: u64, count: u64, size: u64) -> impl Iterator<Item = EntryRange> {
    let end = from.saturating_add(count).min(size);
    let mut next = from;
    core::iter::from_fn(move || {
        let bundle = EntriesPath::for_entry(next, end.max(next))?;
        let first = u16::try_from(next % u64::from(FULL_WIDTH)).ok()?;
        let count = bundle.width() - first;
        next += u64::from(count);
        // The run stops at `end`, but the path is the one that the whole log has.
        Some(EntryRange { bundle: EntriesPath::for_entry(next - 1, size)?, first, count })
    })
}

/// Cuts a level of `hashes` into tiles: index and width of each.
fn tile_widths(hashes: u64) -> impl Iterator<Item = (u64, u16)> {
    let full = hashes / u64::from(FULL_WIDTH);
    let last = u16::try_from(hashes % u64::from(FULL_WIDTH)).ok().filter(|width| *width > 0);
    (0..full).map(|index| (index, FULL_WIDTH)).chain(last.map(|width| (full, width)))
}
