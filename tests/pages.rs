//! The site of a ledger: the same bytes from every copy, nothing told too early, every name only a name.
//!
//! In: the scene at its steps, hostile words. Out: the report's page (`report`).

mod acting;
mod in_a_browser;
mod made_folder;
mod published;

use std::{collections::BTreeMap, fs, path::Path};

use ::site::{make_site, make_site_of};
use law::{Fact, state::Poll};
use publication::ReportPosition;

use crate::{
    commands::run,
    named::{laid, stage, zipped},
    scene::{PRECINCT, STEPS, Scene, id, play, text},
};

type Pages = BTreeMap<String, String>;

/// The site of a scene.
fn pages(scene: &Scene) -> Pages {
    let files = make_site(&scene.head).unwrap();
    files.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// Every file of a folder by its path.
pub(crate) fn read_tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for item in fs::read_dir(next).unwrap() {
            let path = item.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

#[test]
fn a_site_has_the_same_bytes_from_every_copy() {
    let (own, files) = stage();
    let dir = tempfile::tempdir().unwrap();
    let at = |name: &str| dir.path().join(name);
    laid(files, &at("copy"));
    fs::write(at("copy.zip"), zipped(files)).unwrap();
    let server = crate::site::Site::honest(files.clone());
    let sources =
        [at("copy").display().to_string(), at("copy.zip").display().to_string(), server.address.clone()];
    let sizes: Vec<_> = sources.iter().enumerate().map(|(n, source)| (n, source.clone())).collect();
    for (n, source) in &sizes {
        let to = at(&format!("site-{n}"));
        let (code, out, err) = run(&["site", source, "--to", to.to_str().unwrap()]);
        assert_eq!(code, 0, "{source}: {out}{err}");
    }
    let first = read_tree(&at("site-0"));
    assert!(first.len() > 20 && first.contains_key("index.html"), "{:?}", first.keys());
    for (n, source) in sizes.iter().skip(1) {
        assert_eq!(first, read_tree(&at(&format!("site-{n}"))), "{source}");
    }
    // The ledger's own folder has an entry more (the announcement); at the published size it is the same.
    let published = String::from_utf8(files["checkpoint"].clone()).unwrap();
    let size = published.lines().nth(1).unwrap();
    let to = at("own");
    let (code, out, err) =
        run(&["site", own.join("ledger").to_str().unwrap(), "--to", to.to_str().unwrap(), "--as-of", size]);
    assert_eq!(code, 0, "{out}{err}");
    assert_eq!(first, read_tree(&to));
}

/// Whether marks of a page open and close in order, as a program that reads XML would ask.
fn assert_balanced(path: &str, page: &str) {
    const VOID: [&str; 6] = ["meta", "link", "br", "!DOCTYPE", "?xml", "hr"];
    let mut open: Vec<&str> = Vec::new();
    for mark in page.split('<').skip(1).map(|rest| rest.split('>').next().unwrap()) {
        let name = mark.split([' ', '\n']).next().unwrap();
        if let Some(closed) = name.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{path}");
        } else if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{path}: {open:?}");
}

/// The page without the one script that it may have, which lies beside the pages.
fn without_own_script(path: &str, page: &str) -> String {
    let up = "../".repeat(path.matches('/').count());
    let script = format!("<script src=\"{up}page.js\" defer></script>");
    let has_one = path.ends_with(".html") && path != "index.html";
    assert_eq!(page.matches(&script).count(), usize::from(has_one), "{path}");
    page.replacen(&script, "", 1)
}

/// What holds of every page of every ledger.
fn assert_manners(pages: &Pages) {
    for (path, page) in pages.iter().filter(|(path, _)| path.ends_with(".html") || path.ends_with(".svg")) {
        assert_balanced(path, page);
        let page = &without_own_script(path, page);
        for never in [
            "<script",
            "style=\"",
            "<style",
            "<iframe",
            "<img",
            "onload",
            "http://",
            "https://",
            "javascript:",
        ] {
            let page = page.replace("http://www.w3.org/2000/svg", "");
            assert!(!page.contains(never), "{path}: {never}");
        }
        if path.ends_with(".svg") {
            assert!(page.contains("<title") && page.contains("<desc"), "{path}");
            assert!(!page.contains("class="), "{path} needs a style that is not in it");
            continue;
        }
        assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'"), "{path}");
        // Whatever it leads to is there.
        let folder = Path::new(path).parent().unwrap();
        for link in page.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            let (file, part) = link.split_once('#').unwrap_or((link, ""));
            let mut at = folder.to_owned();
            for step in file.split('/').filter(|_| !file.is_empty()) {
                if step == ".." { assert!(at.pop(), "{path}: {link} leads out") } else { at.push(step) }
            }
            let named = if file.is_empty() { path.as_str() } else { at.to_str().unwrap() };
            let target = pages.get(named);
            assert!(target.is_some(), "{path} leads to {link}");
            assert!(part.is_empty() || target.unwrap().contains(&format!("id=\"{part}\"")), "{path}: {link}");
        }
        let mut ids: Vec<&str> =
            page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(all, ids.len(), "{path} has an id twice");
    }
}

#[test]
fn every_step_of_a_life_has_an_honest_site() {
    assert!(make_site(&ledger::Head::default()).is_err());
    for step in STEPS.iter().skip(1) {
        let pages = pages(&Scene::before(step));
        assert_manners(&pages);
        for lang in ["kk", "ru", "en"] {
            assert!(pages[&format!("{lang}/index.html")].contains(&format!("lang=\"{lang}\"")));
        }
        let mark = "TEST LEDGER";
        let unmarked: Vec<_> = pages
            .iter()
            .filter(|(path, page)| (path.starts_with("en/") || *path == "index.html") && !page.contains(mark))
            .map(|(path, _)| path)
            .collect();
        assert!(unmarked.is_empty(), "{unmarked:?}");
    }
    assert_manners(&pages(&Scene::whole()));
}

/// A state with the election of the scene, changed, at a time of receipt.
fn changed_pages(scene: &Scene, received: &str, change: impl FnOnce(&mut law::State)) -> Pages {
    let mut state = scene.head.state().clone();
    change(&mut state);
    let mut position = ReportPosition::of_head(&scene.head, None).unwrap();
    position.received = event::Stamp::parse(received).unwrap();
    let files = make_site_of(&state, &position, &[]).unwrap();
    files.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// A second precinct on the state, where the first one counted; what it is at is the caller's affair.
fn add_precinct(state: &mut law::State, number: u64, poll: Poll) {
    let mut precinct = state.precincts[PRECINCT].clone();
    precinct.formed.number = text(&format!("{number:04}"));
    precinct.formed.precinct = id(&format!("p-{number}"));
    state.precincts.insert(id(&format!("p-{number}")), precinct);
    state.elections.get_mut(play::RURAL).unwrap().polls.insert(id(&format!("p-{number}")), poll);
}

/// A precinct where all have voted may count while others still vote.
#[test]
fn no_votes_are_told_before_the_polls_close() {
    let mut scene = play::registered();
    play::readies(&mut scene, play::RURAL, "2026-10-06 10:00");
    assert!(pages(&scene)["en/index.html"].contains("Votes are shown here once"));
    play::votes(&mut scene, play::RURAL, "2026-10-25");
    play::counts(&mut scene, play::RURAL, "2026-10-25", [151, 59]);
    let open = Poll { opened: Some((crate::scene::time("2026-10-25 07:00"), 404)), ..Poll::default() };
    let early =
        changed_pages(&scene, "2026-10-25T13:00:00.000Z", |state| add_precinct(state, 77, open.clone()));
    assert_manners(&early);
    for (path, page) in early.iter().filter(|(path, _)| *path != "style.css") {
        assert!(!page.contains(">151<") && !page.contains(">59<"), "{path} tells votes");
        assert!(!page.contains("<h2>151") && !page.contains(",151,"), "{path} tells votes");
    }
    assert!(early["en/elections/aul-2026.html"].contains("Votes are shown here once"));
    assert!(!early.keys().any(|path| path.ends_with("balance.svg") || path.ends_with("scatter.svg")));
    // Past the hour, or with both closed, they are shown; a part says that it is one.
    let late =
        changed_pages(&scene, "2026-10-25T18:00:00.000Z", |state| add_precinct(state, 77, open.clone()));
    assert_manners(&late);
    let page = &late["en/elections/aul-2026.html"];
    assert!(page.contains(">151<") && page.contains("of 1 of 2 protocols"), "{page}");
    assert!(
        page.contains("preliminary: 1 of 2 protocols") && !page.to_lowercase().contains("final"),
        "{page}"
    );
    let closed = Poll { closed: Some(crate::scene::time("2026-10-25 19:00")), ..open.clone() };
    let both = changed_pages(&scene, "2026-10-25T13:00:00.000Z", |state| add_precinct(state, 77, closed));
    assert!(both["en/index.html"].contains(">151<"));
    // Of a small part nobody leads, and no picture of a leader is drawn.
    let few = changed_pages(&scene, "2026-10-25T18:00:00.000Z", |state| {
        (70..90).for_each(|number| add_precinct(state, number, open.clone()));
    });
    assert_manners(&few);
    let page = &few["en/elections/aul-2026.html"];
    assert!(page.contains("1 of 21 protocols are there, of less than half"), "{page}");
    assert!(
        !few.contains_key("en/pictures/aul-2026-scatter.svg") && !page.contains("id=\"picture-scatter\"")
    );
}

#[test]
fn two_thousand_precincts_and_forty_candidates_fit_on_pages() {
    let scene = play::voted([110, 100]);
    let pages = changed_pages(&scene, "2026-10-26T00:00:00.000Z", |state| {
        let election = state.elections.get_mut(play::RURAL).unwrap();
        let (own, candidate) = (election.polls[PRECINCT].clone(), election.candidates["abenov"].clone());
        let mut lines = election.ballot.clone().unwrap();
        for n in 0..38 {
            let mut other = candidate.clone();
            let name = format!("Құдайбергенұлы-Досмұхамедова {n:02}");
            (other.nominated.name_kk, other.nominated.name_ru) = (text(&name), text(&name));
            other.nominated.candidate = id(&format!("c-{n}"));
            lines.push(id(&format!("c-{n}")));
            election.candidates.insert(id(&format!("c-{n}")), other);
        }
        election.ballot = Some(lines);
        let mut poll = own;
        let votes = &mut poll.protocols[0].protocol.count.votes;
        votes.extend((0..38).map(|n| law::facts::Votes { candidate: id(&format!("c-{n}")), votes: 7 }));
        (1000..2999).for_each(|number| add_precinct(state, number, poll.clone()));
    });
    assert_manners(&pages);
    let size = |path: &str| pages[path].len();
    let front = size("en/index.html");
    let election = size("kk/elections/aul-2026.html");
    let widest = pages
        .iter()
        .filter(|(path, _)| path.contains("elections/aul-2026/precincts-"))
        .map(|(_, page)| page.len())
        .max();
    eprintln!("bytes: front page {front}, election {election}, widest page of precincts {widest:?}");
    assert!(front < 100_000 && election < 1_500_000 && widest.unwrap() < 1_000_000);
    assert!(pages.contains_key("ru/elections/aul-2026/precincts-40.html"));
}

#[test]
fn a_tie_and_a_cancelled_result_are_said() {
    let tie = pages(&play::determined([105, 105]));
    assert_manners(&tie);
    let page = &tie["en/elections/aul-2026.html"];
    assert!(page.contains("result determined by the commission, not published yet"), "{page}");
    assert!(!page.contains("<strong>Elected</strong>"), "{page}");
    let mut scene = play::determined([110, 100]);
    let result = scene.of(play::RURAL).determined.as_ref().unwrap().event;
    play::certifies(&mut scene, play::RURAL, "2026-10-27");
    let certified = pages(&scene);
    assert!(
        certified["en/index.html"].contains("akim registered, certificate"),
        "{}",
        certified["en/index.html"]
    );
    scene.say(&play::cancels("2026-11-03 10:00", "oblast-test", play::RURAL, result));
    let cancelled = pages(&scene);
    assert_manners(&cancelled);
    assert!(
        cancelled["en/index.html"].contains("result cancelled by a decision"),
        "{}",
        cancelled["en/index.html"]
    );
    assert!(!cancelled["en/index.html"].contains("<strong>Elected</strong>"));
}

#[test]
fn a_name_is_only_a_name() {
    let mut scene = Scene::before("candidate-nominated:abenov");
    let mut step = scene.step("candidate-nominated:abenov");
    let long = "Ә".repeat(80);
    let evil = format!("<script>alert(1)</script><img src=x onerror=y>\" style=\"z {long}");
    let Fact::CandidateNominated(body) = &mut step.fact else { panic!() };
    (body.name_ru, body.name_kk) = (text(&evil), text("]]></svg><b>"));
    scene.say(&step);
    let pages = pages(&scene);
    for (path, page) in &pages {
        let page = without_own_script(path, page);
        for tag in ["<script", "<img", "<b>", "</svg><b"] {
            assert!(!page.contains(tag), "{path}: {tag}");
        }
    }
    assert!(pages["ru/elections/aul-2025.html"].contains("&lt;script&gt;"), "{:?}", pages.keys());
}

#[test]
fn tables_and_the_feed_say_what_the_pages_say() {
    let scene = Scene::whole();
    let files: BTreeMap<String, Vec<u8>> = make_site(&scene.head).unwrap().into_iter().collect();
    let package: serde_json::Value = serde_json::from_slice(&files["data/datapackage.json"]).unwrap();
    let listed = package["resources"].as_array().unwrap();
    assert_eq!(listed.len() + 1, files.keys().filter(|path| path.starts_with("data/")).count());
    for resource in listed {
        let bytes = &files[&format!("data/{}", resource["path"].as_str().unwrap())];
        assert_eq!(resource["bytes"], bytes.len());
        assert_eq!(resource["hash"], format!("sha256:{}", event::sha256(&[bytes])));
    }
    let votes = String::from_utf8(files["data/votes.csv"].clone()).unwrap();
    let mut rows = votes.split_terminator("\r\n").map(|row| row.split(',').collect::<Vec<_>>());
    let header = rows.next().unwrap();
    let fields: Vec<_> = listed.iter().find(|own| own["path"] == "votes.csv").unwrap()["schema"]["fields"]
        .as_array()
        .unwrap()
        .iter()
        .map(|field| field["name"].as_str().unwrap())
        .collect();
    assert_eq!(header, fields);
    let at = |name: &str| header.iter().position(|own| *own == name).unwrap();
    for (id, election) in &scene.head.state().elections {
        let totals = election.totals();
        for line in &totals.votes {
            let own = votes.split_terminator("\r\n").map(|row| row.split(',').collect::<Vec<_>>());
            let own =
                own.filter(|row| row[0] == id.as_str() && row[at("candidate")] == line.candidate.as_str());
            let sum: u64 = own.filter_map(|row| row[at("votes")].parse::<u64>().ok()).sum();
            assert_eq!(sum, line.votes, "{}", line.candidate);
        }
    }
    let corrections: usize = scene
        .head
        .state()
        .elections
        .values()
        .flat_map(|election| election.polls.values())
        .map(|poll| poll.protocols.iter().filter(|record| record.correction.is_some()).count())
        .sum();
    assert!(corrections > 0);
    for lang in ["kk", "ru", "en"] {
        let feed = String::from_utf8(files[&format!("{lang}/feed.atom")].clone()).unwrap();
        let snapshots = scene.head.state().snapshots.len();
        assert_eq!(feed.matches("<entry>").count(), corrections + snapshots, "{feed}");
        for link in feed.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()) {
            assert!(files.contains_key(&format!("{lang}/{}", link.split('#').next().unwrap())), "{link}");
        }
    }
}
