//! Papers of what stands no more: a protocol that was corrected, a precinct whose result is invalid, a result that was cancelled, a
//! certificate that was revoked. Each is marked in both languages, and nothing else is.

use commission::slip::{SheetFormat, SheetLanguages, SheetNames, SlipOrder, make_slip};
use event::Hash;
use scene::{
    play::{RURAL, cancels, certifies, determined, tec, voted},
    statements,
};

use super::said;
use crate::scene::{Scene, paper};

/// Every mark, as a paper in Kazakh and one in Russian has it.
const MARKS: [(&str, &str, &str); 4] = [
    ("superseded", "АУЫСТЫРЫЛҒАН:", "ЗАМЕНЁН:"),
    ("invalidated", "ЖАРАМСЫЗ:", "НЕДЕЙСТВИТЕЛЕН:"),
    ("cancelled", "КҮШІН ЖОЙҒАН:", "ОТМЕНЕНО:"),
    ("revoked", "КУӘЛІК КЕРІ ҚАЙТАРЫП АЛЫНҒАН:", "УДОСТОВЕРЕНИЕ ОТОЗВАНО:"),
];

/// What the paper of an event is marked with, out of the ledger as it is now.
fn marks_of(scene: &Scene, event: Hash) -> Vec<&'static str> {
    let signed = scene.said.iter().find(|signed| signed.hash() == event).unwrap();
    let names = SheetNames::from_ledger(&scene.head, signed).unwrap();
    let page = |lang| {
        let order =
            SlipOrder { signed, receipt: None, names: &names, draft: false, format: SheetFormat::Html, lang };
        make_slip(&order).unwrap().text
    };
    let (kk, ru) = (page(SheetLanguages::Kk), page(SheetLanguages::Ru));
    let found = MARKS.iter().filter(|(_, in_kk, _)| kk.contains(in_kk)).map(|(name, ..)| *name);
    let in_ru = MARKS.iter().filter(|(.., in_ru)| ru.contains(in_ru)).map(|(name, ..)| *name);
    assert_eq!(found.clone().collect::<Vec<_>>(), in_ru.collect::<Vec<_>>());
    // Seats are called as people call them, on every paper.
    assert!(!ru.contains("член комиссии m") && !kk.contains("мүшесі m"), "{ru}");
    found.collect()
}

#[test]
fn a_paper_of_what_stands_no_more_is_marked_in_both_languages() {
    let none: Vec<&str> = Vec::new();
    let whole = Scene::whole();
    for (name, marks) in [
        ("protocol-signed", vec!["superseded"]),
        ("protocol-superseded:transcription", vec!["superseded"]),
        ("protocol-superseded:recount", none.clone()),
        ("results-determined", none.clone()),
        ("certificate-issued", none.clone()),
    ] {
        assert_eq!(marks_of(&whole, said(&whole, name).hash()), marks, "{name}");
    }

    let mut scene = voted([110, 100]);
    let protocol = scene.of(RURAL).polls.values().next().unwrap().protocols.last().unwrap().event;
    assert_eq!(marks_of(&scene, protocol), none);
    let step = tec("2026-10-28 10:00", RURAL, statements::invalidated(protocol));
    scene.say(&step);
    assert_eq!(marks_of(&scene, protocol), ["invalidated"]);

    let mut scene = determined([110, 100]);
    let result = scene.of(RURAL).determined.as_ref().unwrap().event;
    let certificate = certifies(&mut scene, RURAL, "2026-10-27");
    assert_eq!((marks_of(&scene, result), marks_of(&scene, certificate)), (none.clone(), none.clone()));
    let basis = scene.say(&cancels("2026-11-03 10:00", "oblast-test", RURAL, result));
    assert_eq!((marks_of(&scene, result), marks_of(&scene, certificate)), (vec!["cancelled"], none));
    let body = law::facts::CertificateRevoked { basis, certificate, decision: paper("revoked") };
    scene.say(&tec("2026-11-03 12:00", RURAL, law::Fact::CertificateRevoked(body)));
    assert_eq!(marks_of(&scene, certificate), ["revoked"]);
}
