//! Faults of publication: files that lie, are too many, too late, or say too much.

use law::{Fact, facts::*};
use verifier::{Report, Source, Verdict};

use super::{
    Plant, lived,
    press::{Brought, PROGRAM, Press, held, issued, retouched, shown, touched, whole},
    sealed,
};
use crate::{
    evidence::{note, source},
    scene::{STEPS, Scene, text},
};

const PAGE: &str = "snapshots/1/site/ru/corrections.html";
const OWN_NAME: &str = concat!("hattama ", env!("CARGO_PKG_VERSION"));
const NIST: &str = "report/nist-aul-2025.json";

/// A scene on the node's own clock, with a promise of so many minutes; a snapshot after a step, where one is wanted.
fn clocked(promise: u64, snapshot: Option<(&str, &str)>) -> Report {
    let mut press = Press::new(Scene::new());
    let mut charter = press.scene.step("ledger-opened");
    let Fact::LedgerOpened(b) = &mut charter.fact else { panic!() };
    (b.clock, b.promise_minutes) = (Clock::Real, promise);
    press.scene.say(&charter);
    for step in &STEPS[1..] {
        press.scene.play(step);
        if let Some((_, at)) = snapshot.filter(|(after, _)| after == step) {
            press.publish(at, |_| {});
        }
    }
    press.verdict()
}

pub(super) const PLANTED: &[Plant] = &[
    // A page laid beside the ledger.
    Plant::failing("PUB-01", &["PUB-01"], || {
        touched(|files| drop(files.insert("results.html".into(), b"<html>".to_vec())))
    }),
    // A file of a snapshot that its manifest does not list.
    Plant::failing("PUB-01", &["PUB-01"], || {
        touched(|files| drop(files.insert("snapshots/1/notice.txt".into(), b"read me".to_vec())))
    }),
    // A snapshot that was announced is gone.
    Plant::failing("PUB-01", &["PUB-01"], || {
        touched(|files| files.retain(|path, _| !path.starts_with("snapshots/1/")))
    }),
    Plant::failing("PUB-02", &["PUB-02"], || {
        issued(|sheet| sheet.replace("report/results.csv", ",145,", ",146,"))
    }),
    // A report file left out.
    Plant::failing("PUB-02", &["PUB-02"], || issued(|sheet| drop(sheet.files.remove("report/labels.csv")))),
    // A report for other people's programs that does not add up.
    Plant::failing("PUB-03", &["PUB-02", "PUB-03"], || {
        issued(|sheet| sheet.replace(NIST, "\"Count\":145", "\"Count\":146"))
    }),
    // Pages that no manifest speaks of by the number of their form.
    Plant::failing("PUB-01", &["PUB-01"], || shown(|sheet| sheet.manifest.site = None)),
    // A page at the top that is not the one that leads to the pages, and one where there are none.
    Plant::failing("PUB-01", &["PUB-01"], || {
        retouched(|files| {
            let page = String::from_utf8(files["index.html"].clone()).unwrap();
            files.insert("index.html".into(), page.replace("</h1>", ": 52 %</h1>").into_bytes());
        })
    }),
    Plant::failing("PUB-01", &["PUB-01"], || {
        touched(|files| drop(files.insert("index.html".into(), ::site::render_root_page(1))))
    }),
    // It leads to a snapshot that nobody announced.
    Plant::warning("PUB-01", &["PUB-01"], || {
        retouched(|files| drop(files.insert("index.html".into(), ::site::render_root_page(2))))
    }),
    // A page that a host changed, one that it left out, one that it put beside them.
    Plant::failing("PUB-11", &["PUB-01", "PUB-11"], || {
        retouched(|files| {
            files.get_mut(PAGE).unwrap().extend_from_slice(b"<script src=\"/beacon.js\"></script>")
        })
    }),
    Plant::failing("PUB-11", &["PUB-01", "PUB-11"], || retouched(|files| drop(files.remove(PAGE)))),
    Plant::failing("PUB-11", &["PUB-01", "PUB-11"], || {
        retouched(|files| drop(files.insert("snapshots/1/site/ru/winner.html".into(), b"<p>52 %".to_vec())))
    }),
    // One changed digit, under a manifest and a signature that match.
    Plant::failing("PUB-11", &["PUB-11"], || {
        shown(|sheet| sheet.replace("site/ru/elections/aul-2025.html", "145", "146"))
    }),
    Plant::failing("PUB-11", &["PUB-11"], || {
        shown(|sheet| sheet.replace("site/data/votes.csv", ",145,", ",146,"))
    }),
    Plant::failing("PUB-11", &["PUB-11"], || shown(|sheet| sheet.replace("site/style.css", "{", " {"))),
    // A page that the office left out, and one that it made up, also where it calls it a program.
    Plant::failing("PUB-11", &["PUB-11"], || {
        shown(|sheet| drop(sheet.files.remove("site/kk/corrections.html")))
    }),
    Plant::failing("PUB-11", &["PUB-11"], || {
        shown(|sheet| drop(sheet.files.insert("site/en/verify.html".into(), b"<p>52 %".to_vec())))
    }),
    // Another program beside the pages, under the name of this release.
    Plant::warning("PUB-12", &["PUB-12"], || {
        let mut press = Press::new(whole());
        press.publish_pages("2025-10-17 16:20", |sheet| sheet.manifest.software = text(OWN_NAME));
        let brought = Brought { verifier_page: Some(event::sha256(&[b"another"])), ..Brought::default() };
        brought.judge(&press.source())
    }),
    // Nobody could see a protocol for two days and a half.
    Plant::warning("PUB-04", &["PUB-04"], || clocked(1_000_000, None)),
    // A snapshot every hour was promised; the first one came in the morning.
    Plant::warning("PUB-05", &["PUB-05"], || clocked(60, Some(("protocol-returned", "2025-10-13 09:30")))),
    // Somebody's telephone in the reason of a return.
    Plant::telling("PUB-06", &["PUB-06"], || {
        let report = |s: &mut crate::scene::Step| {
            let Fact::ProtocolReturned(b) = &mut s.fact else { panic!() };
            b.reason = text("Не так, как на бумаге, звоните +7 701 123 45 67");
        };
        lived("protocol-returned", report)
    }),
    // Another history in the place of a party.
    Plant::failing("PUB-07", &["PUB-07"], || {
        held(|press| {
            let mut other = press.scene.entries.clone();
            other.truncate(30);
            other[20] = other[19].clone();
            let mirrors = vec![source(&other, note(&press.scene, "log", &other))];
            Brought { mirrors, ..Brought::default() }
        })
    }),
    // A program without a version.
    Plant::warning("PUB-08", &["PUB-08"], || issued(|sheet| sheet.manifest.software = text("hattama"))),
    // Another program in the middle of an election, and nobody said so.
    Plant::warning("PUB-08", &["PUB-08"], || {
        let mut press = Press::new(Scene::before("protocol-signed"));
        press.publish("2025-10-12 20:40", |_| {});
        press.publish("2025-10-12 20:50", |sheet| sheet.manifest.software = text("other 2.0"));
        press.verdict()
    }),
    // The Kazakh name of the precinct carries another number than the Russian one.
    Plant::failing("PUB-02", &["PUB-02"], || {
        issued(|sheet| sheet.replace(NIST, "№ 0001 сайлау", "№ 0002 сайлау"))
    })
    .and_telling(&["PUB-09"]),
    // A numeral in one language of a name: whoever wrote it was let in, and people are told.
    Plant::telling("PUB-09", &["PUB-09"], named_with_a_numeral),
    // A script's clock without the flag that says so.
    Plant::failing("PUB-10", &["INT-01", "PUB-10"], || {
        let mut scene = Scene::new();
        let mut step = scene.step("ledger-opened");
        let Fact::LedgerOpened(b) = &mut step.fact else { panic!() };
        b.test = false;
        sealed(&mut scene, &step)
    }),
    // A telephone in a paper may be that of an office: shown to people.
    Plant::telling("PUB-06", &["PUB-06"], attached_telephone),
];

/// An honest ledger with a candidate whose Kazakh name alone has a number in it.
fn named_with_a_numeral() -> Report {
    let mut scene = Scene::new();
    for name in STEPS {
        let mut step = scene.step(name);
        if let Fact::CandidateNominated(b) = &mut step.fact
            && b.candidate.as_str() == "abenov"
        {
            b.name_kk = text(&format!("{} 2", b.name_kk.as_str()));
        }
        let hash = scene.say(&step);
        scene.named.insert((*name).to_owned(), hash);
    }
    let mut press = Press::new(scene);
    press.publish("2025-10-17 16:20", |_| {});
    press.verdict()
}

/// A paper with a telephone in it, which an event names.
fn attached_telephone() -> Report {
    let paper = "Приёмная: 8 (727) 123-45-67".as_bytes();
    let mut scene = Scene::before("protocol-returned");
    let mut step = scene.step("protocol-returned");
    let Fact::ProtocolReturned(b) = &mut step.fact else { panic!() };
    b.paper = Some(event::Document::public(paper));
    scene.say(&step);
    let press = Press::new(scene);
    let mut files = press.folder();
    files.insert(format!("attachments/{}", event::sha256(&[paper])), paper.to_vec());
    crate::scene::verify(&Source::from_published_files("planted", files), &[])
}

/// The word of a check, and how it ends: what pages need that no plant can say.
fn word_of(report: &Report, id: &str) -> &'static str {
    report.rows.iter().find(|row| row.rule.id() == id).unwrap().status.word()
}

#[test]
fn pages_of_an_unknown_form_are_not_run_and_never_failed() {
    let report = shown(|sheet| {
        sheet.manifest.site = Some(2);
        sheet.replace("site/ru/elections/aul-2025.html", "145", "146");
    });
    assert_eq!(
        (word_of(&report, "PUB-11"), report.verdict()),
        ("NOT-RUN", Verdict::Incomplete),
        "{}",
        report.to_text()
    );
    // Pages of another snapshot that are right do not speak for them.
    let mut press = Press::new(whole());
    press.publish_pages("2025-10-17 16:20", |_| {});
    press.publish_pages("2025-10-18 10:00", |sheet| sheet.manifest.site = Some(7));
    let report = press.verdict();
    assert_eq!(
        (word_of(&report, "PUB-11"), report.verdict()),
        ("NOT-RUN", Verdict::Incomplete),
        "{}",
        report.to_text()
    );
}

#[test]
fn honest_pages_and_their_program_hold() {
    let mut press = Press::new(whole());
    press.publish_pages("2025-10-17 16:20", |sheet| sheet.manifest.software = text(OWN_NAME));
    let own = Brought { verifier_page: Some(event::sha256(&[PROGRAM])), ..Brought::default() };
    let mut files = press.folder();
    let judge = |brought: &Brought, files: &crate::tamper::Files| {
        brought.judge(&Source::from_published_files("planted", files.clone()))
    };
    files.insert("index.html".into(), ::site::render_root_page(1));
    let report = judge(&own, &files);
    assert_eq!(report.verdict(), Verdict::Verified, "{}", report.to_text());
    assert_eq!(["PUB-01", "PUB-11", "PUB-12"].map(|id| word_of(&report, id)), ["PASS"; 3]);
    // Who knows no hash compares none, and nothing is incomplete.
    let report = judge(&Brought::default(), &files);
    assert_eq!((word_of(&report, "PUB-12"), report.verdict()), ("NOT-RUN", Verdict::Verified));
    // Another version's program is no fault of anybody.
    let mut other = Press::new(whole());
    other.publish_pages("2025-10-17 16:20", |sheet| sheet.manifest.software = text("hattama 9.9.9"));
    let strange = Brought { verifier_page: Some(event::sha256(&[b"another"])), ..Brought::default() };
    let report = judge(&strange, &other.folder());
    assert_eq!((word_of(&report, "PUB-12"), report.verdict()), ("NOT-RUN", Verdict::Verified));
    // Without the page at the top, and without pages, everything is as it was.
    files.remove("index.html");
    assert_eq!(judge(&own, &files).verdict(), Verdict::Verified);
    let report = Press::honest().verdict();
    assert_eq!(["PUB-11", "PUB-12"].map(|id| word_of(&report, id)), ["NOT-APPLICABLE"; 2]);
}

#[test]
fn a_page_at_the_top_that_leads_to_an_older_snapshot_is_warned_of() {
    let mut press = Press::new(whole());
    press.publish_pages("2025-10-17 16:20", |_| {});
    press.publish_pages("2025-10-18 10:00", |_| {});
    let mut files = press.folder();
    for (n, word) in [(2, "PASS"), (1, "WARN"), (3, "WARN")] {
        files.insert("index.html".into(), ::site::render_root_page(n));
        let report = Brought::default().judge(&Source::from_published_files("planted", files.clone()));
        assert_eq!(word_of(&report, "PUB-01"), word, "{n}: {}", report.to_text());
    }
}

#[test]
fn a_changed_digit_is_told_with_the_page_and_the_words_around_it() {
    let report = shown(|sheet| sheet.replace("site/ru/elections/aul-2025.html", "145", "146"));
    let told: Vec<String> = report.findings.iter().map(|found| found.message.to_string()).collect();
    assert!(told.len() == 1 && told[0].contains("site/ru/elections/aul-2025.html, behind"), "{told:?}");
    assert!(told[0].contains("145") && told[0].contains("146"), "{told:?}");
}
