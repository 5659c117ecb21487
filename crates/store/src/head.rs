//! The head file: the newest checkpoint, in two slots used in turn.
//!
//! Contains reading the newer good slot, writing the other one. Does not contain the bytes (`layout`), who signed the
//! checkpoint.
//!
//! A write that is cut off spoils the slot that was not in use, so the one before it still stands.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read, Write},
    path::Path,
};

use crate::{
    journal::sync_folder,
    layout::{HEAD, HEAD_NEW, SLOT_BYTES, Slot},
    positioned::{read_exact_at, write_all_at},
    private::{create_private, withdraw_from_others},
};

/// The head, open for writing.
#[derive(Debug)]
pub(crate) struct HeadFile {
    file: File,
    slot: Slot,
}

/// What the head file says.
#[derive(Debug)]
pub(crate) struct HeadRead {
    pub(crate) slot: Slot,
    /// The other slot should hold the generation before, and holds nothing readable.
    pub(crate) other_broken: bool,
}

impl HeadFile {
    /// Writes a head of size 0. The caller syncs the folder.
    pub(crate) fn create(path: &Path) -> io::Result<()> {
        let mut bytes = Slot::default().encode().unwrap_or_default();
        bytes.resize(2 * SLOT_BYTES, 0);
        let mut file = create_private(path)?;
        file.write_all(&bytes)?;
        file.sync_all()
    }

    /// Opens a head that was read, and makes that reading durable: the next write spoils the other slot.
    ///
    /// Written again, not only synced: if a sync failed before, the system may hold a page that it calls clean and that
    /// never reached the disk. Torn, the slot falls back to the other, as it would have without us.
    ///
    /// A broken other slot is written, too: an interrupted write spoils the journal's end or a slot, so both broken at once are a loss
    /// for as long as no slot is left broken from before.
    pub(crate) fn open(path: &Path, read: HeadRead) -> io::Result<Self> {
        let HeadRead { slot, other_broken } = read;
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        withdraw_from_others(&file)?;
        write_all_at(&file, &slot.encode().unwrap_or_default(), slot.offset())?;
        file.sync_all()?;
        let mut head = Self { file, slot };
        if other_broken && head.slot.generation > 0 {
            let next = Slot { generation: head.slot.generation.saturating_add(1), ..head.slot.clone() };
            let bytes = next.encode().unwrap_or_default();
            head.advance(next, &bytes)?;
        } else if other_broken {
            write_all_at(&head.file, &[0; SLOT_BYTES], SLOT_BYTES as u64)?;
            head.file.sync_all()?;
        }
        Ok(head)
    }

    /// Writes a head with this checkpoint in both slots. The caller names it and syncs the folder.
    pub(crate) fn write_anew(path: &Path, size: u64, note: &[u8]) -> io::Result<()> {
        let slot = |generation| Slot { generation, size, note: note.to_vec() };
        let too_long = || io::Error::from(io::ErrorKind::InvalidInput);
        let slots = [slot(2), slot(1)].map(|slot| slot.encode());
        let [Some(first), Some(second)] = slots else { return Err(too_long()) };
        let mut file = create_private(path)?;
        file.write_all(&[first, second].concat())?;
        file.sync_all()
    }

    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    pub(crate) fn slot(&self) -> &Slot {
        &self.slot
    }

    /// The generation that the file holds now, if it can be read: another than ours means that somebody else writes.
    pub(crate) fn generation_on_disk(&self) -> io::Result<Option<u64>> {
        let mut bytes = vec![0; 2 * SLOT_BYTES];
        read_exact_at(&self.file, &mut bytes, 0)?;
        Ok(choose_slot(&bytes).map(|read| read.slot.generation))
    }

    /// Makes the next generation durable in the slot that is not in use.
    pub(crate) fn advance(&mut self, next: Slot, bytes: &[u8]) -> io::Result<()> {
        write_all_at(&self.file, bytes, next.offset())?;
        self.file.sync_data()?;
        self.slot = next;
        Ok(())
    }
}

/// Writes the head that was read into a new file, which takes its name once it is durable: after a sync that failed, the old
/// file's pages are not trusted.
///
/// # Errors
/// What the system said; the head is as it was.
pub(crate) fn move_to_new_file(dir: &Path, slot: &Slot) -> io::Result<()> {
    let (path, new) = (dir.join(HEAD), dir.join(HEAD_NEW));
    let mut bytes = Vec::new();
    File::open(&path)?.take(2 * SLOT_BYTES as u64).read_to_end(&mut bytes)?;
    bytes.resize(2 * SLOT_BYTES, 0);
    let file = create_private(&new)?;
    write_all_at(&file, &bytes, 0)?;
    write_all_at(&file, &slot.encode().unwrap_or_default(), slot.offset())?;
    file.sync_all()?;
    fs::rename(&new, &path)?;
    sync_folder(dir)
}

/// Reads a head file; `None` when neither slot is good.
pub(crate) fn read_head(path: &Path) -> io::Result<Option<HeadRead>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(2 * SLOT_BYTES as u64).read_to_end(&mut bytes)?;
    Ok(choose_slot(&bytes))
}

fn choose_slot(bytes: &[u8]) -> Option<HeadRead> {
    let (first, second) = bytes.split_at_checked(SLOT_BYTES).unwrap_or((bytes, &[]));
    let in_place = |bytes, offset| Slot::decode(bytes).filter(|slot| slot.offset() == offset);
    match (in_place(first, 0), in_place(second, SLOT_BYTES as u64)) {
        (Some(a), Some(b)) => {
            let slot = if a.generation > b.generation { a } else { b };
            Some(HeadRead { slot, other_broken: false })
        }
        (Some(slot), None) => {
            // Slot 1 is still blank while the ledger has no checkpoint.
            let blank = second.len() == SLOT_BYTES && second.iter().all(|byte| *byte == 0);
            Some(HeadRead { other_broken: slot.generation > 0 || !blank, slot })
        }
        (None, Some(slot)) => Some(HeadRead { slot, other_broken: true }),
        (None, None) => None,
    }
}
