//! Browsers that have begun: a cookie, the secret of their forms, their language, and who sits there.

use std::time::{Duration, Instant};

use axum::http::{HeaderMap, header};
use texts::Language;

use crate::{fault::DeskFault, person::DeskPerson, secret::DeskSecret};

/// Browsers at one desk; the oldest gives way.
const SESSIONS_MAX: usize = 8;
/// After how long without anything that somebody did it is forgotten who sits there.
const FORGET_AFTER: Duration = Duration::from_secs(15 * 60);

/// A browser that has begun.
#[derive(Clone)]
pub(crate) struct DeskSession {
    cookie: DeskSecret,
    /// What every form of its pages carries.
    pub(crate) form_secret: DeskSecret,
    /// The language of its pages.
    pub(crate) lang: Language,
    /// Who unlocked a key there, and when they last did something.
    person: Option<(DeskPerson, Instant)>,
}

impl DeskSession {
    /// Who sits there, as long as that is not forgotten.
    fn person(&self) -> Option<&DeskPerson> {
        let fresh = self.person.as_ref().filter(|(_, active)| active.elapsed() < FORGET_AFTER);
        fresh.map(|(person, _)| person)
    }
}

/// All of them.
#[derive(Default)]
pub(crate) struct DeskSessions(Vec<DeskSession>);

impl DeskSessions {
    /// Begins one; the value of its cookie.
    pub(crate) fn begin(&mut self, lang: Language) -> Result<String, DeskFault> {
        let session =
            DeskSession { cookie: DeskSecret::new()?, form_secret: DeskSecret::new()?, lang, person: None };
        let value = session.cookie.as_str().to_owned();
        if self.0.len() >= SESSIONS_MAX {
            self.0.remove(0);
        }
        self.0.push(session);
        Ok(value)
    }

    /// The session of a request, by any of its cookies of this name: a page on another port can add one.
    pub(crate) fn find(&self, headers: &HeaderMap, port: u16) -> Option<DeskSession> {
        let given = list_cookies(headers, port);
        self.0.iter().find(|own| given.iter().any(|given| own.cookie.is_given_as(given))).cloned()
    }

    /// Remembers who sits there, or forgets it.
    pub(crate) fn set_person(&mut self, session: &DeskSession, person: Option<DeskPerson>) {
        let own = self.0.iter_mut().find(|own| own.cookie.is_given_as(session.cookie.as_str()));
        if let Some(own) = own {
            own.person = person.map(|person| (person, Instant::now()));
        }
    }

    /// Notes that this person did something, if it is still they who sit there.
    pub(crate) fn touch_person(&mut self, session: &DeskSession, person: &DeskPerson) {
        let own = self.0.iter_mut().find(|own| own.cookie.is_given_as(session.cookie.as_str()));
        if let Some((sitting, active)) = own.and_then(|own| own.person.as_mut())
            && sitting == person
        {
            *active = Instant::now();
        }
    }

    /// Who sits there now: a request that waited may know of somebody who has left since.
    pub(crate) fn person_of(&self, session: &DeskSession) -> Option<DeskPerson> {
        let own = self.0.iter().find(|own| own.cookie.is_given_as(session.cookie.as_str()));
        own.and_then(DeskSession::person).cloned()
    }

    /// Speaks another language to a browser from now on.
    pub(crate) fn set_language(&mut self, session: &DeskSession, lang: Language) {
        let own = self.0.iter_mut().find(|own| own.cookie.is_given_as(session.cookie.as_str()));
        if let Some(own) = own {
            own.lang = lang;
        }
    }
}

/// A cookie belongs to a host and not to a port: desks beside each other have one each.
pub(crate) fn cookie_name(port: u16) -> String {
    format!("hattama-desk-{port}")
}

fn list_cookies(headers: &HeaderMap, port: u16) -> Vec<&str> {
    let name = cookie_name(port);
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(own, _)| *own == name).map(|(_, value)| value).collect()
}
