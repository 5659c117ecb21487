//! The page itself: what stands on it, its codes read by another's reader, and printed.

use std::{fs, path::Path, process::Command};

use law::{Fact, facts::*};

use super::{longest, protocol, run, said, sealed, working, write, wrong_ledger};
use crate::scene::{BOARD, PEC, Scene, text};
use commission::slip::parts;

/// The codes of a page, read out of its drawing.
pub(crate) fn codes(page: &str) -> Vec<String> {
    page.split("<g class=\"code\"").skip(1).map(code).collect()
}

fn code(drawing: &str) -> String {
    let modules: usize = number(drawing.split("M0 0h").nth(1).unwrap());
    decoded(modules, drawing.split("d=\"").nth(2).unwrap().split('"').next().unwrap())
}

/// What a picture of one code says.
pub(crate) fn read_code(svg: &str) -> String {
    let modules: usize = number(svg.split("viewBox=\"0 0 ").nth(1).unwrap());
    decoded(modules, svg.split(" d=\"").nth(1).unwrap().split('"').next().unwrap())
}

/// Paints the modules of one code, four dots each, and has them read.
fn decoded(modules: usize, path: &str) -> String {
    let mut dark = vec![false; modules * modules];
    for run in path.split('M').skip(1) {
        let (x, rest) = run.split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (x, y, length): (usize, usize, usize) = (number(x), number(y), number(rest));
        dark[y * modules + x..][..length].fill(true);
    }
    let dot = |x: usize, y: usize| if dark[y / 4 * modules + x / 4] { 0 } else { 255 };
    let mut image = rqrr::PreparedImage::prepare_from_greyscale(modules * 4, modules * 4, dot);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

fn number(text: &str) -> usize {
    text.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

/// A receipt of the event in a log of so many entries.
fn receipt_of(signed: &event::SignedEvent, size: u64) -> String {
    let entry = ledger::Entry::seal(
        signed.check().unwrap(),
        31,
        event::Hash([7; 32]),
        event::Stamp::from_millis(1_760_300_000_000).unwrap(),
    );
    let entry = entry.unwrap();
    let mut tree = tlog::tree::Tree::default();
    for index in 0..size {
        tree.push(if index == 31 { entry.hash().0 } else { event::sha256(&[&index.to_be_bytes()]).0 });
    }
    let origin = "test.example/hattama/scene".to_owned();
    let log = tlog::note::NoteSigner::new(&origin, &[5; 32]).unwrap();
    let (root, extensions) = (tree.root(), Vec::new());
    let note = tlog::checkpoint::Checkpoint { origin, size, root, extensions }.sign(&log).unwrap();
    ledger::receipt::issue_receipt(&tree, &entry, note.as_bytes()).unwrap().encode().unwrap()
}

#[test]
fn the_codes_read_back() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().join("receipt").display().to_string();
    for (name, signed) in [("first.json", protocol()), ("longest.json", longest())] {
        let file = write(dir.path(), name, &signed);
        fs::write(&at, receipt_of(&signed, 1_000)).unwrap();
        for format in ["html", "svg"] {
            let (code, out, err) = run(&["slip", &file, "--format", format, "--receipt", &at], "");
            assert_eq!(code, 0, "{err}");
            let mut read = codes(&out);
            assert_eq!(read.pop().unwrap(), fs::read_to_string(&at).unwrap());
            assert_eq!(parts::join_parts(&read.join("\n")).unwrap().text, working(&signed));
            let (code, told, err) = run(&["verify", "--qr", "-"], &read.join("\n"));
            assert!(code == 0 && told.contains(&signed.hash().in_groups()), "{told}{err}");
        }
    }
}

#[test]
fn the_sheet_says_what_the_event_says() {
    let dir = tempfile::tempdir().unwrap();
    let (scene, _) = crate::tamper::published(dir.path());
    let at = |inner: &str| dir.path().join(inner).display().to_string();
    let file = write(dir.path(), "signed.json", &protocol());
    let (code, plain, _) = run(&["slip", &file], "");
    assert_eq!(code, 0);
    for words in [
        "Бүлінген",
        "двести тридцать девять",
        "екі жүз отыз тоғыз",
        "aul-1",
        ">abenov<",
        "болмады",
        "отсутствует",
    ] {
        assert!(plain.contains(words), "{words}");
    }
    let hash = protocol().hash().in_groups();
    assert!(hash.as_bytes().chunks(40).all(|line| plain.contains(str::from_utf8(line).unwrap().trim())));
    assert!(
        !plain.contains("ЧЕРНОВИК") && !plain.contains("УЧЕБНЫЙ") && !plain.contains("http://")
            || plain.contains("w3.org")
    );
    assert!(
        !plain.contains("<script") && !plain.contains("href") && !plain.contains("src="),
        "needs nothing from outside"
    );
    let out = at("named.svg");
    let (code, told, err) = run(&["slip", &file, "--from", &at("published"), "--out", &out], "");
    assert!(code == 0 && told.contains("QR A: 3 codes"), "{told}{err}");
    let named = fs::read_to_string(&out).unwrap();
    for words in ["Әбенов Д.", "Выборы акима села", "№ 0001", "төраға", "председатель", "УЧЕБНЫЙ ЖУРНАЛ"]
    {
        assert!(named.contains(words), "{words}");
    }
    let (_, russian, _) = run(&["slip", &file, "--sheet", "ru"], "");
    assert!(russian.contains("Недействительные") || russian.contains("недействительными"));
    assert!(!russian.contains("Жарамсыз") && russian.contains("<html lang=\"ru\">"));
    // A correction says what it replaces, and on what ground.
    let corrected = said(&scene, "protocol-superseded:recount");
    let file = write(dir.path(), "corrected.json", &corrected);
    let (_, page, _) = run(&["slip", &file], "");
    let old = said(&scene, "protocol-superseded:transcription").hash().in_groups();
    assert!(page.contains(&old) && page.contains("повторный подсчёт голосов (п. 9 ст. 43)"));
}

#[test]
fn text_of_an_event_is_no_markup() {
    let mut scene = Scene::before("protocol-signed");
    let mut step = scene.step("protocol-signed");
    let Fact::ProtocolSigned(b) = &mut step.fact else { panic!() };
    let nasty = "</text><script>alert('1')</script> & \"x\"";
    b.protocol.explanations = vec![Explanation { rule: text("ARI-04"), text: text(nasty) }];
    b.protocol.paper = Some(sealed());
    let signed = scene.sign(&step);
    let dir = tempfile::tempdir().unwrap();
    let file = write(dir.path(), "nasty.json", &signed);
    let (code, page, err) = run(&["slip", &file], "");
    assert!(code == 0 && !page.contains("<script") && page.contains("&lt;script&gt;"), "{err}");
    assert!(page.contains("Запечатанный хэш"), "a withheld paper is told as such");
}

#[test]
fn a_draft_is_marked_and_a_bad_signature_never_printed() {
    let dir = tempfile::tempdir().unwrap();
    let mut scene = Scene::before("protocol-received:first");
    let mut signed = said(&scene, "protocol-signed");
    let bad = {
        let mut bad = signed.clone();
        bad.signatures[0].signature = bad.signatures[1].signature;
        write(dir.path(), "bad.json", &bad)
    };
    let (code, out, err) = run(&["slip", &bad, "--draft"], "");
    assert!(code == 1 && out.is_empty() && err.contains("does not verify"), "{err}");
    signed.signatures.pop();
    let draft = write(dir.path(), "draft.json", &signed);
    let (code, out, err) = run(&["slip", &draft], "");
    assert!(
        code == 1 && out.is_empty() && err.contains("4 signers, found 3") && err.contains("--draft"),
        "{err}"
    );
    let (code, out, _) = run(&["slip", &draft, "--draft"], "");
    assert!(
        code == 0 && out.contains("ЖОБА") && out.contains("ЧЕРНОВИК") && out.contains("Ещё не подписали (1)")
    );
    // Its codes are those of a draft, and told as such.
    let (code, _, err) = run(&["verify", "--qr", "-"], &codes(&out).join("\n"));
    assert!(code == 1 && err.contains("a draft"), "{err}");
    let other = write(dir.path(), "other.json", &said(&scene, "ballots-accounted"));
    let (code, _, err) = run(&["slip", &other], "");
    assert!(code == 1 && err.contains("found ballots-accounted"), "{err}");
    let labels: Vec<String> = BOARD.iter().map(|seat| format!("{PEC}/{seat}")).collect();
    let foreign = said(&scene, "protocol-signed");
    let foreign = write(dir.path(), "foreign.json", &wrong_ledger(foreign, &mut scene, &labels));
    let (_, files) = crate::tamper::published(dir.path());
    assert!(!files.is_empty());
    let published = dir.path().join("published").display().to_string();
    let (code, _, err) = run(&["slip", &foreign, "--from", &published], "");
    assert!(code == 1 && err.contains("names out of ledger"), "{err}");
}

/// Adds lines of unknown keys until the receipt has so many bytes.
fn filled(receipt: &str, bytes: usize) -> String {
    let mut text = receipt.to_owned();
    let line = "\u{2014}  AAAAAAAA\n".len();
    while text.len() < bytes {
        let room = bytes - text.len();
        let name = if room > 2 * (line + 200) {
            200
        } else if room > line + 250 {
            room - line - 100
        } else {
            room - line
        };
        let first = char::from(b'a' + u8::try_from(text.len() % 26).unwrap());
        text.push_str(&format!("\u{2014} {first}{} AAAAAAAA\n", "x".repeat(name - 1)));
    }
    assert_eq!(text.len(), bytes);
    text
}

#[test]
fn what_does_not_fit_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = write(dir.path(), "signed.json", &protocol());
    let receipt = dir.path().join("receipt").display().to_string();
    fs::write(&receipt, "hello\n").unwrap();
    let (code, _, err) = run(&["slip", &file, "--receipt", &receipt], "");
    assert!(code == 1 && err.contains("expected a receipt"), "{err}");
    let own = receipt_of(&protocol(), 46);
    // One code takes 2,900 bytes: three lines of names up to 255 bytes fill it.
    fs::write(&receipt, filled(&own, 2_900)).unwrap();
    let (code, out, err) = run(&["slip", &file, "--receipt", &receipt], "");
    assert!(code == 0 && codes(&out).last().unwrap().len() == 2_900, "{err}");
    fs::write(&receipt, filled(&own, 2_901)).unwrap();
    let (code, _, err) = run(&["slip", &file, "--receipt", &receipt], "");
    assert!(code == 1 && err.contains("2900 bytes, found 2901"), "{err}");
    // The receipt of another event would hang there as a proof of nothing.
    fs::write(&receipt, receipt_of(&longest(), 46)).unwrap();
    let (code, _, err) = run(&["slip", &file, "--receipt", &receipt], "");
    assert!(code == 1 && err.contains("receipt of this event"), "{err}");
    let (code, _, err) = run(&["slip", &file, "--out", "sheet.pdf"], "");
    assert!(code == 64 && err.contains(".html or .svg"), "{err}");
    let mut scene = Scene::before("protocol-signed");
    let mut step = scene.step("protocol-signed");
    let Fact::ProtocolSigned(b) = &mut step.fact else { panic!() };
    let long = "Сөз ".repeat(2_500);
    b.protocol.explanations = vec![Explanation { rule: text("ARI-04"), text: text(long.trim()) }];
    let file = write(dir.path(), "long.json", &scene.sign(&step));
    let (code, _, err) = run(&["slip", &file], "");
    assert!(code == 1 && err.contains("codes on one page") && err.contains("hint:"), "{err}");
}

/// Prints with chromium, counts the pages, and reads the printed page with zbarimg.
#[test]
fn a_printed_sheet_is_one_page_and_reads_back() {
    if std::env::var("HATTAMA_SLIP_PRINT").is_err() {
        eprintln!("skipped: HATTAMA_SLIP_PRINT=1 prints the sheet and scans it");
        return;
    }
    for tool in ["chromium", "zbarimg", "pdfinfo", "pdftoppm"] {
        if Command::new(tool).arg("--version").output().is_err() {
            eprintln!("skipped: no {tool} here");
            return;
        }
    }
    let dir = tempfile::tempdir().unwrap();
    let at = |inner: &str| dir.path().join(inner).display().to_string();
    for (name, signed) in [("first", protocol()), ("longest", longest())] {
        let file = write(dir.path(), &format!("{name}.json"), &signed);
        let receipt = receipt_of(&signed, 1_000);
        fs::write(at("receipt"), &receipt).unwrap();
        let page = at(&format!("{name}.html"));
        let (code, told, err) = run(&["slip", &file, "--out", &page, "--receipt", &at("receipt")], "");
        assert_eq!(code, 0, "{err}");
        let read = printed(dir.path(), &page, name);
        assert!(read.contains(receipt.trim_end()), "{read}");
        assert_eq!(parts::join_parts(&read).unwrap().text, working(&signed), "{name}");
        eprintln!("{name}: {}", told.trim());
    }
}

/// What a scanner reads off the printed page.
pub(crate) fn printed(dir: &Path, page: &str, name: &str) -> String {
    let at = |inner: &str| dir.join(inner).display().to_string();
    let pdf = at(&format!("{name}.pdf"));
    let mut chromium = Command::new("chromium");
    chromium.args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]);
    assert!(chromium.args([&format!("--print-to-pdf={pdf}"), page]).output().unwrap().status.success());
    let info = Command::new("pdfinfo").arg(&pdf).output().unwrap();
    let info = String::from_utf8_lossy(&info.stdout).into_owned();
    let pages = info.lines().find(|line| line.starts_with("Pages:")).unwrap();
    assert!(pages.ends_with(" 1") && info.contains("(A4)"), "{info}");
    // A phone moves until it reads; here the page is scanned at three distances, and what one misses another has.
    let scan = |dots: &str| {
        let image = at(&format!("{name}-{dots}"));
        assert!(
            Command::new("pdftoppm").args(["-r", dots, "-png", &pdf, &image]).status().unwrap().success()
        );
        let read = Command::new("zbarimg").args(["--raw", "-q", &format!("{image}-1.png")]).output().unwrap();
        String::from_utf8(read.stdout).unwrap()
    };
    ["200", "250", "300"].map(scan).join("\n")
}
