//! Witnesses, as the world meets them: the real program over loopback, real logs, real signals.
//!
//! In: starting and ending a witness, a log that grows and forks, asking. Out: what is asked, one file each.

mod c2sp;
mod clock;
mod killed;
mod protocol;
mod quorum;
mod replayed;

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tlog::{
    checkpoint::Checkpoint,
    cosignature::CosignerKey,
    note::{Note, NoteSigner},
    tree::{Tree, leaf_hash},
    witness::AddCheckpoint,
};

use crate::{
    commands::{hattama, run},
    serve::{Answer, get, sent},
};

/// A running witness.
pub(crate) struct Witness {
    child: Child,
    pub(crate) address: String,
    pub(crate) key: CosignerKey,
    log: PathBuf,
}

/// Makes a key with the program, as a newcomer does.
pub(crate) fn key_of(dir: &Path, name: &str) -> CosignerKey {
    let file = dir.join("witness.pem");
    let file = file.to_str().unwrap();
    if !Path::new(file).exists() {
        let (code, _, err) = run(&["key", "new", file, "--insecure-no-passphrase", "--witness", name]);
        assert_eq!(code, 0, "{err}");
    }
    let (code, out, err) = run(&["key", "show", file, "--witness", name]);
    assert_eq!(code, 0, "{err}");
    CosignerKey::parse(out.lines().find_map(|line| line.strip_prefix("verifier key ")).unwrap()).unwrap()
}

impl Witness {
    /// Starts a witness that remembers in `dir`, on a free port, for the log of that key.
    pub(crate) fn start(dir: &Path, name: &str, log: &str, words: &[&str]) -> Self {
        Self::try_start(dir, name, log, words).unwrap_or_else(|(code, err)| panic!("{code:?} {err}"))
    }

    /// The same where it may end at once: its code and what it said.
    pub(crate) fn try_start(
        dir: &Path,
        name: &str,
        log: &str,
        words: &[&str],
    ) -> Result<Self, (Option<i32>, String)> {
        let key = key_of(dir, name);
        let (memory, pem, told) = (dir.join("memory"), dir.join("witness.pem"), dir.join("told"));
        let all = ["witness", "serve", "--dir", memory.to_str().unwrap(), "--key", pem.to_str().unwrap()];
        let listen = if words.contains(&"--listen") { vec![] } else { vec!["--listen", "127.0.0.1:0"] };
        let more = ["--name", name, "--log", log, "--rate", "0"];
        let file = fs::OpenOptions::new().create(true).append(true).open(&told).unwrap();
        let all = [&all[..], &more, &listen, words].concat();
        let mut child = hattama(&all).stdout(Stdio::piped()).stderr(file).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        if line.is_empty() {
            return Err((child.wait().unwrap().code(), fs::read_to_string(&told).unwrap()));
        }
        Ok(Self { child, address: line.trim_end().to_owned(), key, log: told })
    }

    /// Asks for a cosignature with the bytes of a request; an error where the connection broke.
    pub(crate) fn add(&self, body: &[u8]) -> Result<Answer, String> {
        sent(&format!("{}/add-checkpoint", self.address), "text/plain", body)
    }

    /// Asks for a cosignature of a log at a size, from another one on.
    pub(crate) fn ask(&self, log: &Log, old: u64, size: u64) -> Answer {
        self.add(log.request(old, size).as_bytes()).unwrap()
    }

    /// The newest checkpoint that it cosigned.
    pub(crate) fn newest(&self, origin: &str) -> Option<(Checkpoint, Vec<u8>)> {
        let answer = get(&format!("{}/{}/checkpoint", self.address, event::sha256(&[origin.as_bytes()])));
        (answer.status == 200).then(|| {
            let note = Note::parse(&answer.body).unwrap();
            (Checkpoint::parse(note.text()).unwrap(), answer.body)
        })
    }

    /// What it logged.
    pub(crate) fn told(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Kills it on the spot.
    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to end, and tells its code.
    pub(crate) fn end(mut self) -> i32 {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap();
        self.child.wait().unwrap().code().unwrap()
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        // A test that stops must not leave a witness behind.
        let _ended = self.child.kill();
        let _waited = self.child.wait();
    }
}

/// A log that grows as a test wants.
#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) tree: Tree,
    seed: [u8; 32],
    pub(crate) origin: String,
}

impl Log {
    pub(crate) fn new(origin: &str) -> Self {
        Self {
            tree: Tree::default(),
            seed: demo::cast::Cast::new(demo::SEED).secret(origin),
            origin: origin.to_owned(),
        }
    }

    /// The log of entries, signed by a key that stands in them.
    pub(crate) fn of(origin: &str, seed: [u8; 32], entries: &[Vec<u8>]) -> Self {
        let mut tree = Tree::default();
        entries.iter().for_each(|entry| tree.push(leaf_hash(entry)));
        Self { tree, seed, origin: origin.to_owned() }
    }

    pub(crate) fn grow(&mut self, size: u64, flavour: &str) {
        while self.tree.size() < size {
            self.tree.push(leaf_hash(format!("{flavour} {}", self.tree.size()).as_bytes()));
        }
    }

    fn signer(&self) -> NoteSigner {
        NoteSigner::new(&self.origin, &self.seed).unwrap()
    }

    pub(crate) fn vkey(&self) -> String {
        self.signer().verifier_key().encode()
    }

    pub(crate) fn checkpoint(&self, size: u64) -> String {
        let root = self.tree.root_at(size).unwrap();
        let checkpoint = Checkpoint { origin: self.origin.clone(), size, root, extensions: Vec::new() };
        checkpoint.sign(&self.signer()).unwrap()
    }

    pub(crate) fn request(&self, old: u64, size: u64) -> String {
        let proof =
            if old == 0 { Vec::new() } else { self.tree.prove_consistency(old, size).unwrap_or_default() };
        AddCheckpoint::new(old, proof, self.checkpoint(size).as_bytes()).unwrap().encode()
    }
}

/// When a witness says that it saw the text; stops where the line is not its own.
pub(crate) fn cosigned_at(key: &CosignerKey, log: &Log, size: u64, answer: &Answer) -> u64 {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let note = format!("{}{}", log.checkpoint(size), answer.text());
    let note = Note::parse(note.as_bytes()).unwrap();
    key.verify(note.text(), note.signatures().last().unwrap()).unwrap()
}
