//! What text and page say alike: the words of an outcome, of a ledger, of the events behind a figure.

use texts::{Language, Value, describe_synthetic, program::program_catalogue, say_phrase};

use crate::{
    claim_row::UNKNOWN_DAY,
    outcome::{ClaimBasis, ClaimOutcome, JudgedClaim, JudgedFile, JudgedLedger},
};

/// One language.
#[derive(Clone, Copy)]
pub(crate) struct Teller {
    pub(crate) lang: Language,
}

impl Teller {
    pub(crate) fn say(self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        program_catalogue().format_text(self.lang, id, args)
    }

    pub(crate) fn title(self, file: &JudgedFile) -> String {
        file.title.clone().unwrap_or_else(|| self.say("claims-title", &[]))
    }

    /// The day of a source, as it was given.
    pub(crate) fn day(self, date: &str) -> String {
        if date == UNKNOWN_DAY { self.say("claims-day-unknown", &[]) } else { date.to_owned() }
    }

    pub(crate) fn outcome(self, outcome: ClaimOutcome) -> String {
        self.say(
            match outcome {
                ClaimOutcome::Supported => "claims-supported",
                ClaimOutcome::Contradicted => "claims-contradicted",
                ClaimOutcome::Undecidable => "claims-undecidable",
            },
            &[],
        )
    }

    /// Figure against figure, or what is missing.
    pub(crate) fn reason(self, claim: &JudgedClaim) -> String {
        say_phrase(self.lang, &claim.reason)
    }

    pub(crate) fn ledger(self, number: usize, ledger: &JudgedLedger) -> String {
        let args = [
            ("n", number.into()),
            ("origin", ledger.origin.clone().into()),
            ("size", ledger.size.into()),
            ("elections", ledger.elections.into()),
            ("source", ledger.source.clone().into()),
        ];
        let said = self.say("claims-ledger", &args);
        match describe_synthetic(self.lang, &ledger.synthetic) {
            Some(synthetic) => format!("{said}. {synthetic}"),
            None => said,
        }
    }

    /// What has to stand beside an outcome.
    pub(crate) fn marks(self, claim: &JudgedClaim) -> Vec<String> {
        let test = claim.is_test.then(|| self.say("claims-test", &[]));
        let printed = (claim.basis == ClaimBasis::PrintedFigures).then(|| self.say("claims-printed", &[]));
        test.into_iter().chain(printed).collect()
    }

    /// From which events it follows, one line for each ledger.
    pub(crate) fn events(self, claim: &JudgedClaim) -> Vec<String> {
        let mut lines = Vec::new();
        let mut rest = claim.events.as_slice();
        while let Some(first) = rest.first() {
            let own = rest.iter().take_while(|event| event.ledger == first.ledger).count();
            let (own, others) = rest.split_at(own);
            rest = others;
            let (ledger, last) = (("ledger", first.ledger.into()), own.last().unwrap_or(first));
            lines.push(if own.len() == 1 {
                let args = [
                    ledger,
                    ("entry", first.entry.to_string().into()),
                    ("event", first.event.to_string().into()),
                ];
                self.say("claims-event", &args)
            } else {
                let args = [
                    ledger,
                    ("n", own.len().into()),
                    ("first", first.entry.to_string().into()),
                    ("last", last.entry.to_string().into()),
                ];
                self.say("claims-events", &args)
            });
        }
        lines
    }

    pub(crate) fn sum(self, file: &JudgedFile) -> String {
        let count = |outcome| file.count_of(outcome).into();
        let args = [
            ("supported", count(ClaimOutcome::Supported)),
            ("contradicted", count(ClaimOutcome::Contradicted)),
            ("undecidable", count(ClaimOutcome::Undecidable)),
        ];
        self.say("claims-sum", &args)
    }
}
