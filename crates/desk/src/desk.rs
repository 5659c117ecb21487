//! The desk at work: what it stands on, the browsers that have begun, and who is answered.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::http::HeaderMap;
use client::files::write_atomically;
use commission::book::{Book, fault::BookFault};
use event::Id;
use texts::{Language, program::answer_in};

use crate::{
    call::DeskCall,
    fault::DeskFault,
    guard::{RefusedCall, START},
    ledger_place::{make_folder, require_subject},
    ledger_reader::LedgerReader,
    pages::{assets, plain_page},
    reply::DeskReply,
    sessions::{DeskSession, DeskSessions, cookie_name},
    settings::{DeskSettings, DeskSubject, LedgerSubject},
    start_file::{StartFile, find_at_work},
};

/// Held by the one desk at work on a book, or in a folder.
const LOCK: &str = ".desk-lock";
/// Names the file that has an address of the desk at work.
const AT_WORK: &str = ".desk-at-work";

/// A desk.
pub(crate) struct Desk {
    pub(crate) settings: DeskSettings,
    port: u16,
    start: Mutex<StartFile>,
    pub(crate) sessions: Mutex<DeskSessions>,
    /// Whoever reads or writes the book, one after the other.
    turn: Mutex<()>,
    /// Whoever sends, one after the other.
    sending: Mutex<()>,
    /// The node that signed events go to.
    pub(crate) node: Mutex<Option<String>>,
    /// The ledger, where the desk stands on one.
    pub(crate) reader: Option<Arc<LedgerReader>>,
    /// The commission and the election that are looked at, where the desk stands on a ledger.
    pub(crate) chosen: Mutex<(Option<Id>, Option<Id>)>,
    /// Held for as long as this desk is at work.
    _lock: File,
}

/// The lock as a file that is left as it is: another desk may hold it.
fn open_lock(path: &Path) -> io::Result<File> {
    File::options().create(true).append(true).open(path)
}

pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The book can be read, and is one for training where that is asked for.
fn require_book(path: &Path, training: bool) -> Result<(), DeskFault> {
    let book = Book::open(path)?;
    let charter = book.excerpt.state().charter.as_ref();
    if training && !charter.is_some_and(|charter| charter.test) {
        return Err(DeskFault::NotForTraining { path: path.to_owned() });
    }
    Ok(())
}

/// The ledger, read for the first time; it has the commission, and is one for training where that is asked for.
fn open_reader(subject: &LedgerSubject, training: bool) -> Result<LedgerReader, DeskFault> {
    let reader = LedgerReader::open(subject).map_err(|found| DeskFault::Ledger { found })?;
    let head = reader.kept_head();
    if training && !head.state().charter.as_ref().is_some_and(|charter| charter.test) {
        return Err(DeskFault::NotForTraining { path: subject.source.clone() });
    }
    require_subject(subject, head.state())?;
    Ok(reader)
}

impl Desk {
    /// Opens the book or the ledger; no second desk is at work in its folder.
    pub(crate) fn open(settings: DeskSettings, port: u16) -> Result<Self, DeskFault> {
        match &settings.subject {
            DeskSubject::Book(book) => require_book(book, settings.training)?,
            DeskSubject::Ledger(subject) => make_folder(&subject.folder)?,
        }
        let folder = settings.subject.folder().to_owned();
        let path = folder.join(LOCK);
        let lock = open_lock(&path).map_err(|error| DeskFault::Lock { path: path.clone(), error })?;
        let at_work = folder.join(AT_WORK);
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(DeskFault::AnotherDesk { address: find_at_work(&at_work), path: folder });
            }
            Err(TryLockError::Error(error)) => return Err(DeskFault::Lock { path, error }),
        }
        let (reader, chosen) = match &settings.subject {
            DeskSubject::Book(_) => (None, (None, None)),
            DeskSubject::Ledger(subject) => {
                let reader = open_reader(subject, settings.training)?;
                (Some(Arc::new(reader)), (subject.commission.clone(), subject.election.clone()))
            }
        };
        // That of a desk that was killed leads nowhere.
        match fs::remove_file(&at_work) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(DeskFault::Lock { path: at_work, error });
            }
            _ => {}
        }
        let start = StartFile::write_new(port)?;
        // Whoever starts the desk once more is led to this one.
        let told = write_atomically(&at_work, start.path().as_os_str().as_encoded_bytes());
        told.map_err(BookFault::from)?;
        let node = Mutex::new(settings.node.clone());
        Ok(Self {
            settings,
            port,
            start: Mutex::new(start),
            sessions: Mutex::default(),
            turn: Mutex::new(()),
            sending: Mutex::new(()),
            node,
            reader,
            chosen: Mutex::new(chosen),
            _lock: lock,
        })
    }

    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// The address for the first browser, and the file that always has one for the next.
    pub(crate) fn first_address(&self) -> (String, PathBuf) {
        let start = locked(&self.start);
        (start.address(), start.path().to_owned())
    }

    pub(crate) fn find_session(&self, headers: &HeaderMap) -> Option<DeskSession> {
        locked(&self.sessions).find(headers, self.port)
    }

    /// Answers what comes from a page of this desk.
    pub(crate) fn answer(
        &self,
        call: &DeskCall,
        session: Option<&DeskSession>,
        prefetched: bool,
    ) -> DeskReply {
        match (call.is_post, call.path.as_str()) {
            (false, "/style.css") => return DeskReply::style(assets::style()),
            (false, "/desk.js") => return DeskReply::script(assets::SCRIPT),
            // A browser that looks ahead would use the address up before anybody came.
            (false, START) if !prefetched => return self.begin(call),
            _ => {}
        }
        let Some(session) = session else { return self.refuse(&RefusedCall::NoSession) };
        if call.is_post && !session.form_secret.is_given_as(call.field("secret").unwrap_or_default()) {
            return self.refuse(&RefusedCall::OtherSecret);
        }
        let asked = call.field("lang").and_then(Language::from_locale);
        let lang = asked.unwrap_or(session.lang);
        if lang != session.lang {
            locked(&self.sessions).set_language(session, lang);
        }
        // Sending takes as long as a line takes, and writes receipts beside the events alone: nobody waits for it with a form.
        let sends = call.is_post && matches!(call.path.as_str(), "/outbox" | "/refresh");
        let _turn = locked(if sends { &self.sending } else { &self.turn });
        answer_in(lang, || match (&self.settings.subject, &self.reader) {
            (DeskSubject::Ledger(subject), Some(reader)) => {
                self.answer_of_ledger(call, session, lang, (subject, reader))
            }
            _ => self.answer_of_book(call, session, lang),
        })
    }

    /// Lets one browser begin. The page leads on by itself: a cookie of this desk does not go along where another site led here.
    fn begin(&self, call: &DeskCall) -> DeskReply {
        let token = call.asked("token").unwrap_or_default();
        let lang = self.settings.lang;
        let begun = locked(&self.start)
            .use_up(&token)
            .and_then(|good| if good { locked(&self.sessions).begin(lang).map(Some) } else { Ok(None) });
        match begun {
            Ok(Some(cookie)) => plain_page::begun(lang).with_cookie(&cookie_name(self.port), &cookie),
            Ok(None) => self.refuse(&RefusedCall::UsedToken),
            Err(_) => self.tell_broken(),
        }
    }

    /// A plain sentence, in every language: whoever asked has none yet.
    #[allow(clippy::unused_self, reason = "a desk refuses, whatever it has to say")]
    pub(crate) fn refuse(&self, refused: &RefusedCall) -> DeskReply {
        plain_page::refused(refused)
    }

    /// What the program could not do, which is no fault of whoever asked.
    #[allow(clippy::unused_self, reason = "a desk tells it, whatever it has to say")]
    pub(crate) fn tell_broken(&self) -> DeskReply {
        plain_page::broken()
    }
}
