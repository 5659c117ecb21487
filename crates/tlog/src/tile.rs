//! Tiles: the tree and its entries as small files that never change (C2SP tlog-tiles).
//!
//! ```text
//! tile/<L>/<N>[.p/<W>]         hashes[W][32]: hash i is the subtree root at level 8 L, index 256 N + i
//! tile/entries/<N>[.p/<W>]     (u16 big-endian length || bytes)[W]
//! ```
//!
//! Contains the paths and their sets for a tree size (`path`, `set`), and the bytes of a hash tile
//! and of an entry bundle (`content`). Does not contain files and HTTP, the checkpoint file, and
//! gzip. Nothing here says that a tile is genuine: that takes a root and the tree above it.

mod content;
mod path;
mod set;

pub use self::content::{ContentError, encode_bundle, encode_tile, parse_bundle, parse_tile};
pub use self::path::{EntriesPath, PathError, TilePath};
pub use self::set::{EntryRange, TileSet, entry_ranges, tiles_for};

/// How many hashes or entries a full tile holds. It does not fit into a byte.
pub const FULL_WIDTH: u16 = 256;

/// The highest level that a path can name; trees of 64-bit sizes stop at level 7.
pub const MAX_LEVEL: u8 = 63;

#[cfg(test)]
mod tests;
