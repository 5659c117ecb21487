//! The commands, one file each.

mod book;
mod charter;
mod checkpoint;
mod checks;
mod claims;
mod completions;
mod control;
mod demo;
mod desk;
mod diff;
mod event;
mod evidence;
mod history;
pub(crate) mod key;
mod ledger;
mod man;
mod outbox;
mod precincts;
mod protocol;
mod publish;
mod publisher;
mod receipt;
mod release;
mod results;
mod serve;
mod site;
mod slip;
mod summary;
mod table;
mod todo;
mod verifier;
mod verify;
mod watch;
mod witness;

use clap::{CommandFactory as _, Parser, Subcommand};
use texts::program;

use crate::{fault::Fault, terminal::AnswerLanguage};

/// The version; of a release `0.1.0 (the commit that it was built from)`, which `ops/release.sh` hands in.
const VERSION: &str = match option_env!("HATTAMA_RELEASE") {
    Some(release) => release,
    None => env!("CARGO_PKG_VERSION"),
};

/// An audit ledger for the elections of akims: every action of a commission is a signed event, every tally follows from
/// the events, and anyone can check it.
#[derive(Debug, Parser)]
#[command(name = "hattama", version = VERSION, max_term_width = 110, arg_required_else_help = true)]
pub(crate) struct Program {
    /// Language of the answers [default: that of the locale (LC_ALL, LC_MESSAGES, LANG), else English]; ids and JSON are the same in
    /// every language
    #[arg(long, global = true, env = "HATTAMA_LANG", value_enum, value_name = "LANG")]
    lang: Option<AnswerLanguage>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play the Semey election of 12 October 2025 into a fresh ledger, publish it, verify it, and catch a lie; or 45
    /// elections at once (--national)
    Demo(demo::Demo),
    /// Make and show key files
    #[command(subcommand)]
    Key(key::KeyCommand),
    /// The ceremony in which a ledger begins: decisions and keys collected, the charter signed, the ledger opened
    #[command(subcommand)]
    Charter(charter::CharterCommand),
    /// Make a ledger, and look at its state
    #[command(subcommand)]
    Ledger(ledger::LedgerCommand),
    /// Draft, sign, show and append events, file by file
    #[command(subcommand)]
    Event(event::EventCommand),
    /// What a precinct takes along to a place without a line: its part of the ledger as a folder
    #[command(subcommand)]
    Book(book::BookCommand),
    /// The screen of a precinct's commission, over a book, or of one person of a territorial commission, over a ledger: pages in the browser of this computer
    Desk(desk::DeskWords),
    /// A folder of signed events, sent to a node when there is a line
    #[command(subcommand)]
    Outbox(outbox::OutboxCommand),
    /// Check tables of protocols, and import them as drafts
    #[command(subcommand)]
    Protocol(protocol::ProtocolCommand),
    /// Print the sheet that hangs at the precinct: the protocol's lines, its hash, and codes to check it by
    Slip(slip::Slip),
    /// Publish a snapshot: freeze, verify, sign, announce, make public
    Publish(publish::Publish),
    /// Publish the ledger of a running node: verify, sign, announce and make public, once or again and again
    Publisher(publisher::PublisherWords),
    /// Ask a running node over its control socket: attach documents, check its disk, replace its log key
    Control(control::ControlWords),
    /// Serve a ledger: commissions append over HTTP, the world reads
    Serve(Box<serve::ServeWords>),
    /// Witness the logs of others: cosign what they sign, and never two histories of one
    #[command(subcommand)]
    Witness(Box<witness::WitnessCommand>),
    /// Receipts: what proves offline that the log took an event in
    #[command(subcommand)]
    Receipt(receipt::ReceiptCommand),
    /// Checkpoints and the cosignatures of witnesses
    #[command(subcommand)]
    Checkpoint(checkpoint::CheckpointCommand),
    /// Verify a published ledger or a ledger of this machine, trusting nobody
    Verify(verify::Verify),
    /// Write the verifier as one page that any browser opens
    Verifier(verifier::VerifierPage),
    /// Follow a log, keep what it shows, and raise the alarm when it breaks a promise
    Watch(watch::Watch),
    /// Evidence files: what proves a lie to others
    #[command(subcommand)]
    Evidence(evidence::EvidenceCommand),
    /// Print the result of an election, replayed from the events
    Results(results::Results),
    /// Print the life of a precinct's protocols, old figures beside new ones
    History(history::History),
    /// Draft many acts from a table: one for each lawful row, every other row with its reason
    Table(table::TableWords),
    /// Print how far each precinct is and who waits for whom
    Precincts(precincts::Precincts),
    /// Print what a commission may or must do next, by when, and the command that drafts it
    Todo(todo::Todo),
    /// Print the summary of a whole ledger: commissions, candidates, turnout, the elected, who watched
    Summary(summary::Summary),
    /// Make the pages of a ledger: results, precincts, corrections, commissions, in Kazakh, Russian and English
    Site(site::SiteWords),
    /// Hold announced figures against ledgers: supported, contradicted, not decidable, and by which events
    Claims(claims::Claims),
    /// Say what changed between two snapshots, and which event explains each change
    Diff(diff::DiffWords),
    /// Say what a check asks, or list them all
    Checks(checks::Checks),
    /// Releases of this program: their checksums signed, and files compared with them
    #[command(subcommand)]
    Release(release::ReleaseCommand),
    /// Print what a shell reads to complete commands and words of hattama
    Completions(completions::CompletionsWords),
    /// Write the pages of the manual, one for each command
    Man(man::ManWords),
}

impl Command {
    /// Whether it opens a ledger for writing, or listens: what a system cannot do is told before anything is asked or made.
    fn keeps_a_ledger(&self) -> bool {
        matches!(self, Self::Demo(_) | Self::Publish(_) | Self::Serve(_) | Self::Witness(_))
    }
}

impl Program {
    /// Runs the command; answers with the exit code.
    pub(crate) fn run(self) -> Result<u8, Fault> {
        program::set_answer_language(self.lang.map(Into::into));
        if self.command.keeps_a_ledger() {
            store::require_linux()?;
        }
        match self.command {
            Command::Demo(command) => command.run(),
            Command::Key(command) => Ok(command.run().map(|()| 0)?),
            Command::Charter(command) => command.run().map(|()| 0),
            Command::Ledger(command) => command.run().map(|()| 0),
            Command::Event(command) => command.run().map(|()| 0),
            Command::Book(command) => command.run().map(|()| 0),
            Command::Desk(command) => command.run().map(|()| 0),
            Command::Outbox(command) => command.run(),
            Command::Protocol(command) => command.run(),
            Command::Slip(command) => command.run().map(|()| 0),
            Command::Publish(command) => command.run().map(|()| 0),
            Command::Publisher(command) => command.run().map(|()| 0),
            Command::Control(command) => command.run().map(|()| 0),
            Command::Serve(command) => command.run().map(|()| 0),
            Command::Witness(command) => command.run().map(|()| 0),
            Command::Receipt(command) => command.run().map(|()| 0),
            Command::Checkpoint(command) => command.run().map(|()| 0),
            Command::Verify(command) => command.run(),
            Command::Verifier(command) => command.run().map(|()| 0),
            Command::Watch(command) => command.run(),
            Command::Evidence(command) => command.run().map(|()| 0),
            Command::Results(command) => command.run().map(|()| 0),
            Command::History(command) => command.run().map(|()| 0),
            Command::Table(command) => command.run(),
            Command::Precincts(command) => command.run().map(|()| 0),
            Command::Todo(command) => command.run().map(|()| 0),
            Command::Summary(command) => command.run().map(|()| 0),
            Command::Site(command) => command.run(),
            Command::Claims(command) => command.run(),
            Command::Diff(command) => command.run(),
            Command::Checks(command) => command.run().map(|()| 0),
            Command::Release(command) => command.run().map(|()| 0),
            Command::Completions(command) => command.run(Self::command()).map(|()| 0),
            Command::Man(command) => command.run(Self::command()).map(|()| 0),
        }
    }
}
