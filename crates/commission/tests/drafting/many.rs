//! Tables become drafts row by row, and batches of drafts are signed as a whole or say where they stand.

use std::fs;

use commission::{
    batch::{Batch, BatchFault},
    drafting::{DraftOrder, fault::DraftFault, speakers::Speakers},
    keys::{piece::KeyPiece, signing_key::MemberKey},
    many::{
        ManyOutcome, draft_table, facts_of_tables,
        fault::{ManyFault, RowReason},
    },
    table::{cells::TableOptions, read_table},
};
use event::Stamp;
use ledger::Prospect;
use scene::Scene;

/// Drafts of a table at a scene, said by its territorial commission.
fn table(
    scene: &Scene,
    fact: &str,
    at: &str,
    text: &str,
    said: &[(&str, &str)],
) -> Result<ManyOutcome, ManyFault> {
    let time = scene::time(at);
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("act.pdf"), "act").unwrap();
    let order = DraftOrder {
        fact,
        speakers: Speakers::default(),
        received: Stamp::from_millis(time.seconds() * 1000).unwrap(),
        at: time,
        dir: dir.path().to_owned(),
    };
    let said: Vec<(String, String)> =
        said.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let table = read_table(text.as_bytes().to_vec(), &TableOptions::default()).unwrap();
    draft_table(Prospect::new(&scene.head), &order, &said, &[], table)
}

fn refused(outcome: &ManyOutcome) -> Vec<(u64, String)> {
    outcome.refused.iter().map(|row| (row.line, row.reason.to_string())).collect()
}

#[test]
fn deliveries_of_a_table_are_drafted_and_every_other_row_has_its_reason() {
    let scene = Scene::before("ballots-delivered");
    let text =
        "№ п/п;Участок;Количество бюллетеней\n1;Участок № 1;404\n2;1;404\n3;77;10\n4;Итого;818\n5;1;мало\n";
    let outcome =
        table(&scene, "ballots-delivered", "2025-10-09 10:00", text, &[("act", "act.pdf")]).unwrap();
    assert_eq!((outcome.rows, outcome.drafts.len(), outcome.refused.len()), (5, 1, 4));
    assert_eq!(outcome.drafts[0].line, 2);
    assert_eq!(outcome.unread, ["№ п/п"]);
    let reasons = refused(&outcome);
    assert!(reasons[0].0 == 3 && reasons[0].1.contains("PRO-01"), "delivered twice: {reasons:?}");
    assert!(reasons[1].1.contains("COM-02"), "a precinct of nobody: {reasons:?}");
    assert!(reasons[2].0 == 5, "a total: {reasons:?}");
    assert!(reasons[3].1.contains("whole number"), "{reasons:?}");
    // Without the act, which no column has, no row is whole.
    let outcome = table(&scene, "ballots-delivered", "2025-10-09 10:00", text, &[]).unwrap();
    assert!(outcome.drafts.is_empty());
    let RowReason::Draft(fault) = &outcome.refused[0].reason else { panic!() };
    assert!(matches!(&**fault, DraftFault::Missing { fields, .. } if fields[0].path == "act"));
}

#[test]
fn members_of_a_table_become_one_commission_each() {
    let scene = Scene::before("commission-formed:pec");
    let member = |commission: &str, name: &str, office: &str| {
        format!("{commission};Участковая комиссия;{name};{office}\n")
    };
    let mut text = "Комиссия;Название комиссии;Ф.И.О.;Должность\n".to_owned();
    for commission in ["pec-aul-1", "pec-aul-2", "pec-aul-3", "pec-aul-4"] {
        for (n, office) in
            ["Председатель", "заместитель председателя", "секретарь", "член комиссии", "член комиссии"]
                .iter()
                .enumerate()
        {
            text.push_str(&member(commission, &format!("Член {n}"), office));
        }
    }
    // The chair twice; an office that nobody knows; a commission too small.
    text.push_str(&member("pec-aul-2", "Другой", "председатель"));
    text.push_str(&member("pec-aul-3", "Гость", "гость"));
    text.push_str(&member("pec-aul-5", "Один", "председатель"));
    let said = [("parent", scene::TEC)];
    let outcome = table(&scene, "commission-formed", "2025-08-20 09:00", &text, &said).unwrap();
    let formed: Vec<u64> = outcome.drafts.iter().map(|draft| draft.line).collect();
    assert_eq!(formed, [2, 17], "{:?}", refused(&outcome));
    let reasons = refused(&outcome);
    let has = |words: &str| reasons.iter().any(|(_, why)| why.contains(words));
    assert!(has("once") && has("as a whole") && has("guest") || has("гость"), "{reasons:?}");
    assert!(has("ATY-01"), "too small: {reasons:?}");
    // The second draft follows the first in the chain of the board.
    let (first, second) = (&outcome.drafts[0].draft.draft.event, &outcome.drafts[1].draft.draft.event);
    assert_eq!(
        (second.event.author_seq, second.event.author_prev),
        (first.event.author_seq + 1, first.hash())
    );
    assert!(outcome.drafts[0].file_name() < outcome.drafts[1].file_name());
}

/// The piece of a seat, in a folder of the table.
fn piece(scene: &Scene, dir: &std::path::Path, commission: &str, seat: &str, ledger: event::Hash) -> String {
    let key = MemberKey::from(ed25519_dalek::SigningKey::from_bytes(
        &scene.cast.secret(&format!("{commission}/{seat}")),
    ));
    let id = |text: &str| event::Id::new(text).unwrap();
    let piece = KeyPiece::prove(&key, ledger, id(commission), id(seat), None).unwrap();
    let name = format!("{commission}-{seat}.piece.json");
    piece.write(&dir.join(&name)).unwrap();
    name
}

/// Drafts of a commission from rows of its members, whose pieces lie beside the table.
fn formed(scene: &Scene, dir: &std::path::Path, text: &str, commission: Option<&str>) -> ManyOutcome {
    let time = scene::time("2025-08-20 09:00");
    let order = DraftOrder {
        fact: "commission-formed",
        speakers: Speakers::default(),
        received: Stamp::from_millis(time.seconds() * 1000).unwrap(),
        at: time,
        dir: dir.to_owned(),
    };
    let mut said = vec![("parent".to_owned(), scene::TEC.to_owned()), ("name".to_owned(), "УИК".to_owned())];
    said.extend(commission.map(|id| ("commission".to_owned(), id.to_owned())));
    let table = read_table(text.as_bytes().to_vec(), &TableOptions::default()).unwrap();
    draft_table(Prospect::new(&scene.head), &order, &said, &[], table).unwrap()
}

const SEATS_IN_WORDS: [(&str, &str); 5] = [
    ("m5", "член комиссии"),
    ("secretary", "секретарь"),
    ("chair", "Председатель"),
    ("m4", "член комиссии"),
    ("deputy", "заместитель"),
];

#[test]
fn pieces_of_members_in_any_order_become_one_event() {
    let scene = Scene::before("commission-formed:pec");
    let dir = tempfile::tempdir().unwrap();
    let ledger = scene.head.state().ledger.unwrap();
    let mut text = "Ф.И.О.;Должность;Карточка ключа\n".to_owned();
    for (seat, office) in SEATS_IN_WORDS {
        let file = piece(&scene, dir.path(), "pec-x", seat, ledger);
        text.push_str(&format!("Член {seat};{office};{file}\n"));
    }
    let outcome = formed(&scene, dir.path(), &text, Some("pec-x"));
    assert_eq!((outcome.drafts.len(), refused(&outcome)), (1, Vec::new()));
    let body = outcome.drafts[0].draft.draft.event.event.body.text().to_owned();
    let seats: Vec<usize> = ["chair", "deputy", "secretary", "m4", "m5"]
        .iter()
        .map(|seat| body.find(&format!("\"seat\":\"{seat}\"")).unwrap())
        .collect();
    assert!(seats.is_sorted() && body.matches("\"proof\"").count() == 5, "{body}");
    // The same keys and proofs written out: the proof says which member is m4 and which is m5.
    let mut written = "Ф.И.О.;Должность;Открытый ключ;Доказательство\n".to_owned();
    for (seat, office) in SEATS_IN_WORDS {
        let piece = KeyPiece::read(&dir.path().join(format!("pec-x-{seat}.piece.json"))).unwrap();
        written.push_str(&format!("Член {seat};{office};{};{}\n", piece.key, piece.proof.unwrap()));
    }
    let outcome = formed(&scene, dir.path(), &written, Some("pec-x"));
    assert_eq!(refused(&outcome), Vec::new());
    assert_eq!(outcome.drafts[0].draft.draft.event.event.body.text(), body);
}

#[test]
fn a_commission_of_which_one_row_is_wrong_is_not_drafted_and_the_row_is_told() {
    let scene = Scene::before("commission-formed:pec");
    let dir = tempfile::tempdir().unwrap();
    let ledger = scene.head.state().ledger.unwrap();
    let good: Vec<[String; 6]> = SEATS_IN_WORDS
        .iter()
        .map(|(seat, office)| {
            let own =
                KeyPiece::read(&dir.path().join(piece(&scene, dir.path(), "pec-x", seat, ledger))).unwrap();
            [
                "pec-x".into(),
                format!("Член {seat}"),
                (*office).into(),
                own.key.to_string(),
                own.proof.unwrap().to_string(),
                String::new(),
            ]
        })
        .collect();
    piece(&scene, dir.path(), "pec-y", "secretary", ledger);
    let known = scene.head.state().keys.keys().next().unwrap().to_string();
    let change = |row: usize, cells: &[(usize, &str)]| {
        let mut rows = good.clone();
        for (column, text) in cells {
            rows[row][*column] = (*text).to_owned();
        }
        let rows = rows.iter().map(|row| format!("{}\n", row.join(";"))).collect::<String>();
        let text = format!("Комиссия;Ф.И.О.;Должность;Ключ;Доказательство;Карточка\n{rows}");
        let outcome = formed(&scene, dir.path(), &text, Some("pec-x"));
        assert!(outcome.drafts.is_empty(), "nothing half done");
        let own = outcome.refused.into_iter().find(|one| one.line == row as u64 + 2).unwrap();
        own.reason
    };
    use RowReason as Why;
    assert!(matches!(change(4, &[(0, "pec-y")]), Why::OtherCommission { .. }));
    assert!(matches!(change(4, &[(2, "секретарь"), (3, ""), (4, "")]), Why::SeatTwice { first: 3, .. }));
    assert!(matches!(change(4, &[(1, "член M5")]), Why::NameTwice { first: 2, .. }));
    assert!(matches!(
        change(4, &[(3, &good[1][3].clone()), (4, &good[1][4].clone())]),
        Why::WrongProof { .. }
    ));
    assert!(matches!(
        change(4, &[(2, "секретарь"), (3, &good[1][3].clone()), (4, &good[1][4].clone())]),
        Why::KeyTwice { first: 3, .. }
    ));
    assert!(matches!(change(4, &[(4, "")]), Why::KeyWithoutProof { .. }));
    assert!(matches!(change(4, &[(3, "")]), Why::ProofWithoutKey { .. }));
    assert!(matches!(change(4, &[(3, "ключ")]), Why::NoKey { .. }));
    assert!(matches!(change(4, &[(3, &known)]), Why::WrongProof { .. } | Why::KeyKnown { .. }));
    let told = change(4, &[(3, ""), (4, ""), (5, "pec-y-secretary.piece.json")]);
    assert!(matches!(told, Why::OtherPiece { .. }), "{told}");
    let told = change(4, &[(3, ""), (4, ""), (5, "nowhere.json")]);
    assert!(matches!(told, Why::Piece(_)), "{told}");
    fs::write(dir.path().join("chair.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----").unwrap();
    let told = change(4, &[(3, ""), (4, ""), (5, "chair.pem")]);
    assert!(told.to_string().contains("never hand it over"), "{told}");
}

#[test]
fn precincts_and_receipts_come_from_tables_too() {
    let mut scene = Scene::before("precinct-formed");
    for n in 2..=30 {
        let name = format!("pec-aul-{n}");
        let formed = scene.formed(&name, law::facts::Level::Precinct, Some(scene::TEC), 5);
        scene.say(&scene::play::by("2025-08-20 09:00", scene::TEC, "board", None, formed));
    }
    let mut text = "Учаске нөмірі;Учаскелік комиссия;Сайлаушылар саны;ӘАОЖ\n".to_owned();
    for n in 1..=30 {
        text.push_str(&format!("{n:04};pec-aul-{n};{};103230100\n", 300 + n));
    }
    let said = [("kind", "открытый"), ("decision", "act.pdf")];
    let outcome = table(&scene, "precinct-formed", "2025-08-20 10:00", &text, &said).unwrap();
    assert_eq!((outcome.drafts.len(), refused(&outcome)), (30, Vec::new()));
    let body = outcome.drafts[4].draft.draft.event.event.body.text().to_owned();
    assert!(body.contains("\"precinct\":\"aul-5\"") && body.contains("\"number\":\"0005\""), "{body}");
    let scene = Scene::before("protocol-received:first");
    let outcome =
        table(&scene, "protocol-received", "2025-10-12 23:00", "УИК,Время\n1,22:40\n", &[]).unwrap();
    assert_eq!((outcome.drafts.len(), outcome.unread.len()), (1, 1));
    assert_eq!(outcome.drafts[0].draft.draft.event.event.desk.as_str(), "secretary");
}

#[test]
fn what_is_looked_at_alone_is_in_no_table() {
    let names: Vec<&str> = facts_of_tables().map(|fact| fact.name).collect();
    for fact in ["protocol-signed", "results-determined", "certificate-issued", "ballots-accounted"] {
        assert!(!names.contains(&fact), "{fact}");
    }
    for fact in [
        "precinct-formed",
        "commission-formed",
        "key-enrolled",
        "voter-list-handed-over",
        "ballots-delivered",
        "protocol-received",
        "observers-counted",
        "proxies-registered",
    ] {
        assert!(names.contains(&fact), "{fact}");
    }
    let scene = Scene::before("protocol-signed");
    let fault = table(&scene, "protocol-signed", "2025-10-12 22:30", "участок\n1\n", &[]).unwrap_err();
    assert!(matches!(fault, ManyFault::NotForTables { .. }));
    let fault = table(&scene, "ballots-delivered", "2025-10-12 22:30", "x;y\n1;2\n", &[]).unwrap_err();
    assert!(matches!(fault, ManyFault::NoColumns { .. }));
}

/// Drafts of deliveries to several precincts, as files.
fn files(scene: &mut Scene, dir: &std::path::Path, steps: &[&str]) -> Vec<std::path::PathBuf> {
    let mut paths = Vec::new();
    for (n, name) in steps.iter().enumerate() {
        let step = scene.step(name);
        let mut signed = scene.sign(&step);
        signed.signatures.clear();
        let path = dir.join(format!("{n}.json"));
        fs::write(&path, event::json::encode(&signed).unwrap()).unwrap();
        paths.push(path);
    }
    paths
}

#[test]
fn a_batch_is_signed_as_a_whole_or_says_where_it_stands() {
    let mut scene = Scene::before("ballots-printed");
    let dir = tempfile::tempdir().unwrap();
    let paths =
        files(&mut scene, dir.path(), &["ballots-printed", "voter-list-handed-over", "candidate-withdrew"]);
    let key = |label: &str| MemberKey::from(ed25519_dalek::SigningKey::from_bytes(&scene.cast.secret(label)));
    let chair = key("tec-aul/chair");
    let missing =
        |path: &std::path::PathBuf| client::files::read_signed(path).unwrap().missing_signers().len();
    // Somebody else's key signs nothing at all.
    let fault = Batch::read(&paths).unwrap().sign(&key("pec-aul-1/chair")).unwrap_err();
    assert!(matches!(fault, BatchFault::NotASigner { .. }), "{fault}");
    assert!(paths.iter().all(|path| missing(path) == 4));
    // Cut off: the second file is gone when its turn comes.
    let mut batch = Batch::read(&paths).unwrap();
    let kept = fs::read(&paths[1]).unwrap();
    fs::remove_file(&paths[1]).unwrap();
    let fault = batch.sign(&chair).unwrap_err();
    assert!(matches!(fault, BatchFault::CutOff { done: 1, all: 3, .. }), "{fault}");
    assert!(fault.to_string().contains("1 of 3"), "{fault}");
    fs::write(&paths[1], kept).unwrap();
    assert_eq!([missing(&paths[0]), missing(&paths[1]), missing(&paths[2])], [3, 4, 4]);
    // The same once more goes on from there; a file named twice is signed once.
    let mut twice = paths.clone();
    twice.push(paths[0].clone());
    let done = Batch::read(&twice).unwrap().sign(&chair).unwrap();
    assert_eq!((done.signed.len(), done.already.len()), (2, 1));
    assert!(paths.iter().all(|path| missing(path) == 3));
    // Another draft in the place of the one that was shown is not signed unseen.
    let mut batch = Batch::read(&paths).unwrap();
    fs::copy(&paths[1], &paths[0]).unwrap();
    let fault = batch.sign(&key("tec-aul/deputy")).unwrap_err();
    assert!(matches!(fault, BatchFault::Changed { done: 0, .. }), "{fault}");
}

#[test]
fn a_protocol_is_never_one_of_many() {
    let mut scene = Scene::before("protocol-signed");
    let dir = tempfile::tempdir().unwrap();
    let paths = files(&mut scene, dir.path(), &["protocol-signed", "turnout-reported"]);
    assert!(matches!(Batch::read(&paths), Err(BatchFault::Alone { .. })));
    assert!(Batch::read(&paths[..1]).is_ok());
}
