//! A mapping to begin with, from the header of a table: columns whose names are our own words are mapped.

use texts::{program::say, say_fault};

use super::{columns::Columns, mapping::Mapping};
use crate::table::{InputTable, header::ColumnHeader};

/// VotesByLine that are mapped where a column has their name.
const LINES: [&str; 13] = [
    "voters",
    "received",
    "issued",
    "cancelled",
    "damaged",
    "found",
    "invalid",
    "stationary",
    "home_applications",
    "absentee",
    "against_all",
    "delivered",
    "listed",
];

/// The mapping as text.
#[must_use]
pub fn mapping_template(table: &InputTable) -> String {
    let header = ColumnHeader::new(&table.header);
    let has = |name: &str| header.column("", name).is_ok();
    let mut out = comment(&say("map-what", &[]));
    for note in &table.notes {
        out.push_str(&comment(&say("map-found", &[("note", say_fault(note).into())])));
    }
    out.push_str(&comment(&say("map-how", &[])));
    out.push_str("\n[precinct]\n");
    let known = ["precinct", "number", "id"].into_iter().find(|name| has(name));
    match known {
        Some("number") => out.push_str("number = \"number\"\n"),
        Some(name) => out.push_str(&format!("id = {}\n", toml_string(name))),
        None => {
            let [id, number, key] = ["map-or-id", "map-or-number", "map-or-key"].map(|id| say(id, &[]));
            out.push_str(&format!(
                "# id = \"…\"      {id}\n# number = \"…\"  {number}\n# key = [\"…\"]   {key}\n"
            ));
        }
    }
    out.push_str("\n[figures]\n");
    for line in LINES {
        let sign = if has(line) { "" } else { "# " };
        let name = if has(line) { line } else { "…" };
        out.push_str(&format!("{sign}{line} = {}\n", toml_string(name)));
    }
    out.push_str("\n[votes]\n# abenov = \"…\"\n\n# [[portable]]\n# found = \"…\"\n# applications = \"…\"\n");
    out.push_str("\n# [issued_by]\n# m4 = \"…\"\n\n# [times]\n# offset = \"+05:00\"\n# started = \"…\"\n");
    out.push_str("# ended = \"…\"\n# signed = \"…\"\n\n# [paper]\n# sha256 = \"…\"\n# size = \"…\"\n");
    out.push_str(
        "\n# [signers]\n# seats = { value = \"chair deputy secretary m4\" }\n# missing = \"absent\"\n",
    );
    out.push_str("\n[ignore]\n# others = true\ncolumns = [\n");
    let mapped: Vec<&str> = known.into_iter().chain(LINES).collect();
    for (column, name) in table.header.iter().enumerate() {
        if !mapped.contains(&name.trim()) && !name.trim().is_empty() {
            out.push_str(&format!("  {}, # {}\n", toml_string(name), header.name(column)));
        }
    }
    out.push_str("]\n");
    out
}

/// Lines that a mapping passes over.
fn comment(text: &str) -> String {
    text.lines().map(|line| format!("# {line}\n")).collect()
}

/// Whether the text is a mapping of this table already.
#[must_use]
pub fn fits_table(text: &str, table: &InputTable) -> bool {
    Mapping::parse(text).is_ok_and(|mapping| Columns::new(&mapping, &table.header).is_ok())
}

/// A basic string of TOML.
fn toml_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
