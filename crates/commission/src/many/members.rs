//! Rows of members: keys and proofs looked at row by row, then each commission as one draft.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use event::{Hash, Id, Key, Signature, key_text, verify};
use law::state::KeyRecord;

use super::fault::{RefusedRow, RowReason};
use crate::{form::value::is_word, keys::piece::KeyPiece};

/// Seats in words, as decisions write them.
const SEATS: [(&str, &[&str]); 3] = [
    ("deputy", &["заместитель", "зам", "орынбасар", "deputy"]),
    ("secretary", &["секретар", "хатшы", "secretary"]),
    ("chair", &["председател", "төраға", "төрайым", "chair"]),
];
/// No commission has more seats.
const SEATS_MAX: u64 = 99;

/// The fields of one draft.
#[derive(Debug)]
pub(super) struct RowGroup {
    /// Where its first row begins.
    pub(super) line: u64,
    /// Its first cell.
    pub(super) name: String,
    /// Fields with what stands there.
    pub(super) words: Vec<(String, String)>,
}

/// What rows of members are held against.
#[derive(Debug)]
pub(super) struct MemberGround<'a> {
    /// The ledger that keys are proved for.
    pub(super) ledger: Hash,
    /// Keys that it knows.
    pub(super) registered: &'a BTreeMap<Key, KeyRecord>,
    /// Where pieces are looked for.
    pub(super) dir: &'a Path,
    /// The one commission that the table is about, where that was said.
    pub(super) commission: Option<&'a str>,
}

/// A member whose row was read.
struct Member {
    commission: String,
    seat: String,
    key: Option<(Key, Signature)>,
    name: Option<String>,
}

/// Where each thing stood first.
#[derive(Default)]
struct Seen {
    seats: BTreeMap<(String, String), u64>,
    names: BTreeMap<(String, String), u64>,
    keys: BTreeMap<Key, u64>,
    /// Numbers given to members without an office, by commission.
    others: BTreeMap<String, u64>,
}

impl RowGroup {
    fn cell(&self, field: &str) -> Option<&str> {
        self.words.iter().find(|(name, _)| name == field).map(|(_, text)| text.trim())
    }
}

/// The members of each commission as one draft; a commission of which one row is not read is refused as a whole.
pub(super) fn join_members(
    rows: Vec<RowGroup>,
    refused: &mut Vec<RefusedRow>,
    ground: &MemberGround<'_>,
) -> Vec<RowGroup> {
    let mut joined: Vec<RowGroup> = Vec::new();
    let mut broken: BTreeMap<String, u64> = BTreeMap::new();
    let mut seen = Seen::default();
    for row in rows {
        let commission = row.cell("commission").or(ground.commission).map(str::to_owned);
        let member = ground.read_member(&row, &mut seen);
        let (row, member) = match member {
            Ok(member) => (row, member),
            Err(reason) => {
                let whole = ground.commission.map(str::to_owned).or(commission);
                if let Some(commission) = whole {
                    broken.entry(commission).or_insert(row.line);
                }
                refused.push(RefusedRow { line: row.line, name: row.name, reason });
                continue;
            }
        };
        let own = joined.iter().position(|group| group.name == member.commission);
        let place = own.unwrap_or_else(|| {
            joined.push(RowGroup { line: row.line, name: member.commission.clone(), words: Vec::new() });
            joined.len() - 1
        });
        if let Some(group) = joined.get_mut(place) {
            group.add_member(row.words, member);
        }
    }
    let (whole, part): (Vec<RowGroup>, Vec<RowGroup>) =
        joined.into_iter().partition(|group| !broken.contains_key(&group.name));
    refused.extend(part.into_iter().map(|group| {
        let line = broken.get(&group.name).copied().unwrap_or_default();
        RefusedRow { line: group.line, name: group.name, reason: RowReason::Together { line } }
    }));
    whole
}

impl RowGroup {
    fn add_member(&mut self, words: Vec<(String, String)>, member: Member) {
        let seat = member.seat;
        let mut add =
            |column: &str, text: String| self.words.push((format!("members.{seat}.{column}"), text));
        add("seat", seat.clone());
        if let Some((key, proof)) = member.key {
            add("key", key.to_string());
            add("proof", proof.to_string());
        }
        if let Some(name) = member.name {
            add("name", name);
        }
        for (field, text) in words {
            match field.strip_prefix("members.") {
                Some("seat" | "key" | "proof" | "name" | "piece") => {}
                Some(column) => self.words.push((format!("members.{seat}.{column}"), text)),
                // What every row of a commission repeats is said once; another text is told as said twice.
                None if self.words.contains(&(field.clone(), text.clone())) => {}
                None => self.words.push((field, text)),
            }
        }
    }
}

impl MemberGround<'_> {
    fn read_member(&self, row: &RowGroup, seen: &mut Seen) -> Result<Member, RowReason> {
        let commission = match (row.cell("commission"), self.commission) {
            (Some(found), Some(expected)) if found != expected => {
                let (expected, found) = (expected.to_owned(), found.to_owned());
                return Err(RowReason::OtherCommission { expected, found });
            }
            (Some(own), _) | (None, Some(own)) => own.to_owned(),
            (None, None) => return Err(RowReason::NoCommission),
        };
        let word = row.cell("members.seat").unwrap_or_default().to_owned();
        let piece = self.read_piece(row, "members.piece")?;
        let (key, seat) = match &piece {
            Some((path, piece)) => {
                let seat = seat_named(&word).unwrap_or_else(|| piece.seat.to_string());
                self.require_own(path, piece, &commission, &seat)?;
                let other = row.cell("members.key").is_some_and(|text| text != piece.key.to_string());
                if other {
                    return Err(RowReason::OtherKey { seat, path: path.clone() });
                }
                (piece.proof.map(|proof| (piece.key, proof)), seat)
            }
            None => self.read_key(row, &word, &commission, seen)?,
        };
        let said = row.cell("members.name").map(str::to_owned);
        let name = said.or_else(|| piece.and_then(|(_, piece)| piece.name).map(|name| name.to_string()));
        let member = Member { commission, seat, key, name };
        self.require_new(&member, row.line, seen)?;
        Ok(member)
    }

    /// Key, proof and seat from the cells of a row. The proof says which number a member without an office has.
    fn read_key(
        &self,
        row: &RowGroup,
        word: &str,
        commission: &str,
        seen: &mut Seen,
    ) -> Result<(Option<(Key, Signature)>, String), RowReason> {
        let last = seen.others.entry(commission.to_owned()).or_insert(3);
        let named = seat_named(word);
        let (key, proof) = (row.cell("members.key"), row.cell("members.proof"));
        let shown = || named.clone().unwrap_or_else(|| word.to_owned());
        let (key, proof) = match (key, proof) {
            (None, None) => {
                let seat = named.or_else(|| next_seat(word, last));
                let seat = seat.ok_or_else(|| no_seat(word))?;
                return Ok((None, seat));
            }
            (Some(_), None) => return Err(RowReason::KeyWithoutProof { seat: shown() }),
            (None, Some(_)) => return Err(RowReason::ProofWithoutKey { seat: shown() }),
            (Some(key), Some(proof)) => match (Key::parse(key), Signature::parse(proof)) {
                (Ok(key), Ok(proof)) => (key, proof),
                (Err(_), _) => return Err(RowReason::NoKey { seat: shown(), found: key.to_owned() }),
                (_, Err(_)) => return Err(RowReason::NoKey { seat: shown(), found: proof.to_owned() }),
            },
        };
        let proves = |seat: &str| match (Id::new(commission), Id::new(seat)) {
            (Ok(commission), Ok(seat)) => {
                verify(&key, key_text(&self.ledger, &commission, &seat).as_bytes(), &proof)
            }
            _ => false,
        };
        let seat = match named {
            Some(seat) => seat,
            None if is_member(word) => {
                let proved = (4..=SEATS_MAX).map(|n| format!("m{n}")).find(|seat| proves(seat));
                proved.or_else(|| next_seat(word, last)).ok_or_else(|| no_seat(word))?
            }
            None => return Err(no_seat(word)),
        };
        if proves(&seat) {
            Ok((Some((key, proof)), seat))
        } else {
            Err(RowReason::WrongProof { seat, commission: commission.to_owned(), key })
        }
    }

    fn read_piece(&self, row: &RowGroup, field: &str) -> Result<Option<(PathBuf, KeyPiece)>, RowReason> {
        let Some(name) = row.cell(field) else { return Ok(None) };
        let path = self.dir.join(name);
        let piece = KeyPiece::read(&path).map_err(|fault| RowReason::Piece(Box::new(fault)))?;
        Ok(Some((path, piece)))
    }

    /// Whether a piece is this seat's, in this commission and this ledger.
    fn require_own(
        &self,
        path: &Path,
        piece: &KeyPiece,
        commission: &str,
        seat: &str,
    ) -> Result<(), RowReason> {
        let own = piece.ledger == self.ledger
            && piece.commission.as_str() == commission
            && piece.seat.as_str() == seat;
        if own {
            return Ok(());
        }
        Err(RowReason::OtherPiece {
            path: path.to_owned(),
            seat: seat.to_owned(),
            commission: commission.to_owned(),
            ledger: self.ledger,
            found_seat: piece.seat.clone(),
            found_commission: piece.commission.clone(),
            found_ledger: piece.ledger,
        })
    }

    /// Each seat, name and key once; no key that the ledger knows.
    fn require_new(&self, member: &Member, line: u64, seen: &mut Seen) -> Result<(), RowReason> {
        let of = |text: &str| (member.commission.clone(), text.to_lowercase());
        if let Some((key, _)) = member.key {
            if self.registered.contains_key(&key) {
                return Err(RowReason::KeyKnown { key });
            }
            if let Some(first) = seen.keys.insert(key, line) {
                return Err(RowReason::KeyTwice { key, first });
            }
        }
        if let Some(first) = seen.seats.insert(of(&member.seat), line) {
            return Err(RowReason::SeatTwice { seat: member.seat.clone(), first });
        }
        match &member.name {
            Some(name) => match seen.names.insert(of(name), line) {
                Some(first) => Err(RowReason::NameTwice { name: name.clone(), first }),
                None => Ok(()),
            },
            None => Ok(()),
        }
    }
}

/// Rows of single keys (`key-enrolled`, `key-replaced`), in which a piece stands for commission, seat, key and proof.
pub(super) fn read_pieces(
    rows: Vec<RowGroup>,
    refused: &mut Vec<RefusedRow>,
    ground: &MemberGround<'_>,
) -> Vec<RowGroup> {
    let mut read = Vec::new();
    for mut row in rows {
        let field = if row.cell("member.piece").is_some() { "member.piece" } else { "piece" };
        match ground.read_piece(&row, field) {
            Ok(None) => read.push(row),
            Ok(Some((path, piece))) => {
                let before = field.strip_suffix("piece").unwrap_or_default();
                let commission =
                    row.cell("commission").or(ground.commission).unwrap_or(piece.commission.as_str());
                let seat = row.cell(&format!("{before}seat")).and_then(seat_named);
                let seat = seat.unwrap_or_else(|| piece.seat.to_string());
                if let Err(reason) = ground.require_own(&path, &piece, commission, &seat) {
                    refused.push(RefusedRow { line: row.line, name: row.name, reason });
                    continue;
                }
                row.words.retain(|(name, _)| name != field);
                let proof = piece.proof.map(|proof| proof.to_string());
                let said = [
                    ("commission".to_owned(), Some(piece.commission.to_string())),
                    (format!("{before}seat"), Some(seat)),
                    (format!("{before}key"), Some(piece.key.to_string())),
                    (format!("{before}proof"), proof),
                ];
                for (name, text) in said {
                    if let Some(text) = text.filter(|_| row.cell(&name).is_none()) {
                        row.words.push((name, text));
                    }
                }
                read.push(row);
            }
            Err(reason) => refused.push(RefusedRow { line: row.line, name: row.name, reason }),
        }
    }
    read
}

fn no_seat(found: &str) -> RowReason {
    RowReason::NoSeat { column: "members.seat", found: found.to_owned() }
}

/// A seat by its id or by the words of an office.
fn seat_named(text: &str) -> Option<String> {
    let small = text.trim().to_lowercase();
    if small.strip_prefix('m').is_some_and(|number| number.parse::<u64>().is_ok()) {
        return Some(small);
    }
    let office = SEATS.iter().find(|(_, words)| words.iter().any(|word| small.contains(word)));
    office.map(|(seat, _)| (*seat).to_owned())
}

/// Whether somebody is a member without an office.
fn is_member(text: &str) -> bool {
    let small = text.trim().to_lowercase();
    small.contains("член") || small.contains("мүше") || is_word(&small, "seat-member")
}

/// Whoever is a member without an office gets the next seat from m4 on.
fn next_seat(text: &str, last: &mut u64) -> Option<String> {
    is_member(text).then(|| {
        *last += 1;
        format!("m{last}")
    })
}
