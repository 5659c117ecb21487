//! Reads the text of a policy, line by line; a name is defined before it is used.
//!
//! Contains [`Policy::parse`]. Does not contain the faults, which are in [`PolicyError`]. Comments
//! stand on lines of their own: after other items, `#` is the first character of one more item.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Group, Log, MAX_OF_EACH, MAX_POLICY_BYTES, Member, Policy, PolicyError, Witness};
use crate::canonical::decode_decimal;
use crate::cosignature::CosignerKey;
use crate::note::VerifierKey;

impl Policy {
    /// Reads a policy.
    ///
    /// # Errors
    ///
    /// Every [`PolicyError`].
    pub fn parse(bytes: &[u8]) -> Result<Self, PolicyError> {
        if bytes.len() > MAX_POLICY_BYTES {
            return Err(PolicyError::TooLong { found: bytes.len() });
        }
        let mut draft = Draft::default();
        let mut lines = 0;
        for (line, octets) in (1..).zip(bytes.split_inclusive(|octet| *octet == b'\n')) {
            let octets = octets.strip_suffix(b"\n").ok_or(PolicyError::UnendedLine { line })?;
            draft.take_line(line, octets)?;
            lines = line;
        }
        let quorum = draft.quorum.ok_or(PolicyError::NoQuorum { lines })?;
        Ok(Self { logs: draft.logs, witnesses: draft.witnesses, groups: draft.groups, quorum })
    }
}

/// What the lines so far say.
#[derive(Default)]
struct Draft {
    logs: Vec<Log>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    names: Vec<Name>,
    quorum: Option<Option<Member>>,
}

/// A witness or group, and whether a group has it as a member already.
struct Name {
    octets: Vec<u8>,
    member: Member,
    taken: bool,
}

impl Draft {
    fn take_line(&mut self, line: usize, octets: &[u8]) -> Result<(), PolicyError> {
        if let Some(found) = octets.iter().copied().find(|octet| is_control(*octet)) {
            return Err(PolicyError::Octet { line, found });
        }
        let items: Vec<&[u8]> =
            octets.split(|octet| matches!(octet, b' ' | b'\t')).filter(|item| !item.is_empty()).collect();
        match items.as_slice() {
            [] => Ok(()),
            [first, ..] if first.starts_with(b"#") => Ok(()),
            [b"log", items @ ..] => self.take_log(line, items),
            [b"witness", items @ ..] => self.take_witness(line, items),
            [b"group", items @ ..] => self.take_group(line, items),
            [b"quorum", items @ ..] => self.take_quorum(line, items),
            [other, ..] => Err(PolicyError::UnknownWord { line, found: show_octets(other) }),
        }
    }

    fn take_log(&mut self, line: usize, items: &[&[u8]]) -> Result<(), PolicyError> {
        let (key, url) = match items {
            [key] => (key, None),
            [key, url] => (key, Some(url.to_vec())),
            _ => return Err(PolicyError::LogItems { line, found: items.len() }),
        };
        let key =
            VerifierKey::parse(key_text(line, key)?).map_err(|fault| PolicyError::LogKey { line, fault })?;
        if let Some(other) = self.logs.iter().find(|other| other.key.key() == key.key()) {
            return Err(PolicyError::DuplicateLog { line, found: other.key.name().to_owned() });
        }
        if self.logs.len() == MAX_OF_EACH {
            return Err(PolicyError::TooManyLogs { line });
        }
        self.logs.push(Log { key, url });
        Ok(())
    }

    fn take_witness(&mut self, line: usize, items: &[&[u8]]) -> Result<(), PolicyError> {
        let (name, key, url) = match items {
            [name, key] => (name, key, None),
            [name, key, url] => (name, key, Some(url.to_vec())),
            _ => return Err(PolicyError::WitnessItems { line, found: items.len() }),
        };
        let key = CosignerKey::parse(key_text(line, key)?)
            .map_err(|fault| PolicyError::WitnessKey { line, fault })?;
        if let Some(other) = self.witnesses.iter().find(|other| other.key.key() == key.key()) {
            return Err(PolicyError::DuplicateWitness { line, found: show_octets(&other.name) });
        }
        if self.witnesses.len() == MAX_OF_EACH {
            return Err(PolicyError::TooManyWitnesses { line });
        }
        self.define_name(line, name, Member::Witness(self.witnesses.len()))?;
        self.witnesses.push(Witness { name: name.to_vec(), key, url });
        Ok(())
    }

    fn take_group(&mut self, line: usize, items: &[&[u8]]) -> Result<(), PolicyError> {
        let [name, threshold, members @ ..] = items else {
            return Err(PolicyError::GroupItems { line, found: items.len() });
        };
        if members.is_empty() {
            return Err(PolicyError::GroupItems { line, found: items.len() });
        }
        let threshold = parse_threshold(line, threshold, members.len())?;
        if self.groups.len() == MAX_OF_EACH {
            return Err(PolicyError::TooManyGroups { line });
        }
        // The members come first, so that no group can be its own.
        let members =
            members.iter().map(|member| self.join_member(line, member)).collect::<Result<_, _>>()?;
        self.define_name(line, name, Member::Group(self.groups.len()))?;
        self.groups.push(Group { name: name.to_vec(), threshold, members });
        Ok(())
    }

    fn take_quorum(&mut self, line: usize, items: &[&[u8]]) -> Result<(), PolicyError> {
        let [name] = items else {
            return Err(PolicyError::QuorumItems { line, found: items.len() });
        };
        if self.quorum.is_some() {
            return Err(PolicyError::SecondQuorum { line });
        }
        self.quorum = Some(if *name == NONE { None } else { Some(self.find_name(line, name)?.member) });
        Ok(())
    }

    fn define_name(&mut self, line: usize, name: &[u8], member: Member) -> Result<(), PolicyError> {
        if name == NONE {
            return Err(PolicyError::ReservedName { line });
        }
        if self.names.iter().any(|earlier| earlier.octets == name) {
            return Err(PolicyError::DuplicateName { line, found: show_octets(name) });
        }
        self.names.push(Name { octets: name.to_vec(), member, taken: false });
        Ok(())
    }

    /// Makes a name a member; what is a member once is counted once.
    fn join_member(&mut self, line: usize, name: &[u8]) -> Result<Member, PolicyError> {
        if name == NONE {
            return Err(PolicyError::NoneAsMember { line });
        }
        let found = self.find_name(line, name)?;
        if found.taken {
            return Err(PolicyError::SecondMembership { line, found: show_octets(name) });
        }
        found.taken = true;
        Ok(found.member)
    }

    fn find_name(&mut self, line: usize, name: &[u8]) -> Result<&mut Name, PolicyError> {
        let found = self.names.iter_mut().find(|earlier| earlier.octets == name);
        found.ok_or_else(|| PolicyError::UndefinedName { line, found: show_octets(name) })
    }
}

const fn is_control(octet: u8) -> bool {
    (octet < b' ' && octet != b'\t') || octet == 0x7f
}

fn key_text(line: usize, octets: &[u8]) -> Result<&str, PolicyError> {
    core::str::from_utf8(octets)
        .map_err(|fault| PolicyError::KeyNotUtf8 { line, valid_up_to: fault.valid_up_to() })
}

fn parse_threshold(line: usize, item: &[u8], members: usize) -> Result<usize, PolicyError> {
    match item {
        b"all" => return Ok(members),
        b"any" => return Ok(1),
        _ => {}
    }
    let found = core::str::from_utf8(item)
        .ok()
        .and_then(decode_decimal)
        .ok_or_else(|| PolicyError::ThresholdSpelling { line, found: show_octets(item) })?;
    usize::try_from(found)
        .ok()
        .filter(|threshold| (1..=members).contains(threshold))
        .ok_or(PolicyError::Threshold { line, members, found })
}

/// Shows octets in messages, whatever they are.
fn show_octets(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).into_owned()
}

/// The name that stands for no witness at all.
const NONE: &[u8] = b"none";
