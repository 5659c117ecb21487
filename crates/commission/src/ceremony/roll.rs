//! The keys of a charter: one piece for each seat, each proved, none for two purposes.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use client::files::FileFault;

use super::{
    charter_seat::CharterSeat,
    fault::{CeremonyFault, RollFault},
};
use crate::keys::piece::{KeyPiece, PIECE};

/// Pieces by their seats.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeyRoll {
    pieces: BTreeMap<CharterSeat, KeyPiece>,
}

impl KeyRoll {
    /// The pieces of a folder; none where there is no folder.
    ///
    /// # Errors
    /// [`CeremonyFault::Roll`] with every fault.
    pub fn read(dir: &Path) -> Result<Self, CeremonyFault> {
        if !dir.exists() {
            return Ok(Self::default());
        }
        let failed = |error| FileFault::Read { path: dir.to_owned(), error };
        let mut paths = Vec::new();
        for item in fs::read_dir(dir).map_err(failed)? {
            let path = item.map_err(failed)?.path();
            if path.to_string_lossy().ends_with(PIECE) {
                paths.push(path);
            }
        }
        paths.sort();
        Self::default().merged(&paths)
    }

    /// With more pieces; one that is there already is no other.
    ///
    /// # Errors
    /// [`CeremonyFault::Roll`] with every fault.
    pub fn merged(&self, paths: &[PathBuf]) -> Result<Self, CeremonyFault> {
        let mut all = self.clone();
        let mut faults = Vec::new();
        for path in paths {
            if let Err(fault) = all.add(path) {
                faults.push(fault);
            }
        }
        if faults.is_empty() { Ok(all) } else { Err(CeremonyFault::Roll(faults)) }
    }

    fn add(&mut self, path: &Path) -> Result<(), RollFault> {
        let piece = KeyPiece::read(path).map_err(RollFault::Piece)?;
        let path = path.to_owned();
        if !piece.is_of_charter() {
            return Err(RollFault::OtherLedger { path, commission: piece.commission, ledger: piece.ledger });
        }
        let seat = CharterSeat::parse(&piece.seat);
        let seat = seat.ok_or_else(|| RollFault::NoSeat { path: path.clone(), found: piece.seat.clone() })?;
        if let Some((other, _)) = self.pieces.iter().find(|(own, one)| **own != seat && one.key == piece.key)
        {
            return Err(RollFault::KeyTwice { path, seat: piece.seat, other: other.to_string() });
        }
        match self.pieces.get(&seat) {
            Some(kept) if kept.key != piece.key => {
                Err(RollFault::SeatTwice { path, seat: piece.seat, kept: kept.key })
            }
            Some(_) => Ok(()),
            None => {
                self.pieces.insert(seat, piece);
                Ok(())
            }
        }
    }

    /// Keeps the pieces in a folder.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&self, dir: &Path) -> Result<(), CeremonyFault> {
        fs::create_dir_all(dir).map_err(|error| FileFault::Write { path: dir.to_owned(), error })?;
        for (seat, piece) in &self.pieces {
            let path = dir.join(format!("{seat}{PIECE}"));
            if !path.exists() {
                piece.write(&path).map_err(|fault| CeremonyFault::Roll(vec![RollFault::Piece(fault)]))?;
            }
        }
        Ok(())
    }

    /// Each piece with its seat: roots, offices, service, log.
    pub fn pieces(&self) -> impl Iterator<Item = (&CharterSeat, &KeyPiece)> {
        self.pieces.iter()
    }

    /// The piece of a seat.
    #[must_use]
    pub fn piece(&self, seat: CharterSeat) -> Option<&KeyPiece> {
        self.pieces.get(&seat)
    }

    /// Seats without a key.
    #[must_use]
    pub fn missing_seats(&self, roots: u32, offices: u32) -> Vec<String> {
        let asked = (1..=roots).map(CharterSeat::Root).chain((1..=offices).map(CharterSeat::Office));
        let asked = asked.chain([CharterSeat::Service, CharterSeat::Log]);
        asked.filter(|seat| !self.pieces.contains_key(seat)).map(|seat| seat.to_string()).collect()
    }

    /// A key that no number asks for.
    #[must_use]
    pub fn find_beyond(&self, roots: u32, offices: u32) -> Option<CharterSeat> {
        let beyond = |seat: &&CharterSeat| match seat {
            CharterSeat::Root(n) => *n > roots,
            CharterSeat::Office(n) => *n > offices,
            CharterSeat::Service | CharterSeat::Log => false,
        };
        self.pieces.keys().find(beyond).copied()
    }
}
