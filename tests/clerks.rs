//! Slips of a clerk: what has one reading is understood, everything else is told with what was expected, what was found, and the mend.

use crate::{commands::run, foretold::Room};

/// Words of one command, with one of them written as people write it.
struct Slip {
    word: &'static str,
    written: &'static str,
}

/// Words that are right, by their option.
const RIGHT: [(&str, &str); 5] = [
    ("--author", "tec-aul"),
    ("--election", "aul-2025"),
    ("--precinct", "aul-1"),
    ("--at", "2025-10-09 10:00"),
    ("count", "404"),
];

/// One reading: the draft is that of the right words.
const UNDERSTOOD: [Slip; 24] = [
    Slip { word: "--precinct", written: "1" },
    Slip { word: "--precinct", written: "001" },
    Slip { word: "--precinct", written: "№1" },
    Slip { word: "--precinct", written: "№ 1" },
    Slip { word: "--precinct", written: "1 участок" },
    Slip { word: "--precinct", written: "Участок № 1" },
    Slip { word: "--precinct", written: "1-учаске" },
    Slip { word: "--precinct", written: "AUL-1" },
    Slip { word: "--precinct", written: "аul-1" },
    Slip { word: "--precinct", written: "aul–1" },
    Slip { word: "--precinct", written: "aul-01" },
    Slip { word: "--precinct", written: " aul-1\u{a0}" },
    Slip { word: "--author", written: "TEC-AUL" },
    Slip { word: "--author", written: "тес-аul" },
    Slip { word: "--election", written: "AUL-2025" },
    Slip { word: "--election", written: "аul-2025" },
    Slip { word: "--election", written: "aul_2025" },
    Slip { word: "--at", written: "09.10.2025 10:00" },
    Slip { word: "--at", written: "9.10.2025 10:00" },
    Slip { word: "--at", written: "2025-10-09T10:00" },
    Slip { word: "--at", written: "2025-10-09 10:00:00" },
    Slip { word: "--at", written: "09.10.2025\u{a0}10:00" },
    Slip { word: "count", written: " 404\u{a0}" },
    Slip { word: "count", written: "«404»" },
];

/// No one reading: what the message has to name.
const TOLD: [(&str, &str, &str); 13] = [
    ("count", "4О4", "4О4"),
    ("count", "404 шт.", "1 204"),
    ("count", "4 04", "4 04"),
    ("count", "", "count"),
    ("act", "paper", "paper.pdf"),
    ("act", "Paper.PDF", "paper.pdf"),
    ("act", "pa per.pdf", "paper.pdf"),
    ("act", "ledger", "folder"),
    ("act", "empty.pdf", "something in it"),
    ("--precinct", "77", "COM-02"),
    ("--election", "mangystau", "ATY-02"),
    ("--at", "вчера", "2025-10-12T21:14:00+05:00"),
    ("--at", "2025-13-40 10:00", "2025-13-40"),
];

fn draft(room: &Room, slip: (&str, &str), out: &str) -> (i32, String, String) {
    let (ledger, out) = (room.at("ledger"), room.at(out));
    let paper = room.at("paper.pdf");
    let mut words: Vec<String> = ["event", "draft", "ballots-delivered", "--ledger", &ledger, "--out", &out]
        .map(str::to_owned)
        .to_vec();
    for (word, right) in RIGHT.into_iter().chain([("act", paper.as_str())]) {
        let written = if word == slip.0 { slip.1 } else { right };
        let written = if word == "act" && word == slip.0 { room.at(written) } else { written.to_owned() };
        if word.starts_with("--") {
            words.extend([word.to_owned(), written]);
        } else {
            words.extend(["--set".to_owned(), format!("{word}={written}")]);
        }
    }
    run(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn what_has_one_reading_is_understood_and_everything_else_is_told() {
    let room = Room::before("ballots-delivered");
    std::fs::write(room.at("empty.pdf"), "").unwrap();
    let (code, right, err) = draft(&room, ("", ""), "right.json");
    assert_eq!(code, 0, "{right}{err}");
    let mut wrong = Vec::new();
    for (n, Slip { word, written }) in UNDERSTOOD.iter().enumerate() {
        let (code, out, err) = draft(&room, (word, written), &format!("{n}.json"));
        if code != 0 || out != right {
            wrong.push(format!("{word} «{written}»: {code} {out}{err}"));
        }
    }
    for (word, written, named) in TOLD {
        let (code, out, err) = draft(&room, (word, written), "told.json");
        let expected = err.contains("expected") && err.contains("found");
        if code == 0 || !err.contains(named) || !expected {
            wrong.push(format!("{word} «{written}» has to name {named}: {code} {out}{err}"));
        }
    }
    // Other commands read the same words.
    let ledger = room.at("ledger");
    for words in [
        ["todo", &ledger, "--author", "ТЕС-aul"],
        ["precincts", &ledger, "--as-of", "12.10.2025"],
        ["precincts", &ledger, "--election", "AUL-2025"],
        ["results", &ledger, "--precinct", "№ 1"],
        ["history", &ledger, "--precinct", "1"],
    ] {
        let (code, out, err) = run(&words);
        if code != 0 {
            wrong.push(format!("{words:?}: {code} {out}{err}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
