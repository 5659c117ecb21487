//! `hattama serve`: the node of a ledger.
//!
//! The words stand on the command line or in a file, in the same names. What a node does is `node::serve`.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ValueEnum};
use commission::keys::private::{require_own_folder, require_private_file};
#[cfg(unix)]
use node::ControlSettings;
use node::{Anchors, Load, NodeSettings, RereadLoad, Tls, logs};
use phrase::{Phrase, Phrased as _, phrase};
use serde::Deserialize;
use texts::program::say;
use zeroize::Zeroizing;

use super::publish::open_target;
#[cfg(unix)]
use crate::control_fault::find_group;
use crate::{
    anchoring::{find_state_directory, read_pins},
    fault::Fault,
    open::{OpenFault, read_seed, read_text_file, read_witness_policy},
    terminal::{eprint, print},
};

/// Serve a ledger: commissions append over HTTP, the world reads
///
/// The address is printed when the node listens. SIGTERM or Ctrl-C ends it; what was accepted is finished first.
#[derive(Debug, Args)]
pub(crate) struct ServeWords {
    /// A file with the same words: `listen = "127.0.0.1:8080"`; the command line and HATTAMA_… count before it
    #[arg(long, env = "HATTAMA_CONFIG", value_name = "TOML")]
    config: Option<PathBuf>,
    #[command(flatten)]
    words: NodeWords,
}

/// What the command line, the environment or a file says.
#[derive(Debug, Clone, Default, Args, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
struct NodeWords {
    /// Folder of the ledger
    #[arg(long, env = "HATTAMA_LEDGER", value_name = "DIR")]
    ledger: Option<PathBuf>,
    /// The PostgreSQL that the ledger's folder follows from now on, where it has another address than before: postgres://…
    #[arg(long, env = "HATTAMA_STORE", value_name = "ADDRESS")]
    store: Option<String>,
    /// The log key [default: log-key.pem in the ledger's folder]
    #[arg(long, env = "HATTAMA_LOG_KEY", value_name = "PEM")]
    log_key: Option<PathBuf>,
    /// The service key of the charter, which signs refusals [default: service-key.pem in the ledger's folder]
    #[arg(long, env = "HATTAMA_SERVICE_KEY", value_name = "PEM")]
    service_key: Option<PathBuf>,
    /// Answer refusals without the service key's signature: a commission then has no proof that it was refused
    #[arg(long, env = "HATTAMA_UNSIGNED_REFUSALS")]
    unsigned_refusals: bool,
    /// Where to listen; port 0 takes a free one [default: 127.0.0.1:8080]
    #[arg(long, env = "HATTAMA_LISTEN", value_name = "ADDRESS:PORT")]
    listen: Option<SocketAddr>,
    /// Where operators ask for /metrics, /healthz and /readyz; everybody's address then has no /metrics
    #[arg(long, env = "HATTAMA_METRICS", value_name = "ADDRESS:PORT")]
    metrics: Option<SocketAddr>,
    /// Where operators and the publisher ask: a Unix socket that this account alone may use
    #[arg(long, env = "HATTAMA_CONTROL", value_name = "SOCKET")]
    control: Option<PathBuf>,
    /// The group whose accounts may publish, attach and check there, too: its name or number
    #[arg(long, env = "HATTAMA_CONTROL_GROUP", value_name = "GROUP", requires = "control")]
    control_group: Option<String>,
    /// Certificates for TLS, own one first
    #[arg(long, env = "HATTAMA_TLS_CERTIFICATE", value_name = "PEM", requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// The key of the certificate
    #[arg(long, env = "HATTAMA_TLS_KEY", value_name = "PEM", requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// Plain HTTP although others reach the address: a proxy of ours stands in front and does TLS
    #[arg(long, env = "HATTAMA_PLAIN_BEHIND_PROXY")]
    plain_behind_proxy: bool,
    /// Count limits by the last address in X-Forwarded-For, which the proxy in front must set
    #[arg(long, env = "HATTAMA_TRUST_FORWARDED")]
    trust_forwarded: bool,
    /// A published folder, whose snapshots and attachments are served, too
    #[arg(long, env = "HATTAMA_PUBLISHED", value_name = "DIR")]
    published: Option<PathBuf>,
    /// Where the ledger is published, as for `publish`: asked for a newer checkpoint before anything is signed
    #[arg(long, env = "HATTAMA_TO", value_name = "PLACE")]
    to: Vec<String>,
    /// A witness, a mirror or a static server that shows a checkpoint under this address: asked, too
    #[arg(long, env = "HATTAMA_WITNESS", value_name = "ADDRESS")]
    witness: Vec<String>,
    /// A C2SP policy with this log and its witnesses: each checkpoint is put to them, and results are acknowledged and shown when
    /// enough of them have cosigned; they are asked before anything is signed, too
    #[arg(long, env = "HATTAMA_POLICY", value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Acknowledge an event only when the quorum of the policy has cosigned a tree that holds it; until then it is durable and the answer
    /// is 202
    #[arg(long, env = "HATTAMA_QUORUM_FIRST")]
    quorum_first: bool,
    /// Sign although nobody answered: only for a ledger that was never published and has no policy
    #[arg(long, env = "HATTAMA_ACCEPT_UNANCHORED")]
    accept_unanchored: bool,
    /// State directory, outside of the ledger's folder: what is kept there tells the ledger from its copies [default: hattama in
    /// $XDG_STATE_HOME or ~/.local/state]
    #[arg(long, env = "HATTAMA_STATE", value_name = "DIR")]
    state: Option<PathBuf>,
    /// This folder is a copy, and from now on the ledger: a place, a witness or a --pin has to show that it is the newest. Not a word of
    /// the file
    #[arg(long, env = "HATTAMA_RESTORED")]
    #[serde(skip)]
    restored: bool,
    /// A checkpoint, a receipt, or a size with its root, kept elsewhere: must be of this ledger's past, and with --restored shows that it is
    /// the newest copy
    #[arg(long, env = "HATTAMA_PIN", value_name = "FILE")]
    pin: Vec<String>,
    /// Events that may wait for the writer [default: 1024]
    #[arg(long, env = "HATTAMA_QUEUE", value_name = "EVENTS")]
    queue: Option<usize>,
    /// Events a second that one address may send; 0 for any number [default: 50]
    #[arg(long, env = "HATTAMA_ADDRESS_RATE", value_name = "EVENTS")]
    address_rate: Option<u32>,
    /// Requests a second with which one address may read; 0 for any number [default: 1000]
    #[arg(long, env = "HATTAMA_READER_RATE", value_name = "REQUESTS")]
    reader_rate: Option<u32>,
    /// Events a second that one key may sign; 0 for any number [default: 10]
    #[arg(long, env = "HATTAMA_KEY_RATE", value_name = "EVENTS")]
    key_rate: Option<u32>,
    /// Followers of the stream at a time [default: 1000]
    #[arg(long, env = "HATTAMA_STREAMS", value_name = "N")]
    streams: Option<usize>,
    /// How long an event may take to arrive [default: 10]
    #[arg(long, env = "HATTAMA_BODY_SECONDS", value_name = "SECONDS")]
    body_seconds: Option<u64>,
    /// How long what is under way may take at the end [default: 20]
    #[arg(long, env = "HATTAMA_DRAIN_SECONDS", value_name = "SECONDS")]
    drain_seconds: Option<u64>,
    /// How much is logged, on stderr [default: info]
    #[arg(long, env = "HATTAMA_LOG_LEVEL", value_enum)]
    log_level: Option<LogLevel>,
    /// Log one JSON object a line
    #[arg(long, env = "HATTAMA_LOG_JSON")]
    log_json: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum LogLevel {
    /// What has to be mended
    Warn,
    /// Starts, ends, every event taken in
    Info,
    /// Every request
    Debug,
}

impl LogLevel {
    pub(crate) fn level(self) -> logs::Verbosity {
        match self {
            Self::Warn => logs::Verbosity::Warn,
            Self::Info => logs::Verbosity::Info,
            Self::Debug => logs::Verbosity::Debug,
        }
    }
}

impl ServeWords {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let file = self.config.as_deref().map(read_config).transpose()?.unwrap_or_default();
        let words = self.words.clone().or_from(file);
        logs::start_logging(words.level(), words.log_json);
        let mut serving = words.into_serving()?;
        serving.reread = self.config.map(|config| reread_load(config, self.words));
        node::serve(serving, print)?;
        eprint(&say("serve-ended", &[]));
        Ok(())
    }
}

/// The bounds as the file has them when it is read again; what was said on the command line counts before it.
fn reread_load(config: PathBuf, words: NodeWords) -> RereadLoad {
    Box::new(move || match read_config(&config) {
        Ok(file) => Ok(words.clone().or_from(file).load()),
        Err(fault) => Err(fault.phrase()),
    })
}

/// Reads the file; a word that no flag has is refused.
fn read_config(file: &Path) -> Result<NodeWords, Fault> {
    let text = read_text_file(file)?;
    let told = |error: toml::de::Error| {
        let found = Phrase::verbatim(error.message());
        let expected =
            phrase!("argument-words-of-serve", "the words of `hattama serve --help` in {path}", path = file);
        Fault::Argument { expected, found }
    };
    toml::from_str(&text).map_err(told)
}

impl NodeWords {
    /// What was said here, and what `other` says beyond it.
    fn or_from(self, other: Self) -> Self {
        let list = |own: Vec<String>, other| if own.is_empty() { other } else { own };
        Self {
            ledger: self.ledger.or(other.ledger),
            store: self.store.or(other.store),
            log_key: self.log_key.or(other.log_key),
            service_key: self.service_key.or(other.service_key),
            unsigned_refusals: self.unsigned_refusals || other.unsigned_refusals,
            listen: self.listen.or(other.listen),
            metrics: self.metrics.or(other.metrics),
            control: self.control.or(other.control),
            control_group: self.control_group.or(other.control_group),
            tls_certificate: self.tls_certificate.or(other.tls_certificate),
            tls_key: self.tls_key.or(other.tls_key),
            plain_behind_proxy: self.plain_behind_proxy || other.plain_behind_proxy,
            trust_forwarded: self.trust_forwarded || other.trust_forwarded,
            published: self.published.or(other.published),
            to: list(self.to, other.to),
            witness: list(self.witness, other.witness),
            policy: self.policy.or(other.policy),
            quorum_first: self.quorum_first || other.quorum_first,
            accept_unanchored: self.accept_unanchored || other.accept_unanchored,
            state: self.state.or(other.state),
            restored: self.restored,
            pin: list(self.pin, other.pin),
            queue: self.queue.or(other.queue),
            address_rate: self.address_rate.or(other.address_rate),
            reader_rate: self.reader_rate.or(other.reader_rate),
            key_rate: self.key_rate.or(other.key_rate),
            streams: self.streams.or(other.streams),
            body_seconds: self.body_seconds.or(other.body_seconds),
            drain_seconds: self.drain_seconds.or(other.drain_seconds),
            log_level: self.log_level.or(other.log_level),
            log_json: self.log_json || other.log_json,
        }
    }

    fn level(&self) -> logs::Verbosity {
        self.log_level.unwrap_or(LogLevel::Info).level()
    }

    fn into_serving(self) -> Result<NodeSettings, Fault> {
        let argument = |expected, found| Fault::Argument { expected, found };
        let none = || phrase!("found-none", "none");
        let ledger = self.ledger.clone();
        let ledger = ledger.ok_or_else(|| argument(Phrase::verbatim("--ledger DIR"), none()))?;
        if !ledger.join("journal").is_file() {
            return Err(OpenFault::NotAppendable { path: ledger }.into());
        }
        require_own_folder(&ledger)?;
        if let Some(address) = &self.store {
            node::change_address(&ledger, address)?;
        }
        let tls = self.find_tls()?;
        let queue = self.queue.unwrap_or(1024);
        // A batch of the longest kind has to fit, or it would never be taken in.
        if !(256..=100_000).contains(&queue) {
            return Err(argument(
                phrase!("argument-queue", "--queue from 256 to 100000"),
                Phrase::verbatim(queue),
            ));
        }
        let log_key = self.log_key.clone().unwrap_or_else(|| ledger.join("log-key.pem"));
        let service_seed = self.service_seed(&ledger)?;
        // A place that has no address is told at once.
        self.to.iter().try_for_each(|to| open_target(to).map(drop))?;
        let policy = self.policy.as_deref().map(read_witness_policy).transpose()?;
        if self.quorum_first && policy.is_none() {
            return Err(argument(
                phrase!("argument-policy-for-quorum", "--policy FILE with --quorum-first"),
                none(),
            ));
        }
        let load = self.load();
        #[cfg(unix)]
        let control = self.find_control()?;
        Ok(NodeSettings {
            log_seed: Zeroizing::new(read_seed(&log_key)?),
            service_seed,
            listen: self.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            metrics: self.metrics,
            tls,
            plain_behind_proxy: self.plain_behind_proxy,
            forwarded: self.trust_forwarded,
            published: self.published,
            anchors: Anchors {
                places: self.to,
                addresses: self.witness,
                policy,
                accept_unanchored: self.accept_unanchored,
                state: find_state_directory(self.state.as_deref())?,
                restored: self.restored,
                quorum_first: self.quorum_first,
                pins: read_pins(&self.pin)?,
                old_node_gone: false,
            },
            quorum_first: self.quorum_first,
            load,
            reread: None,
            #[cfg(unix)]
            control,
            ledger,
        })
    }

    fn load(&self) -> Load {
        let seconds = |given: Option<u64>, usual| Duration::from_secs(given.unwrap_or(usual).clamp(1, 3600));
        Load {
            queue: self.queue.unwrap_or(1024),
            address_rate: self.address_rate.unwrap_or(50),
            reader_rate: self.reader_rate.unwrap_or(1000),
            key_rate: self.key_rate.unwrap_or(10),
            streams: self.streams.unwrap_or(1000),
            body_time: seconds(self.body_seconds, 10),
            drain: seconds(self.drain_seconds, 20),
        }
    }

    /// The control socket, where one is asked for.
    #[cfg(unix)]
    fn find_control(&self) -> Result<Option<ControlSettings>, Fault> {
        let group = self.control_group.as_deref().map(find_group).transpose()?;
        Ok(self.control.clone().map(|path| ControlSettings { path, group }))
    }

    /// Certificate and key, where both are named; the key must be its owner's alone.
    fn find_tls(&self) -> Result<Option<Tls>, Fault> {
        match (self.tls_certificate.clone(), self.tls_key.clone()) {
            (Some(certificate), Some(key)) => {
                // One that is not there is told with the certificates.
                if key.exists() {
                    require_private_file(&key)?;
                }
                Ok(Some(Tls { certificate, key }))
            }
            (None, None) => Ok(None),
            _ => Err(Fault::Argument {
                expected: phrase!("argument-both-of-tls", "both --tls-certificate and --tls-key"),
                found: phrase!("argument-one-of-them", "one of them"),
            }),
        }
    }

    /// The seed of the service key; there is none only where that was asked for.
    fn service_seed(&self, ledger: &Path) -> Result<Option<Zeroizing<[u8; 32]>>, Fault> {
        let usual = ledger.join("service-key.pem");
        let file = match &self.service_key {
            Some(file) => file.clone(),
            None if self.unsigned_refusals => return Ok(None),
            None if usual.is_file() => usual,
            None => {
                let expected = phrase!(
                    "argument-service-key",
                    "--service-key PEM, the key of the charter that signs refusals (or --unsigned-refusals)"
                );
                return Err(Fault::Argument { expected, found: phrase!("found-none", "none") });
            }
        };
        Ok(Some(Zeroizing::new(read_seed(&file)?)))
    }
}
