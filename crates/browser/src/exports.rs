//! What JavaScript calls: a few C functions over one session, and how bytes cross.
//!
//! Bytes come in through one buffer: `hattama_buffer(n)` makes room for n bytes and gives their address, the page writes
//! there, and the next call takes them. Answers go out the same way: a call leaves them in the buffer of answers and gives
//! their length, and `hattama_answer()` their address. Only safe code touches memory here; what is unsafe is the
//! attribute that gives a function its name, and the import that tells how far the replay is.

#![allow(unsafe_code, reason = "names that JavaScript calls, and one import; no pointer is followed in Rust")]
#![allow(unreachable_pub, reason = "JavaScript reaches them")]

use std::sync::{Mutex, MutexGuard, PoisonError};

use texts::Language;
use verifier::VerificationStep;

use crate::{
    check_list::{list_checks, place_of},
    session::{Session, check_bundle, list_codes},
};

static STATE: Mutex<State> = Mutex::new(State { session: None, input: Vec::new(), answer: Vec::new() });

struct State {
    session: Option<Session>,
    input: Vec<u8>,
    answer: Vec<u8>,
}

#[cfg(target_family = "wasm")]
#[link(wasm_import_module = "page")]
unsafe extern "C" {
    /// Entry `done` of `total` was replayed; all of them once the rest of the checks begins.
    safe fn tell(done: u32, total: u32);
    /// The check at a place of [`hattama_checks`] has come to a status, by its place in the list of words.
    safe fn check(place: u32, status: u32);
}

/// Outside of a browser nobody listens.
#[cfg(not(target_family = "wasm"))]
fn tell(_: u32, _: u32) {}

/// Outside of a browser nobody listens.
#[cfg(not(target_family = "wasm"))]
fn check(_: u32, _: u32) {}

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// The name in front and the bytes behind it, as the page wrote them.
    fn take_input(&mut self, name_len: u32) -> (String, Vec<u8>) {
        let mut name = std::mem::take(&mut self.input);
        let bytes = name.split_off(usize::try_from(name_len).unwrap_or(usize::MAX).min(name.len()));
        (String::from_utf8_lossy(&name).into_owned(), bytes)
    }

    fn leave(&mut self, answer: impl Into<Vec<u8>>) -> u32 {
        self.answer = answer.into();
        u32::try_from(self.answer.len()).unwrap_or(u32::MAX)
    }
}

fn language_of(number: u32) -> Language {
    match number {
        0 => Language::Kk,
        1 => Language::Ru,
        _ => Language::En,
    }
}

/// Makes room for so many bytes of the next call, and gives their address.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_buffer(len: u32) -> *mut u8 {
    let mut state = state();
    state.input = vec![0; usize::try_from(len).unwrap_or(0)];
    state.input.as_mut_ptr()
}

/// The address of the last answer.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_answer() -> *const u8 {
    state().answer.as_ptr()
}

/// Begins anew; the buffer holds what the visitor calls the source.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_begin() {
    let mut state = state();
    let (name, _) = state.take_input(u32::MAX);
    state.session = Some(Session::new(&name));
}

/// Takes in a file: its path of so many bytes, then its content. Out: 0, or the length of what is said of it.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_file(name_len: u32, lang: u32) -> u32 {
    let mut state = state();
    let (path, bytes) = state.take_input(name_len);
    let Some(session) = &mut state.session else { return 0 };
    let added = session.add_file(&path, &bytes);
    added.map_or_else(|refused| state.leave(refused.text_in(language_of(lang))), |()| 0)
}

/// Takes in a zip. Out: 0, or the length of what is said of it.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_zip(lang: u32) -> u32 {
    let mut state = state();
    let (_, bytes) = state.take_input(0);
    let Some(session) = &mut state.session else { return 0 };
    let opened = session.open_zip(&bytes);
    opened.map_or_else(|refused| state.leave(refused.text_in(language_of(lang))), |()| 0)
}

/// Begins to read from a server; the buffer holds its checkpoint.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_address() {
    let mut state = state();
    let (_, bytes) = state.take_input(0);
    if let Some(session) = &mut state.session {
        session.begin_address(&bytes);
    }
}

/// What to ask the server for: JSON, a list of `[path, path instead or null]`. Out: its length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_wanted() -> u32 {
    let mut state = state();
    let Some(session) = &mut state.session else { return 0 };
    let wanted = session.list_wanted().iter();
    let wanted: Vec<_> = wanted.map(|request| (&request.path, &request.instead)).collect();
    let json = serde_json::to_string(&wanted).unwrap_or_default();
    state.leave(json)
}

/// Takes in what came for the request at a place: the path of so many bytes, then its content. Out: 0, or the length of
/// what is said of it.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_came(place: u32, name_len: u32, lang: u32) -> u32 {
    let mut state = state();
    let (path, bytes) = state.take_input(name_len);
    let Some(session) = &mut state.session else { return 0 };
    let taken = session.take_answer(usize::try_from(place).unwrap_or(usize::MAX), &path, &bytes);
    taken.map_or_else(|refused| state.leave(refused.text_in(language_of(lang))), |()| 0)
}

/// Everything that was asked for is answered. Out: JSON `[entries that came, entries claimed, gaps]`, its length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_answered() -> u32 {
    let mut state = state();
    let Some(session) = &mut state.session else { return 0 };
    session.finish_answers();
    let (came, claimed) = session.count_entries();
    let json = serde_json::to_string(&(came, claimed, session.has_gaps())).unwrap_or_default();
    state.leave(json)
}

/// Takes in something kept from elsewhere: what it is called, in so many bytes, then its content.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_pin(name_len: u32) {
    let mut state = state();
    let (place, bytes) = state.take_input(name_len);
    if let Some(session) = &mut state.session {
        session.add_pin(&place, &bytes);
    }
}

/// Takes in a policy of witnesses: what it is called, in so many bytes, then its content.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_policy(name_len: u32) {
    let mut state = state();
    let (place, bytes) = state.take_input(name_len);
    if let Some(session) = &mut state.session {
        session.add_policy(&place, &bytes);
    }
}

/// Reads the codes on a picture, for another instance: grey, one byte a point, line by line. Out: JSON, a list of texts, its
/// length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_picture(width: u32, height: u32) -> u32 {
    let mut state = state();
    let (_, grey) = state.take_input(0);
    state.leave(list_codes(width, height, &grey))
}

/// Takes in the texts of a photograph's codes: what it is called, in so many bytes, then the list of texts.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_codes(name_len: u32) {
    let mut state = state();
    let (place, texts) = state.take_input(name_len);
    if let Some(session) = &mut state.session {
        session.add_codes(&place, &texts);
    }
}

/// Everything is handed in. Out: how many bundles of entries there are, for other instances to check.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_bundles() -> u32 {
    let bundles = state().session.as_mut().map_or(0, Session::list_bundles);
    u32::try_from(bundles).unwrap_or(u32::MAX)
}

/// The path of one of these bundles. Out: its length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_bundle_path(place: u32) -> u32 {
    leave_of_bundle(place, |path, _| path.as_bytes().to_vec())
}

/// The bytes of one of these bundles. Out: their length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_bundle(place: u32) -> u32 {
    leave_of_bundle(place, |_, bytes| bytes.to_vec())
}

fn leave_of_bundle(place: u32, part: impl Fn(&str, &[u8]) -> Vec<u8>) -> u32 {
    let mut state = state();
    let place = usize::try_from(place).unwrap_or(usize::MAX);
    let bundle = state.session.as_ref().and_then(|session| session.bundle(place));
    let answer = bundle.map(|(path, bytes)| part(path, bytes)).unwrap_or_default();
    state.leave(answer)
}

/// Checks the signatures of a bundle for another instance: its path of so many bytes, then its content. Out: the length of
/// the leaf hashes of all good entries.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_check(name_len: u32) -> u32 {
    let mut state = state();
    let (path, bytes) = state.take_input(name_len);
    state.leave(check_bundle(&path, &bytes))
}

/// Takes in the leaf hashes that another instance gave for a bundle. Out: of how many entries it is known now.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_checked() -> u32 {
    let mut state = state();
    let (_, leaves) = state.take_input(0);
    let Some(session) = &mut state.session else { return 0 };
    session.add_checked(&leaves);
    u32::try_from(session.count_checked()).unwrap_or(u32::MAX)
}

/// The checkpoint that was handed in, before it is verified. Out: its length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_checkpoint() -> u32 {
    let mut state = state();
    let note = state.session.as_mut().map(|session| session.checkpoint().to_vec());
    state.leave(note.unwrap_or_default())
}

/// Takes in a checkpoint that this browser remembers of an earlier visit; it is in the buffer.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_visit() {
    let mut state = state();
    let (_, note) = state.take_input(0);
    if let Some(session) = &mut state.session {
        session.add_visit(&note);
    }
}

/// What the remembered checkpoints came to: 0 nothing was remembered, 1 the ledger goes on from them, 2 it ends before one,
/// 3 it contradicts one.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_remembered() -> u32 {
    state().session.as_ref().map_or(0, |session| session.remembered().number())
}

/// What can be proved of a ledger that failed: JSON, a list of `[file name, content]`. Out: its length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_evidence() -> u32 {
    let mut state = state();
    let evidence = state.session.as_ref().map(Session::list_evidence).unwrap_or_default();
    let files: Vec<(&String, std::borrow::Cow<'_, str>)> =
        evidence.iter().map(|(name, bytes)| (name, String::from_utf8_lossy(bytes))).collect();
    let json = serde_json::to_string(&files).unwrap_or_default();
    state.leave(json)
}

/// The list of checks, for a page that shows them as they run: JSON, in every language the words of statuses and the questions; and
/// which of them the replay of entries makes. Out: its length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_checks() -> u32 {
    state().leave(list_checks())
}

/// Verifies. Out: 0 verified (warnings or not), 1 failed, 2 could not tell, 64 nothing was handed in.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_verify() -> u32 {
    let mut state = state();
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let told = |step: VerificationStep| match step {
        VerificationStep::Entries { done, total } => tell(small(done), small(total)),
        VerificationStep::Check { rule, status } => {
            if let Some((place, status)) = place_of(rule, &status) {
                check(place, status);
            }
        }
    };
    state.session.as_mut().map_or(64, |session| session.verify(&told).into())
}

/// The report: 0 as JSON, 2 the table of photographed sheets as CSV, another number as a page. Out: its length.
#[unsafe(no_mangle)]
pub extern "C" fn hattama_report(form: u32, lang: u32) -> u32 {
    let mut state = state();
    let Some(session) = &state.session else { return 0 };
    let text = match form {
        0 => session.json(),
        2 => session.sheets_csv(),
        _ => session.page_in(language_of(lang)),
    };
    state.leave(text)
}
