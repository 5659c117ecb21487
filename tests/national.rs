//! Many elections in one ledger: the national demo adds up, plays to its lawful end, and nothing of one gets into another.
//!
//! The whole of it, 1,491 precincts, is played in release by `.ci/run`; here each contest has its first two precincts.

use std::{collections::BTreeMap, path::PathBuf};

use demo::{
    act::{Act, semey_clock, semey_seconds},
    cast::Cast,
    contest::{Contest, PrecinctFigures},
    national::{self, territories::TERRITORIES},
    stage::{Grouping, play_acts_in},
};
use event::{Stamp, Time};
use law::{State, facts::Level};
use ledger::projections::{format_percent, view_summary};
use node::{FolderTarget, OfficeSigner, Writer};
use verifier::Verdict;

fn kz(name: &str) -> Option<Vec<BTreeMap<String, String>>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let base = std::env::var_os("HATTAMA_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let path = base.join("data/kz").join(name);
    if !path.exists() {
        eprintln!("skipped: no {}", path.display());
        return None;
    }
    let mut reader = csv::Reader::from_path(path).unwrap();
    Some(reader.deserialize().map(Result::unwrap).collect())
}

fn sum(contests: &[Contest], figure: impl Fn(&PrecinctFigures) -> u64) -> u64 {
    contests.iter().flat_map(|contest| &contest.precincts).map(figure).sum()
}

fn took_part(precinct: &PrecinctFigures) -> u64 {
    precinct.votes.iter().sum()
}

#[test]
fn totals_are_those_announced() {
    let all = national::all_contests();
    let precincts: usize = all.iter().map(|contest| contest.precincts.len()).sum();
    assert_eq!((all.len(), precincts), (45, 1_491));
    let (voters, part) = (sum(&all, |p| p.voters), sum(&all, took_part));
    assert_eq!((voters, part, format_percent(part, voters, 2).as_str()), (1_062_327, 667_035, "62.79"));
    assert_eq!(all.iter().map(|contest| contest.people.len()).sum::<usize>(), 125);
    for contest in &all {
        for p in &contest.precincts {
            let at = format!("{} {}", contest.slug, p.number);
            assert_eq!(took_part(p) + p.invalid, p.found, "{at}");
            assert!(p.voters > 0 && p.voters <= 3_000 && p.issued <= p.voters && p.found <= p.issued, "{at}");
            assert!(
                p.issued + p.damaged <= p.received && p.portable <= p.found && p.absentee <= p.issued,
                "{at}"
            );
            let lawful: &[usize] = if p.voters > 2_000 { &[7, 9] } else { &[5, 7] };
            assert!(lawful.contains(&p.members), "{at}: {} members for {}", p.members, p.voters);
            assert!(p.reports.windows(2).all(|pair| pair[0].1 <= pair[1].1), "{at}");
            assert!(p.reports.iter().all(|(_, issued)| *issued <= p.issued), "{at}");
        }
    }
}

#[test]
fn what_was_printed_of_a_contest_is_kept() {
    let (Some(printed), Some(kato)) = (kz("akim_contests.csv"), kz("kato.csv")) else { return };
    let all = national::all_contests();
    let mut seen = 0;
    for row in printed.iter().filter(|row| row["date"] == "2023-11-05") {
        let contest = all.iter().find(|contest| contest.territory == row["territory_kato"]);
        let contest = contest.unwrap_or_else(|| panic!("no contest for {}", row["contest_id"]));
        let one = std::slice::from_ref(contest);
        let lines = contest.lines().len();
        let figures = [
            ("precincts", contest.precincts.len() as u64),
            ("registered", sum(one, |p| p.voters)),
            ("voted_outside", sum(one, |p| p.portable)),
            ("against_all", sum(one, |p| p.votes[lines])),
            ("candidates", contest.people.len() as u64),
        ];
        for (column, figure) in figures {
            let text = row[column].as_str();
            assert!(text.is_empty() || text == figure.to_string(), "{}: {column} {figure}", contest.slug);
        }
        let turnout = format_percent(sum(one, took_part), sum(one, |p| p.voters), 1);
        let said = row["turnout_pct"].as_str();
        assert!(said.is_empty() || said == turnout, "{}: turnout {turnout}", contest.slug);
        seen += 1;
    }
    assert_eq!(seen, 40);
    for territory in &TERRITORIES {
        let row = kato.iter().find(|row| row["code"] == territory.kato).unwrap();
        assert_eq!(
            (row["name_ru"].as_str(), row["name_kk"].as_str()),
            (territory.name_ru, territory.name_kk)
        );
        assert_eq!(row["kind"] == "city_regional", territory.is_city(), "{}", territory.slug);
    }
    let assumed: Vec<&Contest> = all.iter().filter(|contest| contest.slug.starts_with("assumed-")).collect();
    assert_eq!(assumed.len(), 5);
    assert!(assumed.iter().all(|contest| contest.name.ends_with("(assumed)")));
    for region in ["61", "62"] {
        assert!(assumed.iter().any(|contest| contest.territory.starts_with(region)), "{region}");
    }
    votes(&all);
}

/// Votes by candidate, where a page prints all of them; and the sums over several contests.
fn votes(all: &[Contest]) {
    let Some(printed) = kz("akim_candidate_votes.csv") else { return };
    for row in
        printed.iter().filter(|row| row["contest_id"].starts_with("2023-11-05/") && !row["votes"].is_empty())
    {
        let kato = row["contest_id"].split('/').nth(1).unwrap();
        let contest = all.iter().find(|contest| contest.territory == kato).unwrap();
        let one = std::slice::from_ref(contest);
        let totals: Vec<String> =
            (0..=contest.lines().len()).map(|line| sum(one, |p| p.votes[line]).to_string()).collect();
        assert!(totals.contains(&row["votes"]), "{kato}: {} is not in {totals:?}", row["votes"]);
    }
    let of = |slugs: &[&str]| -> Vec<Contest> {
        all.iter().filter(|contest| slugs.contains(&contest.slug.as_str())).cloned().collect()
    };
    let north = of(&["esil-north", "mamlyut", "timiryazev"]);
    assert_eq!((sum(&north, |p| p.voters), sum(&north, |p| p.found)), (35_846, 24_061));
    let west = of(&["bokeyorda", "karatobe", "taskala"]);
    assert_eq!(west.iter().map(|contest| contest.precincts.len()).sum::<usize>(), 63);
    assert_eq!((sum(&west, |p| p.found), sum(&west, |p| p.portable)), (17_033, 1_809));
    let kostanay = of(&["rudny", "altynsarin", "denisov", "karabalyk", "fedorov"]);
    assert_eq!((sum(&kostanay, |p| p.voters), sum(&kostanay, |p| p.found)), (135_198, 65_896));
    assert_eq!(sum(&kostanay, |p| p.absentee), 15);
    let karaganda = of(&["priozersk", "aktogay-karaganda", "osakarov"]);
    assert_eq!(format_percent(sum(&karaganda, |p| p.found), sum(&karaganda, |p| p.voters), 2), "67.62");
    let kyzylorda = of(&["syrdarya", "shieli"]);
    assert_eq!(kyzylorda.iter().map(|contest| contest.precincts.len()).sum::<usize>(), 58);
    assert_eq!(sum(&kyzylorda, |p| p.members as u64), 388);
    for (slug, issued) in [("zhualy", 13_430), ("ryskulov", 14_731)] {
        assert_eq!(
            sum(&of(&[slug]), |p| p.reports.iter().find(|(hour, _)| *hour == "16:00").unwrap().1),
            issued
        );
    }
}

type Chapter = fn(&Contest) -> Result<Vec<Act>, event::json::Fault>;
const CHAPTERS: [Chapter; 5] = [
    demo::calling_acts,
    demo::campaign_acts,
    demo::voting_day_acts,
    demo::correction_acts,
    demo::ending_acts,
];

fn played(contests: &[Contest], dir: &std::path::Path) -> (Writer, Cast) {
    let mut cast = Cast::new(national::SEED);
    let at = semey_seconds("2023-09-12 09:00");
    let charter = demo::signed_charter(&mut cast, national::TITLE, at).unwrap();
    let opened = Stamp::from_millis(at * 1000).unwrap();
    let mut writer = Writer::create(dir, &charter, &cast.secret("log"), opened).unwrap();
    let id = writer.head().state().ledger.unwrap();
    let mut acts = demo::commission_acts(&mut cast, id, contests).unwrap();
    acts.extend(national::accreditation_acts(contests).unwrap());
    acts.extend(CHAPTERS.iter().flat_map(|chapter| contests.iter().flat_map(|one| chapter(one).unwrap())));
    play_acts_in(Grouping::Together, &mut writer, &mut cast, acts, |_| {}).unwrap();
    (writer, cast)
}

#[test]
fn forty_five_elections_go_on_at_once_and_each_ends_lawfully() {
    let dir = tempfile::tempdir().unwrap();
    let all = national::contests_cut_to(2);
    let (mut writer, cast) = played(&all, &dir.path().join("ledger"));
    counted(writer.head().state(), &all);
    let at = semey_seconds("2023-11-07 18:00");
    let seed = cast.secret("cec/office-1");
    let office = OfficeSigner {
        key: node::OfficeKey::Seed(&seed),
        at: Time::parse(&semey_clock(at)).unwrap(),
        received: Stamp::from_millis(at * 1000).unwrap(),
    };
    let to = dir.path().join("published");
    node::Publisher::default()
        .publish(&mut writer, &dir.path().join("ledger"), &mut FolderTarget::new(&to), &office, None)
        .unwrap();
    let report = crate::scene::verify(&verifier::folder::read_folder(&to).unwrap(), &[]);
    // Public papers are not taken in here.
    assert_eq!(report.verdict(), Verdict::VerifiedWithWarnings, "{}", report.verdict_sentence());
    alone(writer.head().state(), &all);
    crate::claims::of_the_country(&to);
    drop(writer);
    crate::marked::of_the_country(&to, &dir.path().join("ledger"));
}

/// The summary, and every election by itself, say what the contests say.
fn counted(state: &State, all: &[Contest]) {
    let view = view_summary(state);
    let of = |level| view.commissions.iter().filter(move |own| own.level == level).map(|own| own.count);
    assert_eq!(of(Level::Regional).collect::<Vec<_>>(), [17]);
    assert_eq!(of(Level::Territorial).collect::<Vec<_>>(), [42, 3]);
    assert_eq!(of(Level::Precinct).collect::<Vec<_>>(), [90]);
    let elections = view.elections.unwrap();
    assert_eq!((elections.called, elections.certified, elections.published), (45, 45, 45));
    assert_eq!((elections.precincts, elections.precincts_counted), (90, 90));
    let over = |figure: fn(&ledger::projections::NominationView) -> u64| -> u64 {
        view.nominations.iter().map(figure).sum()
    };
    assert_eq!((over(|n| n.nominated), over(|n| n.standing), over(|n| n.elected)), (125, 125, 45));
    let elected = view.elected.unwrap();
    assert_eq!((elected.count, elected.mean_age.as_str()), (45, "46.7"));
    let watching = view.watching.unwrap();
    assert_eq!((watching.counted, watching.organisations), (8_500, 12));
    assert_eq!(watching.proxies, watching.proxies_registered);
    let turnout = view.turnout.unwrap();
    assert_eq!((turnout.voters, turnout.participated), (sum(all, |p| p.voters), sum(all, took_part)));
    assert_eq!((turnout.found, turnout.invalid), (sum(all, |p| p.found), sum(all, |p| p.invalid)));
    for contest in all {
        let election = &state.elections[contest.election.as_str()];
        let totals = election.totals();
        for (line, votes) in totals.votes.iter().enumerate() {
            assert_eq!(votes.candidate.as_str(), contest.lines()[line]);
            assert_eq!(
                votes.votes,
                sum(std::slice::from_ref(contest), |p| p.votes[line]),
                "{}",
                contest.slug
            );
        }
        let winner = election.determined.as_ref().unwrap().body.elected.as_ref().unwrap();
        assert_eq!(Some(winner.as_str()), contest.winner(), "{}", contest.slug);
    }
}

/// An election that is played alone comes to the same tally, to the byte, as among 44 others.
fn alone(among: &State, all: &[Contest]) {
    let dir = tempfile::tempdir().unwrap();
    let one = all.iter().find(|contest| contest.miscounted.is_some()).unwrap();
    let (writer, _) = played(std::slice::from_ref(one), dir.path());
    let (here, there) = (&writer.head().state().elections, &among.elections);
    assert_eq!(here.len(), 1);
    let election = one.election.as_str();
    assert_eq!(here[election].totals(), there[election].totals());
    assert_eq!(here[election].totals_first(), there[election].totals_first());
    assert_ne!(here[election].totals(), here[election].totals_first(), "a recount changed it");
    assert_eq!(view_summary(writer.head().state()).turnout.unwrap().voters, one.voters());
}
