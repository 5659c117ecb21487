//! Alarms: what is wrong, told to people and to programs.
//!
//! In: kinds of alarms, their JSON, the webhook, the evidence that can be made. Out: what raises them (`watch`, `due`,
//! `pinned`).

use std::{thread, time::Duration};

use event::{Hash, Stamp};
use law::Rule;
use serde::Serialize;
use texts::framed;
use verifier::{Given, Pin, Source, evidence::Evidence};

use crate::{
    client::Client,
    texts::{lang, say},
};

/// How often a webhook is tried.
const TRIES: u32 = 3;

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
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

impl Kind {
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
    pub(crate) fn is_last(self) -> bool {
        matches!(self, Self::Entry | Self::OtherLedger | Self::Split | Self::Unlawful)
    }

    /// Whether a file may prove it to others.
    pub(crate) fn is_provable(self) -> bool {
        !matches!(self, Self::OtherLedger | Self::Missing | Self::Stream | Self::Withheld)
    }
}

/// One alarm.
#[derive(Debug, Clone)]
pub(crate) struct Alarm {
    pub(crate) kind: Kind,
    rule: Option<Rule>,
    index: Option<u64>,
    message: String,
    subject: String,
}

#[derive(Serialize)]
struct Json<'a> {
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
    pub(crate) fn new(kind: Kind, rule: Option<Rule>, message: String) -> Self {
        Self { kind, rule, index: None, message, subject: String::new() }
    }

    /// The same of the stream alone.
    pub(crate) fn streamed(self) -> Self {
        Self { kind: Kind::Stream, ..self }
    }

    /// At an entry.
    pub(crate) fn at(mut self, index: u64) -> Self {
        self.index = Some(index);
        self
    }

    /// About one of several things of its kind.
    pub(crate) fn about(mut self, subject: &str) -> Self {
        subject.clone_into(&mut self.subject);
        self
    }

    /// What makes it the same alarm as one before.
    pub(crate) fn key(&self) -> (Kind, String) {
        // How long a log has been stale changes each minute; that it is, does not.
        let what = if self.subject.is_empty() { &self.message } else { &self.subject };
        (self.kind, what.clone())
    }

    /// For people.
    pub(crate) fn told(&self) -> String {
        let rule = self.rule.map_or_else(String::new, |rule| format!(" [{}]", rule.id()));
        let args = [
            ("kind", say(self.kind.id(), &[]).into()),
            ("rule", rule.into()),
            ("message", framed(lang(), &self.message).into()),
        ];
        say("alarm", &args)
    }

    /// For programs.
    pub(crate) fn json(
        &self,
        source: &str,
        ledger: Option<Hash>,
        at: Stamp,
        evidence: &[String],
    ) -> Result<String, serde_json::Error> {
        let alarm = self.kind.id();
        serde_json::to_string(&Json {
            alarm: alarm.strip_prefix("alarm-").unwrap_or(alarm),
            at: at.to_string(),
            entry: self.index,
            evidence,
            ledger,
            message: &self.message,
            rule: self.rule.map(Rule::id),
            source,
        })
    }
}

/// Posts an alarm; the error is what the last try met.
pub(crate) fn post(hook: &Client, json: &str) -> Result<(), String> {
    let mut found = String::new();
    for turn in 0..TRIES {
        if turn > 0 {
            thread::sleep(Duration::from_secs(turn.into()));
        }
        match hook.post("", json.as_bytes()) {
            Ok(answer) if (200..300).contains(&answer.status) => return Ok(()),
            Ok(answer) => found = format!("status {}", answer.status),
            Err(error) => found = error,
        }
    }
    Err(found)
}

/// Everything that can be proved to others of these sources, each piece once.
pub(crate) fn prove(sources: &[Source], pins: &[Pin]) -> Vec<Evidence> {
    let mut found: Vec<Evidence> = Vec::new();
    for source in sources {
        for one in verifier::evidence(source, &Given { pins, ..Given::default() }) {
            if !found.contains(&one) {
                found.push(one);
            }
        }
    }
    found
}
