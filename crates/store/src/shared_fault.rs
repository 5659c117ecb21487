//! Why a database that several nodes share was not written to, each with the way back.

use event::Hash;

/// Why nothing was taken in, or nothing opened. What was acknowledged is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, phrase::Phrased)]
pub enum SharedFault {
    /// The address is none of a database.
    #[error("expected the address of a database, as postgres://ROLE@HOST/DATABASE, found: {reason}")]
    Address {
        /// What is wrong with it.
        reason: String,
    },
    /// The way to the database can be read by others.
    #[error(
        "expected a socket or a host of this machine, or ?sslrootcert=FILE in the address, found {host} without it"
    )]
    Plain {
        /// The host.
        host: String,
    },
    /// Nobody answers, or the role is not let in.
    #[error("expected PostgreSQL at {server}, found: {reason}; nothing was changed")]
    Unreachable {
        /// Hosts and database.
        server: String,
        /// What the library said.
        reason: String,
    },
    /// The database has no ledger: it was made anew, or is another.
    #[error(
        "{server}: expected a ledger in this database, found none: it was created anew or is another one; name the database of the ledger, or \
         restore it; nothing was changed"
    )]
    NoLedger {
        /// Hosts and database.
        server: String,
    },
    /// The database has a ledger already.
    #[error(
        "{server}: expected a database without a ledger, found one of {size} entries: name another database, or join it with an empty folder"
    )]
    Taken {
        /// Hosts and database.
        server: String,
        /// Its entries.
        size: u64,
    },
    /// The tables are of another version.
    #[error(
        "expected tables of version {expected}, found {found}: use the program that made them, or one that knows both; nothing was changed"
    )]
    Version {
        /// Ours.
        expected: u32,
        /// In the database.
        found: u32,
    },
    /// The ledger in the database is another one.
    #[error(
        "expected the ledger whose first entry is {expected}, found {found}: name the database of this ledger; nothing was changed"
    )]
    OtherLedger {
        /// Of the folder.
        expected: Hash,
        /// Of the database.
        found: Hash,
    },
    /// The role may not write.
    #[error(
        "expected a role that may insert entries and update the head, found {role}, which may not: grant it both; nothing was changed"
    )]
    MayNotWrite {
        /// The role.
        role: String,
    },
    /// The role does not see which standby has what.
    #[error(
        "expected a role that sees the standbys, found {role}, which does not: grant it pg_monitor; nothing was changed"
    )]
    MayNotWatch {
        /// The role.
        role: String,
    },
    /// It is a standby.
    #[error(
        "{server}: expected the primary, found a standby: name the primary, or promote this one (hattama ledger promote); nothing was changed"
    )]
    Standby {
        /// Hosts and database.
        server: String,
    },
    /// No standby has to be waited for.
    #[error(
        "expected a synchronous standby, found synchronous_standby_names empty: nothing is taken in until it names one that answers"
    )]
    NoneNamed,
    /// The standby does not answer.
    #[error(
        "expected a synchronous standby that answers, found none: nothing is taken in until there is one again"
    )]
    NoneAnswers,
    /// The standby has not replayed what the primary has.
    #[error(
        "expected a synchronous standby at {expected}, found {found}: nothing is taken in until it has replayed that"
    )]
    StandbyBehind {
        /// Place in the primary's log.
        expected: String,
        /// Place of the standby.
        found: String,
    },
    /// The database has fewer entries than were durable before.
    #[error(
        "expected a database with at least {expected} entries, which this folder has, found {found}: it is an old backup or an old primary; nothing \
         is written to it, and nothing was changed"
    )]
    Behind {
        /// Entries of the folder.
        expected: u64,
        /// Entries of the database.
        found: u64,
    },
    /// The database has another history.
    #[error(
        "expected entry {index} as this folder has it, found another one in the database: two histories; nothing is written, and nothing was changed"
    )]
    Differs {
        /// The last entry that both have.
        index: u64,
    },
    /// The database is of an earlier epoch: another one was promoted since.
    #[error(
        "expected epoch {expected}, found {found}: another database was promoted since; name that one; nothing was changed"
    )]
    Epoch {
        /// The newest that this node knows.
        expected: u64,
        /// In the database.
        found: u64,
    },
    /// Another node moved the head.
    #[error(
        "expected the head at {expected} entries, found it moved by another node; nothing of this group was written or signed"
    )]
    Overtaken {
        /// Entries that this node saw.
        expected: u64,
    },
    /// The primary has it, and said that the standby may not.
    #[error(
        "expected a standby that has the group, found: {reason}; nothing of this group is acknowledged: open the ledger again"
    )]
    NotReplicated {
        /// What the primary said.
        reason: String,
    },
    /// No answer came, so that nobody knows what the database holds.
    #[error(
        "expected an answer of the database, found: {reason}; nothing of this group is acknowledged: open the ledger again"
    )]
    NoAnswer {
        /// What the library said.
        reason: String,
    },
    /// Two checkpoints over the same entries.
    #[error(
        "expected the checkpoint of {size} entries as another node signed it, found another one; it is not given out"
    )]
    OtherCheckpoint {
        /// Entries under both.
        size: u64,
    },
    /// The database is damaged: an entry is not there, or out of its place.
    #[error("expected entry {index} in the database, found none: restore the database; nothing was changed")]
    EntryGone {
        /// Which.
        index: u64,
    },
    /// The primary that was before is still connected.
    #[error(
        "expected a standby whose primary is gone, found one that still receives from it: stop the primary first, and for ever; nothing was changed"
    )]
    PrimaryAlive,
    /// What a folder keeps of its database cannot be read or written.
    #[error("{path}: expected the address of the database that this folder follows, found: {reason}")]
    Mark {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// The folder does not take what the database has.
    #[error(
        "expected a folder that takes what the database has, found: {reason}; nothing was changed in the database"
    )]
    Folder {
        /// What the folder said.
        reason: String,
    },
    /// The folder keeps its ledger alone.
    #[error(
        "{path}: expected a folder that follows a database, found one that keeps its ledger alone: make the ledger there (hattama ledger new --store), or join it"
    )]
    Alone {
        /// The folder.
        path: String,
    },
    /// The folder follows a database, and was to be opened alone.
    #[error(
        "{path}: expected a ledger that its folder alone keeps, found one that follows a database: entries written here alone would fork it"
    )]
    Follows {
        /// The file that says so.
        path: String,
    },
}
