//! `hattama publisher`: the office's side of a node that runs. It gets the ledger over the node's control socket, verifies and signs it here, and the
//! node never has the key.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use clap::Args;
use event::{Hash, Text, Time};
use law::Fact;
use node::{
    ControlFault, ControlLink, HandedLedger, OfficeKey, OfficeSigner, PublicationTarget, PublishError,
    PublishableLedger as _, Publisher,
};
use phrase::{Phrase, Phrased as _, phrase};
use texts::{
    program::{answer_language, say},
    say_fault,
};

use super::publish::{open_target, received_at, tell_published};
use crate::{fault::Fault, open::time_or_now, signing::ProgramWords, terminal::eprint};

/// How often a node is asked whether something was stated.
const LOOK: Duration = Duration::from_secs(2);

/// Publish the ledger of a running node: verify, sign, announce and make public, once or again and again
///
/// The ledger comes over the node's control socket; every entry is checked and judged here. The node never has the office's key.
#[derive(Debug, Args)]
pub(crate) struct PublisherWords {
    /// The control socket of the node, on this machine or brought here by `ssh -L`
    #[arg(long, env = "HATTAMA_NODE", value_name = "SOCKET")]
    node: PathBuf,
    /// A folder of the publisher's own: what it saw, papers, snapshots in the making. One publisher uses it
    #[arg(long, env = "HATTAMA_DIR", value_name = "DIR")]
    dir: PathBuf,
    /// The ledger's id, as it stands in the minutes [default: that of the ledger that was published from DIR before]
    #[arg(long, env = "HATTAMA_LEDGER_ID", value_name = "ID")]
    ledger_id: Option<String>,
    /// An office key of the CEC, where `--sign-with` names no program that holds it
    #[arg(long, env = "HATTAMA_OFFICE_KEY", value_name = "PEM")]
    office_key: Option<PathBuf>,
    #[command(flatten)]
    program: ProgramWords,
    /// Where to: a folder that a static server serves, a .zip, or an address of an object store: s3://BUCKET/PREFIX (keys,
    /// region and endpoint from AWS_… in the environment) or file:///PATH; may be given several times
    #[arg(long, env = "HATTAMA_TO", value_name = "PLACE", required = true)]
    to: Vec<String>,
    /// Go on, and publish again after so many seconds, where something was stated since [default: publish once]
    #[arg(long, env = "HATTAMA_EVERY", value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..))]
    every: Option<u64>,
    /// Go on, and publish as soon as this fact was stated; may be given several times
    #[arg(long, env = "HATTAMA_AFTER", value_name = "FACT")]
    after: Vec<String>,
    /// Publish although a check fails, for this reason; the announcement carries it and the ids of the checks for ever
    #[arg(long = "override", env = "HATTAMA_OVERRIDE", value_name = "REASON")]
    reason: Option<String>,
    /// Make no pages for people: a snapshot as it was before there were pages, for places where snapshots follow each other so fast
    /// that their pages would fill a disk. The page at the top goes on leading to the newest snapshot that has pages
    #[arg(long, env = "HATTAMA_NO_SITE")]
    no_site: bool,
}

impl PublisherWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let named = self.ledger_id.as_deref().map(read_id).transpose()?;
        let after = self.read_facts()?;
        let reason = self.reason.as_deref().map(Text::new).transpose()?;
        // A place that has no address is told at once, and the passphrase asked for once.
        self.to.iter().try_for_each(|to| open_target(to).map(drop))?;
        let key = self.program.open(self.office_key.as_deref())?;
        let link = ControlLink::new(&self.node, answer_language());
        let mut ledger = HandedLedger::open(link, &self.dir, named)?;
        let mut publisher = Publisher::default();
        if !self.no_site {
            publisher = publisher.and_pages(verify_page::render_verify_page().into_bytes());
        }
        let sign = |text: &[u8]| key.sign(text).map_err(|fault| fault.phrase());
        let publish = |publisher: &mut Publisher, ledger: &mut HandedLedger| {
            let at: Time = time_or_now(None, ledger.head().state())?;
            let received = received_at(ledger.head(), &at)?;
            let key = OfficeKey::Elsewhere { public: key.public_key(), sign: &sign };
            let office = OfficeSigner { key, at, received };
            self.publish_everywhere(publisher, ledger, &office, reason.as_ref())
        };
        if self.every.is_none() && after.is_empty() {
            return publish(&mut publisher, &mut ledger);
        }
        let mut published = None;
        // What was announced before, and is not public everywhere, comes first: at the start, and after a round that failed.
        let mut unfinished = true;
        loop {
            if unfinished {
                match self.finish_announced(&mut publisher, &mut ledger) {
                    Ok(()) => unfinished = false,
                    Err(fault) => {
                        self.tell_or_end(fault)?;
                        continue;
                    }
                }
            }
            let news = ledger.stated_since();
            let due = self.every.is_some_and(|every| {
                published.is_none_or(|at: Instant| at.elapsed() >= Duration::from_secs(every))
            });
            let done = if (due && !news.is_empty()) || !after.is_disjoint(news) {
                published = Some(Instant::now());
                publish(&mut publisher, &mut ledger)
            } else {
                Ok(())
            };
            let done = done.and_then(|()| {
                thread::sleep(LOOK);
                Ok(ledger.bring_newest()?)
            });
            if let Err(fault) = done {
                unfinished = true;
                self.tell_or_end(fault)?;
            }
        }
    }

    /// What may pass is told, and tried again; what is refused, or proves another history, ends it.
    fn tell_or_end(&self, fault: Fault) -> Result<(), Fault> {
        let passes = matches!(
            &fault,
            Fault::Publish(PublishError::Control(
                ControlFault::Absent { .. }
                    | ControlFault::LeftBehind { .. }
                    | ControlFault::Line { .. }
                    | ControlFault::NotShownAgain { .. }
                    | ControlFault::NotYetShown { .. }
                    | ControlFault::Refused { merits: false, .. }
            )) | Fault::Publish(PublishError::Remote { .. } | PublishError::File(_))
        );
        if !passes {
            return Err(fault);
        }
        eprint(&say("publisher-again", &[("found", say_fault(&fault).into())]));
        thread::sleep(LOOK);
        Ok(())
    }

    /// Makes public, at every place, what was announced and is not there.
    fn finish_announced(&self, publisher: &mut Publisher, ledger: &mut HandedLedger) -> Result<(), Fault> {
        ledger.bring_newest()?;
        for to in &self.to {
            let mut place = open_target(to)?;
            let done = publisher.publish_announced(ledger, &self.dir, &mut *place)?;
            done.iter().for_each(|done| tell_published(done, to));
        }
        Ok(())
    }

    /// One snapshot for all places: announced with the first, laid down at each.
    fn publish_everywhere(
        &self,
        publisher: &mut Publisher,
        ledger: &mut HandedLedger,
        office: &OfficeSigner<'_>,
        reason: Option<&Text>,
    ) -> Result<(), Fault> {
        let mut places = self.to.iter().map(|to| open_target(to)).collect::<Result<Vec<_>, _>>()?;
        for place in &places {
            node::require_publishable(ledger, &**place)?;
            if !self.no_site {
                node::require_own_root_page(&**place)?;
            }
        }
        let dir = self.dir.as_path();
        for (number, (to, place)) in self.to.iter().zip(&mut places).enumerate() {
            let place: &mut dyn PublicationTarget = &mut **place;
            let done = if number == 0 {
                Some(publisher.publish(ledger, dir, place, office, reason)?)
            } else {
                publisher.publish_announced(ledger, dir, place)?
            };
            done.iter().for_each(|done| tell_published(done, to));
        }
        Ok(())
    }

    /// The facts after which it publishes; a name that no fact has is told.
    fn read_facts(&self) -> Result<BTreeSet<String>, Fault> {
        for name in &self.after {
            if !Fact::NAMES.contains(&name.as_str()) {
                let expected =
                    phrase!("argument-fact-name", "--after with the name of a fact (`hattama event facts`)");
                return Err(Fault::Argument { expected, found: Phrase::verbatim(name) });
            }
        }
        Ok(self.after.iter().cloned().collect())
    }
}

fn read_id(text: &str) -> Result<Hash, Fault> {
    let expected = phrase!("argument-ledger-id", "a ledger's id (64 lower-case hexadecimal digits)");
    Hash::parse(text.trim()).map_err(|_| Fault::Argument { expected, found: Phrase::verbatim(text) })
}
