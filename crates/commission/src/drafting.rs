//! Drafts that know: an unsigned event from the few things that only people can say.
//!
//! What follows from the ledger is filled in (`known`), who speaks and who signs is found (`speakers`), words are read
//! (`value`), and the law is asked before anybody signs (`ground`). The same functions serve flags, forms (`sheet`) and
//! tables of many rows.

pub mod body;
pub mod fault;
pub mod ground;
mod known;
pub mod lookup;
pub mod sheet;
pub mod speakers;
pub mod value;

use std::path::PathBuf;

use event::{SignedEvent, Stamp, Time};
use law::{Fact, Finding};
use ledger::Chain;

use crate::described::{describe_fact, read_value};
use body::DraftBody;
use fault::DraftFault;
use ground::Ground;
use speakers::{Speakers, Speaking};
use value::ValueGround;

/// What somebody wants to state.
#[derive(Debug, Clone)]
pub struct DraftOrder<'a> {
    /// The fact by its name.
    pub fact: &'a str,
    /// Who speaks and who signs, as far as it was said.
    pub speakers: Speakers<'a>,
    /// When it is signed.
    pub at: Time,
    /// When the ledger would receive it.
    pub received: Stamp,
    /// Where named files are looked for.
    pub dir: PathBuf,
}

/// What somebody said of the content: a body, from JSON or a form, in which fields may be left out, and single fields as
/// `name=value`.
#[derive(Debug, Clone, Default)]
pub struct Content {
    /// The body so far.
    pub body: DraftBody,
    /// Fields by their names.
    pub words: Vec<(String, String)>,
}

/// A draft before the law was asked.
#[derive(Debug)]
pub struct Composed {
    /// The unsigned event.
    pub event: SignedEvent,
    /// What it states.
    pub fact: Fact,
    /// Fields that were filled in from the ledger.
    pub known: Vec<String>,
    /// Files that the event names by hash.
    pub papers: Vec<PathBuf>,
}

/// A draft that the law would let in.
#[derive(Debug)]
pub struct Drafted {
    /// The draft.
    pub draft: Composed,
    /// What the ledger would note or show as explained.
    pub findings: Vec<Finding>,
}

/// Who speaks and the whole body, before anybody is asked.
#[derive(Debug)]
pub struct Prepared {
    /// Who speaks.
    pub speaking: Speaking,
    /// The body with everything that the ledger knows.
    pub body: DraftBody,
    /// Fields that were filled in from the ledger.
    pub known: Vec<String>,
}

/// Finds out who speaks, reads what was said and fills in what the ledger knows.
///
/// # Errors
/// [`DraftFault`].
pub fn prepare(
    ground: &Ground<'_>,
    order: &DraftOrder<'_>,
    content: Content,
) -> Result<Prepared, DraftFault> {
    let described = describe_fact(order.fact)?;
    let state = ground.state();
    let election = ground.election().map_or_else(
        || speakers::find_election(state, described, &order.speakers),
        |own| Ok(described.is_about_election().then_some(own)),
    )?;
    let Content { mut body, words } = content;
    let values = ValueGround::new(state, election.as_ref(), &order.dir);
    for (name, text) in words {
        body.set_words(described, &name, &text, &values)?;
    }
    let speaking = speakers::find_speaking(ground, described, &order.speakers, election, &body)?;
    let known = known::fill_known(ground, described, &speaking, &order.at, &mut body);
    body.put_in_order(described, speaking.election.as_ref().and_then(|id| state.elections.get(id)));
    Ok(Prepared { speaking, body, known })
}

/// A draft with everything that follows; the law is not asked yet.
///
/// # Errors
/// [`DraftFault`]: what is missing or not read.
pub fn compose_draft(
    ground: &Ground<'_>,
    order: &DraftOrder<'_>,
    content: Content,
) -> Result<Composed, DraftFault> {
    let described = describe_fact(order.fact)?;
    let Prepared { speaking, body, known } = prepare(ground, order, content)?;
    let missing = body.find_missing(described);
    if !missing.is_empty() {
        return Err(DraftFault::Missing { fact: described.name, fields: missing });
    }
    let fact = read_value(described.name, body.value())?;
    let desk = speakers::find_desk(&fact, &order.speakers)?;
    let chain = Chain { author: speaking.author, election: speaking.election, desk };
    let signers = speakers::find_signers(ground.state(), &chain, &fact, &order.speakers)?;
    let event = ground.draft(chain, &fact, order.at.clone(), signers)?;
    Ok(Composed { event, fact, known, papers: body.into_papers() })
}

/// A draft, judged by the law.
///
/// # Errors
/// [`DraftFault`]: what is missing or not read, or the refusal that the ledger would give.
pub fn draft_fact(
    ground: &Ground<'_>,
    order: &DraftOrder<'_>,
    content: Content,
) -> Result<Drafted, DraftFault> {
    let draft = compose_draft(ground, order, content)?;
    let findings = ground.judge(&draft.event, order.received)?;
    Ok(Drafted { draft, findings })
}
