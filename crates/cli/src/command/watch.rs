//! `hattama watch`: follows a log and raises the alarm.
//!
//! In: its words, when to look again, what is told, kept, posted. Out: what is found (`watch`), following a stream
//! (`client::stream`).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    time::{Duration, Instant},
};

use clap::Args;
use event::{Stamp, Time};
use verifier::{Pin, Source, address, limits::Limits};

use crate::{
    client::{
        Client,
        stream::{Message, follow},
    },
    fault::Fault,
    open::read_policy,
    output::write_evidence,
    pin,
    terminal::{eprint, print},
    texts::say,
    watch::{
        Step, Watched,
        alarm::{self, Alarm},
        due::{Receipts, stale},
        kept::Kept,
        pinned,
        shown::{Shown, Silent},
    },
};

/// Entries that the stream may be ahead of the eyes.
const ROOM: usize = 1024;

/// After the first entry, others of the same group are waited for so long.
const GROUP: Duration = Duration::from_millis(60);

/// Follow a log, and raise the alarm when it breaks a promise
///
/// A node is followed by its stream, a static server is looked at again and again. Every checkpoint is kept, every new entry
/// is checked (bytes, signatures, chains, law), and every tree must be the beginning of the next. On an alarm: exit code 1 at
/// the end, a line in DIR/alarms.jsonl, the webhook, and evidence files where the lie can be proved to others. Two
/// histories, an unlawful or a bad entry end the watch at once; what stands still or goes back is told and watched on.
/// Figures of snapshots are not looked at: `hattama verify` does that. Exit code: 0 all good, 1 an alarm, 2 the log did not
/// answer at the end.
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
        let mut desk = Desk::open(&self)?;
        let begun = Instant::now();
        let end = self.for_seconds.map(|seconds| begun + Duration::from_secs(seconds));
        let stream = (!self.once).then(|| {
            let (client, live) = (Arc::clone(&desk.client), Arc::clone(&desk.live));
            follow(client, desk.watched.head.size(), ROOM, live)
        });
        let mut streamed = BTreeMap::new();
        loop {
            desk.look(&mut streamed)?;
            if self.once || desk.over || end.is_some_and(|end| Instant::now() >= end) {
                return Ok(desk.code());
            }
            let until = Instant::now() + Duration::from_secs(self.every);
            let until = end.map_or(until, |end| until.min(end));
            match &stream {
                Some(stream) => gather(stream, until, &mut streamed),
                None => std::thread::sleep(until.saturating_duration_since(Instant::now())),
            }
        }
    }
}

/// Waits for entries, and a little for those that come with them.
fn gather(stream: &mpsc::Receiver<Message>, until: Instant, streamed: &mut BTreeMap<u64, Vec<u8>>) {
    let mut wait = until.saturating_duration_since(Instant::now());
    while let Ok(Message { index, entry }) = stream.recv_timeout(wait) {
        streamed.insert(index, entry);
        wait = GROUP;
        if streamed.len() >= ROOM {
            break;
        }
    }
}

/// Everything that one watch holds.
struct Desk {
    client: Arc<Client>,
    shown: Shown,
    kept: Kept,
    watched: Watched,
    /// Not judged yet, or not true yet.
    pins: Vec<Pin>,
    /// All of them, for evidence.
    all_pins: Vec<Pin>,
    receipts: Receipts,
    hook: Option<Client>,
    /// The observer's clock is ahead of the machine's by so many milliseconds.
    ahead: i64,
    /// The log streams: what it acknowledges it shows at once.
    live: Arc<AtomicBool>,
    raised: BTreeSet<(alarm::Kind, String)>,
    silent: bool,
    over: bool,
}

impl Desk {
    fn open(words: &Watch) -> Result<Self, Fault> {
        let client = Arc::new(Client::at(&words.address)?);
        let hook = words.webhook.as_deref().map(Client::exactly).transpose()?;
        let mut pins = words.pin.iter().map(|text| pin::read(text)).collect::<Result<Vec<_>, _>>()?;
        let policy = words.policy.as_deref().map(read_policy).transpose()?;
        let ahead = match &words.at {
            None => 0,
            Some(text) => {
                let expected = "a local time with its offset, such as 2025-10-12T21:14:00+05:00".to_owned();
                let found = text.clone();
                let at = Time::parse(text).map_err(|_| Fault::Argument { expected, found })?;
                at.seconds().saturating_mul(1000).saturating_sub(node::now()?.millis())
            }
        };
        let kept = Kept::at(words.dir.clone())?;
        let mut watched = Watched::default();
        let unreadable = |alarm: Alarm| Fault::Unreadable {
            path: words.dir.clone().unwrap_or_default().join("entries"),
            found: alarm.told(),
        };
        watched.resume(kept.leaves()?, &kept.checkpoints()?).map_err(unreadable)?;
        // What was shown once must hold for ever: every checkpoint of the days before is a pin.
        pins.extend(kept.checkpoints()?.into_iter().map(Pin::Checkpoint));
        let mut all_pins = pins.clone();
        all_pins.extend(policy.iter().map(|policy| Pin::Policy(Box::new(policy.clone()))));
        watched.policy = policy;
        if watched.head.size() == 0
            && !pins.iter().any(|pin| matches!(pin, Pin::Genesis(_) | Pin::Checkpoint(_)))
        {
            eprint(&say("watch-unpinned", &[]));
        }
        let shown = Shown::new(Arc::clone(&client), watched.head.size());
        let receipts = Receipts::of(kept.receipts());
        let (raised, live) = (BTreeSet::new(), Arc::default());
        Ok(Self {
            client,
            shown,
            kept,
            watched,
            pins,
            all_pins,
            receipts,
            hook,
            ahead,
            live,
            raised,
            silent: false,
            over: false,
        })
    }

    fn code(&self) -> u8 {
        if !self.raised.is_empty() { 1 } else { u8::from(self.silent) * 2 }
    }

    fn now(&self) -> Result<Stamp, Fault> {
        Ok(Stamp::from_millis(node::now()?.millis().saturating_add(self.ahead))?)
    }

    /// Looks once, tells, keeps, raises.
    fn look(&mut self, streamed: &mut BTreeMap<u64, Vec<u8>>) -> Result<(), Fault> {
        let before = self.watched.entries.len();
        let mut step = match self.watched.step(&mut self.shown, streamed) {
            Ok(step) => {
                self.silent = false;
                step
            }
            Err(Silent(found)) => {
                if !self.silent {
                    eprint(&say("watch-silent", &[("found", found.into())]));
                }
                self.silent = true;
                Step::default()
            }
        };
        if !step.note.is_empty() {
            self.kept.checkpoint(&step.note)?;
        }
        self.kept.add(self.watched.entries.get(before..).unwrap_or_default())?;
        if step.new > 0 {
            let head = &self.watched.head;
            let args = [
                ("new", step.new.into()),
                ("size", head.size().to_string().into()),
                ("root", head.root().to_string().into()),
            ];
            print(&say("watch-seen", &args));
        }
        let mut alarms = std::mem::take(&mut step.alarms);
        let now = self.now()?;
        if self.watched.head.size() > 0 {
            alarms.extend(pinned::judge(&mut self.pins, &self.watched.head));
            alarms.extend(stale(&self.watched, now.millis()));
            alarms.extend(self.receipts.judge(
                &self.watched,
                self.live.load(Ordering::Relaxed),
                now.millis(),
            )?);
        }
        for (path, found) in std::mem::take(&mut self.receipts.unread) {
            let args = [("path", path.display().to_string().into()), ("found", found.into())];
            eprint(&say("watch-no-receipt", &args));
        }
        self.raise(alarms, &step, now)
    }

    /// Tells every alarm that was not told before.
    fn raise(&mut self, alarms: Vec<Alarm>, step: &Step, now: Stamp) -> Result<(), Fault> {
        let new: Vec<Alarm> = alarms.into_iter().filter(|alarm| self.raised.insert(alarm.key())).collect();
        if new.is_empty() {
            return Ok(());
        }
        let evidence =
            if new.iter().any(|alarm| alarm.kind.is_provable()) { self.evidence(step)? } else { Vec::new() };
        for alarm in new {
            print(&alarm.told());
            self.over |= alarm.kind.is_last();
            let ledger = self.watched.head.state().ledger;
            let json = alarm.json(&self.client.base, ledger, now, &evidence)?;
            self.kept.alarm(&json)?;
            if let Some(Err(found)) = self.hook.as_ref().map(|hook| alarm::post(hook, &json)) {
                eprint(&say("watch-webhook", &[("found", found.into())]));
            }
        }
        Ok(())
    }

    /// Proves what can be proved: of what was seen, and of what the server shows as a whole.
    fn evidence(&self, step: &Step) -> Result<Vec<String>, Fault> {
        let base = &self.client.base;
        let mut pins = self.all_pins.clone();
        pins.extend(self.receipts.pins());
        pins.extend(self.watched.newest.iter().map(|(_, note)| Pin::Checkpoint(note.clone())));
        if !step.note.is_empty() {
            pins.push(Pin::Checkpoint(step.note.clone()));
        }
        let seen = self.watched.entries.clone();
        let mut sources = Vec::new();
        if !step.suspect.is_empty() {
            let suspect = [seen.as_slice(), &step.suspect].concat();
            sources.push(Source::local(base, suspect, Some(step.note.clone())));
        }
        sources.push(Source::local(base, seen, self.watched.newest.as_ref().map(|(_, note)| note.clone())));
        sources.extend(address::read(base, &Limits::default()));
        let mut names = Vec::new();
        let found = alarm::prove(&sources, &pins);
        if !found.is_empty() {
            for path in write_evidence(&self.kept.evidence(), &found)? {
                eprint(&say("evidence-written", &[("path", path.display().to_string().into())]));
                names.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
            }
        }
        Ok(names)
    }
}
