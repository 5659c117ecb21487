//! The two papers besides the sheet: the results of an election, and an extract on a certificate.

use std::fs;

use commission::slip::parts;

use super::{
    page::{codes, printed},
    run, said, working, write,
};

/// Every code of a page, read back.
fn codes_of(page: &str) -> String {
    codes(page).join("\n")
}

#[test]
fn results_and_certificate_have_a_paper_with_codes_that_the_ledger_answers() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, _) = crate::tamper::published(dir.path());
    let at = |inner: &str| dir.path().join(inner).display().to_string();
    let published = at("published");
    for (fact, words) in [
        (
            "results-determined",
            vec!["Протокол территориальной избирательной комиссии", "запись №", "Әбенов Д.", "избран"],
        ),
        (
            "certificate-issued",
            vec!["Это не удостоверение", "Бұл куәлік емес", "Номер удостоверения", "Әбенов Д.", "запись №"],
        ),
    ] {
        let signed = said(&scene, fact);
        let file = write(dir.path(), &format!("{fact}.json"), &signed);
        let (code, page, err) = run(&["slip", &file, "--from", &published], "");
        assert_eq!(code, 0, "{fact}: {err}");
        for word in words.iter().copied().chain(["УЧЕБНЫЙ ЖУРНАЛ", "СЫНАҚ ЖУРНАЛЫ"])
        {
            assert!(page.contains(word), "{fact}: {word}");
        }
        // Without a source the page says that nobody was asked.
        let (code, bare, err) = run(&["slip", &file], "");
        assert!(code == 0 && bare.contains("журнал не спрошен"), "{fact}: {err}");
        // What the codes hold is the event, and the ledger has it.
        let scanned = codes_of(&page);
        assert_eq!(parts::join_parts(&scanned).unwrap().text, working(&signed), "{fact}");
        let (code, out, err) = run(&["verify", "--qr", "-", "--lang", "ru"], &scanned);
        assert!(
            code == 0 && out.contains("ЖУРНАЛА НЕТ") && out.contains(&signed.hash().in_groups()),
            "{out}{err}"
        );
        fs::write(at("scan.txt"), &scanned).unwrap();
        let (code, out, err) = run(&["verify", &published, "--qr", &at("scan.txt"), "--json"], "");
        let report: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!((code, report["verdict"].as_str()), (0, Some("VERIFIED")), "{err}");
        // A draft is marked; a missing signature keeps the paper back.
        let mut draft = signed.clone();
        draft.signatures.pop();
        let file = write(dir.path(), "draft.json", &draft);
        assert_eq!(run(&["slip", &file], "").0, 1);
        let (code, page, _) = run(&["slip", &file, "--draft"], "");
        assert!(code == 0 && page.contains("ЧЕРНОВИК"), "{fact}");
    }
    // Before the act was taken in, the ledger says that it is not there.
    let before = crate::scene::Scene::before("certificate-issued");
    let signed = said(&scene, "certificate-issued");
    let names = commission::slip::SheetNames::from_ledger(&before.head, &signed).unwrap();
    let order = commission::slip::SlipOrder {
        signed: &signed,
        receipt: None,
        names: &names,
        draft: false,
        format: commission::slip::SheetFormat::Html,
        lang: commission::slip::SheetLanguages::Ru,
    };
    assert!(commission::slip::make_slip(&order).unwrap().text.contains("этого ещё нет"));
    // Another act has no paper.
    let file = write(dir.path(), "other.json", &said(&scene, "ballots-accounted"));
    assert_eq!(run(&["slip", &file], "").0, 1);
}

/// A scan of results that the ledger does not have is told.
#[test]
fn a_paper_whose_act_the_ledger_lacks_is_not_verified() {
    let dir = tempfile::tempdir().unwrap();
    let (mut scene, _) = crate::tamper::published(dir.path());
    let signed = said(&scene, "results-determined");
    let labels: Vec<String> =
        ["chair", "deputy", "secretary", "m4"].map(|seat| format!("tec-aul/{seat}")).to_vec();
    let mut other = signed.clone();
    other.event = other.event.with_change(|event| event.at = crate::scene::time("2025-10-20 10:00")).unwrap();
    let other = scene.resign(other, &labels);
    let scanned = parts::cut_event(&working(&other), &other.hash(), 700).join("\n");
    let file = dir.path().join("scan.txt");
    fs::write(&file, scanned).unwrap();
    let published = dir.path().join("published").display().to_string();
    let (code, out, err) = run(&["verify", &published, "--qr", file.to_str().unwrap(), "--json"], "");
    let report: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert!(code != 0 && report["verdict"] != "VERIFIED", "{code} {out} {err}");
}

/// Prints both with chromium, counts the pages, and reads the printed pages with zbarimg.
#[test]
fn printed_papers_are_one_page_each_and_read_back() {
    if std::env::var("HATTAMA_SLIP_PRINT").is_err() {
        eprintln!("skipped: HATTAMA_SLIP_PRINT=1 prints the papers and scans them");
        return;
    }
    for tool in ["chromium", "zbarimg", "pdfinfo", "pdftoppm"] {
        if std::process::Command::new(tool).arg("--version").output().is_err() {
            eprintln!("skipped: no {tool} here");
            return;
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let (scene, _) = crate::tamper::published(dir.path());
    let at = |inner: &str| dir.path().join(inner).display().to_string();
    for fact in ["results-determined", "certificate-issued"] {
        let signed = said(&scene, fact);
        let file = write(dir.path(), &format!("{fact}.json"), &signed);
        let page = at(&format!("{fact}.html"));
        let (code, told, err) = run(&["slip", &file, "--from", &at("published"), "--out", &page], "");
        assert_eq!(code, 0, "{err}");
        let read = printed(dir.path(), &page, fact);
        assert_eq!(parts::join_parts(&read).unwrap().text, working(&signed), "{fact}");
        eprintln!("{fact}: {}", told.trim());
    }
}
