//! The leaves of a source: in memory, or in the bundles of a folder, which are read a few at a time.
//!
//! Contains one place, a run, all of them. Elsewhere: which bundles there are (`published`), what the entries say
//! (`replay`).
//!
//! A folder may change under who reads it: a bundle that cannot be read again gives entries without bytes, and bytes that
//! changed do not hash to the tree that was built from them. Neither is ever an entry.

use std::{
    borrow::Cow,
    collections::{BTreeSet, VecDeque},
    path::PathBuf,
};

use phrase::phrase;

use crate::found_message::{FoundMessage, quote};
use tlog::{
    tile::{self, EntriesPath, FULL_WIDTH},
    tree::{Tree, leaf_hash},
};

/// So many entries are looked at at once: one bundle, so that whoever waits sees the replay go on.
const PORTION: usize = 256;

/// A portion ends after so many bytes: one bundle of longest entries has this many.
const PORTION_BYTES: usize = 16 << 20;

/// The bytes of one file of a source.
#[derive(Clone)]
pub(crate) enum Stored<'a> {
    /// Here.
    Held(&'a [u8]),
    /// In this file.
    Apart(PathBuf),
}

/// A file that the machine does not give: not there any more, no right to read it, a broken disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// The file.
    pub(crate) path: PathBuf,
    /// What the system says.
    pub(crate) found: String,
}

impl Unreadable {
    /// What is said of it.
    pub(crate) fn message(&self) -> FoundMessage {
        let path = self.path.display();
        let expected =
            phrase!("found-which-was-there-to-be-readable", "{path}, which was there, to be readable");
        FoundMessage::expected(expected, quote(&self.found))
    }
}

/// Leaves in order.
pub(crate) enum Leaves<'a> {
    /// Here.
    Held(Vec<&'a [u8]>),
    /// In bundles that are read when they are asked for.
    Apart(Apart),
}

/// Bundles of a folder, all full but the last.
#[derive(Default)]
pub(crate) struct Apart {
    bundles: Vec<(PathBuf, EntriesPath)>,
    size: u64,
}

impl<'a> Stored<'a> {
    /// Its bytes; or that the machine did not give them, which says nothing of the ledger.
    pub(crate) fn read_bytes(&self) -> Result<Cow<'a, [u8]>, Unreadable> {
        match self {
            Self::Held(bytes) => Ok(Cow::Borrowed(bytes)),
            #[cfg(feature = "folder")]
            Self::Apart(path) => {
                let why = |fault: crate::source::bounded::ReadFault| fault.to_string();
                let read = crate::source::bounded::read_file(path, crate::source::limits::BUNDLE_BYTES_HELD)
                    .map_err(why);
                read.map(Cow::Owned).map_err(|found| Unreadable { path: path.clone(), found })
            }
            #[cfg(not(feature = "folder"))]
            Self::Apart(path) => Err(Unreadable { path: path.clone(), found: "no files here".to_owned() }),
        }
    }
}

impl Apart {
    /// Takes a bundle in of which the first `taken` entries count.
    pub(crate) fn push_bundle(&mut self, path: PathBuf, bundle: EntriesPath, taken: u16) {
        self.bundles.push((path, bundle));
        self.size += u64::from(taken);
    }

    /// Entries of the bundle with this number, as far as they count.
    fn entries_of_bundle(&self, number: u64) -> Vec<Vec<u8>> {
        let first = number.saturating_mul(u64::from(FULL_WIDTH));
        let count = usize::try_from(self.size.saturating_sub(first)).unwrap_or(usize::MAX);
        let count = count.min(FULL_WIDTH.into());
        let read =
            usize::try_from(number).ok().and_then(|number| self.bundles.get(number)).and_then(|found| {
                let bytes = Stored::Apart(found.0.clone()).read_bytes().ok()?;
                let entries = tile::parse_bundle(&bytes, found.1.width()).ok()?;
                Some(entries.into_iter().take(count).map(<[u8]>::to_vec).collect())
            });
        read.unwrap_or_else(|| vec![Vec::new(); count])
    }
}

impl<'a> Leaves<'a> {
    /// How many.
    pub(crate) fn size(&self) -> u64 {
        match self {
            Self::Held(leaves) => leaves.len() as u64,
            Self::Apart(apart) => apart.size,
        }
    }

    /// The one at an index.
    pub(crate) fn read_entry(&self, index: u64, tree: &Tree) -> Option<Cow<'a, [u8]>> {
        self.rest_of_bundle(index, tree).into_iter().next()
    }

    /// Those at some indices, in order; a bundle is read once, and no second one is held beside it.
    pub(crate) fn read_some<'t>(
        &'t self,
        mut wanted: BTreeSet<u64>,
        tree: &'t Tree,
    ) -> impl Iterator<Item = (u64, Cow<'a, [u8]>)> + use<'a, 't> {
        let mut read = VecDeque::new();
        std::iter::from_fn(move || {
            while read.is_empty() {
                let first = wanted.pop_first()?;
                let own = (first..).zip(self.rest_of_bundle(first, tree));
                read.extend(own.filter(|(index, _)| *index == first || wanted.remove(index)));
            }
            read.pop_front()
        })
    }

    /// Those of one bundle, from `first` on to its end, in the bytes that the tree was built from.
    fn rest_of_bundle(&self, first: u64, tree: &Tree) -> Vec<Cow<'a, [u8]>> {
        let width = u64::from(FULL_WIDTH);
        let skipped = usize::try_from(first % width).unwrap_or(usize::MAX);
        match self {
            Self::Held(leaves) => {
                let end = usize::try_from((first / width + 1).saturating_mul(width)).unwrap_or(usize::MAX);
                let start = usize::try_from(first).unwrap_or(usize::MAX);
                let own = leaves.get(start..end.min(leaves.len())).unwrap_or_default();
                own.iter().map(|bytes| Cow::Borrowed(*bytes)).collect()
            }
            Self::Apart(apart) => {
                let read = apart.entries_of_bundle(first / width).into_iter().skip(skipped);
                let same = |(at, leaf): (u64, Vec<u8>)| {
                    let same = tree.leaf_hash(at) == Some(leaf_hash(&leaf));
                    Cow::Owned(if same { leaf } else { Vec::new() })
                };
                (first..).zip(read).map(same).collect()
            }
        }
    }

    /// Those from `first` on, a few thousand at a time and fewer where they are long, each portion with its first index.
    pub(crate) fn read_portions<'t>(
        &'t self,
        first: u64,
        tree: &'t Tree,
    ) -> impl Iterator<Item = (u64, Vec<Cow<'a, [u8]>>)> + use<'a, 't> {
        let mut next = first;
        std::iter::from_fn(move || {
            let portion = self.read_portion(next, tree);
            let first = next;
            next += portion.len() as u64;
            (!portion.is_empty()).then_some((first, portion))
        })
    }

    /// None only at the end.
    fn read_portion(&self, first: u64, tree: &Tree) -> Vec<Cow<'a, [u8]>> {
        let (mut leaves, mut bytes) = (Vec::new(), 0);
        while leaves.len() < PORTION && bytes < PORTION_BYTES {
            let more = self.rest_of_bundle(first + leaves.len() as u64, tree);
            if more.is_empty() {
                break;
            }
            bytes += more.iter().map(|leaf| leaf.len()).sum::<usize>();
            leaves.extend(more);
        }
        leaves
    }

    /// Those up to a size, all in memory.
    pub(crate) fn read_all(&self, size: u64, tree: &Tree) -> Vec<Cow<'a, [u8]>> {
        let size = usize::try_from(size.min(self.size())).unwrap_or(usize::MAX);
        self.read_portions(0, tree).flat_map(|(_, portion)| portion).take(size).collect()
    }
}

#[cfg(all(test, feature = "folder"))]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_that_changes_under_the_reader_is_no_longer_entries() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("000.p");
        let entries: Vec<Vec<u8>> = (0..5_u8).map(|n| vec![n; 9]).collect();
        let written = tile::encode_bundle(&entries.iter().map(Vec::as_slice).collect::<Vec<_>>()).unwrap();
        std::fs::write(&path, &written).unwrap();
        let mut tree = Tree::default();
        entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
        let mut apart = Apart::default();
        apart.push_bundle(path.clone(), EntriesPath::parse("tile/entries/000.p/5").unwrap(), 5);
        let leaves = Leaves::Apart(apart);
        let seen = |first| -> Vec<Vec<u8>> {
            leaves.read_portions(first, &tree).flat_map(|(_, portion)| portion).map(Cow::into_owned).collect()
        };
        assert_eq!((seen(0), seen(3)), (entries.clone(), entries[3..].to_vec()));
        let mut changed = written.clone();
        changed[4] ^= 1;
        std::fs::write(&path, changed).unwrap();
        let mut expected = entries;
        expected[0].clear();
        assert_eq!(seen(0), expected);
        let whole: Vec<_> = leaves.read_all(5, &tree).into_iter().map(Cow::into_owned).collect();
        assert_eq!(whole, expected);
        assert_eq!(leaves.read_entry(0, &tree).as_deref(), Some(b"".as_slice()));
        assert_eq!(leaves.read_entry(4, &tree).as_deref(), Some([4; 9].as_slice()));
        let mut some = leaves.read_some(BTreeSet::from([1, 3, 4, 7]), &tree);
        assert_eq!(some.next(), Some((1, Cow::Borrowed([1; 9].as_slice()))));
        std::fs::remove_file(&path).unwrap();
        // What was asked for of the bundle was read with it.
        let rest: Vec<u64> = some.filter(|(_, bytes)| bytes.len() == 9).map(|(index, _)| index).collect();
        assert_eq!(rest, [3, 4]);
        assert_eq!(seen(0), vec![Vec::<u8>::new(); 5]);
    }
}
