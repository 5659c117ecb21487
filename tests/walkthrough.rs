//! The page that leads from nothing to a certificate, run word by word on the real program, and its commands counted.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Stdio},
    thread::sleep,
    time::{Duration, Instant},
};

use crate::{
    commands::{hattama, run},
    keys::GOOD,
};

/// No rehearsal of one precinct takes more commands.
const COMMANDS_MAX: usize = 60;

/// One line of the page: who types it, and its words.
struct Typed {
    role: String,
    words: Vec<String>,
    stays: bool,
}

/// What the page says: commands in their order, and tables by their names.
struct Page {
    typed: Vec<Typed>,
    tables: BTreeMap<String, String>,
}

/// A node that is ended with the test.
struct Node(Child);

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn read_page(text: &str) -> Page {
    let (mut page, mut inside, mut named) =
        (Page { typed: Vec::new(), tables: BTreeMap::new() }, None, String::new());
    let mut line_so_far = String::new();
    for line in text.lines() {
        match (inside, line.strip_prefix("```")) {
            (None, Some(kind)) => inside = Some(kind),
            (Some(_), Some(_)) => inside = None,
            (Some("csv"), None) => {
                page.tables.entry(named.clone()).or_default().push_str(&format!("{line}\n"))
            }
            (Some("console"), None) => match line.strip_suffix('\\') {
                Some(part) => line_so_far.push_str(part),
                None => {
                    page.typed.push(read_line(&format!("{line_so_far}{line}")));
                    line_so_far.clear();
                }
            },
            (Some(kind), None) => {
                panic!("a block of {kind}: nothing but commands and tables is written by hand")
            }
            (None, None) if line.starts_with('`') && line.ends_with('`') => {
                named = line.trim_matches('`').to_owned()
            }
            (None, None) => {}
        }
    }
    page
}

/// `role$ hattama words… &`; quotation marks hold words together.
fn read_line(line: &str) -> Typed {
    let (role, rest) = line.split_once("$ hattama ").unwrap();
    let (rest, stays) = rest.trim().strip_suffix('&').map_or((rest.trim(), false), |rest| (rest, true));
    let (mut words, mut word, mut open) = (Vec::new(), String::new(), false);
    for sign in rest.chars() {
        match sign {
            '"' => open = !open,
            ' ' if !open => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            sign => word.push(sign),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    Typed { role: role.to_owned(), words, stays }
}

/// As a shell does it: `drafts/pec/*.json` becomes the files, in the order of their names.
fn expand(dir: &Path, word: &str) -> Vec<String> {
    let Some(folder) = word.strip_suffix("/*.json") else { return vec![word.to_owned()] };
    let names = fs::read_dir(dir.join(folder)).unwrap_or_else(|error| panic!("{word}: {error}"));
    let mut names: Vec<String> = names.map(|name| name.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| name.ends_with(".json"));
    names.sort();
    names.into_iter().map(|name| format!("{folder}/{name}")).collect()
}

fn start_node(mut command: std::process::Command, port: u16) -> Node {
    let node = Node(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap());
    let until = Instant::now() + Duration::from_secs(60);
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(Instant::now() < until, "the node does not listen");
        sleep(Duration::from_millis(50));
    }
    node
}

#[test]
fn the_page_leads_from_nothing_to_a_certificate() {
    let text =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/walkthrough.md")).unwrap();
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let page = read_page(&text.replace("127.0.0.1:8080", &format!("127.0.0.1:{port}")));
    let dir = tempfile::tempdir().unwrap();
    for (name, table) in &page.tables {
        fs::write(dir.path().join(name), table).unwrap();
    }
    fs::create_dir(dir.path().join("papers")).unwrap();
    fs::create_dir(dir.path().join("drafts")).unwrap();
    for paper in text.split([' ', ';', '=', ':', '\n']).filter(|word| word.starts_with("papers/")) {
        fs::write(dir.path().join(paper), paper).unwrap();
    }
    let mut counted: BTreeMap<&str, usize> = BTreeMap::new();
    let mut keys: BTreeMap<String, &str> = BTreeMap::new();
    let mut node = None;
    for Typed { role, words, stays } in &page.typed {
        *counted.entry(role).or_default() += 1;
        if words.starts_with(&["key".to_owned(), "member".to_owned()]) {
            keys.insert(words[2].clone(), role);
        }
        let used: BTreeSet<&str> = words.iter().filter_map(|word| keys.get(word).copied()).collect();
        assert!(used.iter().all(|owner| owner == role), "{role} opens a key of {used:?}");
        let words: Vec<String> = words.iter().flat_map(|word| expand(dir.path(), word)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let mut command = hattama(&words);
        command
            .current_dir(dir.path())
            .env("HATTAMA_PASSPHRASE", format!("{GOOD} {role}"))
            .env("HATTAMA_LANG", "en");
        if *stays {
            node = Some(start_node(command, port));
            continue;
        }
        let done = command.output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert!(done.status.success(), "{role}$ hattama {}\n{out}{err}", words.join(" "));
    }
    let all: usize = counted.values().sum();
    for (role, count) in &counted {
        println!("{count:>3}  {role}");
    }
    println!("{all:>3}  commands in all");
    assert!(all <= COMMANDS_MAX && counted.len() >= 10);
    // What came of it: the certificate stands in a ledger that anybody verifies, and it names the winner of the count.
    let address = format!("http://127.0.0.1:{port}");
    let (code, out, err) = run(&["verify", &address]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = run(&["results", &address]);
    assert!(code == 0 && out.contains("140"), "{out}{err}");
    let (code, out, err) = run(&["todo", &address, "--author", "tec-aul"]);
    assert!(code == 0 && !out.contains("certificate-issued"), "{out}{err}");
    drop(node);
}
