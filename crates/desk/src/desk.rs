//! The desk at work: one book, the browsers that have begun, and which page answers what is asked for.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use axum::http::{HeaderMap, StatusCode};
use client::files::write_atomically;
use commission::book::{Book, fault::BookFault};
use texts::{Language, program::answer_in};

use crate::{
    act_calls,
    answered::tell_book_fault,
    call::DeskCall,
    document_calls,
    fault::DeskFault,
    guard::{RefusedCall, START},
    outbox_calls,
    pages::{assets, day_page::render_day, plain_page},
    paper_calls,
    paths::read_name,
    reply::DeskReply,
    room::DeskRoom,
    sessions::{DeskSession, DeskSessions, cookie_name},
    settings::DeskSettings,
    start_file::{StartFile, find_at_work},
};

/// Held by the one desk at work on a book.
const LOCK: &str = ".desk-lock";
/// Names the file that has an address of the desk at work.
const AT_WORK: &str = ".desk-at-work";

/// A desk.
pub(crate) struct Desk {
    settings: DeskSettings,
    port: u16,
    start: Mutex<StartFile>,
    sessions: Mutex<DeskSessions>,
    /// Whoever reads or writes the book, one after the other.
    turn: Mutex<()>,
    /// Whoever sends, one after the other.
    sending: Mutex<()>,
    /// The node that signed events go to.
    node: Mutex<Option<String>>,
    /// Held for as long as this desk is at work.
    _lock: File,
}

/// The lock as a file that is left as it is: another desk may hold it.
fn open_lock(path: &Path) -> io::Result<File> {
    File::options().create(true).append(true).open(path)
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Opens the book; no second desk is at work on it.
    pub(crate) fn open(settings: DeskSettings, port: u16) -> Result<Self, DeskFault> {
        let book = Book::open(&settings.book)?;
        let charter = book.excerpt.state().charter.as_ref();
        if settings.training && !charter.is_some_and(|charter| charter.test) {
            return Err(DeskFault::NotForTraining { path: settings.book });
        }
        let path = settings.book.join(LOCK);
        let lock = open_lock(&path).map_err(|error| DeskFault::Lock { path: path.clone(), error })?;
        let at_work = settings.book.join(AT_WORK);
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(DeskFault::AnotherDesk { address: find_at_work(&at_work), path: settings.book });
            }
            Err(TryLockError::Error(error)) => return Err(DeskFault::Lock { path, error }),
        }
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
        let start = Mutex::new(start);
        let node = Mutex::new(settings.node.clone());
        let sessions = Mutex::default();
        Ok(Self {
            settings,
            port,
            start,
            sessions,
            turn: Mutex::new(()),
            sending: Mutex::new(()),
            node,
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
        let sends = call.is_post && call.path == "/outbox";
        let _turn = locked(if sends { &self.sending } else { &self.turn });
        answer_in(lang, || self.answer_own(call, session, lang))
    }

    fn answer_own(&self, call: &DeskCall, session: &DeskSession, lang: Language) -> DeskReply {
        let book = match Book::open(&self.settings.book) {
            Ok(book) => book,
            Err(fault) => {
                return plain_page::reply(StatusCode::INTERNAL_SERVER_ERROR, &[tell_book_fault(&fault)]);
            }
        };
        let node = locked(&self.node).clone();
        let form_secret = session.form_secret.as_str();
        let room = DeskRoom { settings: &self.settings, book: &book, form_secret, lang, node };
        let path = call.path.trim_start_matches('/');
        let (first, rest) = path.split_once('/').unwrap_or((path, ""));
        let rest = &read_name(rest);
        match (call.is_post, first) {
            (false, "") => DeskReply::page(StatusCode::OK, render_day(&room)),
            (true, "language") => DeskReply::go_to(own_path(call.field("back").unwrap_or("/"))),
            (_, "act") => act_calls::answer_act(&room, call, rest),
            (_, "paper") => paper_calls::answer_paper(&room, call, rest),
            (_, "document") => document_calls::answer_document(&room, call, rest),
            (false, "download") => document_calls::send_file(&room, rest),
            (true, "upload") => document_calls::take_signed(&room, call),
            (false, "sheet") => document_calls::send_sheet(&room, rest),
            (_, "outbox") => outbox_calls::answer_outbox(&room, call, &|address| {
                *locked(&self.node) = Some(address.to_owned());
            }),
            _ => plain_page::not_found(),
        }
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

/// A path of this desk to go back to; whatever else was given leads to the first page.
fn own_path(given: &str) -> &str {
    let plain = given.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/-._%".contains(&byte));
    if given.starts_with('/') && !given.starts_with("//") && plain { given } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_leads_nowhere_else() {
        for own in ["/", "/outbox", "/document/board-1-protocol-signed.json"] {
            assert_eq!(own_path(own), own);
        }
        for other in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil.example",
            "/a\r\nSet-Cookie: x",
            "javascript:1",
        ] {
            assert_eq!(own_path(other), "/", "{other}");
        }
    }
}
