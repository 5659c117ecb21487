//! The description says what the node does: every route is in it and the reverse, and answers are of its schemas.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{Answer, Node, copied, reports, stage};

pub(crate) fn description() -> Value {
    serde_json::from_str(node::OPENAPI).unwrap()
}

#[test]
fn every_route_is_described_and_the_reverse() {
    let description = description();
    let described: BTreeSet<&str> =
        description["paths"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(described, node::route_paths().into_iter().collect());
    assert_eq!(description["info"]["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1."));
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let named: BTreeSet<&str> = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|one| one["in"] == "path")
                .map(|one| one["name"].as_str().unwrap())
                .collect();
            let asked: BTreeSet<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
            assert_eq!(named, asked, "{method} {path}");
        }
    }
}

/// The schema of an answer, as the description has it.
fn validator(
    description: &Value,
    path: &str,
    method: &str,
    answer: &Answer,
) -> Option<jsonschema::Validator> {
    let responses = &description["paths"][path][method]["responses"];
    let status = answer.status.to_string();
    let mut response = &responses[&status];
    assert!(response.is_object(), "{method} {path}: {status} is not described: {}", answer.text());
    if let Some(to) = response["$ref"].as_str() {
        response = description.pointer(to.strip_prefix('#').unwrap()).unwrap();
    }
    let kind = answer.header("content-type").split(';').next().unwrap();
    let content = &response["content"];
    assert!(content[kind].is_object(), "{method} {path} {status}: {kind} is not described");
    if answer.status == 429 || answer.status == 503 {
        assert!(answer.header("retry-after").parse::<u64>().unwrap() > 0);
    }
    if !kind.ends_with("json") {
        return None;
    }
    let mut schema = content[kind]["schema"].clone();
    schema.as_object_mut().unwrap().insert("components".to_owned(), description["components"].clone());
    Some(jsonschema::validator_for(&schema).unwrap())
}

pub(crate) fn hold(description: &Value, path: &str, method: &str, answer: &Answer) {
    if let Some(validator) = validator(description, path, method, answer) {
        let faults: Vec<String> =
            validator.iter_errors(&answer.json()).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{method} {path} {}: {faults:?}\n{}", answer.status, answer.text());
        if answer.status >= 400 {
            let problem = answer.json();
            assert_eq!(problem["status"].as_u64(), Some(answer.status.into()));
            let at = problem["type"].as_str().unwrap().strip_prefix("/openapi.json#").unwrap();
            let described = description.pointer(at).unwrap_or_else(|| panic!("{at}"));
            assert_eq!(described["status"].as_u64(), Some(answer.status.into()));
        }
    }
}

#[test]
fn answers_of_a_real_run_are_of_the_described_schemas() {
    let dir = copied();
    let published = dir.path().join("nothing-published");
    let node = Node::writing(dir.path(), &["--published", published.to_str().unwrap()]);
    let description: Value = node.json("/openapi.json");
    assert_eq!(description, self::description());
    let signed = reports(9, 2);
    let hash = signed[0].hash().to_string();
    let hold = |path: &str, method: &str, answer: &Answer| hold(&description, path, method, answer);
    for signed in [&signed[0], &signed[0]] {
        hold("/events", "post", &node.post(signed));
    }
    let mut broken = signed[1].clone();
    broken.signatures[0].signature.0[7] ^= 1;
    hold("/events", "post", &node.post(&broken));
    hold("/events", "post", &node.post(&reports(10, 2)[1]));
    hold("/events", "post", &node.send("/events", "application/json", b"{}").unwrap());
    hold("/events", "post", &node.send("/events", "text/plain", b"{}").unwrap());
    hold("/events", "post", &node.send("/events", "application/json", &vec![b' '; 100_000]).unwrap());
    let both = [super::bytes_of(&signed[1]), b"no".to_vec()].join(&b'\n');
    hold("/events/batch", "post", &node.send("/events/batch", "application/x-ndjson", &both).unwrap());
    hold("/events/batch", "post", &node.send("/events/batch", "application/x-ndjson", b"\n").unwrap());
    let size = stage().head.size().to_string();
    let filled: BTreeMap<&str, Vec<String>> = BTreeMap::from([
        ("/tile/{path}", vec!["0/000".to_owned(), "9/9".to_owned()]),
        ("/entries/{index}", vec!["0".to_owned(), size, "99999".to_owned(), "x".to_owned()]),
        ("/events/{hash}", vec![hash.clone(), "00".repeat(32), "zz".to_owned()]),
        ("/receipts/{hash}", vec![hash, "00".repeat(32), "zz".to_owned()]),
        ("/authors/{id}/head", vec!["tec-semey".to_owned(), "pec-nowhere".to_owned(), "A".to_owned()]),
        ("/elections/{id}/results", vec!["semey-2025".to_owned(), "none".to_owned(), "A".to_owned()]),
        ("/elections/{id}/precincts", vec!["semey-2025".to_owned(), "none".to_owned(), "A".to_owned()]),
        ("/precincts/{id}/history", vec!["semey-023".to_owned(), "none".to_owned(), "A".to_owned()]),
        ("/snapshots/{path}", vec!["1/manifest.json".to_owned()]),
        ("/attachments/{sha256}", vec!["00".repeat(32)]),
    ]);
    for (path, methods) in description["paths"].as_object().unwrap() {
        if !methods["get"].is_object() || path == "/stream" {
            continue;
        }
        let none = vec![String::new()];
        for value in filled.get(path.as_str()).unwrap_or(&none) {
            let start = path.find('{').unwrap_or(path.len());
            let end = path.find('}').map_or(path.len(), |end| end + 1);
            let asked = format!("{}{value}{}", &path[..start], &path[end..]);
            hold(path, "get", &node.get(&asked));
        }
    }
    // What is on no path is told in the same form.
    for (answer, status) in [(node.get("/nowhere"), 404), (node.get("/events"), 405)] {
        assert_eq!((answer.status, answer.header("content-type")), (status, "application/problem+json"));
        let of = json!({ "$ref": "#/components/schemas/Problem", "components": description["components"] });
        assert!(jsonschema::validator_for(&of).unwrap().is_valid(&answer.json()), "{}", answer.text());
    }
}

/// One spelling of a number, of the described range; and each message of the stream.
#[test]
fn numbers_and_messages_are_those_described() {
    let dir = copied();
    let node = Node::writing(dir.path(), &[]);
    let description = description();
    for wrong in ["9007199254740992", "18446744073709551615", "%2B1", "-1", "01", "1.0"] {
        let asked = [
            ("/stream", format!("/stream?from={wrong}")),
            ("/entries/{index}", format!("/entries/{wrong}")),
            ("/elections/{id}/results", format!("/elections/semey-2025/results?as_of={wrong}")),
        ];
        for (path, asked) in asked {
            let answer = node.get(&asked);
            assert_eq!(answer.status, 400, "{asked}: {}", answer.text());
            hold(&description, path, "get", &answer);
        }
    }
    let (_, mut lines) = super::stream::follow(&node, "/stream?from=7", None);
    let lines = lines.by_ref().map(Result::unwrap).take_while(|line| !line.is_empty());
    let message: serde_json::Map<String, Value> = lines
        .map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_owned(), json!(value))
        })
        .collect();
    let schema =
        &description["paths"]["/stream"]["get"]["responses"]["200"]["content"]["text/event-stream"]["schema"];
    let of = json!({ "$ref": schema["$ref"], "components": description["components"] });
    assert!(jsonschema::validator_for(&of).unwrap().is_valid(&message.clone().into()), "{message:?}");
    let data: Value = serde_json::from_str(message["data"].as_str().unwrap()).unwrap();
    let of = json!({ "$ref": "#/components/schemas/Entry", "components": description["components"] });
    assert!(data["index"] == 7 && jsonschema::validator_for(&of).unwrap().is_valid(&data), "{data}");
}
