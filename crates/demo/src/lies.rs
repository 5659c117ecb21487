//! Three lies, as those who hold keys could tell them: a history rewritten, a second protocol, another view.
//!
//! Contains how each is made from an honest ledger. Elsewhere: how it is caught (the command `demo`).

use event::{CheckError, Hash, SignedEvent, Stamp, json};
use law::{Fact, facts::Votes};
use ledger::{Entry, EntryError, may_state_fact};
use tlog::{
    checkpoint::{Checkpoint, CheckpointError},
    note::{KeyError, NoteSigner},
    tree::{Tree, leaf_hash},
};

use crate::cast::Cast;

/// So many votes move from the second candidate to the first.
const MOVED: u64 = 40;

/// Why a lie cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum LieError {
    /// The ledger has nothing to lie about.
    #[error("expected {expected} in the ledger of the demo, found none")]
    Nothing {
        /// What.
        expected: &'static str,
    },
    /// An entry that does not read.
    #[error(transparent)]
    Entry(#[from] EntryError),
    /// An event or an entry without canonical form.
    #[error(transparent)]
    Form(#[from] json::DecodeError),
    /// A moment that no stamp can hold.
    #[error(transparent)]
    Value(#[from] json::Fault),
    /// An event that cannot be signed.
    #[error(transparent)]
    Sign(#[from] CheckError),
    /// A key or an origin with which no notes are signed.
    #[error(transparent)]
    Note(#[from] KeyError),
    /// A checkpoint that cannot be signed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

/// Entries and the checkpoint that the log key signed over them.
#[derive(Debug)]
pub struct SignedHistory {
    /// The entries, from 0.
    pub entries: Vec<Vec<u8>>,
    /// The signed note.
    pub checkpoint: Vec<u8>,
}

impl SignedHistory {
    /// What the log key signs over these entries.
    ///
    /// # Errors
    /// [`LieError::Checkpoint`].
    pub fn sign(cast: &Cast, origin: &str, entries: Vec<Vec<u8>>) -> Result<Self, LieError> {
        let mut tree = Tree::default();
        entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
        let signer = NoteSigner::new(origin, &cast.secret("log"))?;
        let (size, root) = (tree.size(), tree.root());
        let checkpoint = Checkpoint { origin: origin.to_owned(), size, root, extensions: Vec::new() };
        let checkpoint = checkpoint.sign(&signer)?.into_bytes();
        Ok(Self { entries, checkpoint })
    }
}

/// The history up to the first correction: the recount and all that came after it never were, and the entry before it was
/// received a second later. Every event in it is signed by those who said it.
///
/// # Errors
/// [`LieError`].
pub fn rewrite_before_recount(entries: &[Vec<u8>]) -> Result<Vec<Vec<u8>>, LieError> {
    let nothing = LieError::Nothing { expected: "a recount" };
    let recount = entries.iter().position(|entry| may_state_fact(entry, &["recount-ordered"]));
    let kept = recount.and_then(|recount| entries.get(..recount));
    let Some([before @ .., last]) = kept else { return Err(nothing) };
    let last = Entry::decode(last)?;
    let received = Stamp::from_millis(last.received().millis().saturating_add(1000))?;
    let again = Entry::seal(last.checked().clone(), last.index(), last.prev(), received)?;
    let mut rewritten = before.to_vec();
    rewritten.push(again.bytes().to_vec());
    Ok(rewritten)
}

/// The protocol of a precinct as the ledger has it, and another one that the same members signed for the same place: some votes
/// have moved from one candidate to another, so that everything adds up.
#[derive(Debug)]
pub struct SecondProtocol {
    /// The precinct.
    pub precinct: String,
    /// The entry of the first one.
    pub index: usize,
    /// Votes of the candidate who gains, in the ledger and on the second protocol.
    pub votes: [u64; 2],
    /// The event that the members signed, too.
    pub signed: SignedEvent,
}

/// Signs a second protocol with the keys of a precinct's commission.
///
/// # Errors
/// [`LieError`].
pub fn sign_second_protocol(cast: &Cast, entries: &[Vec<u8>]) -> Result<SecondProtocol, LieError> {
    for (index, bytes) in
        entries.iter().enumerate().filter(|(_, bytes)| may_state_fact(bytes, &["protocol-signed"]))
    {
        let entry = Entry::decode(bytes)?;
        let event = entry.event();
        let Ok(Fact::ProtocolSigned(mut body)) = Fact::read(event, entry.checked().bytes()) else { continue };
        let [first, second, ..] = body.protocol.count.votes.as_mut_slice() else { continue };
        let before = first.votes;
        if !move_votes(second, first) {
            continue;
        }
        let votes = [before, first.votes];
        let labels: Vec<String> = cast
            .labels()
            .filter(|label| event.signers.contains(&cast.public_key(label)))
            .map(str::to_owned)
            .collect();
        let precinct = body.precinct.to_string();
        let mut other = event.clone();
        other.body = Fact::ProtocolSigned(body).body()?;
        let mut signed = SignedEvent::unsigned(other)?;
        cast.sign(&mut signed, &labels)?;
        return Ok(SecondProtocol { precinct, index, votes, signed });
    }
    Err(LieError::Nothing { expected: "a protocol with two candidates" })
}

fn move_votes(from: &mut Votes, to: &mut Votes) -> bool {
    let Some(left) = from.votes.checked_sub(MOVED) else { return false };
    (from.votes, to.votes) = (left, to.votes.saturating_add(MOVED));
    true
}

/// The history with the second protocol in the place of the first, and nothing after it.
///
/// # Errors
/// [`LieError`].
pub fn show_another(entries: &[Vec<u8>], second: &SecondProtocol) -> Result<Vec<Vec<u8>>, LieError> {
    let nothing = LieError::Nothing { expected: "the first protocol" };
    let (Some(before), Some(first)) = (entries.get(..second.index), entries.get(second.index)) else {
        return Err(nothing);
    };
    let first = Entry::decode(first)?;
    let other = Entry::seal(second.signed.check()?, first.index(), first.prev(), first.received())?;
    let mut shown = before.to_vec();
    shown.push(other.bytes().to_vec());
    Ok(shown)
}

/// The root of the first entries.
#[must_use]
pub fn root_of_first(entries: &[Vec<u8>], size: usize) -> Hash {
    Hash(tlog::tree::root_of(entries.iter().take(size).map(|entry| leaf_hash(entry))))
}
