//! Other copies of the same ledger: PUB-07, INT-12, and SNP-02 where two of them show a split view.
//!
//! In: each copy's checkpoint, entries and manifests against those of the source. Out: reading copies (`cli`).

use event::Hash;
use law::Rule;
use tlog::checkpoint::Checkpoint;

use crate::checks::context::Context;
use crate::findings::Gathered;
use crate::found_message::FoundMessage;
use crate::not_run::NotRun;
use crate::scope_lines::ScopeLine;
use crate::source::content::Content;
use crate::source::content::Source;
use crate::source::published;
use crate::source::published::Published;

/// Every mirror; for a ledger of this machine, whether it is what was published (INT-12).
pub(crate) fn mirrors(facts: &Facts<'_>, gathered: &mut Gathered) -> Vec<ScopeLine> {
    let mut told = Vec::new();
    for mirror in facts.given.mirrors {
        gathered.examined(Rule::Pub07, 1);
        let said = mirrored(facts, mirror, gathered);
        told.push(ScopeLine::Mirror(format!("{}: {said}", mirror.name)));
    }
    gathered.not_run(Rule::Pub07, NotRun::NoMirror);
    if matches!(facts.source.content, Content::Local { .. }) {
        gathered.not_run(Rule::Int12, NotRun::NoPublishedCopy);
    } else {
        gathered.not_run(Rule::Int12, NotRun::NoStore);
    }
    told
}

/// One mirror; in one line what became of it.
fn mirrored(facts: &Facts<'_>, mirror: &Source, gathered: &mut Gathered) -> String {
    let name = mirror.name.as_str();
    // What is wrong inside the copy is found by whoever verifies that copy.
    let other = published::read(mirror, &mut Gathered::default());
    let opened =
        other.checkpoint.ok_or_else(|| "none".to_owned()).and_then(|note| facts.open_checkpoint(note));
    let theirs = match opened {
        Ok(opened) => opened,
        Err(found) => {
            let message = FoundMessage::expected("a checkpoint signed by this ledger's log key", found);
            gathered.fail(Rule::Pub07, None, name, message);
            return "another ledger, or no checkpoint".to_owned();
        }
    };
    if other.tree.root_at(theirs.size) != Some(theirs.root) {
        let message =
            FoundMessage::expected(format!("the {} entries of its own checkpoint", theirs.size), "others");
        gathered.fail(Rule::Pub07, None, name, message);
        return "its entries are not those of its checkpoint".to_owned();
    }
    let agrees = prefix(facts, name, &other, &theirs, gathered);
    manifests(facts, name, &other, gathered);
    match (agrees, theirs.size, facts.published.tree.size()) {
        (false, ..) => "another history".to_owned(),
        (true, theirs, own) if theirs == own => format!("the same {own} entries"),
        (true, theirs, own) if theirs < own => format!("the first {theirs} of {own} entries"),
        (true, theirs, own) => format!("these {own} entries and {} more", theirs - own),
    }
}

/// One of the two trees begins with the other.
fn prefix(
    facts: &Facts<'_>,
    name: &str,
    other: &Published<'_>,
    theirs: &Checkpoint,
    gathered: &mut Gathered,
) -> bool {
    let own = &facts.published.tree;
    let size = theirs.size.min(own.size());
    let stored = matches!(facts.source.content, Content::Local { .. });
    if stored {
        gathered.examined(Rule::Int12, size);
    }
    let (ours, root) = (own.root_at(size).map(Hash), other.tree.root_at(size).map(Hash));
    if ours == root {
        return true;
    }
    let first = (0..size).find(|index| own.leaf(*index) != other.tree.leaf(*index)).unwrap_or_default();
    let shown = |root: Option<Hash>| root.map_or_else(|| "none".to_owned(), |root| root.to_string());
    let message = FoundMessage::expected(
        format!("root {} at size {size}", shown(ours)),
        format!("{} in {name}; entry {first} is the first that differs", shown(root)),
    );
    gathered.fail(Rule::Pub07, Some(first), name, message.clone());
    if stored {
        gathered.fail(Rule::Int12, Some(first), name, message.clone());
    }
    if theirs.size == own.size() {
        gathered.examined(Rule::Snp02, 1);
        gathered.fail(Rule::Snp02, None, name, message.and("; the log key signed both: a split view"));
    }
    false
}

/// A snapshot of one number is the same everywhere.
fn manifests(facts: &Facts<'_>, name: &str, other: &Published<'_>, gathered: &mut Gathered) {
    for snapshot in &facts.published.snapshots {
        let Some(theirs) = other.snapshots.iter().find(|theirs| theirs.n == snapshot.n) else { continue };
        let file = "manifest.json";
        if let (Some(one), Some(another)) = (snapshot.files.get(file), theirs.files.get(file))
            && one != another
        {
            let message =
                FoundMessage::expected(format!("the manifest of snapshot {} as here", snapshot.n), "another");
            gathered.fail(Rule::Pub07, None, name, message);
        }
    }
}
