//! `hattama witness serve`: a witness, which other people run to cosign the checkpoints of logs.
//!
//! What a witness does is `node::witness`; `hattama key new --witness` makes its key.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{Args, Subcommand};
use commission::keys::private::require_private_file;
use node::{EntrySource, Tls, WitnessSettings, logs};
use phrase::{Phrase, phrase};
use texts::program::say;
use tlog::note::VerifierKey;
use zeroize::Zeroizing;

use super::{receipt::parse_log_key, serve::LogLevel};
use crate::{
    fault::Fault,
    open::read_seed,
    terminal::{eprint, print},
};

#[derive(Debug, Subcommand)]
pub(crate) enum WitnessCommand {
    /// Witness the logs of others: cosign their checkpoints over HTTP, and never two histories of one (C2SP tlog-witness)
    ///
    /// The address is printed when the witness listens. SIGTERM or Ctrl-C ends it. Make its key with `hattama key new
    /// --witness NAME FILE`, and give the printed verifier key and the address to the people who run the log: both stand in
    /// their policy.
    Serve(WitnessWords),
}

/// What the command line or the environment says.
#[derive(Debug, Args)]
pub(crate) struct WitnessWords {
    /// Folder for what it cosigned last, its own; never delete it while the key is in use, never copy it back from a backup
    #[arg(long, env = "HATTAMA_WITNESS_DIR", value_name = "DIR")]
    dir: PathBuf,
    /// The witness key
    #[arg(long, env = "HATTAMA_WITNESS_KEY", value_name = "PEM")]
    key: PathBuf,
    /// The name under which it signs, as in its verifier key: witness.example.org
    #[arg(long, env = "HATTAMA_WITNESS_NAME", value_name = "NAME")]
    name: String,
    /// The verifier key of a log to follow, as `hattama ledger status` prints it; once for each key
    #[arg(long, env = "HATTAMA_WITNESS_LOG", value_name = "VKEY", required = true)]
    log: Vec<String>,
    /// Replay the log by the law before it is cosigned: the address of its node or of what it publishes, or a published folder;
    /// with several logs ORIGIN=SOURCE, once for each
    #[arg(long, env = "HATTAMA_WITNESS_REPLAY", value_name = "SOURCE")]
    replay: Vec<String>,
    /// Where to listen; port 0 takes a free one
    #[arg(long, env = "HATTAMA_LISTEN", value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8081")]
    listen: SocketAddr,
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
    /// Requests a second of one address; 0 for any number
    #[arg(long, env = "HATTAMA_WITNESS_RATE", value_name = "REQUESTS", default_value_t = 50)]
    rate: u32,
    /// How long what is under way may take at the end
    #[arg(long, env = "HATTAMA_DRAIN_SECONDS", value_name = "SECONDS", default_value_t = 10)]
    drain_seconds: u64,
    /// How much is logged, on stderr
    #[arg(long, env = "HATTAMA_LOG_LEVEL", value_enum, default_value = "info")]
    log_level: LogLevel,
    /// Log one JSON object a line
    #[arg(long, env = "HATTAMA_LOG_JSON")]
    log_json: bool,
}

impl WitnessCommand {
    pub(crate) fn run(self) -> Result<(), Fault> {
        let Self::Serve(serve) = self;
        logs::start_logging(serve.log_level.level(), serve.log_json);
        node::serve_witness(serve.into_witnessing()?, print)?;
        eprint(&say("witness-ended", &[]));
        Ok(())
    }
}

impl WitnessWords {
    fn into_witnessing(self) -> Result<WitnessSettings, Fault> {
        let logs = self.log.iter().map(|log| parse_log_key(log)).collect::<Result<Vec<_>, _>>()?;
        let replays =
            self.replay.iter().map(|text| parse_replay(text, &logs)).collect::<Result<Vec<_>, _>>()?;
        let tls = self.tls_certificate.zip(self.tls_key);
        if let Some((_, key)) = &tls {
            require_private_file(key)?;
        }
        Ok(WitnessSettings {
            seed: Zeroizing::new(read_seed(&self.key)?),
            dir: self.dir,
            name: self.name,
            logs,
            replays,
            listen: self.listen,
            tls: tls.map(|(certificate, key)| Tls { certificate, key }),
            plain_behind_proxy: self.plain_behind_proxy,
            forwarded: self.trust_forwarded,
            rate: self.rate,
            drain: Duration::from_secs(self.drain_seconds.clamp(1, 3600)),
        })
    }
}

/// Which log is replayed from where; one log needs no name.
fn parse_replay(text: &str, logs: &[VerifierKey]) -> Result<(String, EntrySource), Fault> {
    let known = |origin: &str| logs.iter().any(|log| log.name() == origin);
    let only = logs.first().filter(|first| logs.iter().all(|log| log.name() == first.name()));
    let named = text.split_once('=').filter(|(origin, _)| known(origin));
    let (origin, source) = match (named, only) {
        (Some((origin, source)), _) => (origin.to_owned(), source),
        (None, Some(only)) => (only.name().to_owned(), text),
        (None, None) => {
            let expected = phrase!(
                "argument-replay-origin",
                "--replay ORIGIN=SOURCE with the origin of one of the logs"
            );
            return Err(Fault::Argument { expected, found: Phrase::verbatim(text) });
        }
    };
    if source.contains("://") {
        return Ok((origin, EntrySource::Address(source.to_owned())));
    }
    let folder = PathBuf::from(source);
    if folder.join("checkpoint").is_file() {
        return Ok((origin, EntrySource::Folder(folder)));
    }
    let expected = phrase!(
        "argument-replay-source",
        "--replay with an address, or a published folder with a file `checkpoint`"
    );
    Err(Fault::Argument { expected, found: Phrase::verbatim(source) })
}
