//! The desk over real HTTP: who may ask, a whole day on its screens, what survives a kill, and what is refused.

mod day;
mod screens;

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Stdio},
    time::Duration,
};

use commission::keys::file::create_key_file;

use super::{BOARD, Eve};
use crate::commands::{hattama, run};

pub(crate) const PASSPHRASE: &str = "екі түнгі шам 7";

/// A desk at work, and a browser that has begun there.
pub(crate) struct Desk {
    child: Child,
    pub(crate) base: String,
    cookie: String,
    pub(crate) start: PathBuf,
}

/// What the desk answered.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    headers: BTreeMap<String, String>,
    pub(crate) text: String,
}

impl Page {
    /// What stands behind some words, up to a quotation mark.
    pub(crate) fn behind(&self, words: &str) -> String {
        let at = self.text.find(words).unwrap_or_else(|| panic!("no {words} in {}", self.text));
        self.text[at + words.len()..].split('"').next().unwrap().to_owned()
    }

    pub(crate) fn goes_to(&self) -> String {
        assert_eq!(self.status, 303, "{}", self.text);
        self.headers["location"].clone()
    }
}

impl Desk {
    fn start(eve: &Eve, words: &[&str]) -> Self {
        Self::open(eve.book().to_str().unwrap(), &eve.at("locked"), words)
    }

    /// A desk on a book or a ledger.
    pub(crate) fn open(place: &str, keys: &str, words: &[&str]) -> Self {
        let all = ["desk", place, "--no-open", "--keys", keys, "--lang", "en"];
        Self::begin(&[all.as_slice(), words].concat())
    }

    /// Starts one with these words, and lets a browser in.
    pub(crate) fn begin(words: &[&str]) -> Self {
        let mut command = hattama(words);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // An exercise that is written tells first how.
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let address = lines.into_iter().find(|line| line.starts_with("http://127.0.0.1:")).unwrap();
        let told = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let words = told.flat_map(|line| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
        let start = words.into_iter().find(|word| word.ends_with(".address")).unwrap();
        let base = address.split("/start").next().unwrap().to_owned();
        let mut desk = Self { child, base, cookie: String::new(), start: PathBuf::from(start) };
        let begun = desk.ask("GET", &address[desk.base.len()..], &[], None);
        assert_eq!(begun.status, 200, "{}", begun.text);
        desk.cookie = begun.headers["set-cookie"].split(';').next().unwrap().to_owned();
        desk
    }

    /// One request with these headers, as they are.
    pub(crate) fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], form: Option<&str>) -> Page {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let agent = ureq::Agent::new_with_config(config);
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match form {
            Some(form) => {
                let request = request.header("content-type", "application/x-www-form-urlencoded");
                agent.run(request.body(form.to_owned()).unwrap())
            }
            None => agent.run(request.body(()).unwrap()),
        };
        let mut answer = answer.unwrap();
        let pairs = answer.headers().iter();
        let headers =
            pairs.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
        let text = answer.body_mut().read_to_string().unwrap();
        Page { status: answer.status().as_u16(), headers, text }
    }

    pub(crate) fn get(&self, path: &str) -> Page {
        self.ask("GET", path, &[("cookie", &self.cookie)], None)
    }

    /// Posts a form of the desk's own page.
    pub(crate) fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let origin = self.base.clone();
        self.ask("POST", path, &[("cookie", &self.cookie), ("origin", &origin)], Some(&encoded(fields)))
    }

    pub(crate) fn secret(&self) -> String {
        self.get("/outbox").behind("name=\"secret\" value=\"")
    }

    /// Fills in a form and finishes it: the path of its document.
    fn draft(&self, fact: &str, values: &[(&str, &str)], at: &str) -> String {
        let path = format!("/paper/{fact}");
        let page = self.get(&path);
        let (secret, seen) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"seen\" value=\""));
        let lines: Vec<(String, &str)> =
            values.iter().map(|(number, value)| (format!("v{number}"), *value)).collect();
        let mut fields: Vec<(&str, &str)> =
            lines.iter().map(|(name, value)| (name.as_str(), *value)).collect();
        fields.extend([("secret", secret.as_str()), ("seen", &seen), ("at", at), ("do", "draft")]);
        let answer = self.post(&path, &fields);
        if answer.status == 303 {
            return answer.goes_to();
        }
        // Figures of the board are compared with the paper before they are signed.
        assert!(answer.text.contains("name=\"compared\""), "{fact}: {}", answer.text);
        let (compared, seen) =
            (answer.behind("name=\"compared\" value=\""), answer.behind("name=\"seen\" value=\""));
        fields.retain(|(name, _)| *name != "seen");
        fields.extend([("compared", compared.as_str()), ("seen", &seen)]);
        self.post(&path, &fields).goes_to()
    }

    pub(crate) fn sign(&self, document: &str, seats: &[&str]) {
        for seat in seats {
            let page = self.get(document);
            let (secret, hash) =
                (page.behind("name=\"secret\" value=\""), page.behind("name=\"hash\" value=\""));
            let fields = [
                ("secret", secret.as_str()),
                ("hash", &hash),
                ("seat", seat),
                ("passphrase", PASSPHRASE),
                ("do", "sign"),
            ];
            assert_eq!(self.post(document, &fields).goes_to(), document, "{seat}");
        }
    }

    /// One statement of the day on its screens.
    fn state(&self, fact: &str, values: &[(&str, &str)], at: &str, seats: &[&str]) -> String {
        let document = self.draft(fact, values, at);
        self.sign(&document, seats);
        assert!(self.get(&document).text.contains("All have signed"), "{fact}");
        document
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let escape = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", escape(name), escape(value)))
        .collect::<Vec<_>>()
        .join("&")
}

/// The eve of voting, with a locked key for each member.
fn eve() -> Eve {
    let eve = Eve::new();
    fs::create_dir(eve.at("locked")).unwrap();
    for seat in BOARD {
        let seed = eve.scene.cast.secret(&format!("pec-aul-1/{seat}"));
        let path = PathBuf::from(eve.at("locked")).join(format!("{seat}.pem"));
        create_key_file(&path, &seed, Some(PASSPHRASE)).unwrap();
    }
    eve
}

#[test]
fn nobody_but_a_browser_that_was_let_in_asks_the_desk() {
    use std::os::unix::fs::PermissionsExt as _;
    let eve = eve();
    let desk = Desk::start(&eve, &[]);
    let cookie = desk.cookie.clone();
    let own = ("cookie", cookie.as_str());
    let first = desk.get("/");
    assert_eq!(first.status, 200);
    for (name, part) in [
        ("content-security-policy", "default-src 'none'"),
        ("content-security-policy", "frame-ancestors 'none'"),
        ("referrer-policy", "same-origin"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
    ] {
        assert!(first.headers[name].contains(part), "{name}: {}", first.headers[name]);
    }
    assert!(!first.headers.contains_key("access-control-allow-origin"));
    assert!(!first.headers["content-security-policy"].contains("unsafe"));

    // The file is its owner's alone, and its address is good once.
    assert_eq!(fs::metadata(&desk.start).unwrap().permissions().mode() & 0o777, 0o600);
    let next = || fs::read_to_string(&desk.start).unwrap().trim().to_owned();
    let address = next();
    let start = &address[desk.base.len()..];
    assert_eq!(desk.ask("GET", start, &[("sec-purpose", "prefetch")], None).status, 403);
    assert_eq!(desk.ask("HEAD", start, &[], None).status, 405);
    let begun = desk.ask("GET", start, &[], None);
    let set = &begun.headers["set-cookie"];
    assert!(set.contains("HttpOnly") && set.contains("SameSite=Strict") && !set.contains(&cookie), "{set}");
    assert_ne!(next(), address);
    for used in [start, "/start", "/start?token=", "/start?token=0000"] {
        let refused = desk.ask("GET", used, &[], None);
        assert_eq!(refused.status, 403, "{used}");
        assert!(
            refused.text.contains("not used yet")
                && refused.text.contains("адрес")
                && refused.text.contains("мекенжай")
        );
        assert!(!refused.headers.contains_key("set-cookie"));
    }

    // Without a cookie, with another one, by another name, from another page.
    assert_eq!(desk.ask("GET", "/", &[], None).status, 403);
    let other = format!("{}={}", cookie.split('=').next().unwrap(), "0".repeat(64));
    assert_eq!(desk.ask("GET", "/", &[("cookie", &other)], None).status, 403);
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1"] {
        let refused = desk.ask("GET", "/", &[own, ("host", host)], None);
        assert_eq!(refused.status, 421, "{host}");
        assert!(refused.text.contains("another name"), "{}", refused.text);
    }
    assert_eq!(desk.ask("GET", "/", &[own, ("sec-fetch-site", "cross-site")], None).status, 403);
    assert_eq!(desk.ask("GET", "/", &[own, ("sec-fetch-site", "same-site")], None).status, 403);

    let secret = desk.secret();
    let form = encoded(&[("secret", &secret), ("do", "save"), ("v1", "404")]);
    let origin = ("origin", desk.base.as_str());
    for (headers, status) in [
        (vec![own], 403),
        (vec![own, ("origin", "http://evil.example")], 403),
        (vec![own, ("origin", "null")], 403),
        (vec![own, origin, ("sec-fetch-site", "same-site")], 403),
        (vec![origin], 403),
    ] {
        let refused = desk.ask("POST", "/paper/precinct-opened", &headers, Some(&form));
        assert_eq!(refused.status, status, "{headers:?}");
    }
    for secret in ["", "0", &secret[1..]] {
        let form = encoded(&[("secret", secret), ("do", "save"), ("v1", "404")]);
        assert_eq!(desk.ask("POST", "/paper/precinct-opened", &[own, origin], Some(&form)).status, 403);
    }
    let long = format!("{form}&v2={}", "1".repeat(600 * 1024));
    assert_eq!(desk.ask("POST", "/paper/precinct-opened", &[own, origin], Some(&long)).status, 413);
    assert!(!eve.form("chair-0-precinct-opened").exists(), "nothing was written");
    for path in [
        "/nothing",
        "/document/../book.json",
        "/document/..%2fbook.json",
        "/download/book.json",
        "/sheet/x",
        "/paper/nothing",
    ] {
        assert!([404, 409].contains(&desk.get(path).status), "{path}");
    }
    assert_eq!(
        desk.ask("POST", "/paper/precinct-opened", &[own, origin], Some(&form)).status,
        409,
        "another form was seen"
    );

    // One desk at work on a book; and training is no place for what counts, nor the other way a secret.
    let book = eve.book();
    let (code, out, err) = run(&["desk", book.to_str().unwrap(), "--no-open"]);
    assert!(code == 0 && out.trim() == next() && err.contains("at work"), "{code} {out}{err}");
    fs::remove_file(book.join(".desk-at-work")).unwrap();
    let (code, _, err) = run(&["desk", book.to_str().unwrap(), "--no-open"]);
    assert!(code == 2 && err.contains("another desk"), "{code} {err}");
    let (code, _, err) = run(&["desk", eve.at("nothing").as_str(), "--no-open"]);
    assert!(code == 2 && err.contains("book.json"), "{code} {err}");
    assert!(
        first.text.contains("TEST LEDGER") || first.text.contains("nothing in it is real"),
        "{}",
        first.text
    );
}
