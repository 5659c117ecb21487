//! The pages that lead from nothing to a certificate, run word by word on the real program, and their commands counted.

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
/// The Central Election Commission and the territorial commission together, for a city.
const ABOVE_MAX: usize = 120;
/// One person in a precinct.
const PERSON_MAX: usize = 12;
/// As many precincts as Semey has.
const PRECINCTS: usize = 128;

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

/// Where a page leads to: the node's address, and the folder in which everybody works.
struct Walked {
    address: String,
    _node: Node,
    _dir: tempfile::TempDir,
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn read_page(text: &str) -> Page {
    let (mut page, mut inside, mut named) =
        (Page { typed: Vec::new(), tables: BTreeMap::new() }, None, String::new());
    for line in text.lines() {
        match (inside, line.strip_prefix("```")) {
            (None, Some(kind)) => inside = Some(kind),
            (Some(_), Some(_)) => inside = None,
            (Some("csv"), None) => {
                page.tables.entry(named.clone()).or_default().push_str(&format!("{line}\n"))
            }
            (Some("console"), None) => page.typed.push(read_line(line)),
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

/// Lines that stand one after another and say NNN are there for each precinct; a command on several lines is one.
fn repeat_for_precincts(text: &str, precincts: usize) -> String {
    let (mut done, mut own) = (String::new(), Vec::new());
    for line in text.replace("\\\n", "").lines().chain([""]) {
        if line.contains("NNN") && !line.contains("`NNN`") {
            own.push(line);
            continue;
        }
        for number in (1..=precincts).map(|n| format!("{n:03}")) {
            own.iter().for_each(|line| done.push_str(&format!("{}\n", line.replace("NNN", &number))));
        }
        own.clear();
        done.push_str(&format!("{line}\n"));
    }
    done
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

/// Who typed how many commands.
fn count_by_role(page: &Page) -> BTreeMap<&str, usize> {
    let mut counted = BTreeMap::new();
    page.typed.iter().for_each(|typed| *counted.entry(typed.role.as_str()).or_default() += 1);
    counted
}

fn read_docs(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(name);
    fs::read_to_string(path).unwrap()
}

/// Everything that the page says, in a folder of its own; the node stays until it is dropped.
fn walk(text: &str) -> Walked {
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
    let mut keys: BTreeMap<String, &str> = BTreeMap::new();
    let mut node = None;
    for Typed { role, words, stays } in &page.typed {
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
    Walked { address: format!("http://127.0.0.1:{port}"), _node: node.unwrap(), _dir: dir }
}

/// The certificate stands in a ledger that anybody verifies, and it names the winner of the count.
fn look_at_the_end(address: &str, votes: &str, commission: &str) {
    let (code, out, err) = run(&["verify", address]);
    assert_eq!(code, 0, "{out}{err}");
    let (code, out, err) = run(&["results", address]);
    assert!(code == 0 && out.contains(votes), "{out}{err}");
    let (code, out, err) = run(&["todo", address, "--author", commission]);
    assert!(code == 0 && !out.contains("certificate-issued"), "{out}{err}");
}

#[test]
fn the_page_leads_from_nothing_to_a_certificate() {
    let text = read_docs("walkthrough.md").replace("\\\n", "");
    let page = read_page(&text);
    let counted = count_by_role(&page);
    counted.iter().for_each(|(role, count)| println!("{count:>3}  {role}"));
    println!("{:>3}  commands in all", page.typed.len());
    assert!(page.typed.len() <= COMMANDS_MAX && counted.len() >= 10);
    let walked = walk(&text);
    look_at_the_end(&walked.address, "140", "tec-aul");
}

/// Counted with all precincts of Semey; run with a few, or with as many as `HATTAMA_CITY` says.
#[test]
fn a_city_is_led_by_tables_and_batches() {
    let text = read_docs("walkthrough-city.md");
    let whole = read_page(&repeat_for_precincts(&text, PRECINCTS));
    let counted = count_by_role(&whole);
    let of = |level: &str| -> usize {
        counted.iter().filter(|(role, _)| role.starts_with(level)).map(|(_, count)| count).sum()
    };
    let above = of("cec-") + of("tec-");
    let people: Vec<(&&str, &usize)> = counted.iter().filter(|(role, _)| role.starts_with("pec-")).collect();
    let most = people.iter().map(|(_, count)| **count).max().unwrap();
    for (role, count) in
        counted.iter().filter(|(role, _)| !role.starts_with("pec-") || role.contains("-001-"))
    {
        println!("{count:>3}  {role}");
    }
    println!(
        "{PRECINCTS} precincts: {} of the CEC, {} of the territorial commission, {above} together; {} people in precincts, each at most \
         {most}",
        of("cec-"),
        of("tec-"),
        people.len()
    );
    assert!(above <= ABOVE_MAX && most <= PERSON_MAX && people.len() >= 2 * PRECINCTS);
    for typed in &whole.typed {
        let batch = typed.words.iter().filter(|word| word.starts_with("drafts/")).count() > 1;
        let alone = ["protocol-", "accounted-", "results.json", "certificate.json"];
        let named = typed.words.iter().any(|word| alone.iter().any(|name| word.contains(name)));
        let signed = typed.words.first().map(String::as_str) == Some("event") && typed.words[1] == "sign";
        assert!(!(signed && batch && named), "{:?}", typed.words);
    }
    let some = std::env::var("HATTAMA_CITY").ok().map_or(3, |many| many.parse().unwrap());
    println!("run with {some} precincts; HATTAMA_CITY={PRECINCTS} runs it with all");
    let walked = walk(&repeat_for_precincts(&text, some));
    look_at_the_end(&walked.address, &group(140 * some), "tec-semey");
}

/// As figures are printed: 17 920.
fn group(figure: usize) -> String {
    match figure / 1000 {
        0 => figure.to_string(),
        thousands => format!("{thousands}\u{a0}{:03}", figure % 1000),
    }
}
