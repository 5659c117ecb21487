//! Elections of years in three ledgers, two of each voting day: played, published, verified, added up, and marked.

use std::path::{Path, PathBuf};

use demo::{
    act::{semey_clock, semey_seconds, sign_act},
    cast::Cast,
    contest::Contest,
    stage::{Grouping, play_acts_in},
    years::{self, LEDGERS, SEED, StepOfChange, YearsLedger},
};
use event::{Stamp, Time};
use law::{
    Edition, Fact, Rule,
    facts::{Ground, Office},
};
use ledger::Head;
use node::{FolderTarget, OfficeSigner, Writer};

use crate::commands::run;

fn play_cut(ledger: &YearsLedger, dir: &Path) -> PathBuf {
    let contests = ledger.contests_cut_to(2);
    let mut cast = Cast::new(SEED);
    let at = semey_seconds(ledger.opened);
    let charter = demo::signed_charter(&mut cast, ledger.title, at).unwrap();
    let opened = Stamp::from_millis(at * 1000).unwrap();
    let folder = dir.join("ledger");
    let mut writer = Writer::create(&folder, &charter, &cast.secret("log"), opened).unwrap();
    let id = writer.head().state().ledger.unwrap();
    let mut acts = demo::commission_acts(&mut cast, id, &contests).unwrap();
    for contest in &contests {
        acts.extend(demo::calling_acts(contest).unwrap());
        acts.extend(demo::campaign_acts(contest).unwrap());
        acts.extend(demo::voting_day_acts(contest).unwrap());
        acts.extend(demo::correction_acts(contest).unwrap());
        acts.extend(demo::ending_acts(contest).unwrap());
    }
    play_acts_in(Grouping::Together, &mut writer, &mut cast, acts, |_| {}).unwrap();
    for election in writer.head().state().elections.values() {
        let assumed = election.called.edition == Edition::Assumed2021;
        assert_eq!(assumed, election.calendar.voting_starts.date_text() < "2023", "{}", election.called.name);
        assert!(election.determined.is_some() && !election.called.synthetic.is_empty());
    }
    refuse_after_the_change(&mut writer, &mut cast, &contests);
    judge_ended_powers(writer.head(), &mut cast, &contests);
    let at = semey_seconds(ledger.published);
    let office = OfficeSigner {
        key: node::OfficeKey::Seed(&cast.secret("cec/office-1")),
        at: Time::parse(&semey_clock(at)).unwrap(),
        received: Stamp::from_millis(at * 1000).unwrap(),
    };
    let to = dir.join("published");
    let mut target = FolderTarget::new(&to);
    node::Publisher::default().publish(&mut writer, &folder, &mut target, &office, None).unwrap();
    let report = crate::scene::verify(&verifier::folder::read_folder(&to).unwrap(), &[]);
    assert_eq!(report.verdict().exit_code(), 0, "{}", report.verdict_sentence());
    to
}

/// An edition closes offices: a district is called lawfully until 30 June 2026 and by nobody after it, under no edition.
fn refuse_after_the_change(writer: &mut Writer, cast: &mut Cast, contests: &[Contest]) {
    let Some(contest) = years::call_after_the_change(contests) else { return };
    let before = writer.head().size();
    let mut append = |contest: &Contest, edition: Option<Edition>| {
        let mut act = demo::calling_acts(contest).unwrap().remove(0);
        if let Some(edition) = edition {
            let Some(Fact::ElectionCalled(mut called)) = (act.fact)(writer.head()) else { panic!("no call") };
            called.edition = edition;
            let fact = Fact::ElectionCalled(called);
            act.fact = Box::new(move |_| Some(fact.clone()));
        }
        let signed = sign_act(writer.head(), cast, &act).unwrap();
        let received = node::received_for(writer.head(), &signed.event).unwrap();
        writer.append(&[(signed, received)]).unwrap().remove(0).map(|_| ()).map_err(|error| error.to_string())
    };
    for edition in [None, Some(Edition::Z2025_01_01), Some(Edition::Assumed2021)] {
        let refused = append(&contest, edition).unwrap_err();
        assert!(refused.contains("PRO-01"), "{edition:?}: {refused}");
    }
    let day = 86_400;
    // 48 days after the call.
    let last_day = Contest { midnight: semey_seconds("2026-06-30 00:00") + 48 * day, ..contest.clone() };
    let city = Contest { office: Office::City, ..contest.clone() };
    assert!(append(&city, None).unwrap_err().contains("PRO-01"), "nor cities");
    // Nor where powers were ended early by a decision: that is a ground of calling, and there is no such office to call for.
    let early = Contest { ground: Ground::EarlyTermination, ..contest.clone() };
    assert!(append(&early, None).unwrap_err().contains("PRO-01"), "nor after powers that ended early");
    let rural = Contest { office: Office::Rural, election: "rural-2026".to_owned(), ..contest };
    assert_eq!(writer.head().size(), before, "what was refused has changed nothing");
    let head = writer.head();
    let sitting = years::count_sitting_akims(head.state());
    assert_eq!(sitting, head.state().elections.len() as u64, "who was elected before stays as he was");
    for lawful in [last_day, rural] {
        let act = demo::calling_acts(&lawful).unwrap().remove(0);
        let signed = sign_act(head, cast, &act).unwrap();
        let received = node::received_for(head, &signed.event).unwrap();
        let admitted = head.admit(head.seal(signed.check().unwrap(), received).unwrap());
        assert!(admitted.is_ok(), "{}: {:?}", lawful.election, admitted.err());
    }
}

/// Powers of sitting akims end by decision: a ground of a call while there is the office, and of none after it.
fn judge_ended_powers(head: &Head, cast: &mut Cast, contests: &[Contest]) {
    let acts = years::acts_of_the_change(contests).unwrap();
    let districts = contests.iter().any(|contest| contest.office == Office::District);
    assert_eq!(acts.len(), if districts { 4 } else { 0 });
    let admits = |head: &Head, signed: &event::SignedEvent| {
        let received = node::received_for(head, &signed.event).unwrap();
        head.admit(head.seal(signed.check().unwrap(), received).unwrap())
    };
    let mut after = head.clone();
    for one in acts {
        let signed = sign_act(&after, cast, &one.act).unwrap();
        if one.step == StepOfChange::CalledBefore {
            let under_rules_1 = sign_act(head, cast, &one.act).unwrap();
            assert_eq!(admits(head, &under_rules_1).unwrap_err().rule(), Rule::Int05);
        }
        match admits(&after, &signed) {
            Ok(admitted) => after.extend(admitted),
            Err(refusal) => assert_eq!((one.step, refusal.rule()), (StepOfChange::CalledAfter, Rule::Pro01)),
        }
    }
    let called = |election: &&law::state::Election| election.called.ground_decision.is_some();
    let offices = after.state().elections.values().filter(called).map(|election| election.called.office);
    assert_eq!(
        offices.collect::<Vec<_>>(),
        if districts { vec![Office::District, Office::Rural] } else { vec![] }
    );
}

#[test]
fn years_are_played_verified_added_up_and_marked() {
    let dir = tempfile::tempdir().unwrap();
    let of = |ledger: &YearsLedger| dir.path().join(ledger.folder);
    let published: Vec<String> =
        LEDGERS.iter().map(|ledger| play_cut(ledger, &of(ledger)).display().to_string()).collect();
    let words = |rest: &[&'static str]| {
        let all = std::iter::once("summary").chain(published.iter().map(String::as_str));
        let all: Vec<String> = all.chain(rest.iter().copied()).map(str::to_owned).collect();
        run(&all.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let (code, out, err) = words(&["--by", "year", "--format", "csv"]);
    assert_eq!(code, 0, "{err}");
    let rows: Vec<Vec<&str>> = out.lines().map(|line| line.split(',').collect()).collect();
    let counts: Vec<(&str, &str)> = rows.iter().skip(1).map(|row| (row[0], row[2])).collect();
    assert_eq!(counts, [("2021", "4"), ("2022", "6"), ("2023", "6"), ("2024", "8"), ("2025", "8")], "{out}");
    let (_, out, _) = words(&["--by", "kind", "--format", "csv"]);
    let elected: u64 =
        out.lines().skip(1).map(|row| row.split(',').nth(8).unwrap().parse::<u64>().unwrap()).sum();
    assert_eq!(elected, 32, "{out}");
    let (code, _, err) = words(&["--by", "month"]);
    assert!(code == 64 && err.contains("month"), "{err}");
    let (code, _, err) = words(&[]);
    assert!(code == 64 && err.contains("--by"), "several ledgers have no one summary: {err}");
    let shown =
        [("july-2021", "okrug-0001-2021"), ("rural", "okrug-0731-2021"), ("districts", "zhanasemey-2025")];
    for (folder, election) in shown {
        let base = dir.path().join(folder);
        crate::marked::of_the_years(&base.join("published"), &base.join("ledger"), election);
    }
}
