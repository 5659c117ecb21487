//! What the observer brings along: read one by one; what cannot be read is told, and the ledger is verified all the same.

use std::path::{Path, PathBuf};

use phrase::phrase;
use texts::program::answer_language;
use verifier::{
    BroughtFault, BroughtKind, BroughtOutcome, FoundMessage, Pin, ResumeState, Scan, Sealed, Source,
    copies::PaperCopy,
};

use super::{copies, kept::Keeper, scanned, sealed};
use crate::{
    fault::Fault, inside::lies_inside, open::read_policy, pin, source::read_source, terminal::eprint,
    told::print_fault,
};

/// Everything that could be read, and what could not.
#[derive(Default)]
pub(crate) struct Brought {
    pub(crate) pins: Vec<Pin>,
    pub(crate) mirrors: Vec<Source>,
    pub(crate) copies: Vec<PaperCopy>,
    pub(crate) scans: Vec<Scan>,
    pub(crate) sealed: Vec<Sealed>,
    pub(crate) faults: Vec<BroughtFault>,
}

impl Brought {
    /// Pins and mirrors and a policy, each but what lies inside the source: that cannot stand for itself.
    pub(crate) fn read_anchors(
        &mut self,
        source: &Path,
        pins: &[String],
        policy: Option<&Path>,
        mirrors: &[PathBuf],
    ) {
        for text in pins {
            if self.refuse_inside(BroughtKind::Pin, source, Path::new(text)) {
                continue;
            }
            if let Some(pin) = self.keep(BroughtKind::Pin, text, pin::read_pin(text)) {
                self.pins.push(pin);
            }
        }
        if let Some(path) = policy
            && !self.refuse_inside(BroughtKind::Policy, source, path)
            && let Some(policy) = self.keep(BroughtKind::Policy, &path.to_string_lossy(), read_policy(path))
        {
            self.pins.push(Pin::Policy(Box::new(policy)));
        }
        for path in mirrors {
            if !self.refuse_inside(BroughtKind::Mirror, source, path)
                && let Some(mirror) =
                    self.keep(BroughtKind::Mirror, &path.to_string_lossy(), read_source(path))
            {
                self.mirrors.push(mirror);
            }
        }
    }

    /// What was kept of an earlier verification, and whether a file stands there that is none: then everything is verified from
    /// the beginning.
    pub(super) fn read_state(&mut self, keeper: &Keeper) -> (Option<ResumeState>, bool) {
        let read = self.keep(BroughtKind::State, &keeper.file().to_string_lossy(), keeper.read_state());
        let unusable = read.is_none();
        (read.flatten(), unusable)
    }

    /// The text of codes from one sheet.
    ///
    /// # Errors
    /// Words that do not fit: a folder in the place of a file.
    pub(crate) fn read_scanned(&mut self, files: &[PathBuf]) -> Result<(), Fault> {
        if files.is_empty() {
            return Ok(());
        }
        let place = files.iter().map(|file| file.display().to_string()).collect::<Vec<_>>().join(", ");
        match scanned::read_scan(files) {
            Err(fault @ Fault::Argument { .. }) => return Err(fault),
            read => {
                match self.keep(BroughtKind::Scan, &place, read).map(|sheet| sheet.act) {
                    Some(scanned::ScannedAct::Protocol(scan)) => self.scans.push(*scan),
                    // Compared as a signed event that a commission handed out.
                    Some(scanned::ScannedAct::Other(act)) => self.pins.push(Pin::Event(act)),
                    None => {}
                }
            }
        }
        Ok(())
    }

    /// Copies of protocols, signed ones among them, and commitments to evidence.
    ///
    /// # Errors
    /// Words that do not fit: an election's id that is none.
    pub(super) fn read_tables(
        &mut self,
        words: &copies::CopiesWords,
        sealed: Option<&Path>,
        source: &Source,
    ) -> Result<(), Fault> {
        let read = words.read_copies(source)?;
        self.copies.extend(read.copies);
        self.scans.extend(read.scans);
        for (place, fault) in read.faults {
            self.keep::<(), _>(BroughtKind::Copies, &place, Err(fault));
        }
        self.faults.extend(read.rows);
        if let Some(path) = sealed {
            let read = self.keep(BroughtKind::Sealed, &path.to_string_lossy(), sealed::read_sealed(path));
            self.sealed.extend(read.unwrap_or_default());
        }
        Ok(())
    }

    /// Prints what was refused as a part of the source; what could not be read was printed when it was met.
    pub(crate) fn print_refused(&self) {
        for fault in self.faults.iter().filter(|fault| fault.outcome == BroughtOutcome::Inside) {
            eprint(&format!("{}: {}", fault.place, fault.message.text_in(answer_language())));
        }
    }

    fn refuse_inside(&mut self, kind: BroughtKind, source: &Path, named: &Path) -> bool {
        let inside = lies_inside(source, named);
        if inside {
            self.faults.push(BroughtFault {
                kind,
                place: named.display().to_string(),
                outcome: BroughtOutcome::Inside,
                message: FoundMessage::expected(
                    phrase!("verify-something-kept-from-elsewhere", "something kept from elsewhere"),
                    phrase!(
                        "verify-a-part-of-the-source-itself",
                        "a part of the source itself, which cannot stand for itself"
                    ),
                ),
            });
        }
        inside
    }

    /// What was read; or nothing, and why is told here and stands in the report.
    fn keep<T, E: Into<Fault>>(&mut self, kind: BroughtKind, place: &str, read: Result<T, E>) -> Option<T> {
        let fault: Fault = match read {
            Ok(read) => return Some(read),
            Err(fault) => fault.into(),
        };
        print_fault(&fault);
        self.faults.push(BroughtFault {
            kind,
            place: place.to_owned(),
            outcome: BroughtOutcome::Unusable,
            message: match &fault {
                // The place stands in front of it already.
                Fault::Unreadable { found, .. } => FoundMessage::stated(found),
                _ => FoundMessage::stated(&fault),
            },
        });
        None
    }
}
