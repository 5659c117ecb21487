//! A whole day on the screens of the desk, and what is typed there when the power goes or another browser comes.

use std::fs;

use super::{
    super::{ACCOUNTED, BOARD, COUNTED, NIGHT, paper},
    Desk, PASSPHRASE, Page, eve,
};
use crate::{commands::run, serve::Node};

#[test]
fn a_whole_day_at_the_desk_ends_in_a_protocol_that_verifies() {
    let mut eve = eve();
    let node = Node::writing(eve.dir.path(), &[]);
    let desk = Desk::start(&eve, &["--to", &node.address, "--training"]);
    assert!(desk.get("/").text.contains("TRAINING"));
    let (opened, turnout) = ([("1", "404"), ("2", "2")], [("1", "120")]);
    desk.state("precinct-opened", &opened, "2025-10-12 07:00", &["chair"]);
    desk.state("turnout-reported", &turnout, "2025-10-12 12:00", &["secretary"]);
    desk.state("voting-closed", &[], "2025-10-12 20:00", &["chair"]);
    desk.state("ballots-accounted", ACCOUNTED, "2025-10-12 20:30", &BOARD);
    paper(&eve);
    let values = [ACCOUNTED, COUNTED].concat();
    let document = desk.draft("protocol-signed", &values, "2025-10-12 22:30");

    // What is signed stands there as the paper has it; a wrong passphrase signs nothing.
    let page = desk.get(&document);
    assert!(page.text.contains("ARI-04") && page.text.contains("150"), "{}", page.text);
    let (secret, hash) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"hash\" value=\""));
    let sign = |seat: &str, passphrase: &str, hash: &str| {
        desk.post(
            &document,
            &[
                ("secret", &secret),
                ("hash", hash),
                ("seat", seat),
                ("passphrase", passphrase),
                ("do", "sign"),
            ],
        )
    };
    assert!(sign("chair", "wrong", &hash).text.contains("opens no key of this seat"));
    // A passphrase that opens the keys of others opens none for this seat.
    let locked = std::path::PathBuf::from(eve.at("locked"));
    fs::rename(locked.join("chair.pem"), eve.at("chair.away")).unwrap();
    assert!(sign("chair", PASSPHRASE, &hash).text.contains("opens no key of this seat"));
    // A key that nothing locks signs for whoever finds it: not here.
    fs::copy(eve.key("chair"), locked.join("chair.pem")).unwrap();
    assert!(
        sign("chair", PASSPHRASE, &hash).text.contains("found chair.pem without one")
            || sign("chair", PASSPHRASE, &hash).text.contains("without one")
    );
    fs::rename(eve.at("chair.away"), locked.join("chair.pem")).unwrap();
    assert!(sign("chair", "", &hash).text.contains("expected a passphrase"));
    assert!(sign("m5", PASSPHRASE, &hash).text.contains("expected the name of a member"));
    assert!(sign("chair", PASSPHRASE, &"0".repeat(64)).text.contains("the document that was shown"));
    let file = eve.drafted("board-1-protocol-signed");
    assert!(client::files::read_signed(&file).unwrap().signatures.is_empty());

    // Two sign here, one elsewhere with the program, and the file comes back; then the last one.
    desk.sign(&document, &["chair", "deputy"]);
    let saved = desk.get(&document.replace("/document/", "/download/"));
    let elsewhere = eve.dir.path().join("elsewhere.json");
    fs::write(&elsewhere, &saved.text).unwrap();
    let key = eve.key("secretary");
    let (code, _, err) = run(&["event", "sign", elsewhere.to_str().unwrap(), "--key", key.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let back = upload(&desk, &secret, &fs::read_to_string(&elsewhere).unwrap());
    assert_eq!(back.goes_to(), document);
    assert!(upload(&desk, &secret, "{\"no\":\"event\"}").status == 400);
    // Whoever has begun to sign is not given another paper: the form is shut.
    assert_eq!(desk.get("/paper/protocol-signed").status, 409);
    desk.sign(&document, &["m4"]);
    assert!(desk.get(&document.replace("/document/", "/sheet/")).text.contains("<svg"));

    let outbox = desk.get("/outbox");
    assert!(
        outbox.text.contains("waiting for a line") || outbox.text.contains("waits for"),
        "{}",
        outbox.text
    );
    desk.state("copies-issued", &[("1", "3"), ("2", "yes")], "2025-10-12 23:00", &["secretary"]);
    let dead = desk.post("/outbox", &[("secret", &secret), ("node", "http://127.0.0.1:9"), ("do", "send")]);
    assert!(dead.text.contains("said bad") && !dead.text.contains("said good"), "{}", dead.text);
    let sent = desk.post("/outbox", &[("secret", &secret), ("node", &node.address), ("do", "send")]);
    let accepted = sent.text.matches("accepted, No.").count();
    assert!(accepted >= 7, "{}", sent.text);
    assert!(sent.text.contains("22:30"), "{}", sent.text);
    drop(desk);
    assert_eq!(node.end(), 0);
    let (entries, _) = store::read::snapshot_of(std::path::Path::new(&eve.at("ledger"))).unwrap();
    assert_eq!(entries.len(), eve.scene.said.len() + 6);
    eve.scene.entries = entries.clone();
    let report = crate::scene::verified(&eve.scene, entries);
    assert_eq!(report.verdict(), verifier::Verdict::VerifiedWithWarnings, "{}", report.to_text());
}

/// Posts a file as a browser does.
fn upload(desk: &Desk, secret: &str, text: &str) -> Page {
    let mark = "----hattama";
    let body = format!(
        "--{mark}\r\nContent-Disposition: form-data; name=\"secret\"\r\n\r\n{secret}\r\n--{mark}\r\nContent-Disposition: \
         form-data; name=\"signed\"; filename=\"x.json\"\r\nContent-Type: application/json\r\n\r\n{text}\r\n--{mark}--\r\n"
    );
    let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0).build();
    let agent = ureq::Agent::new_with_config(config);
    let request = ureq::http::Request::builder()
        .method("POST")
        .uri(format!("{}/upload", desk.base))
        .header("cookie", &desk.cookie)
        .header("origin", &desk.base)
        .header("content-type", format!("multipart/form-data; boundary={mark}"));
    let mut answer = agent.run(request.body(body).unwrap()).unwrap();
    let pairs = answer.headers().iter();
    let headers = pairs.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect();
    let text = answer.body_mut().read_to_string().unwrap();
    Page { status: answer.status().as_u16(), headers, text }
}

#[test]
fn what_was_typed_survives_a_kill_and_another_browser() {
    let eve = eve();
    eve.day();
    let mut desk = Desk::start(&eve, &[]);
    let page = desk.get("/paper/protocol-signed");
    let (secret, seen) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"seen\" value=\""));
    // Typed half, one line wrongly; kept as it stands.
    let typed = [("v1", "400"), ("v2", "4O4"), ("v11.1", "60"), ("v99", "x"), ("v5\n6", "1")];
    let mut fields = typed.to_vec();
    fields.extend([("secret", secret.as_str()), ("seen", &seen), ("do", "save"), ("lang", "ru")]);
    let kept = desk.post("/paper/protocol-signed", &fields);
    assert!(
        kept.status == 200 && kept.text.contains("Сохранено") && kept.text.contains("lang=\"ru\""),
        "{}",
        kept.text
    );
    assert!(!kept.text.contains("4O4: "), "nothing is said before somebody asks");
    desk.child.kill().unwrap();
    desk.child.wait().unwrap();
    let text = fs::read_to_string(eve.form("board-1-protocol-signed")).unwrap();
    assert!(text.contains("= 4O4") && !text.contains("99)"), "{text}");
    drop(desk);

    let desk = Desk::start(&eve, &[]);
    let page = desk.get("/paper/protocol-signed");
    assert!(page.text.contains("value=\"4O4\"") && page.text.contains("value=\"400\""), "{}", page.text);
    let (secret, seen) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"seen\" value=\""));
    // The whole list on asking, each with the way to its line; empty is no zero.
    let mut fields = vec![("v1", "400"), ("v2", "4O4"), ("v11.1", "60"), ("secret", secret.as_str())];
    fields.extend([("seen", seen.as_str()), ("do", "check")]);
    let asked = desk.post("/paper/protocol-signed", &fields);
    assert!(asked.text.contains("href=\"#l-2\"") && asked.text.contains("href=\"#l-3.1\""), "{}", asked.text);
    assert!(asked.text.contains("empty is no zero") && asked.text.contains("aria-invalid=\"true\""));
    // Another browser types meanwhile: nothing of it is lost in silence.
    let seen = asked.behind("name=\"seen\" value=\"");
    let other = [("v1", "401"), ("secret", secret.as_str()), ("seen", &seen), ("do", "keep")];
    let told = desk.post("/paper/protocol-signed", &other);
    assert_eq!((told.status, told.text.len()), (200, 64));
    let late = [("v1", "402"), ("secret", secret.as_str()), ("seen", &seen), ("do", "save")];
    let refused = desk.post("/paper/protocol-signed", &late);
    assert!(
        refused.status == 409 && refused.text.contains("1) 401") && refused.text.contains("value=\"402\"")
    );
    let text = fs::read_to_string(eve.form("board-1-protocol-signed")).unwrap();
    assert!(text.contains("= 401"), "{text}");
    // One key for the zeros that are left, which says how many.
    let seen = refused.behind("name=\"seen\" value=\"");
    let zeros = [("v1", "402"), ("secret", secret.as_str()), ("seen", &seen), ("do", "zeros")];
    let filled = desk.post("/paper/protocol-signed", &zeros);
    assert!(filled.text.contains("Filled in: "), "{}", filled.text);
    // A paper that contradicts itself is no draft without its reason.
    let page = desk.get("/paper/protocol-signed");
    let seen = page.behind("name=\"seen\" value=\"");
    paper(&eve);
    let values: Vec<_> = [ACCOUNTED, COUNTED].concat();
    let lines: Vec<(String, &str)> =
        values.iter().map(|(n, v)| (format!("v{n}"), if *n == "11.1" { "61" } else { *v })).collect();
    let mut fields: Vec<(&str, &str)> = lines.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    fields.extend([("secret", secret.as_str()), ("seen", &seen), ("at", &NIGHT[..16]), ("do", "draft")]);
    let asked = desk.post("/paper/protocol-signed", &fields);
    assert!(asked.text.contains("ARI-04") && asked.text.contains("class=\"bad\""), "{}", asked.text);
    let compared = asked.behind("name=\"compared\" value=\"");
    let seen = asked.behind("name=\"seen\" value=\"");
    fields.retain(|(name, _)| *name != "seen");
    fields.extend([("seen", seen.as_str()), ("compared", &compared)]);
    let refused = desk.post("/paper/protocol-signed", &fields);
    assert!(refused.status == 200 && refused.text.contains("line 18"), "{}", refused.text);
    assert!(!eve.drafted("board-1-protocol-signed").exists());
}

#[test]
fn an_act_without_a_form_of_the_paper_has_a_screen_too() {
    let eve = eve();
    paper(&eve);
    let desk = Desk::start(&eve, &[]);
    assert!(desk.get("/").text.contains("href=\"/act/complaint-filed\""));
    let page = desk.get("/act/complaint-filed");
    assert!(page.text.contains("from the ledger") && page.text.contains("type=\"file\""), "{}", page.text);
    let (secret, seen) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"seen\" value=\""));
    let half = [("v1", "commission"), ("v5", "Observer"), ("secret", &secret), ("seen", &seen)];
    let at = ("at", "2025-10-12 09:00");
    let refused = desk.post("/act/complaint-filed", &[half.as_slice(), &[at, ("do", "draft")]].concat());
    assert!(refused.status == 200 && refused.text.contains("Missing: "), "{}", refused.text);
    assert!(refused.text.contains("value=\"Observer\""));
    let seen = refused.behind("name=\"seen\" value=\"");
    let fields = [
        ("v1", "commission"),
        ("v5", "Observer"),
        ("v6", "papers/act.pdf"),
        ("v7", "1"),
        ("secret", &secret),
    ];
    let fields = [fields.as_slice(), &[at, ("seen", seen.as_str()), ("do", "draft")]].concat();
    let document = desk.post("/act/complaint-filed", &fields).goes_to();
    let page = desk.get(&document);
    assert!(page.text.contains("Observer"), "{}", page.text);
    // While it waits for signatures the next of its kind is not begun: it would take the place of this one and of its form.
    assert_eq!(desk.get("/act/complaint-filed").goes_to(), document);
    assert_eq!(desk.post("/act/complaint-filed", &fields).status, 409);
    assert!(desk.get(&document).text.contains("Observer"));
    let in_the_way = eve.book().join("forms/complaint-filed.txt");
    fs::write(&in_the_way, "begun by the command").unwrap();
    let refused = desk.post(&document, &[("secret", &secret), ("do", "back")]);
    assert!(refused.status == 409 && refused.text.contains("complaint-filed.txt"), "{}", refused.text);
    assert!(desk.get(&document).text.contains("Observer"));
    fs::remove_file(&in_the_way).unwrap();
    // Taken back, what was typed is there again; drafted again, it is signed like any other.
    let back = desk.post(&document, &[("secret", &secret), ("do", "back")]);
    assert_eq!(back.goes_to(), "/act/complaint-filed");
    let page = desk.get("/act/complaint-filed");
    assert!(page.text.contains("value=\"papers/act.pdf\""), "{}", page.text);
    let seen = page.behind("name=\"seen\" value=\"");
    let fields: Vec<_> =
        fields.into_iter().map(|(n, v)| if n == "seen" { (n, seen.as_str()) } else { (n, v) }).collect();
    let document = desk.post("/act/complaint-filed", &fields).goes_to();
    let page = desk.get(&document).text;
    let seats: Vec<&str> =
        BOARD.into_iter().filter(|seat| page.contains(&format!("<option value=\"{seat}\""))).collect();
    desk.sign(&document, &seats);
    assert!(desk.get(&document).text.contains("All have signed"));
    for fact in ["precinct-opened", "results-determined", "nothing"] {
        assert_eq!(desk.get(&format!("/act/{fact}")).status, 409, "{fact}");
    }
}

#[test]
fn a_form_changed_in_an_editor_is_read_as_the_command_reads_it() {
    let eve = eve();
    eve.day();
    let desk = Desk::start(&eve, &[]);
    let page = desk.get("/paper/protocol-signed");
    let (secret, seen) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"seen\" value=\""));
    let typed = [
        ("v1", "400"),
        ("v11.1", "60"),
        ("v11.2", "150"),
        ("secret", &secret),
        ("seen", &seen),
        ("do", "save"),
    ];
    assert_eq!(desk.post("/paper/protocol-signed", &typed).status, 200);
    let path = eve.form("board-1-protocol-signed");
    let written = fs::read_to_string(&path).unwrap();
    // As an editor of Windows writes it.
    let wide: Vec<u8> =
        [0xFEFF].into_iter().chain(written.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    fs::write(&path, wide).unwrap();
    assert!(desk.get("/paper/protocol-signed").text.contains("value=\"150\""));
    // Two names swapped in front of their figures: nobody guesses which of both was meant.
    let name = |number: &str| {
        let line = written.lines().find(|line| line.starts_with(number)).unwrap();
        line[number.len()..].split('=').next().unwrap().to_owned()
    };
    let (one, other) = (name("11.1)"), name("11.2)"));
    let swapped = written.replace(&one, "\u{1}").replace(&other, &one).replace('\u{1}', &other);
    assert_ne!(swapped, written);
    fs::write(&path, &swapped).unwrap();
    let refused = desk.get("/paper/protocol-signed");
    assert!(refused.status == 409 && refused.text.contains(one.trim()), "{}", refused.text);
    assert_eq!(desk.post("/paper/protocol-signed", &typed).status, 409);
    assert_eq!(fs::read_to_string(&path).unwrap(), swapped, "nothing is overwritten");
    let twice = format!("{written}1) {} = 401\n", name("1)").trim());
    fs::write(&path, twice).unwrap();
    assert_eq!(desk.get("/paper/protocol-signed").status, 409);
}

#[test]
fn who_only_looks_takes_no_document_back_and_one_of_two_at_once_is_told() {
    let eve = eve();
    let desk = Desk::start(&eve, &[]);
    let values = [("1", "404"), ("2", "2")];
    let document = desk.draft("precinct-opened", &values, "2025-10-12 07:00");
    let page = desk.get("/paper/precinct-opened");
    let (secret, seen) = (page.behind("name=\"secret\" value=\""), page.behind("name=\"seen\" value=\""));
    for done in ["check", "save", "keep"] {
        let same =
            [("v1", "404"), ("v2", "2"), ("secret", &secret), ("seen", &seen), ("do", done), ("lang", "kk")];
        assert_eq!(desk.post("/paper/precinct-opened", &same).status, 200, "{done}");
        assert_eq!(desk.get(&document).status, 200, "{done}");
    }
    let at_once = |figure: &str| {
        let fields = [("v1", figure), ("v2", "2"), ("secret", &secret), ("seen", &seen), ("do", "keep")];
        desk.post("/paper/precinct-opened", &fields).status
    };
    let mut codes = std::thread::scope(|scope| {
        let both = ["405", "406"].map(|figure| scope.spawn(move || at_once(figure)));
        both.map(|one| one.join().unwrap())
    });
    codes.sort_unstable();
    assert_eq!(codes, [200, 409]);
    // What was signed is found under whatever name its file has.
    assert_eq!(desk.get(&document).status, 404, "its figures have changed");
    let document = desk.draft("precinct-opened", &values, "2025-10-12 07:00");
    desk.sign(&document, &["chair"]);
    let outbox = eve.book().join("outbox");
    fs::rename(outbox.join(&document["/document/".len()..]), outbox.join("учаске 1.json")).unwrap();
    let link = format!("/document/{}", desk.get("/outbox").behind("href=\"/document/"));
    assert!(link.contains("%20") && desk.get(&link).status == 200, "{link}");
}
