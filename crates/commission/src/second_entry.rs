//! The paper of a protocol typed a second time, by another person, who does not see what the event says.
//!
//! Figures alone are typed again, on the lines of the paper. What differs is typed once more, emptied; what then still differs is named. An
//! entry is one person's: it is bound to the event and to the key, and is kept while it is typed.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use client::files::{FileFault, read_bounded, write_atomically};
use event::{Hash, Id, Key};
use law::facts::Count;
use serde::{Deserialize, Serialize};

pub use self::paper_lines::{BOXES, SecondLine};
use self::paper_lines::{list_figure_lines, stated_on};
use crate::{
    form::{FormSubject, TypedValues, parse_count},
    paper_form::BOXES_MAX,
};

mod paper_lines;

/// The folder of second entries in a desk's own folder.
const ENTRIES: &str = "second";
const ENTRY_BYTES_MAX: u64 = 64 * 1024;
/// More than any figure has.
const LINE_CHARS_MAX: usize = 40;

/// How far a second entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryStage {
    /// The whole paper is typed.
    Typing,
    /// The lines that differed are typed once more.
    Again,
    /// Every figure is that of the event.
    Equal,
    /// Some figure is not.
    Different,
}

impl EntryStage {
    /// As it stands in pages and tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Typing => "typing",
            Self::Again => "again",
            Self::Equal => "equal",
            Self::Different => "different",
        }
    }

    /// Whether something is typed now.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Typing | Self::Again)
    }
}

/// One person's entry of one paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SecondEntry {
    /// The lines that differed after the first time, by number.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub differed: BTreeSet<String>,
    /// The key that the person unlocked.
    pub key: Key,
    /// The ledger.
    pub ledger: Hash,
    /// The event of the protocol.
    pub protocol: Hash,
    /// The person's seat.
    pub seat: Id,
    /// How far it is.
    pub stage: EntryStage,
    /// What was typed, by the number of its line.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub typed: TypedValues,
}

/// A line whose figures differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferingLine {
    /// The line.
    pub line: SecondLine,
    /// What was typed.
    pub typed: u64,
    /// What the event says.
    pub stated: u64,
}

impl SecondEntry {
    /// An entry in which nothing was typed yet.
    #[must_use]
    pub fn new(ledger: Hash, protocol: Hash, seat: Id, key: Key) -> Self {
        let (differed, typed) = (BTreeSet::new(), TypedValues::new());
        Self { differed, key, ledger, protocol, seat, stage: EntryStage::Typing, typed }
    }

    /// For how many portable boxes the paper has lines, as it was typed; one unless something else was.
    #[must_use]
    pub fn count_boxes(&self) -> usize {
        let typed = self.typed.get(BOXES).and_then(|text| parse_count(text));
        typed.and_then(|boxes| usize::try_from(boxes).ok()).filter(|boxes| *boxes <= BOXES_MAX).unwrap_or(1)
    }

    /// Every line of figures of the paper, for as many boxes as it has.
    #[must_use]
    pub fn list_lines(&self, subject: &FormSubject<'_>, count: &Count, boxes_label: &str) -> Vec<SecondLine> {
        let form = FormSubject { boxes: self.count_boxes(), ..*subject }.empty_form("protocol-signed");
        list_figure_lines(&form.unwrap_or_default(), count, boxes_label)
    }

    /// The lines that are typed now.
    #[must_use]
    pub fn list_open<'a>(&self, lines: &'a [SecondLine]) -> Vec<&'a SecondLine> {
        match self.stage {
            EntryStage::Typing => lines.iter().collect(),
            // A line that came since, with a member who was replaced meanwhile, was never typed.
            EntryStage::Again => {
                let open = |line: &&SecondLine| self.is_typed_again(line) || self.figure_on(line).is_none();
                lines.iter().filter(open).collect()
            }
            EntryStage::Equal | EntryStage::Different => Vec::new(),
        }
    }

    /// Whether a line is typed once more. Whoever said another number of boxes types every line of them.
    fn is_typed_again(&self, line: &SecondLine) -> bool {
        self.differed.contains(&line.number) || (self.differed.contains(BOXES) && line.is_of_boxes())
    }

    /// Keeps what was typed on lines that are open; nothing else changes.
    pub fn keep_typed(&mut self, lines: &[SecondLine], typed: &TypedValues) {
        let open: Vec<String> = self.list_open(lines).iter().map(|line| line.number.clone()).collect();
        for number in open {
            match typed.get(&number).map(|value| value.trim()).filter(|value| !value.is_empty()) {
                Some(value) => {
                    let plain =
                        parse_count(value).map_or_else(|| value.to_owned(), |count| count.to_string());
                    self.typed.insert(number, plain.chars().take(LINE_CHARS_MAX).collect());
                }
                None => drop(self.typed.remove(&number)),
            }
        }
    }

    /// Whether a figure stands on every line, and each is that of the event.
    #[must_use]
    pub fn is_equal(&self, lines: &[SecondLine], count: &Count) -> bool {
        let equal = |line: &SecondLine| self.figure_on(line) == Some(stated_on(line, count));
        !lines.is_empty() && lines.iter().all(equal)
    }

    fn figure_on(&self, line: &SecondLine) -> Option<u64> {
        self.typed.get(&line.number).and_then(|text| parse_count(text))
    }

    /// The open lines on which no figure stands: empty is no zero.
    #[must_use]
    pub fn list_missing<'a>(&self, lines: &'a [SecondLine]) -> Vec<&'a SecondLine> {
        let mut open = self.list_open(lines);
        open.retain(|line| {
            let most = if line.number == BOXES { BOXES_MAX as u64 } else { u64::MAX };
            self.figure_on(line).is_none_or(|figure| figure > most)
        });
        open
    }

    /// The lines on which something else was typed than the event says.
    #[must_use]
    pub fn list_differing(&self, lines: &[SecondLine], count: &Count) -> Vec<DifferingLine> {
        let differing = lines.iter().filter_map(|line| {
            let typed = self.figure_on(line)?;
            let stated = stated_on(line, count);
            (typed != stated).then(|| DifferingLine { line: line.clone(), typed, stated })
        });
        differing.collect()
    }

    /// Compares a paper on which nothing is missing with the event. Lines that differ for the first time are emptied, to be typed once more
    /// without their figures.
    pub fn compare_figures(&mut self, lines: &[SecondLine], count: &Count) {
        if !self.stage.is_open() || !self.list_missing(lines).is_empty() {
            return;
        }
        let differing = self.list_differing(lines, count);
        self.stage = match self.stage {
            _ if self.is_equal(lines, count) => EntryStage::Equal,
            _ if differing.is_empty() => return,
            EntryStage::Typing => EntryStage::Again,
            _ => EntryStage::Different,
        };
        if self.stage == EntryStage::Again {
            self.differed = differing.into_iter().map(|one| one.line.number).collect();
            for line in lines.iter().filter(|line| self.is_typed_again(line)).collect::<Vec<_>>() {
                self.typed.remove(&line.number);
            }
        }
    }

    /// Where an entry lies: one file for each person and protocol.
    #[must_use]
    pub fn path_of(folder: &Path, protocol: &Hash, seat: &Id) -> PathBuf {
        folder.join(ENTRIES).join(format!("{protocol}-{seat}.json"))
    }

    /// Reads an entry, if there is one of this person for this protocol; what is none counts for nothing.
    #[must_use]
    pub fn read_kept(folder: &Path, begun: &Self) -> Option<Self> {
        let text =
            read_bounded(&Self::path_of(folder, &begun.protocol, &begun.seat), ENTRY_BYTES_MAX).ok()?;
        let own = Self::decode(&text)?;
        let same = own.ledger == begun.ledger && own.protocol == begun.protocol && own.key == begun.key;
        (same && own.seat == begun.seat).then_some(own)
    }

    /// An entry from its file.
    #[must_use]
    pub fn decode(text: &[u8]) -> Option<Self> {
        serde_json::from_slice(text).ok()
    }

    /// Keeps it on disk, as a whole or as it was.
    ///
    /// # Errors
    /// [`FileFault::Write`].
    pub fn write_kept(&self, folder: &Path) -> Result<(), FileFault> {
        let path = Self::path_of(folder, &self.protocol, &self.seat);
        let parent = folder.join(ENTRIES);
        std::fs::create_dir_all(&parent).map_err(|error| FileFault::Write { path: parent.clone(), error })?;
        write_atomically(&path, &serde_json::to_vec(self).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use scene::{ELECTION, PEC, PRECINCT, Scene, id};

    use super::*;

    fn night() -> (Scene, Count) {
        let scene = Scene::before("protocol-received:first");
        let count = scene.election().polls[PRECINCT].current().unwrap().protocol.count.clone();
        (scene, count)
    }

    fn lines_of(scene: &Scene, entry: &SecondEntry, count: &Count) -> Vec<SecondLine> {
        let (election, precinct, author) = (id(ELECTION), id(PRECINCT), id(PEC));
        let subject = FormSubject {
            state: scene.head.state(),
            election: &election,
            precinct: &precinct,
            author: &author,
            place: "board-1",
            boxes: 1,
            dir: Path::new("."),
        };
        entry.list_lines(&subject, count, "boxes")
    }

    fn begun(scene: &Scene) -> SecondEntry {
        let key = scene.head.state().commissions[scene::TEC].seat("chair").unwrap().key.unwrap();
        SecondEntry::new(Hash([1; 32]), scene.protocol(), id("chair"), key)
    }

    fn paper(lines: &[SecondLine], count: &Count) -> TypedValues {
        lines.iter().map(|line| (line.number.clone(), stated_on(line, count).to_string())).collect()
    }

    #[test]
    fn every_figure_of_a_protocol_is_typed_again_and_one_that_differs_once_more() {
        let (scene, count) = night();
        let mut entry = begun(&scene);
        let lines = lines_of(&scene, &entry, &count);
        let typed: u64 = paper(&lines, &count).values().map(|text| text.parse::<u64>().unwrap()).sum();
        assert_eq!(
            typed,
            count.figures().iter().sum::<u64>() + count.portable.len() as u64,
            "no figure is left out"
        );
        // Nothing is compared while a line is empty.
        assert_eq!(entry.list_missing(&lines).len(), lines.len());
        entry.compare_figures(&lines, &count);
        assert_eq!(entry.stage, EntryStage::Typing);
        for wrong in &lines {
            let mut entry = begun(&scene);
            let mut typed = paper(&lines, &count);
            let own = (stated_on(wrong, &count) + 1).to_string();
            typed.insert(wrong.number.clone(), own.clone());
            entry.keep_typed(&lines, &typed);
            let lines = lines_of(&scene, &entry, &count);
            entry.keep_typed(&lines, &typed);
            if wrong.number == BOXES {
                // Another box has lines of its own.
                assert_eq!(entry.list_missing(&lines).len(), 2);
                entry.keep_typed(
                    &lines,
                    &paper(&lines, &count).into_iter().chain([(BOXES.to_owned(), own.clone())]).collect(),
                );
            }
            entry.compare_figures(&lines, &count);
            assert_eq!(entry.stage, EntryStage::Again, "{}", wrong.number);
            assert!(entry.list_open(&lines).iter().any(|line| line.number == wrong.number));
            // They are emptied, and the others are shut.
            assert_eq!(entry.list_missing(&lines), entry.list_open(&lines));
            let first = lines.iter().find(|line| line.number != wrong.number && !line.is_of_boxes()).unwrap();
            let before = entry.typed.clone();
            entry.keep_typed(&lines, &TypedValues::from([(first.number.clone(), "1".to_owned())]));
            assert_eq!(entry.typed, before);
            let mut mended = entry.clone();
            let right = paper(&lines_of(&scene, &begun(&scene), &count), &count);
            mended.keep_typed(&lines, &right);
            let lines_mended = lines_of(&scene, &mended, &count);
            mended.keep_typed(&lines_mended, &right);
            mended.compare_figures(&lines_mended, &count);
            assert_eq!(mended.stage, EntryStage::Equal, "{}", wrong.number);
            let wrong_again: TypedValues =
                entry.list_open(&lines).iter().map(|line| (line.number.clone(), "77".to_owned())).collect();
            if wrong.number != BOXES {
                entry.keep_typed(&lines, &wrong_again);
                entry.compare_figures(&lines, &count);
                assert_eq!(entry.stage, EntryStage::Different, "{}", wrong.number);
                assert!(entry.list_differing(&lines, &count).iter().any(|one| one.line == *wrong));
            }
        }
    }

    #[test]
    fn an_entry_comes_back_as_it_was_and_is_of_one_person_and_one_protocol() {
        let (scene, _) = night();
        let dir = tempfile::tempdir().unwrap();
        let mut entry = begun(&scene);
        assert_eq!(SecondEntry::read_kept(dir.path(), &entry), None);
        entry.typed.insert("11.1".to_owned(), "60".to_owned());
        entry.differed.insert("11.1".to_owned());
        entry.stage = EntryStage::Again;
        entry.write_kept(dir.path()).unwrap();
        assert_eq!(SecondEntry::read_kept(dir.path(), &begun(&scene)), Some(entry.clone()));
        for other in [
            SecondEntry { protocol: Hash([9; 32]), ..begun(&scene) },
            SecondEntry { ledger: Hash([9; 32]), ..begun(&scene) },
            SecondEntry { key: Key([9; 32]), ..begun(&scene) },
            SecondEntry { seat: id("deputy"), ..begun(&scene) },
        ] {
            assert_eq!(SecondEntry::read_kept(dir.path(), &other), None);
        }
        let text = serde_json::to_vec(&entry).unwrap();
        assert_eq!(SecondEntry::decode(&text), Some(entry));
        for end in 0..text.len() {
            assert_eq!(SecondEntry::decode(&text[..end]), None);
        }
        let more = String::from_utf8(text).unwrap().replacen('{', "{\"extra\":1,", 1);
        assert_eq!(SecondEntry::decode(more.as_bytes()), None);
    }
}
