//! `hattama publish`: one command that freezes, verifies, signs and publishes.
//!
//! The steps are `node::Publisher`'s.

use std::path::PathBuf;

use clap::Args;
use event::Time;
use node::{OfficeKey, OfficeSigner, Publication, PublicationTarget, Publisher, WitnessAnswers};
use phrase::{Phrased as _, phrase};
use texts::{program::say, say_fault};

use crate::{
    anchoring::{AnchorWords, PinWords, StateWord},
    fault::Fault,
    open::{OpenFault, open_unsigned_writer, time_or_now},
    signing::ProgramWords,
    terminal::{eprint, print},
};

/// Publish a snapshot: freeze, verify, sign, announce, make public
#[derive(Debug, Args)]
pub(crate) struct Publish {
    /// Folder of the ledger
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "DIR")]
    ledger: PathBuf,
    /// An office key of the CEC, where `--sign-with` names no program that holds it
    #[arg(long, env = "HATTAMA_OFFICE_KEY", value_name = "PEM")]
    office_key: Option<PathBuf>,
    #[command(flatten)]
    program: ProgramWords,
    /// The log key [default: log-key.pem in the ledger's folder]
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
    log_key: Option<PathBuf>,
    /// Where to: a folder that a static server serves, a .zip, or an address of an object store: s3://BUCKET/PREFIX (keys,
    /// region and endpoint from AWS_… in the environment) or file:///PATH; may be given several times
    #[arg(long, env = "HATTAMA_TO", value_name = "PLACE", required = true)]
    to: Vec<String>,
    /// Publish although a check fails, for this reason; the announcement carries it and the ids of the checks for ever
    #[arg(long = "override", env = "HATTAMA_OVERRIDE", value_name = "REASON")]
    reason: Option<String>,
    /// A C2SP policy with this log and its witnesses: what is published carries the lines that they give now [default: the one that the
    /// ledger remembers]
    #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    anchors: AnchorWords,
    #[command(flatten)]
    pins: PinWords,
    /// Remove partial tiles that a full one replaced
    #[arg(long, env = "HATTAMA_GC")]
    gc: bool,
    /// Make no pages for people: a snapshot as it was before there were pages, for places where snapshots follow each other so fast
    /// that their pages would fill a disk. The page at the top goes on leading to the newest snapshot that has pages
    #[arg(long, env = "HATTAMA_NO_SITE")]
    no_site: bool,
    /// When the office signs [default: now, or the last entry's time under a simulated clock]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
}

impl Publish {
    /// The first publication of a ledger that was just made.
    pub(crate) fn first(
        ledger: PathBuf,
        (office_key, program): (Option<PathBuf>, ProgramWords),
        log_key: PathBuf,
        to: Vec<String>,
        state: StateWord,
    ) -> Self {
        Self {
            ledger,
            office_key,
            program,
            log_key: Some(log_key),
            to,
            reason: None,
            policy: None,
            anchors: AnchorWords::first(state),
            pins: PinWords::default(),
            gc: false,
            no_site: false,
            at: None,
        }
    }

    pub(crate) fn run(self) -> Result<(), Fault> {
        let mut writer = open_unsigned_writer(&self.ledger, self.log_key.as_deref())?;
        let anchors = self.anchors.to_anchors(&self.to, self.policy.as_deref(), &self.pins)?;
        let at: Time = time_or_now(self.at.as_deref(), writer.head().state())?;
        let received = received_at(writer.head(), &at)?;
        let key = self.program.open(self.office_key.as_deref())?;
        let sign = |text: &[u8]| key.sign(text).map_err(|fault| fault.phrase());
        let key = OfficeKey::Elsewhere { public: key.public_key(), sign: &sign };
        let office = OfficeSigner { key, at, received };
        let reason = self.reason.as_deref().map(event::Text::new).transpose()?;
        let mut places = self.to.iter().map(|to| open_target(to)).collect::<Result<Vec<_>, _>>()?;
        // A place that is ahead or foreign stops everything before anything is signed.
        for place in &places {
            node::require_publishable(&writer, &**place)?;
            if !self.no_site {
                node::require_own_root_page(&**place)?;
            }
        }
        // Who may know more is asked before anything is signed, the witnesses of the policy among them.
        anchors.begin_writing(&mut writer).map_err(OpenFault::from)?;
        let policy = node::remembered_policy(&self.ledger).map_err(node::BeginError::from);
        let policy = policy.map_err(OpenFault::from)?;
        let mut publisher = policy.map(Publisher::with_witnesses).unwrap_or_default();
        if !self.no_site {
            publisher = publisher.and_pages(verify_page::render_verify_page().into_bytes());
        }
        for (to, place) in self.to.iter().zip(&mut places) {
            let done =
                publisher.publish(&mut writer, &self.ledger, &mut **place, &office, reason.as_ref())?;
            tell_published(&done, to);
            if self.gc {
                let removed = node::sweep_partial_tiles(&writer, &mut **place)?;
                print(&say("swept", &[("n", removed.into()), ("place", to.as_str().into())]));
            }
        }
        Ok(())
    }
}

/// What was made public where.
pub(crate) fn tell_published(done: &Publication, to: &str) {
    let id = if done.finished { "published-finished" } else { "published" };
    let args = [
        ("n", done.n.into()),
        ("size", done.size.into()),
        ("place", to.into()),
        ("written", done.written.into()),
        ("manifest", done.manifest.to_string().into()),
    ];
    print(&say(id, &args));
    if let Some(witnesses) = &done.witnesses {
        tell_witnesses(witnesses);
    }
}

/// Who cosigned is an answer; who did not is told beside it.
fn tell_witnesses(witnesses: &WitnessAnswers) {
    for (name, found) in &witnesses.silent {
        eprint(&say(
            "published-silent",
            &[("name", name.as_str().into()), ("found", say_fault(found).into())],
        ));
    }
    match &witnesses.short {
        None => print(&say("published-witnessed", &[("count", witnesses.cosigned.into())])),
        Some(short) => eprint(&say("published-unwitnessed", &[("found", say_fault(short).into())])),
    }
}

/// An address has a scheme, a zip its ending; anything else is a folder.
pub(crate) fn open_target(to: &str) -> Result<Box<dyn PublicationTarget>, Fault> {
    if to.is_empty() {
        let expected = phrase!("argument-place", "a folder, a .zip or an address");
        return Err(Fault::Argument { expected, found: phrase!("nothing", "nothing") });
    }
    Ok(node::open_target(to)?)
}

pub(crate) fn received_at(head: &ledger::Head, at: &Time) -> Result<event::Stamp, Fault> {
    let simulated = head.state().charter.as_ref().is_some_and(|c| c.clock == law::facts::Clock::Simulated);
    Ok(if simulated { event::Stamp::from_millis(at.seconds() * 1000)? } else { node::now()? })
}
