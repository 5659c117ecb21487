//! Alarms: kinds of them, how they read for people and as JSON, the webhook that gets them, the evidence that can be made.

use std::{thread, time::Duration};

use event::{Hash, Stamp};
use law::Rule;
use phrase::{Phrase, Phrased};
use serde::Serialize;
use texts::{program::say, say_fault};
use verifier::{ObserverInputs, Pin, Source, Verification, evidence::Evidence};

use crate::http::{Client, RequestFault};

/// How often a webhook is tried.
const TRIES: u32 = 3;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AlarmKind {
    /// No checkpoint under the log key in force.
    Checkpoint,
    /// An entry that does not read or is not signed by its signers.
    Entry,
    /// An event that a pin names is not there.
    Missing,
    /// Another ledger than the pinned one.
    OtherLedger,
    /// A receipt that is not honoured.
    Receipt,
    /// A smaller tree than before.
    Regress,
    /// Two histories.
    Split,
    /// No snapshot for longer than promised.
    Stale,
    /// The stream showed what does not stand in the tree.
    Stream,
    /// An event that the law refuses.
    Unlawful,
    /// A checkpoint without enough witnesses.
    Unwitnessed,
    /// Entries under a signed checkpoint are not served.
    Withheld,
}

impl AlarmKind {
    /// The id of its text; without the first word, its name.
    fn id(self) -> &'static str {
        match self {
            Self::Checkpoint => "alarm-bad-checkpoint",
            Self::Entry => "alarm-bad-entry",
            Self::Missing => "alarm-missing-event",
            Self::OtherLedger => "alarm-other-ledger",
            Self::Receipt => "alarm-receipt-not-honoured",
            Self::Regress => "alarm-regress",
            Self::Split => "alarm-split-view",
            Self::Stale => "alarm-stale",
            Self::Stream => "alarm-stream",
            Self::Unlawful => "alarm-rule-broken",
            Self::Unwitnessed => "alarm-unwitnessed",
            Self::Withheld => "alarm-withheld",
        }
    }

    /// Whether nothing that follows can be believed.
    #[must_use]
    pub fn is_last(self) -> bool {
        matches!(self, Self::Entry | Self::OtherLedger | Self::Split | Self::Unlawful)
    }

    /// Whether a file may prove it to others.
    #[must_use]
    pub fn is_provable(self) -> bool {
        !matches!(self, Self::OtherLedger | Self::Missing | Self::Stream | Self::Withheld)
    }
}

/// One alarm.
#[derive(Debug, Clone)]
pub struct Alarm {
    /// What kind of thing is wrong.
    pub kind: AlarmKind,
    rule: Option<Rule>,
    index: Option<u64>,
    message: Phrase,
    subject: String,
}

#[derive(Serialize)]
struct AlarmJson<'a> {
    alarm: &'static str,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<u64>,
    evidence: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger: Option<Hash>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<&'static str>,
    source: &'a str,
}

impl Alarm {
    /// An alarm, and the rule or check that it breaks.
    #[must_use]
    pub fn new(kind: AlarmKind, rule: Option<Rule>, message: impl Phrased) -> Self {
        Self { kind, rule, index: None, message: message.phrase(), subject: String::new() }
    }

    /// The same of the stream alone.
    #[must_use]
    pub fn of_stream(self) -> Self {
        Self { kind: AlarmKind::Stream, ..self }
    }

    /// At an entry.
    #[must_use]
    pub fn at_entry(mut self, index: u64) -> Self {
        self.index = Some(index);
        self
    }

    /// About one of several things of its kind.
    #[must_use]
    pub fn about(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// What makes it the same alarm as one before.
    #[must_use]
    pub fn key(&self) -> (AlarmKind, String) {
        // How long a log has been stale changes each minute; that it is, does not.
        let what = if self.subject.is_empty() { self.message.to_string() } else { self.subject.clone() };
        (self.kind, what)
    }

    /// For people.
    #[must_use]
    pub fn to_sentence(&self) -> String {
        let rule = self.rule.map_or_else(String::new, |rule| format!(" [{}]", rule.id()));
        let args = [
            ("kind", say(self.kind.id(), &[]).into()),
            ("rule", rule.into()),
            ("message", say_fault(&self.message).into()),
        ];
        say("alarm", &args)
    }

    /// What is wrong, without the word alarm: for what accuses nobody.
    #[must_use]
    pub fn to_reason(&self) -> String {
        say_fault(&self.message)
    }

    /// For programs: one line of JSON.
    ///
    /// # Errors
    /// What cannot be written as JSON.
    pub fn json(
        &self,
        source: &str,
        ledger: Option<Hash>,
        at: Stamp,
        evidence: &[String],
    ) -> Result<String, serde_json::Error> {
        let alarm = self.kind.id();
        serde_json::to_string(&AlarmJson {
            alarm: alarm.strip_prefix("alarm-").unwrap_or(alarm),
            at: at.to_string(),
            entry: self.index,
            evidence,
            ledger,
            message: &self.message.to_string(),
            rule: self.rule.map(Rule::id),
            source,
        })
    }
}

/// Why a webhook did not take an alarm.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub enum WebhookFault {
    /// No answer.
    #[error(transparent)]
    Request(#[from] RequestFault),
    /// An answer that is no yes.
    #[error("status {found}")]
    Status {
        /// The status code of HTTP.
        found: u16,
    },
}

/// Posts an alarm, several times if need be.
///
/// # Errors
/// What the last try met.
pub fn post_alarm(hook: &Client, json: &str) -> Result<(), WebhookFault> {
    let mut found = Ok(());
    for turn in 0..TRIES {
        if turn > 0 {
            thread::sleep(Duration::from_secs(turn.into()));
        }
        match hook.post("", json.as_bytes()) {
            Ok(answer) if (200..300).contains(&answer.status) => return Ok(()),
            Ok(answer) => found = Err(WebhookFault::Status { found: answer.status }),
            Err(fault) => found = Err(fault.into()),
        }
    }
    found
}

/// Everything that can be proved to others of these sources, each piece once.
#[must_use]
pub fn prove_misbehaviour(sources: &[Source], pins: &[Pin]) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = Vec::new();
    for source in sources {
        let inputs = ObserverInputs { pins, ..ObserverInputs::default() };
        for piece in Verification::run(source, &inputs, None).evidence() {
            if !found.contains(&piece) {
                found.push(piece);
            }
        }
    }
    found
}
