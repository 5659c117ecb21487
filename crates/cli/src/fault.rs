//! Why a command stops, with its exit code and how to mend it.
//!
//! The faults of the crates below are carried as they are; this is where they get their exit codes and, where there is
//! one, a sentence of the language of the answers.

use std::path::{Path, PathBuf};

use client::{
    evidence_files::EvidenceFault, fault::ClientFault, files::FileFault, monitor::watcher::WatchFault,
    outbox::OutboxFault,
};
use commission::{
    batch::BatchFault,
    book::fault::BookFault,
    ceremony::fault::CeremonyFault,
    drafting::fault::DraftFault,
    form::{FormFault, FormFileFault},
    import::fault::ImportFault,
    legible::LegibleFault,
    many::fault::ManyFault,
    slip::{fault::SlipFault, parts::PartsError},
};
use demo::stage::StageError;
use event::json::DecodeError;
use node::AppendError;
use phrase::Phrase;
use texts::{program::say, refusal::describe_violation, say_fault};
use verifier::evidence::ForkDoubt;

use crate::{
    claims_fault::ClaimsCommandFault,
    control_fault::{self, ControlCommandFault},
    draft_words,
    fault_words::doubt_key,
    keeping_fault::KeepingFault,
    key_fault::KeyCommandFault,
    keyfile::KeyFileError,
    open::OpenFault,
    output::OutputFault,
    pin::PinFault,
    release_fault::ReleaseFault,
    site_folder::SiteFault,
    source::SourceFault,
};

/// Why a command stops.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
pub(crate) enum Fault {
    #[error(transparent)]
    File(#[from] FileFault),
    #[error(transparent)]
    Open(#[from] OpenFault),
    #[error(transparent)]
    Output(#[from] OutputFault),
    #[error("{path} is no JSON: {error}", path = .path.display())]
    Body { path: PathBuf, error: serde_json::Error },
    #[error("{path}: {error}", path = .path.display())]
    Append { path: PathBuf, error: AppendError },
    #[error("{path}: expected the signatures of all {expected} signers, found {found}", path = .path.display())]
    Unsigned { path: PathBuf, expected: usize, found: usize },
    #[error("{path}: expected a key that the event names as signer, found {found}", path = .path.display())]
    NotASigner { path: PathBuf, found: event::Key },
    #[error("expected {expected}, found {found}")]
    Argument { expected: Phrase, found: Phrase },
    #[error("the replay stops: {error}", error = .0)]
    Replay(#[from] verifier::ReplayError),
    #[error(transparent)]
    Folder(#[from] verifier::folder::FolderError),
    #[error(transparent)]
    Source(#[from] SourceFault),
    #[error(transparent)]
    Pin(#[from] PinFault),
    #[error(transparent)]
    Keeping(#[from] KeepingFault),
    #[error(transparent)]
    Control(#[from] ControlCommandFault),
    #[error(transparent)]
    Release(#[from] ReleaseFault),
    #[error(transparent)]
    Client(#[from] ClientFault),
    #[error(transparent)]
    Outbox(#[from] OutboxFault),
    #[error(transparent)]
    Watch(#[from] WatchFault),
    #[error(transparent)]
    Evidence(#[from] EvidenceFault),
    #[error(transparent)]
    Book(#[from] BookFault),
    #[error(transparent)]
    Desk(#[from] desk::fault::DeskFault),
    #[error(transparent)]
    Own(#[from] ledger::OwnError),
    #[error("{path}: expected every control ratio to hold, found {found} that do not", path = .path.display())]
    DoesNotAddUp { path: PathBuf, found: usize },
    #[error(transparent)]
    Draft(#[from] DraftFault),
    #[error(transparent)]
    Batch(#[from] BatchFault),
    #[error(transparent)]
    Ceremony(#[from] CeremonyFault),
    #[error(transparent)]
    Legible(#[from] LegibleFault),
    #[error("{path}: {fault}", path = .path.display())]
    Many { path: PathBuf, fault: ManyFault },
    #[error("{path}: {refusal}", path = .path.display())]
    Unlawful { path: PathBuf, refusal: Box<ledger::Refusal> },
    #[error("{path}: {violation}", path = .path.display())]
    ByTheBook { path: PathBuf, violation: law::Violation },
    #[error("{path}: expected a form filled in, found {faults} faults", faults = .faults.len(), path = .path.display())]
    FilledIn { path: PathBuf, faults: Vec<FormFault> },
    #[error(transparent)]
    Writer(#[from] node::OpenLedgerError),
    #[error(transparent)]
    Store(#[from] store::OpenError),
    #[error(transparent)]
    Publish(#[from] node::PublishError),
    #[error(transparent)]
    Serve(#[from] node::ServeError),
    #[error(transparent)]
    RebuildHead(#[from] node::RebuildHeadError),
    #[error(transparent)]
    Witness(#[from] node::WitnessError),
    #[error("{path}: {error}", path = .path.display())]
    AttachFile { path: PathBuf, error: node::AttachmentError },
    #[error(transparent)]
    Attach(#[from] node::AttachmentError),
    #[error(transparent)]
    Fact(#[from] law::FactError),
    #[error(transparent)]
    Form(#[from] DecodeError),
    #[error(transparent)]
    Value(#[from] event::json::Fault),
    #[error(transparent)]
    Check(#[from] event::CheckError),
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    #[error(transparent)]
    Key(#[from] KeyCommandFault),
    #[error(transparent)]
    Slip(#[from] SlipFault),
    #[error(transparent)]
    Parts(#[from] PartsError),
    #[error("{path}: {error}", path = .path.display())]
    Protocol { path: PathBuf, error: ImportFault },
    #[error(transparent)]
    Scan(#[from] verifier::ScanError),
    #[error(transparent)]
    Stage(#[from] StageError),
    #[error(transparent)]
    Lie(#[from] demo::lies::LieError),
    #[error(transparent)]
    Prove(#[from] verifier::ProveError),
    #[error(transparent)]
    Side(#[from] verifier::diff::SideError),
    #[error("{path}: {found}", path = .path.display())]
    Untrue { path: PathBuf, found: Phrase },
    #[error("{path}: two signed acts at {place}, no lie: {doubt}", path = .path.display())]
    TwoSignedActs { path: PathBuf, place: Box<Phrase>, events: [event::Hash; 2], doubt: ForkDoubt },
    #[error("{path}: {found}", path = .path.display())]
    Unreadable { path: PathBuf, found: Phrase },
    #[error("{path}: expected the state of a verification that your key signed, found {found}", path = .path.display())]
    State { path: PathBuf, found: Phrase },
    #[error(transparent)]
    Claims(#[from] ClaimsCommandFault),
    #[error(transparent)]
    Site(#[from] SiteFault),
    #[error(transparent)]
    Export(#[from] publication::ReportFileError),
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<FormFileFault> for Fault {
    fn from(fault: FormFileFault) -> Self {
        match fault {
            FormFileFault::File(fault) => Self::File(fault),
            FormFileFault::FilledIn { path, faults } => Self::FilledIn { path, faults },
        }
    }
}

impl Fault {
    /// Why there is no draft, with the file that it would be, or the form that it was read from.
    pub(crate) fn of_draft(fault: DraftFault, path: &Path) -> Self {
        match fault {
            DraftFault::Refused(refusal) => {
                Self::Unlawful { path: path.to_owned(), refusal: Box::new(refusal) }
            }
            other => Self::Draft(other),
        }
    }

    /// Whether a disk failed, which refuses nobody.
    fn is_of_the_machine(&self) -> bool {
        match self {
            Self::Append { error, .. }
            | Self::Publish(node::PublishError::Append(error))
            | Self::Writer(node::OpenLedgerError::Genesis(error))
            | Self::Stage(StageError::Append { error, .. } | StageError::Commit(error)) => {
                error.is_of_the_machine()
            }
            Self::AttachFile { error, .. } | Self::Attach(error) => {
                matches!(error, node::AttachmentError::Write(_))
            }
            _ => false,
        }
    }

    /// Whether a node or a witness was started with words that do not fit.
    fn is_of_words(&self) -> bool {
        matches!(
            self,
            Self::Serve(
                node::ServeError::Anchor(node::AnchorError::Policy(_))
                    | node::ServeError::Listen(node::ListenError::Plain { .. })
                    | node::ServeError::Policy(_)
            ) | Self::Witness(
                node::WitnessError::Listen(node::ListenError::Plain { .. })
                    | node::WitnessError::Name(_)
                    | node::WitnessError::SharedKey { .. }
                    | node::WitnessError::ReplayOfNone { .. }
            )
        )
    }

    /// 1: refused on its merits; 2: could not tell; 64: words that do not fit.
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            fault if fault.is_of_the_machine() => 2,
            Self::Control(fault) => fault.exit_code(),
            Self::Publish(fault) => control_fault::exit_code_of_publishing(fault),
            Self::Argument { .. } | Self::Fact(law::FactError::Unknown { .. }) => 64,
            Self::Draft(fault) => draft_words::exit_code(fault),
            Self::Batch(fault) => draft_words::exit_code_of_batch(fault),
            Self::Ceremony(fault) => draft_words::exit_code_of_ceremony(fault),
            Self::Many { fault, .. } => draft_words::exit_code_of_many(fault),
            Self::Site(fault) => fault.exit_code(),
            Self::Claims(fault) => fault.exit_code(),
            Self::Key(fault) => fault.exit_code(),
            Self::Protocol { error, .. } => error.exit_code(),
            Self::File(fault) => fault.exit_code(),
            Self::Open(fault) => fault.exit_code(),
            Self::Output(fault) => fault.exit_code(),
            Self::Source(fault) => fault.exit_code(),
            Self::Pin(fault) => fault.exit_code(),
            Self::Keeping(fault) => fault.exit_code(),
            Self::Release(fault) => fault.exit_code(),
            Self::Client(fault) => fault.exit_code(),
            Self::Outbox(fault) => fault.exit_code(),
            Self::Watch(fault) => fault.exit_code(),
            Self::Evidence(EvidenceFault::File(fault)) => fault.exit_code(),
            Self::Book(fault) => fault.exit_code(),
            Self::Desk(fault) => fault.exit_code(),
            Self::Parts(fault) => 2 - u8::from(fault.is_false()),
            Self::Scan(_) | Self::Slip(_) | Self::Lie(_) | Self::Evidence(EvidenceFault::Form(_)) => 1,
            Self::Append { error: AppendError::Unshown { .. } | AppendError::Memory(_), .. } => 2,
            Self::Append { .. } | Self::Unsigned { .. } | Self::NotASigner { .. } | Self::Unlawful { .. } => {
                1
            }
            Self::Untrue { .. }
            | Self::TwoSignedActs { .. }
            | Self::AttachFile { .. }
            | Self::Attach(_)
            | Self::Check(_)
            | Self::Stage(_)
            | Self::Own(_)
            | Self::DoesNotAddUp { .. }
            | Self::ByTheBook { .. }
            | Self::Fact(_)
            | Self::Form(_)
            | Self::Legible(_)
            | Self::Value(_) => 1,
            Self::Serve(node::ServeError::Anchor(error)) if error.is_contradiction() => 1,
            Self::Writer(node::OpenLedgerError::Genesis(_))
            | Self::RebuildHead(node::RebuildHeadError::Contradicted(_)) => 1,
            fault if fault.is_of_words() => 64,
            Self::Body { .. }
            | Self::Replay(_)
            | Self::Folder(_)
            | Self::Writer(_)
            | Self::Store(_)
            | Self::Serve(_)
            | Self::RebuildHead(_)
            | Self::Witness(_)
            | Self::KeyFile(_)
            | Self::Prove(_)
            | Self::Side(_)
            | Self::Unreadable { .. }
            | Self::FilledIn { .. }
            | Self::State { .. }
            | Self::Export(_)
            | Self::Json(_) => 2,
        }
    }

    /// What is wrong, in one sentence of the chosen language. What the floors below say is said in it
    /// too.
    pub(crate) fn to_sentence(&self) -> String {
        let shown = |path: &PathBuf| path.display().to_string();
        match self {
            Self::File(fault)
            | Self::Open(OpenFault::File(fault))
            | Self::Output(OutputFault::File(fault))
            | Self::Evidence(EvidenceFault::File(fault))
            | Self::Book(BookFault::File(fault))
            | Self::Watch(WatchFault::File(fault) | WatchFault::Evidence(EvidenceFault::File(fault))) => {
                fault.to_sentence()
            }
            Self::Body { path, error } => {
                let error = error.to_string();
                say("fault-body", &[("path", shown(path).into()), ("error", error.into())])
            }
            Self::Open(OpenFault::NotAppendable { path }) => {
                say("fault-not-appendable", &[("path", shown(path).into())])
            }
            Self::Append { path, error } => draft_words::describe_refused_entry(path, error),
            Self::Unsigned { path, expected, found } => {
                let args = [
                    ("path", shown(path).into()),
                    ("expected", (*expected).into()),
                    ("found", (*found).into()),
                ];
                say("fault-unsigned", &args)
            }
            Self::NotASigner { path, found } => say(
                "fault-not-a-signer",
                &[("path", shown(path).into()), ("found", found.to_string().into())],
            ),
            Self::Replay(error) | Self::Source(SourceFault::Replay(error)) => {
                say("fault-replay", &[("error", say_fault(error).into())])
            }
            Self::TwoSignedActs { path, place, events: [one, other], doubt } => say(
                "evidence-two-signed-acts",
                &[
                    ("path", shown(path).into()),
                    ("place", say_fault(place).into()),
                    ("one", one.to_string().into()),
                    ("other", other.to_string().into()),
                    ("doubt", say(doubt_key(doubt), &[]).into()),
                    ("said", say_fault(doubt).into()),
                ],
            ),
            Self::KeyFile(KeyFileError::WrongPassphrase(file))
            | Self::Key(KeyCommandFault::File(KeyFileError::WrongPassphrase(file)))
            | Self::Open(OpenFault::KeyFile(KeyFileError::WrongPassphrase(file))) => {
                say("fault-passphrase", &[("file", shown(file).into())])
            }
            Self::Client(fault) => fault.to_sentence(),
            Self::Outbox(fault) => fault.to_sentence(),
            Self::ByTheBook { path, violation } => describe_violation(violation, path),
            Self::Unlawful { path, refusal } => draft_words::describe_refused(refusal, path),
            Self::Draft(fault) => draft_words::describe_fault(fault),
            Self::Ceremony(fault) => draft_words::describe_ceremony_fault(fault),
            Self::FilledIn { path, faults } => {
                let lines: Vec<String> =
                    faults.iter().map(|fault| format!("  {}", fault.to_sentence())).collect();
                let args = [("path", shown(path).into()), ("faults", faults.len().to_string().into())];
                format!("{}\n{}", say("form-not-filled-in", &args), lines.join("\n"))
            }
            other => say_fault(other),
        }
    }

    /// How to mend it, in one line.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            Self::Append { error, .. } => {
                let rule = error.rule()?;
                Some(say("hint-refused", &[("rule", rule.id().into())]))
            }
            Self::Unsigned { path, .. } => {
                Some(say("hint-sign", &[("path", path.display().to_string().into())]))
            }
            Self::Source(fault) => fault.hint(),
            Self::Pin(fault) => fault.hint(),
            Self::Keeping(fault) => fault.hint(),
            Self::Client(fault) => fault.hint(),
            Self::Book(fault) => fault.hint(),
            Self::Claims(fault) => fault.hint(),
            Self::Protocol { error, .. } => error.hint().map(|hint| say_fault(&hint)),
            Self::Slip(SlipFault::Unsigned { .. }) => Some(say("hint-slip-draft", &[])),
            Self::Slip(SlipFault::Codes { .. } | SlipFault::Text) => Some(say("hint-slip-long", &[])),
            Self::Fact(law::FactError::Unknown { .. }) => Some(say("hint-facts", &[])),
            Self::State { .. } => Some(say("hint-state", &[])),
            Self::DoesNotAddUp { .. } => Some(say("hint-add-up", &[])),
            Self::ByTheBook { .. } => Some(say("hint-by-the-book", &[])),
            Self::Unlawful { refusal, .. } => Some(draft_words::tell_mend(refusal.rule())),
            Self::Draft(fault) => draft_words::hint(fault),
            _ => None,
        }
    }
}
