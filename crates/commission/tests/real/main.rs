//! Tables of real elections against oracles that were computed elsewhere from the same files.
//!
//! Those files are not part of this repository; they are looked for in `HATTAMA_SHARED` or `../shared`.
//!
//! A foreign balance is one of our ratios under another mapping: what ought to be equal is `found = portable +
//! stationary`, what ought not to be more is `found <= issued`. Each view below is such a mapping.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::cast_possible_truncation,
    clippy::print_stderr,
    clippy::too_many_lines,
    reason = "a test stops at the first surprise, and says so"
)]

mod files;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use commission::{
    import::{
        check::{CheckedTable, check_table},
        figure_finding::FigureFinding,
        mapped,
        mapping::Mapping,
    },
    table::cells::TableOptions,
};
use event::Id;
use files::{ANNULLED, RU2018, folder, unpacked};
use law::facts::{Count, Totals};

const RU2004: &str = include_str!("ru2004.toml");
const RU2011: &str = include_str!("ru2011.toml");
const RU2012: &str = include_str!("ru2012.toml");

/// Rows by rule.
type Found = BTreeSet<(String, String)>;

fn checked(table: &Path, mapping: &str) -> CheckedTable {
    let mapping = Mapping::parse(mapping).unwrap_or_else(|fault| panic!("{fault}\n{mapping}"));
    check_table(mapped::open_mapped(table, &mapping, &TableOptions::default()).unwrap()).unwrap()
}

/// Rows of an oracle by what it calls the rule, keyed by some of its columns.
fn oracle(name: &str, key: &[&str]) -> Found {
    let path = folder().unwrap().join(format!("{name}.violations.csv"));
    let reader = csv::Reader::from_path(path).unwrap().into_deserialize();
    let row = |row: BTreeMap<String, String>| {
        let key: Vec<&str> = key.iter().map(|column| row[*column].as_str()).collect();
        (key.join(" / "), row["rule"].split('_').next().unwrap().to_owned())
    };
    reader.map(|own| row(own.unwrap())).collect()
}

/// Rows that do not hold, under the name that the oracle has for the rule.
fn found(checked: &CheckedTable, rule: &str, name: &str) -> Found {
    let own = checked.breaches.iter().filter(|breach| breach.ratio.rule().id() == rule);
    own.map(|breach| (breach.precinct.clone(), name.to_owned())).collect()
}

#[test]
fn four_elections_of_ninety_thousand_precincts_agree_with_their_oracles() {
    if folder().is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    // Rows, and rows whose short balance does not close, as the README of the tables counts them.
    let all = [
        ("ru2004_president_part1", RU2004, 60_341, 123, Some(0)),
        ("ru2011_duma", RU2011, 95_225, 463, Some(1)),
        ("ru2012_president", RU2012, 95_415, 218, Some(1)),
        ("ru2018_president", RU2018, 97_699, 348, None),
    ];
    for (name, mapping, rows, short, absentee) in all {
        let table = unpacked(name, dir.path());
        let whole = checked(&table, mapping);
        assert_eq!((whole.rows, whole.refused.len(), whole.blank), (rows, 0, 0), "{name}");
        let view = |figures: &str| {
            let key = "[precinct]\nkey = [\"region\", \"tik\", \"uik\"]\n[ignore]\nothers = true\n";
            checked(&table, &format!("{key}[figures]\n{figures}"))
        };
        let mut ours = found(&whole, "ARI-03", "R5");
        ours.extend(found(&whole, "ARI-07", "I2"));
        let stationary = view("found = \"#L\"\nissued = [\"#G\", \"#H\"]\n");
        ours.extend(found(&stationary, "ARI-03", "I1"));
        if let Some(lost) = absentee {
            let lost = if lost == 0 { "0" } else { "\"#T\"" };
            let papers =
                view(&format!("received = \"#O\"\nissued = \"#P\"\ncancelled = \"#R\"\ndamaged = {lost}\n"));
            ours.extend(found(&papers, "ARI-02", "I4"));
        }
        let oracle = oracle(name, &["region", "tik", "uik"]);
        assert_eq!(ours, oracle, "{name}");
        // No false alarm: nothing but these rows, and under no other rule.
        let rules: BTreeSet<&str> = whole.breaches.iter().map(|breach| breach.ratio.rule().id()).collect();
        assert_eq!(rules, BTreeSet::from(["ARI-03", "ARI-07"]), "{name}");
        let named: BTreeSet<u64> = whole.breaches.iter().map(|breach| breach.line).collect();
        assert_eq!(whole.clean, rows - named.len() as u64, "{name}");
        let narrow =
            view("received = \"#F\"\nissued = [\"#G\", \"#H\", \"#I\"]\ncancelled = \"#J\"\ndamaged = 0\n");
        assert_eq!(found(&narrow, "ARI-02", "").len(), short, "{name}");
        let count = |rule: &str| ours.iter().filter(|(_, own)| own == rule).count();
        eprintln!(
            "{name}: {rows} rows, {} of {} of the oracle (R5 {}, I1 {}, I2 {}, I4 {}), R1 to R4 none, short balance {short}",
            ours.len(),
            oracle.len(),
            count("R5"),
            count("I1"),
            count("I2"),
            count("I4")
        );
    }
}

#[test]
fn a_city_with_votes_in_a_file_of_their_own_agrees_with_its_oracle() {
    if folder().is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let table = unpacked("spb2021_city.protocols", dir.path());
    unpacked("spb2021_city.votes", dir.path());
    let lines: String = (1..=30).filter(|n| *n <= widest(dir.path())).map(|n| line(&n.to_string())).collect();
    let mapping = format!(
        "[precinct]\nkey = [\"protocol_id\"]\n[ignore]\nothers = true\n[figures]\nvoters = \"registered_count\"\n\
         received = [\"received_count\", \"ignored_count\"]\ncancelled = \"destroyed_count\"\n\
         issued = [\"walk_by_count\", \"on_home_count\", \"ahead_of_time_count\"]\ndamaged = \"lost_count\"\n\
         found = [\"valid_count\", \"invalid_count\"]\ninvalid = \"invalid_count\"\nagainst_all = 0\n\
         stationary = \"stationary_box_count\"\n[[portable]]\nfound = \"portable_box_count\"\n\
         applications = [\"on_home_count\", \"ahead_of_time_count\"]\n[long]\nfile = \"spb2021_city.votes.csv\"\n\
         key = \"protocol_id\"\nline = \"position\"\nvotes = \"votes_count\"\nof = \"protocol_id\"\n[votes]\n{lines}"
    );
    let whole = checked(&table, &mapping);
    let empty =
        whole.refused.iter().filter(|own| own.faults[0].to_string().contains("empty is not zero")).count();
    assert_eq!((whole.rows, whole.refused.len(), empty), (3_972, 21, 21));
    let ours = found(&whole, "ARI-03", "R5");
    assert_eq!(ours, oracle("spb2021_city", &["protocol_id"]));
    assert_eq!(whole.breaches.len(), 1, "{:?}", whole.breaches);
    eprintln!("spb2021_city: 3972 rows, 21 without figures refused, 1 of 1 of the oracle, no other");
}

fn line(name: &str) -> String {
    format!("{name} = {{ columns = [\"{name}\"], empty = \"none\" }}\n")
}

/// Most lines of any ballot in the votes of the city.
fn widest(dir: &Path) -> u32 {
    let mut reader = csv::Reader::from_path(dir.join("spb2021_city.votes.csv")).unwrap();
    reader
        .deserialize()
        .map(|row| row.unwrap())
        .map(|row: BTreeMap<String, String>| row["position"].parse().unwrap())
        .max()
        .unwrap()
}

/// What the views of the Bulgarian protocol ask: the oracle's name, our rule, the figures.
const VIEWS: [(&str, &str, &str); 13] = [
    (
        "B1",
        "ARI-02",
        "received = \"A_received\"\nissued = \"f5_inbox_paper\"\ncancelled = \"f4a_unused\"\ndamaged = \"f4b_spoiled\"\n",
    ),
    (
        "B2",
        "ARI-05",
        "found = \"f5_inbox_total\"\nstationary = \"f5_inbox_paper\"\n[[portable]]\nfound = { columns = [\"f5_inbox_machine\"], empty = \"none\" }\n",
    ),
    (
        "B2b",
        "ARI-05",
        "found = \"f7_valid_total\"\nstationary = \"f7_valid_paper\"\n[[portable]]\nfound = { columns = [\"f7_valid_machine\"], empty = \"none\" }\n",
    ),
    (
        "B2c",
        "ARI-05",
        "found = \"f71_lists_total\"\nstationary = \"f71_lists_paper\"\n[[portable]]\nfound = { columns = [\"f71_lists_machine\"], empty = \"none\" }\n",
    ),
    (
        "B2d",
        "ARI-05",
        "found = \"f72_none_total\"\nstationary = \"f72_none_paper\"\n[[portable]]\nfound = { columns = [\"f72_none_machine\"], empty = \"none\" }\n",
    ),
    ("B3", "ARI-05", "found = \"f3_voted\"\nstationary = \"f5_inbox_total\"\n[[portable]]\nfound = 0\n"),
    (
        "B4",
        "ARI-04",
        "found = \"f5_inbox_paper\"\ninvalid = \"f6_invalid\"\nagainst_all = 0\n[votes]\nvalid = \"f7_valid_paper\"\n",
    ),
    (
        "B4m",
        "ARI-05",
        "found = { columns = [\"f5_inbox_machine\"], empty = \"none\" }\nstationary = { columns = [\"f7_valid_machine\"], empty = \"none\" }\n[[portable]]\nfound = 0\n",
    ),
    (
        "B5",
        "ARI-04",
        "found = \"f7_valid_total\"\ninvalid = 0\nagainst_all = \"f72_none_total\"\n[votes]\nlists = \"f71_lists_total\"\n",
    ),
    (
        "B5m",
        "ARI-04",
        "found = { columns = [\"f7_valid_machine\"], empty = \"none\" }\ninvalid = 0\nagainst_all = { columns = [\"f72_none_machine\"], empty = \"none\" }\n[votes]\nlists = { columns = [\"f71_lists_machine\"], empty = \"none\" }\n",
    ),
    (
        "B5p",
        "ARI-04",
        "found = \"f7_valid_paper\"\ninvalid = 0\nagainst_all = \"f72_none_paper\"\n[votes]\nlists = \"f71_lists_paper\"\n",
    ),
    ("B8", "ARI-06", "issued = \"f3_voted\"\nvoters = [\"f1_registered\", \"f2_added\"]\n"),
    ("B3 over", "ARI-03", "found = \"f5_inbox_total\"\nissued = \"f3_voted\"\n"),
];

#[test]
fn protocols_with_many_real_errors_agree_with_their_oracle() {
    if folder().is_none() {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let table = unpacked("bg2023_part1.final.protocols", dir.path());
    let votes = unpacked("bg2023_part1.final.votes", dir.path());
    let oracle = oracle("bg2023_part1", &["section"]);
    let key = "[precinct]\nkey = [\"section\"]\n[ignore]\nothers = true\n";
    let mut ours = Found::new();
    for (name, rule, figures) in VIEWS {
        let view = checked(&table, &format!("{key}[figures]\n{figures}"));
        assert_eq!((view.rows, view.refused.len()), (5_960, 0), "{name}");
        if name == "B3 over" {
            // More ballots than signatures: that half of B3 is a ratio of ours as it stands.
            let over = found(&view, rule, "B3");
            assert!(over.is_subset(&oracle) && !over.is_empty());
            eprintln!("bg2023_part1: of B3 {} have more ballots than signatures (ARI-03)", over.len());
            continue;
        }
        ours.extend(found(&view, rule, name));
    }
    ours.extend(sums_of_votes(&table, &votes, key));
    // Each vote, total = paper + machine: a row of the file of votes each.
    let each = "[precinct]\nkey = [\"section\", \"list_no\"]\n[figures]\nfound = \"total\"\nstationary = \"paper\"\n\
                [[portable]]\nfound = { columns = [\"machine\"], empty = \"none\" }\n";
    let each = checked(&votes, each);
    assert_eq!((each.rows, each.refused.len()), (125_775, 0));
    let section = |(row, rule): (String, String)| (row.split(" / ").next().unwrap().to_owned(), rule);
    ours.extend(found(&each, "ARI-05", "B7").into_iter().map(section));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, rule) in &ours {
        *counts.entry(rule).or_default() += 1;
    }
    eprintln!("bg2023_part1: 5960 rows, {} of {} of the oracle: {counts:?}", ours.len(), oracle.len());
    assert_eq!(ours, oracle);
}

/// Every line of any ballot in a file of votes.
fn list_ballot_lines(votes: &Path) -> BTreeSet<String> {
    csv::Reader::from_path(votes).unwrap().records().map(|row| row.unwrap()[1].to_owned()).collect()
}

/// Lists = the sum of the votes of all lists, in total, on paper and on the machine.
fn sums_of_votes(table: &Path, votes: &Path, key: &str) -> Found {
    let lists = list_ballot_lines(votes);
    let lines: String = lists.iter().map(|name| line(name)).collect();
    let mut found_all = Found::new();
    for (name, column, own) in [
        ("B6", "total", "f71_lists_total"),
        ("B6m", "machine", "f71_lists_machine"),
        ("B6p", "paper", "f71_lists_paper"),
    ] {
        let mapping = format!(
            "{key}[figures]\nfound = {{ columns = [\"{own}\"], empty = \"none\" }}\ninvalid = 0\nagainst_all = 0\n\
             [long]\nfile = \"bg2023_part1.final.votes.csv\"\nkey = \"section\"\nline = \"list_no\"\n\
             votes = \"{column}\"\nof = \"section\"\n[votes]\n{lines}"
        );
        let view = checked(table, &mapping);
        assert_eq!((view.rows, view.refused.len()), (5_960, 0), "{name}");
        found_all.extend(found(&view, "ARI-04", name));
    }
    found_all
}

/// Lines of a machine's record beside the votes: the oracle's name, our line, both columns.
const MACHINE_LINES: [(&str, &str, &str, &str); 3] = [
    ("voted", "found", "f5_inbox_machine", "m1_voted"),
    ("lists", "stationary", "f71_lists_machine", "m2_lists"),
    ("none", "against_all", "f72_none_machine", "m3_none"),
];

#[test]
fn machine_records_differ_from_signed_protocols_where_their_oracle_says() {
    let Some(folder) = folder() else { return };
    let dir = tempfile::tempdir().unwrap();
    let table = unpacked("bg2023_part1.final.protocols", dir.path());
    let votes = unpacked("bg2023_part1.final.votes", dir.path());
    unpacked("bg2023_part1.machine.protocols", dir.path());
    unpacked("bg2023_part1.machine.votes", dir.path());
    let lists = list_ballot_lines(&votes);
    let votes: String = lists.iter().map(|name| line(name)).collect();
    let own = MACHINE_LINES
        .map(|(_, line, own, _)| format!("{line} = {{ columns = [\"{own}\"], empty = \"none\" }}\n"));
    let second = MACHINE_LINES.map(|(_, line, _, second)| format!("{line} = \"{second}\"\n"));
    let long = |file: &str, votes: &str| {
        format!(
            "file = \"{file}\"\nkey = \"section\"\nline = \"list_no\"\nvotes = \"{votes}\"\nof = \"section\"\n"
        )
    };
    let mapping = format!(
        "[precinct]\nkey = [\"section\"]\n[ignore]\nothers = true\n[figures]\n{}[long]\n{}[votes]\n{votes}\
         [compare]\nignore = [\"machine_no\"]\n[compare.file]\nfile = \"bg2023_part1.machine.protocols.csv\"\n\
         key = \"section\"\nof = \"section\"\n[compare.long]\n{}[compare.figures]\n{}[compare.votes]\n{votes}",
        own.concat(),
        long("bg2023_part1.final.votes.csv", "machine"),
        long("bg2023_part1.machine.votes.csv", "votes"),
        second.concat()
    );
    let whole = checked(&table, &mapping);
    assert_eq!((whole.rows, whole.refused.len()), (5_960, 0), "{:?}", whole.refused.first());
    let comparison = whole.comparison.unwrap();
    let field = |line: &str| match MACHINE_LINES.iter().find(|(_, own, ..)| own.replace('_', " ") == line) {
        Some((field, ..)) => (*field).to_owned(),
        None => line.replace("votes for ", "list_"),
    };
    let mut ours = BTreeSet::new();
    for row in &comparison.findings {
        if let FigureFinding::Differs { line, found, expected, .. } = &row.finding {
            assert!(ours.insert((row.precinct.clone(), field(&line.to_string()), *found, *expected)));
        }
    }
    let reader = csv::Reader::from_path(folder.join("bg2023_part1.machine_vs_final.csv")).unwrap();
    let oracle: BTreeSet<(String, String, u64, u64)> = reader
        .into_deserialize()
        .map(|row| row.unwrap())
        .map(|row: BTreeMap<String, String>| {
            let figure = |column: &str| row[column].parse().unwrap();
            (row["section"].clone(), row["field"].clone(), figure("machine_flash"), figure("final_protocol"))
        })
        .collect();
    assert_eq!(ours, oracle);
    let precincts: BTreeSet<&String> = oracle.iter().map(|(section, ..)| section).collect();
    assert_eq!(
        (comparison.differences, comparison.differing_rows),
        (oracle.len() as u64, precincts.len() as u64)
    );
    assert_eq!((comparison.compared_rows, comparison.rows_without_own, comparison.unread), (4_287, 0, 0));
    let (records, without) = (comparison.compared_rows, comparison.rows_without_second);
    eprintln!(
        "bg2023_part1: {} differences, all of the oracle, in {records} records; {without} have none",
        ours.len()
    );
}

#[test]
fn totals_with_and_without_the_annulled_precincts_are_those_published() {
    let Some(folder) = folder() else { return };
    let dir = tempfile::tempdir().unwrap();
    let table = unpacked("ru2018_president", dir.path());
    let mapping = RU2018.replace("[\"region\", \"tik\", \"uik\"]", "[\"orig_row\"]");
    let mut mapped =
        mapped::open_mapped(&table, &Mapping::parse(&mapping).unwrap(), &TableOptions::default()).unwrap();
    let mut counts: BTreeMap<String, Count> = BTreeMap::new();
    loop {
        let rows = mapped.table.next_rows(4_096).unwrap();
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let read = mapped.columns.read_row(row, &mapped.table).unwrap();
            assert!(counts.insert(read.precinct, read.count).is_none());
        }
    }
    let lines: Vec<Id> =
        counts.values().next().unwrap().votes.iter().map(|line| line.candidate.clone()).collect();
    let before = Totals::sum_counts(&lines, counts.values());
    let left = counts.iter().filter(|(row, _)| !ANNULLED.contains(&row.as_str())).map(|(_, count)| count);
    let after = Totals::sum_counts(&lines, left);
    assert_eq!((before.voters, after.voters), (109_008_428, 109_001_306), "as published");
    let annulled = Totals::sum_counts(&lines, ANNULLED.iter().map(|row| &counts[*row]));
    let back = |before: u64, after: u64, part: u64| assert_eq!(before, after + part);
    back(before.issued, after.issued, annulled.issued);
    back(before.found, after.found, annulled.found);
    back(before.invalid, after.invalid, annulled.invalid);
    back(before.participated(), after.participated(), annulled.participated());
    for (place, line) in annulled.votes.iter().enumerate() {
        back(before.votes[place].votes, after.votes[place].votes, line.votes);
    }
    assert_eq!(before.winner(), after.winner());
    eprintln!(
        "ru2018_president: {} voters with and {} without the four annulled precincts ({} of them, {} ballots), as {} has it",
        before.voters,
        after.voters,
        annulled.voters,
        annulled.found,
        folder.join("README.md").file_name().unwrap().display()
    );
}
