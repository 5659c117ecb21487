//! Which entries something outside stands for, and which none, in words.

use texts::{Language, Value, law_text};

use crate::report::{anchor::Anchor, verdict::Report};

impl Report {
    /// First and last of the entries that something outside stands for.
    #[must_use]
    pub fn anchored_entries(&self) -> Option<[u64; 2]> {
        Some([0, self.anchored?.min(self.size).checked_sub(1)?])
    }

    /// First and last of the entries that nothing but the log's own key stands for.
    #[must_use]
    pub fn unanchored_entries(&self) -> Option<[u64; 2]> {
        let from = self.anchored.unwrap_or(0);
        (from < self.size).then(|| [from, self.size - 1])
    }

    /// What stands behind the ledger from outside, in one sentence, in English.
    #[must_use]
    pub fn anchor_sentence(&self) -> String {
        self.anchor_sentence_in(Language::En)
    }

    /// The same, in any language.
    #[must_use]
    pub fn anchor_sentence_in(&self, lang: Language) -> String {
        let say = |id: &str, args: &[(&str, Value<'_>)]| law_text(lang, id, args);
        let alone = self.unanchored_entries().map(|range| print_standing(lang, range));
        match (self.anchor.text_id(), self.anchored_entries(), alone) {
            (Some(by), Some(_), None) => {
                say("anchor-all", &[("by", say(by, &[]).into()), ("entries", self.size.into())])
            }
            (Some(by), Some(range), Some(alone)) => {
                let args = [
                    ("alone", alone.into()),
                    ("by", say(by, &[]).into()),
                    ("range", print_entries(lang, range).into()),
                ];
                say("anchor-part", &args)
            }
            _ if self.anchor == Anchor::Contradicted => say("anchor-contradicted", &[]),
            (.., Some(alone)) if self.anchor == Anchor::Unusable => {
                say("anchor-unusable", &[("alone", alone.into())])
            }
            (_, _, None) => say("anchor-empty", &[]),
            (_, _, Some(alone)) => say("anchor-nothing", &[("alone", alone.into())]),
        }
    }
}

fn print_entries(lang: Language, [from, to]: [u64; 2]) -> String {
    let id = if from == to { "range-one" } else { "range-many" };
    // Numbers of entries are ids: they are not put in groups of three.
    let args = [("from", from.to_string().into()), ("to", to.to_string().into())];
    law_text(lang, id, &args)
}

fn print_standing(lang: Language, range: [u64; 2]) -> String {
    let id = if range.first() == range.last() { "stand-one" } else { "stand-many" };
    law_text(lang, id, &[("range", print_entries(lang, range).into())])
}
