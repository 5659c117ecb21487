//! The journal: every entry in its order, each with its checksum. It decides what the ledger holds.
//!
//! Contains appending a group with one write and one sync, reading and checking frame by frame, cutting a torn tail.
//! Does not contain the bytes themselves (`layout`), whether what is broken may be cut (`open`).

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufReader, BufWriter, Read, Write},
    path::Path,
};

use event::{Hash, sha256};
use ledger::ENTRY_BYTES_MAX;

use crate::{
    layout::{
        FRAME_HEADER_BYTES, FrameFault, JOURNAL, JOURNAL_MAGIC, JOURNAL_NEW, JOURNAL_START,
        decode_frame_header, encode_frame,
    },
    positioned::{read_at, read_exact_at, write_all_at},
    private::{create_private, withdraw_from_others},
    record::Record,
};

/// The file grows by its own length, within these bounds: a small ledger stays small, a large one seldom waits.
const GROWTH_BYTES_MIN: u64 = 1 << 20;
const GROWTH_BYTES_MAX: u64 = 16 << 20;

/// The journal, open for appending.
#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
    /// Bytes of the file, all written once, so that appending within them changes no metadata.
    length: u64,
    tip: Tip,
}

/// Where a group was stopped on its way to the disk.
#[derive(Debug)]
pub(crate) enum AppendFault {
    /// The system did not take the bytes.
    Write(io::Error),
    /// It took them, and the disk did not.
    Sync(io::Error),
}

/// Where the next frame goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tip {
    /// Entries before it.
    pub(crate) size: u64,
    /// Hash of the last of them.
    pub(crate) last: Hash,
    pub(crate) offset: u64,
}

impl Journal {
    /// Writes an empty journal. The caller syncs the folder.
    pub(crate) fn create(path: &Path) -> io::Result<()> {
        let mut file = create_private(path)?;
        file.write_all(JOURNAL_MAGIC)?;
        fill_with_zeros(&file, JOURNAL_START, GROWTH_BYTES_MIN)?;
        file.sync_all()
    }

    pub(crate) fn open(path: &Path, tip: Tip) -> io::Result<Self> {
        let file = OpenOptions::new().read(true).write(true).open(path)?;
        withdraw_from_others(&file)?;
        let length = file.metadata()?.len();
        Ok(Self { file, length, tip })
    }

    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    pub(crate) fn size(&self) -> u64 {
        self.tip.size
    }

    pub(crate) fn last(&self) -> Hash {
        self.tip.last
    }

    /// Makes the records, which follow, durable: all of them, or it fails and nobody knows how many.
    pub(crate) fn append(&mut self, records: &[Record]) -> Result<(), AppendFault> {
        let mut frames = Vec::new();
        for record in records {
            encode_frame(&record.entry, &mut frames);
        }
        let end = self.tip.offset + frames.len() as u64;
        self.make_room(end).map_err(AppendFault::Write)?;
        write_all_at(&self.file, &frames, self.tip.offset).map_err(AppendFault::Write)?;
        self.file.sync_data().map_err(AppendFault::Sync)?;
        for record in records {
            self.tip.size += 1;
            self.tip.last = record.hash;
        }
        self.tip.offset = end;
        Ok(())
    }

    fn make_room(&mut self, end: u64) -> io::Result<()> {
        while end > self.length {
            let growth = self.length.clamp(GROWTH_BYTES_MIN, GROWTH_BYTES_MAX);
            fill_with_zeros(&self.file, self.length, self.length + growth)?;
            self.file.sync_all()?;
            self.length += growth;
        }
        Ok(())
    }

    /// Makes durable what was found: writes again whatever stands between an offset and the tip, and zeros after it.
    /// Returns how many bytes that cut. Interrupted, it leaves a tail that is cut again.
    ///
    /// Written again, not only synced: if a sync failed before, the system may hold pages that it calls clean and that
    /// never reached the disk.
    pub(crate) fn rewrite_from(&mut self, from: u64) -> io::Result<u64> {
        let mut buffer = vec![0; 1 << 16];
        let mut at = from;
        while at < self.tip.offset {
            let step = usize::try_from(self.tip.offset - at).unwrap_or(buffer.len()).min(buffer.len());
            let piece = buffer.get_mut(..step).unwrap_or_default();
            read_exact_at(&self.file, piece, at)?;
            write_all_at(&self.file, piece, at)?;
            at += step as u64;
        }
        let bytes = bytes_after(&self.file, self.tip.offset)?;
        fill_with_zeros(&self.file, self.tip.offset, self.tip.offset + bytes)?;
        self.file.sync_all()?;
        Ok(bytes)
    }
}

/// Writes the frames up to the tip into a new file, which takes the journal's name once it is durable. After a sync that
/// failed the old file's pages and blocks are trusted for nothing but what can be read from them and carries its checksum.
/// Returns how many bytes after the tip are left behind.
///
/// # Errors
/// What the system said; the journal is as it was.
pub(crate) fn move_to_new_file(dir: &Path, tip: Tip) -> io::Result<u64> {
    let (path, new) = (dir.join(JOURNAL), dir.join(JOURNAL_NEW));
    let bytes = File::open(&path).and_then(|file| bytes_after(&file, tip.offset)).unwrap_or(0);
    let moved = copy_frames(&path, &new, tip).and_then(|()| fs::rename(&new, &path));
    if moved.is_err() {
        // Half a copy is of no use, and what it takes may be short.
        let _removed = fs::remove_file(&new);
    }
    moved?;
    sync_folder(dir)?;
    Ok(bytes)
}

fn copy_frames(from: &Path, to: &Path, tip: Tip) -> io::Result<()> {
    let mut frames = Frames::open(from)?.ok_or(io::ErrorKind::InvalidData)?;
    let file = create_private(to)?;
    let mut copy = BufWriter::with_capacity(1 << 18, file);
    copy.write_all(JOURNAL_MAGIC)?;
    let mut frame = Vec::new();
    while frames.tip().size < tip.size {
        // The scan before found this frame good.
        let Step::Frame(record) = frames.next_frame()? else { return Err(io::ErrorKind::InvalidData.into()) };
        frame.clear();
        encode_frame(&record.entry, &mut frame);
        copy.write_all(&frame)?;
    }
    let file = copy.into_inner().map_err(io::IntoInnerError::into_error)?;
    fill_with_zeros(&file, tip.offset, tip.offset + GROWTH_BYTES_MIN)?;
    file.sync_all()
}

/// Real zeros, not a promise of them: blocks that were only reserved cost a metadata write at their first use.
fn fill_with_zeros(file: &File, from: u64, to: u64) -> io::Result<()> {
    let zeros = [0; 1 << 16];
    let mut at = from;
    while at < to {
        let step = usize::try_from(to - at).unwrap_or(zeros.len()).min(zeros.len());
        write_all_at(file, zeros.get(..step).unwrap_or_default(), at)?;
        at += step as u64;
    }
    Ok(())
}

/// Bytes from an offset up to the last that is not zero.
fn bytes_after(file: &File, from: u64) -> io::Result<u64> {
    let mut buffer = vec![0; 1 << 16];
    let (mut at, mut found) = (from, 0);
    loop {
        let count = read_at(file, &mut buffer, at)?;
        if count == 0 {
            return Ok(found);
        }
        if let Some(last) = buffer.iter().take(count).rposition(|byte| *byte != 0) {
            found = at + last as u64 + 1 - from;
        }
        at += count as u64;
    }
}

/// The frames of a journal from the first on, each checked and each following the one before.
#[derive(Debug)]
pub(crate) struct Frames {
    reader: BufReader<File>,
    length: u64,
    tip: Tip,
}

/// What stands at the tip.
#[derive(Debug)]
pub(crate) enum Step {
    Frame(Record),
    End,
    Broken(FrameFault),
}

impl Frames {
    /// `None` when the file does not begin as a journal.
    pub(crate) fn open(path: &Path) -> io::Result<Option<Self>> {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut reader = BufReader::with_capacity(1 << 18, file);
        let mut magic = [0; JOURNAL_MAGIC.len()];
        if length < JOURNAL_START {
            return Ok(None);
        }
        reader.read_exact(&mut magic)?;
        let tip = Tip { size: 0, last: Hash::ZERO, offset: JOURNAL_START };
        Ok((magic == *JOURNAL_MAGIC).then_some(Self { reader, length, tip }))
    }

    pub(crate) fn tip(&self) -> Tip {
        self.tip
    }

    /// Steps over the next frame, or says what stands there instead.
    pub(crate) fn next_frame(&mut self) -> io::Result<Step> {
        let left = self.length - self.tip.offset;
        let mut header = [0; FRAME_HEADER_BYTES];
        let expected = FRAME_HEADER_BYTES as u64;
        if left < expected {
            return self.end_or(FrameFault::Incomplete { expected, found: left });
        }
        self.reader.read_exact(&mut header)?;
        let (entry_length, checksum) = decode_frame_header(header);
        if entry_length == 0 {
            let bytes = bytes_after(self.reader.get_ref(), self.tip.offset)?;
            return self.end_or(FrameFault::AfterEnd { bytes });
        }
        let Some(length) = usize::try_from(entry_length).ok().filter(|length| *length <= ENTRY_BYTES_MAX)
        else {
            return Ok(Step::Broken(FrameFault::Length { found: entry_length }));
        };
        let expected = expected + u64::from(entry_length);
        if left < expected {
            return Ok(Step::Broken(FrameFault::Incomplete { expected, found: left }));
        }
        let mut entry = vec![0; length];
        self.reader.read_exact(&mut entry)?;
        match self.judge_frame(checksum, entry) {
            Ok(record) => {
                self.tip =
                    Tip { size: self.tip.size + 1, last: record.hash, offset: self.tip.offset + expected };
                Ok(Step::Frame(record))
            }
            Err(fault) => Ok(Step::Broken(fault)),
        }
    }

    fn judge_frame(&self, checksum: Hash, entry: Vec<u8>) -> Result<Record, FrameFault> {
        let found = sha256(&[&entry]);
        if found != checksum {
            return Err(FrameFault::Checksum { expected: checksum, found });
        }
        let record = Record::from_entry(entry)?;
        require_place(&record, self.tip.size, self.tip.last)?;
        Ok(record)
    }

    /// The end, if nothing but zeros follows.
    fn end_or(&self, fault: FrameFault) -> io::Result<Step> {
        let bytes = bytes_after(self.reader.get_ref(), self.tip.offset)?;
        Ok(if bytes == 0 { Step::End } else { Step::Broken(fault) })
    }
}

/// Whether a record is the next after so many, the last of which has this hash.
pub(crate) fn require_place(record: &Record, size: u64, last: Hash) -> Result<(), FrameFault> {
    if record.index != size {
        return Err(FrameFault::Index { expected: size, found: record.index });
    }
    if record.prev != last {
        return Err(FrameFault::Prev { expected: last, found: record.prev });
    }
    Ok(())
}

/// Makes new names in a folder durable.
pub(crate) fn sync_folder(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}
