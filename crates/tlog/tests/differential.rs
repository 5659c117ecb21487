//! Sets this crate against other people's: `ct-merkle`, `tlog_tiles` and `signed_note`.
//!
//! Contains random trees, notes, cosigned notes, checkpoint texts and paths, well formed and
//! spoilt. Where we are stricter than another crate by decision, the test says in which case and
//! holds both sides to it.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;
use tlog::checkpoint::{Checkpoint, CheckpointError, MAX_SIZE};
use tlog::cosignature::{Cosigner, CosignerKey, MAX_TIME};
use tlog::note::{Note, NoteError, NoteSigner, VerifierKey};
use tlog::policy::Policy;
use tlog::proof::{verify_consistency, verify_inclusion};
use tlog::tile::{TilePath, encode_tile, tiles_for};
use tlog::tree::{Tree, leaf_hash, root_of};

/// Leaves `i` of two bytes, in our tree and in theirs.
fn both_trees(size: u64) -> (Tree, MemoryBackedTree<Sha256, Vec<u8>>) {
    let (mut ours, mut theirs) = (Tree::default(), MemoryBackedTree::new());
    for i in 0..size {
        let leaf = i.to_be_bytes()[6..].to_vec();
        ours.push(leaf_hash(&leaf));
        theirs.push(leaf);
    }
    (ours, theirs)
}

/// Keeps our subtree hashes where `tlog_tiles` looks for its stored ones.
struct Stored<'t>(&'t Tree);

impl tlog_tiles::HashReader for Stored<'_> {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let read = |index: &u64| {
            let (level, index) = tlog_tiles::split_stored_hash_index(*index);
            tlog_tiles::Hash(self.0.node_hash(u32::from(level), index).unwrap())
        };
        Ok(indexes.iter().map(read).collect())
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn trees_and_proofs(size in 1_u64..400, a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
        let (ours, theirs) = both_trees(size);
        let root = ours.root();
        prop_assert_eq!(root.to_vec(), theirs.root().as_bytes().to_vec());
        let index = a.index(usize::try_from(size).unwrap()) as u64;
        let proof = ours.prove_inclusion(index, size).unwrap();
        let expected = theirs.prove_inclusion(usize::try_from(index).unwrap());
        prop_assert_eq!(proof.concat(), expected.as_bytes());
        prop_assert!(verify_inclusion(index, size, &ours.leaf_hash(index).unwrap(), &proof, &root).is_ok());
        let old = b.index(usize::try_from(size).unwrap()) as u64 + 1;
        let proof = ours.prove_consistency(old, size).unwrap();
        let expected = theirs.prove_consistency(usize::try_from(size - old).unwrap());
        prop_assert_eq!(proof.concat(), expected.as_bytes());
        let old_root = ours.root_at(old).unwrap();
        prop_assert!(verify_consistency(old, size, &old_root, &root, &proof).is_ok());
        // The third implementation, from our stored hashes; it lists proofs in the same order.
        let stored = Stored(&ours);
        prop_assert_eq!(tlog_tiles::tree_hash(old, &stored).unwrap().0, old_root);
        let proof = tlog_tiles::prove_record(size, index, &stored).unwrap();
        let proof: Vec<_> = proof.iter().map(|hash| hash.0).collect();
        prop_assert_eq!(Some(proof), ours.prove_inclusion(index, size));
        let proof = tlog_tiles::prove_tree(size, old, &stored).unwrap();
        let proof: Vec<_> = proof.iter().map(|hash| hash.0).collect();
        prop_assert_eq!(Some(proof), ours.prove_consistency(old, size));
    }

    /// Whatever is done to a proof, both verifiers say the same.
    #[test]
    fn spoilt_proofs(
        size in 2_u64..200,
        a in any::<prop::sample::Index>(),
        claimed in 0_u64..220,
        claimed_index in 0_u64..220,
        cut in 0_usize..9,
    ) {
        let (ours, _) = both_trees(size);
        let index = a.index(usize::try_from(size).unwrap()) as u64;
        let mut proof = ours.prove_inclusion(index, size).unwrap();
        proof.truncate(cut);
        let (leaf, root) = (ours.leaf_hash(index).unwrap(), ours.root());
        let record = proof.iter().map(|hash| tlog_tiles::Hash(*hash)).collect();
        for (claimed, claimed_index) in [(size, index), (size, claimed_index), (claimed, index), (claimed, claimed_index)] {
            // Theirs takes the caller's word that the index is inside.
            if claimed_index >= claimed { continue; }
            let verdict = verify_inclusion(claimed_index, claimed, &leaf, &proof, &root).is_ok();
            let (root, leaf) = (tlog_tiles::Hash(root), tlog_tiles::Hash(leaf));
            let expected = tlog_tiles::check_record(&record, claimed, root, claimed_index, leaf).is_ok();
            prop_assert_eq!(verdict, expected);
        }
    }

    #[test]
    fn tiles(size in 1_u64..2000) {
        let (ours, _) = both_trees(size);
        for path in tiles_for(size).tiles() {
            // Theirs names the height of tiles first, which is always 8 here.
            let named = path.to_string().replacen("tile/", "tile/8/", 1);
            let theirs = tlog_tiles::Tile::from_path(&named).unwrap();
            let found = (theirs.level(), theirs.level_index(), theirs.width());
            prop_assert_eq!(found, (path.level(), path.index(), u32::from(path.width())));
            prop_assert_eq!(encode_tile(&ours, &path), theirs.read_data(&Stored(&ours)).ok());
        }
        let theirs = tlog_tiles::Tile::new_tiles(8, 0, size);
        prop_assert_eq!(theirs.len(), tiles_for(size).tiles().count());
        let leaves = (0..size).map(|index| ours.leaf_hash(index).unwrap());
        prop_assert_eq!(root_of(leaves), ours.root());
    }

    /// Level 64 and width 0 are left out: theirs panics on them, ours has its own tests.
    #[test]
    fn paths(path in "tile/(0|1|5|05|63)/(x?[0-9]{3}/){0,2}x?[0-9]{2,4}(\\.p/(1|08|255|256))?") {
        let named = path.replacen("tile/", "tile/8/", 1);
        let theirs = tlog_tiles::Tile::from_path(&named).map(|tile| {
            (tile.level(), tile.level_index(), tile.width())
        });
        if let Ok(ours) = TilePath::parse(&path) {
            prop_assert_eq!(ours.to_string(), path);
            prop_assert_eq!(theirs.ok(), Some((ours.level(), ours.index(), u32::from(ours.width()))));
        } else {
            prop_assert!(theirs.is_err(), "{path}");
        }
    }

    #[test]
    fn notes_of_ours(seed in any::<[u8; 32]>(), name in "[a-z./]{1,20}", text in "([a-zé ]{0,12}\n){1,4}") {
        let signer = NoteSigner::new(&name, &seed).unwrap();
        let key = signer.verifier_key();
        let note = signer.sign(&text).unwrap();
        let verifier = signed_note::StandardVerifier::new(&key.encode()).unwrap();
        prop_assert_eq!(u32::from_be_bytes(key.id()), signed_note::Verifier::key_id(&verifier));
        let theirs = signed_note::Note::from_bytes(note.as_bytes()).unwrap();
        prop_assert_eq!(theirs.text(), text.as_bytes());
        let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
        prop_assert_eq!(theirs.verify(&known).unwrap().0.len(), 1);
        let ours = Note::parse(note.as_bytes()).unwrap();
        prop_assert_eq!(ours.verify(core::slice::from_ref(key)), Ok(vec![key]));
    }

    /// One byte of a note is set to another: both crates give the same verdict.
    #[test]
    fn spoilt_notes(at in any::<prop::sample::Index>(), byte in prop::sample::select(b"\n A+=/\xe2z\x01".as_slice())) {
        let signers = [1, 2].map(|seed| NoteSigner::new("log", &[seed; 32]).unwrap());
        let notes = signers.each_ref().map(|signer| signer.sign("a log\n7\n\nb\n").unwrap());
        let mut note = notes[0].clone().into_bytes();
        note.extend(notes[1].lines().last().unwrap().bytes().chain(*b"\n"));
        let at = at.index(note.len());
        note[at] = byte;
        let (ours, theirs) = both_verdicts(&note, signers[0].verifier_key());
        match ours {
            Ok(text) => prop_assert_eq!(Some(text), theirs),
            // A second line of one key can arise here only by chance of four bytes.
            Err(fault) => prop_assert!(theirs.is_none(), "{fault}"),
        }
    }

    #[test]
    fn checkpoint_texts(
        origin in "[a-z ./]{0,8}",
        size in "(0|[1-9][0-9]{0,20}|0[0-9]{1,3}|[+-][0-9]{1,3})",
        root in any::<[u8; 32]>(),
        spoilt in prop::option::weighted(0.3, (any::<prop::sample::Index>(), prop::sample::select(b"\n=A-_ ".as_slice()))),
        extensions in "([a-z]{0,3}\n){0,3}",
    ) {
        let root = base64_of(&root);
        let mut text = format!("{origin}\n{size}\n{root}\n{extensions}").into_bytes();
        if let Some((at, byte)) = spoilt {
            let at = at.index(text.len());
            text[at] = byte;
        }
        let text = String::from_utf8(text).unwrap();
        let theirs = tlog_tiles::Checkpoint::from_bytes(text.as_bytes());
        match Checkpoint::parse(&text) {
            Ok(ours) => {
                let theirs = theirs.unwrap();
                prop_assert_eq!((ours.origin.as_str(), ours.size), (theirs.origin(), theirs.size()));
                prop_assert_eq!(ours.root, theirs.hash().0);
                prop_assert_eq!(ours.text().into_bytes(), theirs.to_bytes());
            }
            // By decision: sizes stay below 2^63, as Go's readers need them.
            Err(CheckpointError::SizeBeyondLimit { found }) => prop_assert!(found > MAX_SIZE),
            Err(fault) => prop_assert!(theirs.is_err(), "{fault}: {text:?}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// A cosigned checkpoint as it is, and with one byte set to another: all three lines count or not.
    #[test]
    fn cosigned_notes(
        time in 1..=MAX_TIME,
        spoilt in prop::option::weighted(0.8, (any::<prop::sample::Index>(), prop::sample::select(b"\n A+=/\xe2z\x01".as_slice()))),
    ) {
        let log = NoteSigner::new("log", &[1; 32]).unwrap();
        let cosigners = [2, 3].map(|seed| Cosigner::new(&format!("w{seed}"), &[seed; 32]).unwrap());
        let head = Checkpoint { origin: "log".to_owned(), size: 7, root: [9; 32], extensions: Vec::new() };
        let lines = cosigners.each_ref().map(|cosigner| cosigner.sign(&head.text(), time).unwrap().encode());
        let mut note = (head.sign(&log).unwrap() + &lines.concat()).into_bytes();
        if let Some((at, byte)) = spoilt {
            let at = at.index(note.len());
            note[at] = byte;
        }
        let keys = cosigners.each_ref().map(|cosigner| cosigner.cosigner_key());
        let policy = format!(
            "log {}\nwitness a {}\nwitness b {}\ngroup both all a b\nquorum both\n",
            log.verifier_key().encode(), keys[0].encode(), keys[1].encode(),
        );
        let ours = Policy::parse(policy.as_bytes()).unwrap().judge_note(&note).is_ok();
        let mut known: Vec<Box<dyn signed_note::Verifier>> =
            vec![Box::new(signed_note::StandardVerifier::new(&log.verifier_key().encode()).unwrap())];
        known.extend(keys.map(|key| Box::new(Timed::new(key)) as Box<dyn signed_note::Verifier>));
        let known = signed_note::VerifierList::new(known);
        let theirs = signed_note::Note::from_bytes(&note).ok().and_then(|note| note.verify(&known).ok());
        prop_assert_eq!(ours, theirs.is_some_and(|(verified, _)| verified.len() == 3));
        prop_assert!(ours || spoilt.is_some());
    }
}

/// A cosigner's key, made of their parts: their key id, and their verifier of the same point.
struct Timed {
    plain: signed_note::StandardVerifier,
    id: u32,
}

impl Timed {
    fn new(key: &CosignerKey) -> Self {
        let plain = VerifierKey::new(key.name(), key.key()).unwrap();
        let id = signed_note::key_id(key.name(), &[&[0x04], key.key().as_slice()].concat());
        Self { plain: signed_note::StandardVerifier::new(&plain.encode()).unwrap(), id }
    }
}

impl signed_note::Verifier for Timed {
    fn name(&self) -> &str {
        self.plain.name()
    }

    fn key_id(&self) -> u32 {
        self.id
    }

    fn verify(&self, text: &[u8], timed: &[u8]) -> bool {
        let Some((time, signature)) = timed.split_first_chunk() else { return false };
        let start = format!("cosignature/v1\ntime {}\n", u64::from_be_bytes(*time));
        self.plain.verify(&[start.as_bytes(), text].concat(), signature)
    }
}

/// Two lines of one key: they verify the first and skip the second, we refuse the note.
#[test]
fn repeated_lines_are_ours_alone_to_refuse() {
    let signer = NoteSigner::new("log", &[1; 32]).unwrap();
    let mut note = signer.sign("text\n").unwrap();
    let line = note.lines().last().unwrap().to_owned();
    note.push_str(&(line + "\n"));
    let (ours, theirs) = both_verdicts(note.as_bytes(), signer.verifier_key());
    assert!(matches!(ours, Err(NoteError::DuplicateLine { .. })), "{ours:?}");
    assert_eq!(theirs.as_deref(), Some("text\n"));
}

/// Returns the verified text according to us and to `signed_note`.
fn both_verdicts(note: &[u8], key: &VerifierKey) -> (Result<String, NoteError>, Option<String>) {
    let ours = Note::parse(note).and_then(|note| {
        note.verify(core::slice::from_ref(key))?;
        Ok(note.text().to_owned())
    });
    let verifier = signed_note::StandardVerifier::new(&key.encode()).unwrap();
    let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
    let theirs = signed_note::Note::from_bytes(note).ok().filter(|note| note.verify(&known).is_ok());
    (ours, theirs.map(|note| String::from_utf8(note.text().to_vec()).unwrap()))
}

fn base64_of(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.encode(bytes)
}
