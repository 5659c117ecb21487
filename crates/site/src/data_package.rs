//! `datapackage.json`, which says of each table what it holds, how long it is, and of which entries it was made
//! (Frictionless Data Package v1).

use event::sha256;
use publication::{delimited::CsvFlavour, list_votes_columns};
use serde::Serialize;

use crate::{shown_ledger::ShownLedger, site_file::SiteFile};

#[derive(Serialize)]
struct DataPackage<'a> {
    profile: &'static str,
    name: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    id: String,
    version: String,
    homepage: &'static str,
    licenses: [DataLicence; 1],
    sources: [DataSource; 1],
    resources: Vec<DataResource<'a>>,
}

#[derive(Serialize)]
struct DataLicence {
    name: &'static str,
    title: &'static str,
}

#[derive(Serialize)]
struct DataSource {
    title: String,
}

#[derive(Serialize)]
struct DataResource<'a> {
    name: String,
    path: &'a str,
    format: &'a str,
    mediatype: &'static str,
    bytes: usize,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<DataDialect>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<DataSchema>,
}

#[derive(Serialize)]
struct DataDialect {
    delimiter: char,
    #[serde(rename = "lineTerminator")]
    line_terminator: &'static str,
}

#[derive(Serialize)]
struct DataSchema {
    fields: Vec<DataField>,
}

#[derive(Serialize)]
struct DataField {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// The description of these tables, which stand in this folder.
pub(crate) fn describe_data_package(
    ledger: &ShownLedger<'_>,
    folder: &str,
    files: &[SiteFile],
) -> Result<Vec<u8>, serde_json::Error> {
    let position = ledger.position;
    let title = format!(
        "{}: ledger {}, {} entries, root {}",
        ledger.origin(),
        position.ledger,
        position.size,
        position.root
    );
    let package = DataPackage {
        profile: "data-package",
        name: "hattama-ledger",
        title: ledger.name_in(texts::Language::Ru),
        description: ledger.describe_synthetic(texts::Language::En),
        id: format!("{}-{}", position.ledger, position.size),
        version: format!("{}.0.0", position.size),
        homepage: "../index.html",
        licenses: [DataLicence { name: "CC0-1.0", title: "Creative Commons Zero v1.0 Universal" }],
        sources: [DataSource { title }],
        resources: files.iter().map(|file| describe_resource(ledger.state, folder, file)).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&package)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn describe_resource<'a>(state: &law::State, folder: &str, (path, bytes): &'a SiteFile) -> DataResource<'a> {
    let path = path.strip_prefix(folder).unwrap_or(path);
    let (stem, format) = path.rsplit_once('.').unwrap_or((path, ""));
    let is_csv = format == "csv";
    let delimiter = char::from(CsvFlavour::of_file(path).delimiter());
    DataResource {
        name: if is_csv { stem.to_owned() } else { format!("{stem}-{format}") },
        path,
        format,
        mediatype: match format {
            "csv" => "text/csv",
            "json" => "application/json",
            _ => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        },
        bytes: bytes.len(),
        hash: format!("sha256:{}", sha256(&[bytes])),
        encoding: (format != "xlsx").then_some("utf-8"),
        dialect: is_csv.then_some(DataDialect { delimiter, line_terminator: "\r\n" }),
        schema: (path == "votes.csv").then(|| describe_votes(state)),
    }
}

fn describe_votes(state: &law::State) -> DataSchema {
    let kind = |name| match name {
        "order" | "votes" | "first_votes" => "integer",
        "test" => "boolean",
        "voting_day" => "date",
        _ => "string",
    };
    let columns = list_votes_columns(state).into_iter();
    DataSchema { fields: columns.map(|name| DataField { name, kind: kind(name) }).collect() }
}
