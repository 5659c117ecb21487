//! What people write for a field, read into what stands in the body: nothing is guessed at.

use std::{
    fs,
    path::{Path, PathBuf},
};

use client::files::{read_bounded, read_signed, write_atomically};
use event::{Document, Hash, Id, Key, Signature, Stamp, Text, Time, sha256};
use law::{State, state::Election};
use serde_json::{Value, json};
use texts::{Language, program::answer_language, program::program_catalogue};

use super::{fault::Expectation, lookup::find_named};
use crate::{
    described::field::{Choice, Field, FieldKind, Named},
    form::value::{is_word, parse_count},
    form_text::strip_quotes,
    moments::{parse_local_time, split_day},
};

/// A scan is a few megabytes; what is larger was named by mistake.
const FILE_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// Names beside a missing file that are looked at.
const BESIDE_MAX: usize = 10_000;

/// A salt in hexadecimal digits, and what an editor adds.
const SALT_BYTES_MAX: u64 = 1 << 10;

/// What values are read against.
#[derive(Debug)]
pub struct ValueGround<'a> {
    /// What the source holds.
    pub state: &'a State,
    /// The election that is spoken of.
    pub election: Option<&'a Election>,
    /// Where named files are looked for.
    pub dir: &'a Path,
    /// The offset of local times.
    pub offset: String,
}

/// A value with the file that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadValue {
    /// As it stands in the body.
    pub value: Value,
    /// The file that it names by hash.
    pub paper: Option<PathBuf>,
}

impl<'a> ValueGround<'a> {
    /// Values about an election, or about the whole ledger.
    #[must_use]
    pub fn new(state: &'a State, election: Option<&Id>, dir: &'a Path) -> Self {
        let offset = local_offset(state, election);
        Self { state, election: election.and_then(|id| state.elections.get(id)), dir, offset }
    }

    /// Reads one value.
    ///
    /// # Errors
    /// What was expected instead.
    pub fn read(&self, field: &Field, text: &str) -> Result<ReadValue, Expectation> {
        let text = text.trim();
        let value = match field.kind {
            FieldKind::Document => return self.read_document(text),
            FieldKind::Id(named) => json!(self.find_id(named, text)?),
            FieldKind::Text if matches!(field.name, "kato" | "territory") => {
                json!(read_text(&join_code(text))?)
            }
            FieldKind::Text => json!(read_text(text)?),
            FieldKind::Count(_) => json!(parse_count(strip_quotes(text)).ok_or(Expectation::Count)?),
            FieldKind::Time => json!(self.read_time(text)?),
            FieldKind::Day => json!(self.read_day(text)?),
            FieldKind::Stamp => json!(Stamp::parse(text).map_err(|_| Expectation::Stamp)?),
            FieldKind::Event => json!(self.read_event(text)?),
            FieldKind::Hash => json!(self.read_hash(text)?),
            FieldKind::Key => json!(self.read_key(text)?),
            FieldKind::Proof => json!(read_proof(text)?),
            FieldKind::Flag => json!(read_flag(text).ok_or(Expectation::Flag)?),
            FieldKind::Word(choices) => json!(read_choice(text, choices)?),
            FieldKind::Ids(named) => {
                json!(each(text, &[';', ','], |one| self.find_id(named, one))?)
            }
            FieldKind::Texts => json!(each(text, &[';'], read_text)?),
            FieldKind::Keys => {
                let mut keys = each(text, &[';', ',', ' '], |one| self.read_key(one))?;
                keys.sort();
                json!(keys)
            }
            FieldKind::List => return Err(Expectation::List),
            FieldKind::Group(fields) | FieldKind::Rows(fields, _) => {
                let parts = fields.iter().map(|part| part.name).collect::<Vec<_>>().join(", ");
                return Err(Expectation::Parts { parts });
            }
        };
        Ok(ReadValue { value, paper: None })
    }

    pub(super) fn find_id(&self, named: Named, text: &str) -> Result<Id, Expectation> {
        find_named(self.state, self.election, named, strip_quotes(text))
    }

    /// `2025-10-12 22:30`, `12.10.2025 22:30`, with seconds and an offset or without.
    fn read_time(&self, text: &str) -> Result<Time, Expectation> {
        let (day, rest) = split_day(text).ok_or(Expectation::Time)?;
        if rest.is_empty() {
            return Err(Expectation::Hour { day });
        }
        parse_local_time(text, &self.offset).ok_or(Expectation::Time)
    }

    fn read_day(&self, text: &str) -> Result<Time, Expectation> {
        let (day, rest) = split_day(text).ok_or(Expectation::Day)?;
        if rest.is_empty() {
            return Time::parse(&format!("{day}T00:00:00{}", self.offset)).map_err(|_| Expectation::Day);
        }
        self.read_time(text)
    }

    /// A file that is public; `seal:FILE` one that is withheld, whose salt is kept in `FILE.salt`; or the hash itself.
    fn read_document(&self, text: &str) -> Result<ReadValue, Expectation> {
        let text = strip_quotes(text);
        if let Some(document) = read_named_hash(text) {
            return Ok(ReadValue { value: json!(document), paper: None });
        }
        let (sealed, name) = match text.strip_prefix("seal:") {
            Some(name) => (true, name.trim()),
            None => (false, text),
        };
        let path = self.dir.join(name);
        let bytes = self.read_file(&path)?;
        if !sealed {
            return Ok(ReadValue { value: json!(Document::public(&bytes)), paper: Some(path) });
        }
        let salt = read_or_make_salt(&path).ok_or(Expectation::File { dir: self.dir.to_owned() })?;
        Ok(ReadValue { value: json!(Document::seal(&salt, &bytes)), paper: None })
    }

    fn read_file(&self, path: &Path) -> Result<Vec<u8>, Expectation> {
        let none = || Expectation::File { dir: self.dir.to_owned() };
        let Ok(known) = fs::metadata(path) else {
            return Err(match list_alike(path) {
                Some(alike) => Expectation::FileAlike { dir: self.dir.to_owned(), alike },
                None => none(),
            });
        };
        if known.is_dir() {
            return Err(Expectation::Folder);
        }
        if !known.is_file() || known.len() > FILE_BYTES_MAX {
            return Err(none());
        }
        if known.len() == 0 {
            return Err(Expectation::EmptyFile);
        }
        read_bounded(path, FILE_BYTES_MAX).map_err(|_| none())
    }

    fn read_event(&self, text: &str) -> Result<Hash, Expectation> {
        let text = strip_quotes(text);
        if let Ok(hash) = Hash::parse(text) {
            return Ok(hash);
        }
        read_signed(&self.dir.join(text)).map(|signed| signed.hash()).map_err(|_| Expectation::Event)
    }

    fn read_hash(&self, text: &str) -> Result<Hash, Expectation> {
        let text = strip_quotes(text);
        if let Ok(hash) = Hash::parse(text) {
            return Ok(hash);
        }
        let bytes = self.read_file(&self.dir.join(text)).map_err(|_| Expectation::Hash)?;
        Ok(sha256(&[&bytes]))
    }

    /// A key, or whose it is: `pec-aul-1/m5`.
    fn read_key(&self, text: &str) -> Result<Key, Expectation> {
        let text = strip_quotes(text);
        if let Ok(key) = Key::parse(text) {
            return Ok(key);
        }
        let (commission, seat) = text.split_once('/').ok_or(Expectation::Key)?;
        let commission = self.state.commissions.get(commission.trim()).ok_or(Expectation::Key)?;
        commission.seat(seat.trim()).and_then(|seat| seat.key).ok_or(Expectation::Key)
    }
}

/// The offset of local times: that of the election's calendar, else of Kazakhstan.
fn local_offset(state: &State, election: Option<&Id>) -> String {
    let ends =
        election.and_then(|id| state.elections.get(id)).map(|own| own.calendar.voting_ends.to_string());
    ends.and_then(|text| text.get(19..).map(str::to_owned)).unwrap_or_else(|| "+05:00".to_owned())
}

/// Every part between the signs, none of them empty.
fn each<T>(
    text: &str,
    signs: &[char],
    read: impl Fn(&str) -> Result<T, Expectation>,
) -> Result<Vec<T>, Expectation> {
    text.split(signs).map(str::trim).filter(|part| !part.is_empty()).map(read).collect()
}

fn read_text(text: &str) -> Result<Text, Expectation> {
    Text::new(text).map_err(|_| Expectation::Text)
}

/// A code of digits that was written in groups, as `10 32 30 100`.
fn join_code(text: &str) -> String {
    let parted = |sign: char| sign.is_whitespace() || matches!(sign, '.' | '-');
    let bare: String = text.chars().filter(|sign| !parted(*sign)).collect();
    if bare.bytes().all(|one| one.is_ascii_digit()) { bare } else { text.to_owned() }
}

fn read_proof(text: &str) -> Result<Signature, Expectation> {
    serde_json::from_value(json!(strip_quotes(text))).map_err(|_| Expectation::Proof)
}

/// `+` or `-`, yes or no in any of the languages.
fn read_flag(text: &str) -> Option<bool> {
    match text.to_lowercase().as_str() {
        "+" | "true" | "ия" | "y" | "д" => Some(true),
        "-" | "\u{2013}" | "false" | "n" | "н" => Some(false),
        _ if is_word(text, "form-word-yes") => Some(true),
        _ => is_word(text, "form-word-no").then_some(false),
    }
}

/// One of the words, as in the format or as any of the languages says it.
fn read_choice(text: &str, choices: &[Choice]) -> Result<&'static str, Expectation> {
    let text = strip_quotes(text);
    let own = |choice: &&Choice| choice.word.eq_ignore_ascii_case(text) || is_word(text, choice.text);
    let found = choices.iter().find(own).map(|choice| choice.word);
    found.ok_or_else(|| Expectation::Word { words: name_choices(choices, answer_language()) })
}

/// Every word with what it says.
#[must_use]
pub fn name_choices(choices: &[Choice], lang: Language) -> String {
    let one = |choice: &Choice| {
        format!("{} ({})", choice.word, program_catalogue().format_text(lang, choice.text, &[]))
    };
    choices.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// `sha256:HASH:SIZE` or `sealed:HASH`: a paper that lies elsewhere.
fn read_named_hash(text: &str) -> Option<Document> {
    if let Some(hash) = text.strip_prefix("sealed:") {
        return Some(Document { sealed: Some(Hash::parse(hash).ok()?), sha256: None, size: None });
    }
    let (hash, size) = text.strip_prefix("sha256:")?.split_once(':')?;
    Some(Document { sealed: None, sha256: Some(Hash::parse(hash).ok()?), size: Some(size.parse().ok()?) })
}

/// Files beside a name that is not there which have it but for capitals, spaces or the ending.
fn list_alike(path: &Path) -> Option<String> {
    let plain = |name: &std::ffi::OsStr| {
        let small = name.to_string_lossy().to_lowercase();
        small.split([' ', '\u{a0}', '_']).collect::<String>()
    };
    let wanted = (plain(path.file_name()?), plain(path.file_stem()?));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut alike = Vec::new();
    for entry in fs::read_dir(folder).ok()?.take(BESIDE_MAX).flatten() {
        let name = entry.file_name();
        let stem = Path::new(&name).file_stem().map(plain).unwrap_or_default();
        if plain(&name) == wanted.0 || stem == wanted.0 || stem == wanted.1 {
            alike.push(name.to_string_lossy().into_owned());
        }
    }
    alike.sort();
    (!alike.is_empty()).then(|| alike.join(", "))
}

/// The salt that lies beside a file, or a new one that is written there.
fn read_or_make_salt(path: &Path) -> Option<[u8; 32]> {
    let mut name = path.as_os_str().to_owned();
    name.push(".salt");
    let beside = PathBuf::from(name);
    if beside.exists() {
        let text = String::from_utf8(read_bounded(&beside, SALT_BYTES_MAX).ok()?).ok()?;
        return Hash::parse(text.trim()).ok().map(|hash| hash.0);
    }
    let mut salt = [0; 32];
    getrandom::fill(&mut salt).ok()?;
    write_atomically(&beside, format!("{}\n", Hash(salt)).as_bytes()).ok()?;
    Some(salt)
}
