//! What careless people bring: each told in one sentence, in three languages, with the line and the mend, and nothing half done.

use std::fs;

use crate::{
    commands::run,
    drafting::Desk,
    import::tables::workbook_of,
    keys::{GOOD, run_with},
};

const LANGUAGES: [&str; 3] = ["en", "ru", "kk"];

/// A table of members, as rows of cells.
type Cells = Vec<Vec<String>>;

fn cells(rows: &[&str]) -> Cells {
    rows.iter().map(|row| row.split(';').map(str::to_owned).collect()).collect()
}

/// A table with one bad row, as CSV and as a workbook: refused, with its line, and no draft of any row.
fn refuses_row(desk: &Desk, rows: &[&str], line: u64, said: [&str; 3]) {
    let csv = rows.join("\r\n") + "\r\n";
    for (name, bytes) in [("t.csv", csv.into_bytes()), ("t.xlsx", workbook_of(&cells(rows), &["Члены"], ""))]
    {
        let (file, ledger, out) = (desk.at(name), desk.at("ledger"), desk.at("drafts"));
        fs::write(&file, bytes).unwrap();
        for (lang, said) in LANGUAGES.iter().zip(said) {
            let words =
                ["table", "commission-formed", &file, "--ledger", &ledger, "--lang", lang, "--out", &out];
            let more = ["--set", "commission=pec-1", "--set", "parent=tec-aul", "--set", "name=Учаске"];
            let (code, told, err) = run(&[&words[..], &more, &["--at", "2025-08-20 09:00"]].concat());
            let of_line = told.lines().find(|own| own.contains(said));
            let of_line = of_line.unwrap_or_else(|| panic!("{name} {lang}: {said} is not in {told}{err}"));
            assert!(code == 1 && of_line.contains(&line.to_string()), "{name} {lang}: {code} {told}{err}");
            assert!(!std::path::Path::new(&out).exists(), "{name} {lang}: nothing is written");
        }
    }
}

#[test]
fn a_bad_row_of_a_table_of_members_is_told_by_its_line_and_nothing_is_drafted() {
    let desk = Desk::before("commission-formed:pec");
    let head = "Комиссия;Должность;Ф.И.О.;Ключ";
    let good = ["pec-1;председатель;Асанова А.;", "pec-1;заместитель председателя;Бекова Б.;"];
    let key = "16nHSNh9sqzRG9PrVnL+hthbLYhsR43TWnp53rNgW58=";
    let without_proof = format!("pec-1;секретарь;Ғани Ғ.;{key}");
    for (row, said) in [
        ("pec-2;секретарь;Ғани Ғ.;", ["a table of its own", "pec-2", "pec-2"]),
        ("pec-1;председатель;Ғани Ғ.;", ["each member once", "уберите одну", "алып тастаңыз"]),
        ("pec-1;секретарь;Асанова А.;", ["each member once", "Асанова А.", "Асанова А."]),
        (&without_proof, ["key member", "key member", "key member"]),
        ("pec-1;;Ғани Ғ.;", ["a seat", "должность", "лауазымы"]),
    ] {
        refuses_row(&desk, &[head, good[0], good[1], row], 4, said);
    }
}

#[test]
fn a_table_of_members_is_one_draft_as_csv_and_as_a_workbook() {
    let desk = Desk::before("commission-formed:pec");
    let rows = [
        "Комиссия;Должность;Ф.И.О.",
        "pec-1;председатель;Асанова А.",
        "pec-1;заместитель председателя;Бекова Б.",
        "pec-1;секретарь;Ғани Ғ.",
        "pec-1;член комиссии;Досова Д.",
        "pec-1;член комиссии;Есенов Е.",
    ];
    let csv = format!("\u{feff}{}\r\n", rows.join("\r\n"));
    let mut drafts = Vec::new();
    for (name, bytes) in [("t.csv", csv.into_bytes()), ("t.xlsx", workbook_of(&cells(&rows), &["Члены"], ""))]
    {
        let (file, ledger, out) = (desk.at(name), desk.at("ledger"), desk.at(&format!("drafts-{name}")));
        fs::write(&file, bytes).unwrap();
        let words = ["table", "commission-formed", &file, "--ledger", &ledger, "--out", &out];
        let more = ["--set", "parent=tec-aul", "--set", "name=Учаске", "--at", "2025-08-20 09:00"];
        let (code, told, err) = run(&[&words[..], &more].concat());
        assert_eq!(code, 0, "{name}: {told}{err}");
        let files: Vec<_> = fs::read_dir(&out).unwrap().map(|item| item.unwrap().path()).collect();
        assert_eq!(files.len(), 1, "{name}");
        drafts.push(fs::read(&files[0]).unwrap());
    }
    assert_eq!(drafts[0], drafts[1], "the same rows are the same draft");
}

#[test]
fn a_clock_that_is_a_day_off_is_told_before_anybody_signs() {
    let desk = Desk::before("commission-formed:pec");
    let (ledger, out) = (desk.at("ledger"), desk.at("out.json"));
    for (lang, said) in LANGUAGES.iter().zip(["set the clock", "поставьте часы", "сағатты дұрыстаңыз"])
    {
        let words = ["event", "draft", "precinct-formed", "--ledger", &ledger, "--author", "tec-aul"];
        let more = ["--set", "commission=pec-aul-1", "--set", "number=0001", "--set", "kind=open"];
        let rest = ["--set", "kato=103230100", "--set", "voters=400", "--set", "decision=paper.pdf"];
        let end = ["--at", "2025-08-18 09:00", "--out", &out, "--lang", lang];
        let mut command = crate::commands::hattama(&[&words[..], &more, &rest, &end].concat());
        let output = command.current_dir(std::path::Path::new(&ledger).parent().unwrap()).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.code() == Some(1) && err.contains(said), "{lang}: {err}");
        assert!(!std::path::Path::new(&out).exists(), "{lang}: nothing is written");
    }
}

#[test]
fn keys_of_a_charter_come_in_any_order_and_a_passphrase_with_a_line_end() {
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name).display().to_string();
    let seats = ["root-1", "root-2", "office-1", "service", "log"];
    for seat in seats {
        // Pasted with what a copy adds at its end; typed without it, it opens the key.
        let made = run_with(
            &format!("{GOOD}\r\n"),
            None,
            &["key", "member", &at(&format!("{seat}.pem")), "--seat", seat],
        );
        assert_eq!(made.0, 0, "{}", made.2);
        assert_eq!(run_with(GOOD, None, &["key", "show", &at(&format!("{seat}.pem"))]).0, 0);
    }
    let mut charters = Vec::new();
    for (n, order) in [[0, 1, 2, 3, 4], [4, 2, 0, 3, 1], [3, 4, 1, 2, 0]].iter().enumerate() {
        let room = at(&format!("room-{n}"));
        let pieces: Vec<String> =
            order.iter().map(|at_| at(&format!("{}.piece.json", seats[*at_]))).collect();
        let words = ["charter", "new", &room, "--name", "Сынақ", "--origin", "example.org/x", "--roots", "2"];
        let more = ["--threshold", "1", "--offices", "1", "--quorum", "majority", "--promise-minutes", "60"];
        let rest = ["--test", "--at", "2025-08-01 10:00", "--piece", &pieces.join(",")];
        let (code, out, err) = run(&[&words[..], &more, &rest].concat());
        assert_eq!(code, 0, "{out}{err}");
        charters.push(fs::read(dir.path().join(format!("room-{n}/charter.json"))).unwrap());
    }
    assert!(charters.iter().all(|own| *own == charters[0]), "one charter, whatever the order");
}

#[test]
fn a_batch_that_is_cut_off_says_where_and_goes_on_from_there() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::before("commission-formed:pec");
    let table = desk.at("t.csv");
    let rows: Vec<String> = (1..=3)
        .flat_map(|n| {
            ["председатель", "заместитель председателя", "секретарь", "член комиссии", "член комиссии"]
                .iter()
                .enumerate()
                .map(move |(at, seat)| format!("pec-{n};{seat};Асанова {n}{at}."))
        })
        .collect();
    fs::write(&table, format!("Комиссия;Должность;Ф.И.О.\n{}\n", rows.join("\n"))).unwrap();
    let (ledger, drafts) = (desk.at("ledger"), desk.at("drafts"));
    let words = ["table", "commission-formed", &table, "--ledger", &ledger, "--set", "parent=tec-aul"];
    let more = ["--set", "name=Учаске", "--at", "2025-08-20 09:00", "--out", &drafts];
    let (code, out, err) = run(&[&words[..], &more].concat());
    assert_eq!(code, 0, "{out}{err}");
    let mut files: Vec<_> = fs::read_dir(&drafts).unwrap().map(|item| item.unwrap().path()).collect();
    files.sort();
    let key = desk.at("chair.pem");
    crate::serve::key_file(
        std::path::Path::new(&key),
        &demo::cast::Cast::new("scene").secret("tec-aul/chair"),
    );
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    let names: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
    let signer = format!("sh {}", desk.at("sign.sh"));
    let public = demo::cast::Cast::new("scene").public_key("tec-aul/chair");
    // A token that is pulled out after the first signature.
    let count = desk.at("count");
    let body = format!(
        "[ $1 = public-key ] && exec echo {public}\nt=$(mktemp)\ncat >$t\n[ -e {count} ] && exit 3\ntouch {count}\n\
         openssl pkeyutl -sign -rawin -inkey {key} -in $t | base64 -w 0\necho\nrm $t\n"
    );
    fs::write(desk.at("sign.sh"), body).unwrap();
    if std::process::Command::new("openssl").arg("version").output().is_err() {
        println!("skipped: no openssl");
        return;
    }
    let sign = |lang: &str| {
        let words =
            ["event", "sign", &names[0], &names[1], &names[2], "--sign-with", &signer, "--lang", lang];
        run(&words)
    };
    let signatures = || {
        let count = |file| {
            event::SignedEvent::decode(fs::read(file).unwrap().trim_ascii_end()).unwrap().signatures.len()
        };
        files.iter().map(count).collect::<Vec<_>>()
    };
    for (lang, said) in LANGUAGES.iter().zip([
        "run the same command once more",
        "повторите ту же команду",
        "сол команданы қайталаңыз",
    ]) {
        let (code, _, err) = sign(lang);
        assert!(
            code == 2 && err.contains(said) && err.contains('1') && err.contains(&names[1]),
            "{lang}: {code} {err}"
        );
        assert_eq!(signatures(), [1, 0, 0], "{lang}");
    }
    fs::remove_file(&count).unwrap();
    let plain = ["event", "sign", &names[0], &names[1], &names[2], "--key", &key];
    let (code, out, err) = run(&plain);
    assert!(code == 0 && signatures() == [1, 1, 1], "{out}{err}");
}
