//! What a desk is told when it is started.

use std::path::PathBuf;

use event::Time;
use law::State;
use texts::Language;

/// The time at which somebody signs, by what the book holds; none where this computer's clock tells no time that an event could bear.
pub type TellTime = fn(&State) -> Option<Time>;

/// What a desk is told.
#[derive(Debug, Clone)]
pub struct DeskSettings {
    /// The precinct's book.
    pub book: PathBuf,
    /// Folders in which key files of members are looked for.
    pub keys: Vec<PathBuf>,
    /// The port on loopback; none takes one that is free.
    pub port: Option<u16>,
    /// The address of a node to which signed events go; it can be typed on the screen as well.
    pub node: Option<String>,
    /// Whether only a ledger in which nothing is real is opened.
    pub training: bool,
    /// In which language the desk begins.
    pub lang: Language,
    /// The clock.
    pub now: TellTime,
}
