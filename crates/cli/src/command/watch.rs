//! `hattama watch`: follows a log and raises the alarm: its words, when to look again, and what is told.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use clap::Args;
use client::{
    http::Client,
    monitor::watcher::{WatchNews, WatchSettings, Watcher},
};
use event::Stamp;
use texts::{program::say, say_fault};

use verifier::Pin;

use crate::{
    command::{results::mark_test, verify::brought::Brought},
    fault::Fault,
    open::read_time,
    terminal::{eprint, print},
};

/// Follow a log, and raise the alarm when it breaks a promise
///
/// A node is followed by its stream, a static server is looked at again and again. Every checkpoint is kept, every new entry
/// is checked (bytes, signatures, chains, law), and every tree must be the beginning of the next. On an alarm: exit code 1 at
/// the end, a line in DIR/alarms.jsonl, the webhook, and evidence files where the lie can be proved to others. Two
/// histories, an unlawful or a bad entry end the watch at once; what stands still or goes back is told and watched on.
/// Figures of snapshots are not looked at: `hattama verify` does that. Of everything else both say the same: what the observer
/// brings along accuses the log only where `verify` would fail it. Exit code: 0 all good, 1 an alarm, 2 the log did not answer
/// at the end, or something could not be decided.
#[derive(Debug, Args)]
pub(crate) struct Watch {
    /// Address of a node, or of a static server that serves a published ledger
    address: String,
    /// Folder that is kept from one watch to the next: entries, checkpoints, evidence, alarms; and DIR/receipts, where
    /// anybody may put events with their receipts (NAME, NAME.tlog-proof) [default: nothing is kept]
    #[arg(long, env = "HATTAMA_DIR", value_name = "DIR")]
    dir: Option<PathBuf>,
    /// A C2SP policy: who must have cosigned every checkpoint
    #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Something kept from elsewhere that the ledger must agree with, as for `verify`
    #[arg(long, env = "HATTAMA_PIN", value_name = "ID|FILE|SOURCE")]
    pin: Vec<String>,
    /// Every alarm is posted here, too, as JSON
    #[arg(long, env = "HATTAMA_WEBHOOK", value_name = "URL")]
    webhook: Option<String>,
    /// Look once
    #[arg(long, env = "HATTAMA_ONCE", conflicts_with = "for_seconds")]
    once: bool,
    /// End after so many seconds [default: never]
    #[arg(long = "for", env = "HATTAMA_FOR", value_name = "SECONDS")]
    for_seconds: Option<u64>,
    /// Look again after so many seconds, whatever the stream says
    #[arg(long, env = "HATTAMA_EVERY", value_name = "SECONDS", default_value_t = 15, value_parser = clap::value_parser!(u64).range(1..))]
    every: u64,
    /// Begin the observer's clock at this time; for ledgers whose clock is simulated
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
}

impl Watch {
    pub(crate) fn run(self) -> Result<u8, Fault> {
        let mut brought = Brought::default();
        brought.read_anchors(Path::new(&self.address), &self.pin, self.policy.as_deref(), &[]);
        brought.print_refused();
        let unusable = !brought.faults.is_empty();
        let mut watcher = self.open_watcher(brought.pins)?;
        if !watcher.is_anchored() {
            eprint(&say("watch-unpinned", &[]));
        }
        let begun = Instant::now();
        let end = self.for_seconds.map(|seconds| begun + Duration::from_secs(seconds));
        if !self.once {
            watcher.follow();
        }
        loop {
            watcher.read_news(&mut |news| tell_news(&news))?;
            if self.once || watcher.is_over() || end.is_some_and(|end| Instant::now() >= end) {
                return Ok(match watcher.exit_code() {
                    0 if unusable => 2,
                    code => code,
                });
            }
            let until = Instant::now() + Duration::from_secs(self.every);
            watcher.wait(end.map_or(until, |end| until.min(end)));
        }
    }

    fn open_watcher(&self, brought: Vec<Pin>) -> Result<Watcher, Fault> {
        let client = Client::for_node(&self.address)?;
        let webhook = self.webhook.as_deref().map(Client::for_exact_address).transpose()?;
        let (mut pins, mut policy) = (Vec::new(), None);
        for pin in brought {
            match pin {
                Pin::Policy(own) => policy = Some(*own),
                other => pins.push(other),
            }
        }
        // The observer's clock is ahead of the machine's by so many milliseconds.
        let ahead = match &self.at {
            None => 0,
            Some(text) => {
                read_time(text)?.seconds().saturating_mul(1000).saturating_sub(node::now()?.millis())
            }
        };
        let clock = Box::new(move || Stamp::from_millis(node::now()?.millis().saturating_add(ahead)));
        let dir = self.dir.clone();
        Ok(Watcher::open(WatchSettings { client, webhook, pins, policy, dir, clock })?)
    }
}

/// Answers are alarms and growth; everything else is told beside them.
fn tell_news(news: &WatchNews<'_>) {
    match news {
        WatchNews::Silent(silent) => {
            eprint(&say("watch-silent", &[("found", say_fault(silent).into())]));
        }
        WatchNews::Grown(new, watched) => {
            let head = &watched.head;
            let args = [
                ("new", (*new).into()),
                ("size", head.size().to_string().into()),
                ("root", head.root().to_string().into()),
            ];
            print(&say("watch-seen", &args));
            let state = head.state();
            let kinds = state.synthetic_kinds();
            mark_test(state, &kinds).filter(|_| !kinds.is_empty()).iter().for_each(|mark| print(mark));
        }
        WatchNews::UnusableReceipt(path, fault) => {
            let args = [("path", path.display().to_string().into()), ("found", fault.to_sentence().into())];
            eprint(&say("watch-no-receipt", &args));
        }
        WatchNews::EvidenceWritten(path) => {
            eprint(&say("evidence-written", &[("path", path.display().to_string().into())]));
        }
        WatchNews::Alarm(alarm) => print(&alarm.to_sentence()),
        WatchNews::Undecided(alarm) => {
            eprint(&say("watch-undecided", &[("found", alarm.to_reason().into())]));
        }
        WatchNews::WebhookFailed(fault) => {
            eprint(&say("watch-webhook", &[("found", say_fault(fault).into())]));
        }
    }
}
