//! The outcome of each claim as text for a terminal.

use texts::Language;

use crate::{
    outcome::{ClaimOutcome, JudgedClaim, JudgedFile},
    tell::Teller,
};

impl JudgedFile {
    /// Everything as text in a language.
    #[must_use]
    pub fn text_in(&self, lang: Language) -> String {
        let teller = Teller { lang };
        let mut lines = vec![teller.title(self)];
        lines.extend((1..).zip(&self.ledgers).map(|(number, ledger)| teller.ledger(number, ledger)));
        lines.push(teller.say("claims-limits", &[]));
        for claim in &self.claims {
            lines.push(String::new());
            lines.extend(tell_claim(teller, claim));
        }
        lines.push(String::new());
        lines.push(teller.sum(self));
        lines.join("\n")
    }
}

fn tell_claim(teller: Teller, claim: &JudgedClaim) -> Vec<String> {
    let sign = match claim.outcome {
        ClaimOutcome::Supported => "✓",
        ClaimOutcome::Contradicted => "✗",
        ClaimOutcome::Undecidable => "?",
    };
    let marks = teller.marks(claim).into_iter().map(|mark| format!(" [{mark}]")).collect::<String>();
    let mut lines = vec![format!(
        "{sign} {}: {}: {}{marks}",
        claim.id,
        teller.outcome(claim.outcome),
        teller.reason(claim)
    )];
    lines.push(format!("  «{}» {}, {}", claim.says, claim.source, teller.day(&claim.date)));
    lines.extend(teller.events(claim).into_iter().map(|line| format!("  {line}")));
    lines
}
