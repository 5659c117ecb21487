//! The two blocks at the head of a report: what was verified, and what people must compare with their own eyes.

use std::collections::BTreeSet;

use event::{Hash, Stamp};
use law::facts::SyntheticKind;

use phrase::Phrase;
use texts::{Language, describe_synthetic, group_digits, law_text, say_phrase};

use crate::{
    changed_order::ChangedOrder, compare::compared_sheet::ComparedSheet, hand_count::HandCount,
    harmless::quote_harmlessly,
};

/// One line of what was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopeLine {
    /// What the observer called the source.
    Source(String),
    /// What else lies in the folder of a node's own store: nobody looked at it.
    NotLookedAt(String),
    /// Entries of a node's own store behind its signed head.
    BehindTheHead(u64),
    /// An address lists nothing: what else the server holds was not seen.
    NotListed,
    /// The ledger's name.
    Ledger(String),
    /// The origin of its checkpoints.
    Origin(String),
    /// The charter carries the test flag.
    Test,
    /// What of it is made up.
    Synthetic(BTreeSet<SyntheticKind>),
    /// Times of receipt come from a script.
    SimulatedClock,
    /// How many entries.
    Entries(u64),
    /// When the first and the last entry were received.
    Received {
        /// The first.
        first: Stamp,
        /// The last.
        last: Stamp,
    },
    /// How many snapshots.
    Snapshots(usize),
    /// The ids of its elections.
    Elections(String),
    /// How many pins.
    Pins(usize),
    /// The version of this verifier.
    Verifier,
    /// A protocol that was scanned at a precinct, and what became of it.
    ScannedProtocol(Box<ComparedSheet>),
    /// Another copy, and what became of it.
    Mirror(Phrase),
    /// What the copies of protocols came to.
    Copies(Phrase),
    /// How likely so many copies would have shown altered protocols.
    DetectionPower(Phrase),
    /// How long protocols waited for a snapshot.
    PublicationLatency(Phrase),
    /// Whether the verification went on from an older state.
    Resumed {
        /// What became of the state.
        how: Resumption,
        /// Entries of the state.
        size: u64,
    },
}

/// Whether a verification went on from an older state, or why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumption {
    /// It did.
    GoesOn,
    /// Another program kept the state.
    OtherProgram,
    /// The source is shorter.
    Shorter,
    /// The source has other entries.
    OtherRoot,
    /// A snapshot that was compared is another one now, or an older one came later.
    OtherSnapshots,
}

impl Resumption {
    /// The id of its text.
    #[must_use]
    pub fn text_id(self) -> &'static str {
        match self {
            Self::GoesOn => "resumed-on",
            Self::OtherProgram => "resumed-not-program",
            Self::Shorter => "resumed-not-shorter",
            Self::OtherRoot => "resumed-not-root",
            Self::OtherSnapshots => "resumed-not-snapshots",
        }
    }
}

impl ScopeLine {
    /// Its name in the report as JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Source(_) => "source",
            Self::NotLookedAt(_) => "not looked at",
            Self::BehindTheHead(_) => "behind the signed head",
            Self::NotListed => "not listed",
            Self::Ledger(_) => "ledger",
            Self::Origin(_) => "origin",
            Self::Test => "TEST",
            Self::Synthetic(_) => "SYNTHETIC",
            Self::SimulatedClock => "CLOCK",
            Self::Entries(_) => "entries",
            Self::Received { .. } => "received",
            Self::Snapshots(_) => "snapshots",
            Self::Elections(_) => "elections",
            Self::Pins(_) => "pins",
            Self::Verifier => "verifier",
            Self::ScannedProtocol(_) => "scanned protocol",
            Self::Mirror(_) => "mirror",
            Self::Copies(_) => "copies",
            Self::DetectionPower(_) => "detection power",
            Self::PublicationLatency(_) => "publication latency",
            Self::Resumed { .. } => "resumed",
        }
    }

    /// The id of the text of its name.
    #[must_use]
    pub fn text_id(&self) -> &'static str {
        match self {
            Self::Source(_) => "scope-source",
            Self::NotLookedAt(_) => "scope-not-looked-at",
            Self::BehindTheHead(_) => "scope-behind-head",
            Self::NotListed => "scope-not-listed",
            Self::Ledger(_) => "scope-ledger",
            Self::Origin(_) => "scope-origin",
            Self::Test => "scope-test",
            Self::Synthetic(_) => "scope-synthetic",
            Self::SimulatedClock => "scope-clock",
            Self::Entries(_) => "scope-entries",
            Self::Received { .. } => "scope-received",
            Self::Snapshots(_) => "scope-snapshots",
            Self::Elections(_) => "scope-elections",
            Self::Pins(_) => "scope-pins",
            Self::Verifier => "scope-verifier",
            Self::ScannedProtocol(_) => "scope-scanned-protocol",
            Self::Mirror(_) => "scope-mirror",
            Self::Copies(_) => "scope-copies",
            Self::DetectionPower(_) => "scope-detection-power",
            Self::PublicationLatency(_) => "scope-publication-latency",
            Self::Resumed { .. } => "scope-resumed",
        }
    }

    /// Whether two observers of the same source may differ in it: each keeps his copy in a place of his own.
    #[must_use]
    pub fn is_of_the_observer(&self) -> bool {
        matches!(self, Self::Source(_) | Self::NotListed | Self::Resumed { .. })
    }

    /// Its value as it stands in the report as JSON. What somebody called a source or a ledger writes nothing but words.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::Source(text)
            | Self::NotLookedAt(text)
            | Self::Ledger(text)
            | Self::Origin(text)
            | Self::Elections(text) => quote_harmlessly(text, &[]).into_owned(),
            Self::ScannedProtocol(sheet) => quote_harmlessly(&sheet.said.to_string(), &[]).into_owned(),
            Self::Mirror(said)
            | Self::Copies(said)
            | Self::DetectionPower(said)
            | Self::PublicationLatency(said) => quote_harmlessly(&said.to_string(), &[]).into_owned(),
            Self::Test => "nothing in this ledger is real: its charter carries the test flag".to_owned(),
            Self::Synthetic(kinds) => kinds.iter().map(|kind| kind.name()).collect::<Vec<_>>().join(", "),
            Self::SimulatedClock => "simulated: times of receipt come from a script".to_owned(),
            Self::Entries(count) => count.to_string(),
            Self::BehindTheHead(_) | Self::NotListed => self.value_in(Language::En),
            Self::Snapshots(count) | Self::Pins(count) => count.to_string(),
            Self::Received { first, last } => format!("{first} to {last}"),
            Self::Verifier => format!("hattama verifier {}", env!("CARGO_PKG_VERSION")),
            Self::Resumed { .. } => self.value_in(Language::En),
        }
    }

    /// Its name in a language.
    #[must_use]
    pub fn name_in(&self, lang: Language) -> String {
        law_text(lang, self.text_id(), &[])
    }

    /// Its value in a language.
    #[must_use]
    pub fn value_in(&self, lang: Language) -> String {
        match self {
            Self::Test => law_text(lang, "scope-test-value", &[]),
            Self::Synthetic(kinds) => describe_synthetic(lang, kinds).unwrap_or_default(),
            Self::SimulatedClock => law_text(lang, "scope-clock-value", &[]),
            Self::Received { first, last } => {
                let span = [("from", first.to_string().into()), ("to", last.to_string().into())];
                law_text(lang, "scope-received-value", &span)
            }
            Self::BehindTheHead(count) => {
                law_text(lang, "scope-behind-head-value", &[("n", (*count).into())])
            }
            Self::NotListed => law_text(lang, "scope-not-listed-value", &[]),
            Self::Resumed { how, size } => law_text(lang, how.text_id(), &[("size", (*size).into())]),
            Self::ScannedProtocol(sheet) => {
                quote_harmlessly(&say_phrase(lang, &sheet.said), &[]).into_owned()
            }
            Self::Mirror(said)
            | Self::Copies(said)
            | Self::DetectionPower(said)
            | Self::PublicationLatency(said) => quote_harmlessly(&say_phrase(lang, said), &[]).into_owned(),
            Self::Entries(count) => group_digits(&count.to_string()),
            _ => self.value(),
        }
    }
}

/// One value that software cannot judge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EyeLine {
    /// The ledger's id.
    LedgerId(Hash),
    /// SHA-256 of a root key of the CEC.
    RootKey(Hash),
    /// The root of the tree.
    TreeRoot(Hash),
    /// How many precincts.
    Precincts(usize),
    /// How many voters on the lists.
    Voters(u64),
    /// How many candidates were nominated.
    Candidates(usize),
    /// Whether the charter carries the test flag.
    TestLedger(bool),
    /// SHA-256 of the program that runs.
    Program(Hash),
    /// A transcription that changed the order of the candidates.
    ChangedOrder(ChangedOrder),
    /// How many more of these there are.
    MoreChangedOrders(usize),
    /// A protocol to add up by hand.
    AddUp(HandCount),
}

impl EyeLine {
    /// Its name in the report as JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::LedgerId(_) => "ledger id",
            Self::RootKey(_) => "CEC root key",
            Self::TreeRoot(_) => "root of the tree",
            Self::Precincts(_) => "precincts",
            Self::Voters(_) => "voters",
            Self::Candidates(_) => "candidates nominated",
            Self::TestLedger(_) => "test ledger",
            Self::Program(_) => "this program",
            Self::ChangedOrder(_) => "transcription that changed the order",
            Self::MoreChangedOrders(_) => "more transcriptions that changed the order",
            Self::AddUp(_) => "add up by hand",
        }
    }

    /// The id of the text of its name.
    #[must_use]
    pub fn text_id(&self) -> &'static str {
        match self {
            Self::LedgerId(_) => "scope-ledger-id",
            Self::RootKey(_) => "scope-cec-root-key",
            Self::TreeRoot(_) => "scope-root-of-the-tree",
            Self::Precincts(_) => "scope-precincts",
            Self::Voters(_) => "scope-voters",
            Self::Candidates(_) => "scope-candidates-nominated",
            Self::TestLedger(_) => "scope-test-ledger",
            Self::Program(_) => "scope-this-program",
            Self::ChangedOrder(_) => "scope-changed-order",
            Self::MoreChangedOrders(_) => "scope-more-changed-orders",
            Self::AddUp(_) => "scope-add-up-by-hand",
        }
    }

    /// Whether it differs between two machines on which the same version was built.
    #[must_use]
    pub fn is_of_the_machine(&self) -> bool {
        matches!(self, Self::Program(_))
    }

    /// Its value as it stands in the report as JSON.
    #[must_use]
    pub fn value(&self) -> String {
        match self {
            Self::LedgerId(hash) | Self::RootKey(hash) | Self::TreeRoot(hash) | Self::Program(hash) => {
                hash.in_groups()
            }
            Self::Precincts(count) | Self::Candidates(count) | Self::MoreChangedOrders(count) => {
                count.to_string()
            }
            Self::ChangedOrder(changed) => changed.value_in(Language::En),
            Self::Voters(count) => count.to_string(),
            Self::TestLedger(true) => "yes".to_owned(),
            Self::TestLedger(false) => "no".to_owned(),
            Self::AddUp(count) => count.text.clone(),
        }
    }

    /// Its name in a language.
    #[must_use]
    pub fn name_in(&self, lang: Language) -> String {
        law_text(lang, self.text_id(), &[])
    }

    /// Its value in a language.
    #[must_use]
    pub fn value_in(&self, lang: Language) -> String {
        match self {
            Self::TestLedger(true) => law_text(lang, "yes", &[]),
            Self::TestLedger(false) => law_text(lang, "no", &[]),
            Self::AddUp(count) => count.value_in(lang),
            Self::ChangedOrder(changed) => changed.value_in(lang),
            Self::Precincts(_) | Self::Candidates(_) | Self::MoreChangedOrders(_) | Self::Voters(_) => {
                group_digits(&self.value())
            }
            _ => self.value(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::compared_sheet::SheetOutcome;
    use texts::law_catalogue;

    #[test]
    fn every_line_has_a_name_in_every_language() {
        let (hash, stamp) = (Hash([0; 32]), Stamp::from_millis(1_760_000_000_000).unwrap());
        let (text, said) = (String::new, || Phrase::verbatim(""));
        let scope = [
            ScopeLine::Source(text()),
            ScopeLine::NotLookedAt(text()),
            ScopeLine::BehindTheHead(0),
            ScopeLine::NotListed,
            ScopeLine::Ledger(text()),
            ScopeLine::Origin(text()),
            ScopeLine::Test,
            ScopeLine::Synthetic(SyntheticKind::ALL.into_iter().collect()),
            ScopeLine::SimulatedClock,
            ScopeLine::Entries(0),
            ScopeLine::Received { first: stamp, last: stamp },
            ScopeLine::Snapshots(0),
            ScopeLine::Elections(text()),
            ScopeLine::Pins(0),
            ScopeLine::Verifier,
            ScopeLine::ScannedProtocol(Box::new(ComparedSheet {
                place: text(),
                precinct: text(),
                election: None,
                event: hash,
                outcome: SheetOutcome::Same,
                entry: None,
                differences: Vec::new(),
                said: said(),
            })),
            ScopeLine::Mirror(said()),
            ScopeLine::Copies(said()),
            ScopeLine::DetectionPower(said()),
            ScopeLine::PublicationLatency(said()),
            ScopeLine::Resumed { how: Resumption::GoesOn, size: 0 },
        ];
        let eyes = [
            EyeLine::LedgerId(hash),
            EyeLine::RootKey(hash),
            EyeLine::TreeRoot(hash),
            EyeLine::Precincts(0),
            EyeLine::Voters(0),
            EyeLine::Candidates(0),
            EyeLine::TestLedger(true),
            EyeLine::Program(hash),
            EyeLine::ChangedOrder(ChangedOrder::default()),
            EyeLine::MoreChangedOrders(0),
            EyeLine::AddUp(HandCount::default()),
        ];
        let resumptions = [
            Resumption::GoesOn,
            Resumption::OtherProgram,
            Resumption::Shorter,
            Resumption::OtherRoot,
            Resumption::OtherSnapshots,
        ];
        let ids = scope.iter().map(ScopeLine::text_id).chain(eyes.iter().map(EyeLine::text_id));
        for id in ids.chain(resumptions.map(Resumption::text_id)) {
            for lang in Language::ALL {
                assert!(law_catalogue().has_text(lang, id), "{id} in {}", lang.iso_code());
            }
        }
    }
}
