//! Copies of protocols against a ledger, and two real copies of one protocol against each other.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use verifier::copies::{PaperCopy, compare};

use crate::{
    commands::run,
    import::real::{folder, unpacked},
};

/// A precinct, a line, and what stands in it on either copy.
type Pair = (String, String, Option<u64>, Option<u64>);

fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

/// Figures by precinct: single columns under the name that the oracle has for them, and a line for each list.
fn figures(
    table: &Path,
    columns: &[(&str, &str)],
    votes: (&Path, &str),
) -> BTreeMap<String, Vec<(String, Option<u64>)>> {
    let mut all: BTreeMap<String, Vec<(String, Option<u64>)>> = BTreeMap::new();
    for row in rows(table) {
        let read = |(column, line): &(&str, &str)| ((*line).to_owned(), row[*column].parse().ok());
        all.insert(row["section"].clone(), columns.iter().map(read).collect());
    }
    for row in rows(votes.0) {
        let line = (format!("list_{}", row["list_no"]), row[votes.1].parse().ok());
        all.entry(row["section"].clone()).or_default().push(line);
    }
    all
}

fn copies(figures: BTreeMap<String, Vec<(String, Option<u64>)>>) -> Vec<PaperCopy> {
    let copy = |(precinct, figures): (String, _)| PaperCopy {
        place: "a table".to_owned(),
        precinct,
        election: None,
        event: None,
        figures,
    };
    figures.into_iter().map(copy).collect()
}

/// 4,287 records of voting machines beside the protocols that people signed in the same rooms.
#[test]
fn real_pairs_differ_exactly_where_their_oracle_says() {
    let Some(folder) = folder() else { return };
    let dir = tempfile::tempdir().unwrap();
    let [machine, votes, signed, signed_votes] =
        ["machine.protocols", "machine.votes", "final.protocols", "final.votes"]
            .map(|name| unpacked(&format!("bg2023_part1.{name}"), dir.path()));
    let columns = [("m1_voted", "voted"), ("m2_lists", "lists"), ("m3_none", "none")];
    let mine = copies(figures(&machine, &columns, (&votes, "votes")));
    let columns =
        [("f5_inbox_machine", "voted"), ("f71_lists_machine", "lists"), ("f72_none_machine", "none")];
    let theirs = copies(figures(&signed, &columns, (&signed_votes, "machine")));
    let compared = compare(&mine, &theirs);
    let oracle: BTreeSet<Pair> = rows(&folder.join("bg2023_part1.machine_vs_final.csv"))
        .into_iter()
        .map(|row| {
            let figure = |column: &str| row[column].parse().ok();
            let (mine, theirs) = (figure("machine_flash"), figure("final_protocol"));
            (row["section"].clone(), row["field"].clone(), mine, theirs)
        })
        .collect();
    let ours: BTreeSet<Pair> = compared
        .differ
        .iter()
        .flat_map(|(precinct, lines)| {
            lines.iter().map(|line| (precinct.clone(), line.line.clone(), line.mine, line.theirs))
        })
        .collect();
    eprintln!(
        "bg2023_part1: {} pairs, {} differ in {} lines; of {} signed protocols there is no record",
        mine.len() - compared.only_mine.len(),
        compared.differ.len(),
        ours.len(),
        compared.only_theirs.len()
    );
    let missed: Vec<_> = oracle.difference(&ours).take(5).collect();
    let more: Vec<_> = ours.difference(&oracle).take(5).collect();
    assert!(missed.is_empty() && more.is_empty(), "not found: {missed:?}; found beside: {more:?}");
    assert_eq!((compared.differ.len(), compared.same.len()), (1_027, mine.len() - 1_027));
}

/// An observer with 32 copies of 128, two of them of other figures, one of a precinct that the ledger does not have.
pub(crate) fn of_the_demo(dir: &Path) {
    let at = |inner: &str| dir.join(inner).display().to_string();
    let (code, csv, err) = run(&["results", &at("published"), "--format", "csv"]);
    assert_eq!(code, 0, "{err}");
    let mut lines: Vec<String> = csv.lines().take(33).map(str::to_owned).collect();
    let verify = |lines: &[String]| {
        let table = at("copies.csv");
        fs::write(&table, lines.join("\n") + "\n").unwrap();
        run(&["verify", &at("published"), "--copies", &table, "--json"])
    };
    let told = |out: &str, id: &str| {
        let report: serde_json::Value = serde_json::from_str(out).unwrap();
        let row = report["checks"].as_array().unwrap().iter().find(|row| row["id"] == id).unwrap().clone();
        let said = report["scope"].as_array().unwrap().iter().find(|pair| pair[0] == "copies").cloned();
        (
            row["status"].as_str().unwrap().to_owned(),
            row["failed"].as_u64().unwrap(),
            said.unwrap()[1].clone(),
        )
    };
    let (code, out, err) = verify(&lines);
    assert_eq!(code, 0, "{out}{err}");
    let (status, _, said) = told(&out, "OBS-01");
    assert_eq!(status, "PASS");
    assert_eq!(
        said,
        "32 match, 0 differ, 0 are not in the ledger; you hold no copy of 96 others; 32 copies, 10 of 10 lines each"
    );
    assert!(out.contains("10 altered: 95."), "what 32 of 128 show: {out}");
    // Three votes moved from one candidate to another, and one voter more: three lines of two copies.
    let change = |line: &mut String, column: usize, by: i64| {
        let mut fields: Vec<String> = line.split(',').map(str::to_owned).collect();
        fields[column] = (fields[column].parse::<i64>().unwrap() + by).to_string();
        *line = fields.join(",");
    };
    change(&mut lines[5], 7, 3);
    change(&mut lines[5], 8, -3);
    change(&mut lines[9], 1, 1);
    let stranger = lines[1].replacen("semey-001", "semey-999", 1);
    lines.push(stranger);
    let (code, out, err) = verify(&lines);
    // Nobody signed the table: it cannot fail the ledger, and it is never passed over.
    assert_eq!(code, 2, "{out}{err}");
    assert!(out.contains("\"ledger_verdict\": \"VERIFIED\""), "{out}");
    let (status, failed, said) = told(&out, "OBS-01");
    assert_eq!((status.as_str(), failed), ("ERROR", 3));
    assert_eq!(
        said,
        "30 match, 2 differ, 1 are not in the ledger; you hold no copy of 96 others; 32 copies, 10 of 10 lines each"
    );
    assert_eq!(told(&out, "OBS-05").0, "ERROR");
}
