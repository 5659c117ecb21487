//! What lies beside a ledger and was not verified, for the verdict's sentence: it is named there, so that nobody takes it
//! for verified.

use texts::{Language, law_text};

/// What nobody announced yet: a publication is under way, or was never finished.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unverified {
    /// Snapshots that no entry announces, each with how many files it has.
    pub snapshots: Vec<(u64, usize)>,
    /// Tiles and bundles that reach beyond the checkpoint.
    pub tiles: usize,
    /// Attachments that only entries beyond the checkpoint name.
    pub attachments: usize,
}

impl Unverified {
    /// Each kind of it in a few words, in a language.
    #[must_use]
    pub fn list_in(&self, lang: Language) -> Vec<String> {
        let snapshot = |(n, files): &(u64, usize)| {
            let args = [("path", format!("snapshots/{n}/").into()), ("files", (*files).into())];
            law_text(lang, "unverified-snapshot", &args)
        };
        let mut all: Vec<String> = self.snapshots.iter().map(snapshot).collect();
        for (id, count) in [("unverified-tiles", self.tiles), ("unverified-attachments", self.attachments)] {
            if count > 0 {
                all.push(law_text(lang, id, &[("n", count.into())]));
            }
        }
        all
    }
}
