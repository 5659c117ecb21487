//! The ledgers that are served, and what is sent to them: synthetic elections, every event signed beforehand.
//!
//! In: ledgers played through the library up to a moment of voting day. Out: sending (`clients`).

use std::{collections::BTreeMap, fs, os::unix::fs::PermissionsExt as _, path::Path};

use base64::Engine as _;
use demo::{
    LedgerTitle,
    act::{Act, semey_clock, semey_seconds},
    cast::Cast,
    contest::{Contest, PrecinctFigures},
    stage::{self, Grouping},
};
use event::{Id, SignedEvent, Time};
use law::{Fact, facts::TurnoutReported};
use ledger::{Chain, Head};
use node::Writer;
use rayon::prelude::*;

use crate::{clients::post, synthetic::contest};

/// Precincts of one territorial commission.
const OF_ONE: usize = 100;

/// An event, signed, as a file and as the request that appends it.
pub(crate) struct Ready {
    pub(crate) signed: SignedEvent,
    pub(crate) body: Vec<u8>,
    pub(crate) request: Vec<u8>,
}

impl Ready {
    fn new(signed: SignedEvent) -> Self {
        let body = event::json::encode(&signed).unwrap();
        let request = post(&body);
        Self { signed, body, request }
    }
}

/// A ledger in `dir/ledger` whose precincts are open, closed again for the node.
pub(crate) fn opened(dir: &Path, precincts: usize) -> (Head, Cast, Vec<Contest>) {
    let (mut cast, contests) = (Cast::new("bench-load"), contests(precincts));
    let mut writer = until_voting_day(&mut cast, &contests, dir);
    let mut day = voting_day(&contests);
    day.retain(|act| act.at < contests[0].midnight + 8 * 3_600);
    play(&mut writer, &mut cast, day);
    let head = writer.head().clone();
    writer.close().unwrap();
    (head, cast, contests)
}

/// Reports of turnout of one precinct, each following the one before.
pub(crate) fn reports(
    head: &Head,
    cast: &mut Cast,
    contests: &[Contest],
    place: usize,
    count: usize,
) -> Vec<Ready> {
    let (contest, place) = (&contests[place / OF_ONE], place % OF_ONE);
    let precinct = &contest.precincts[place];
    let pec = contest.pec_id(precinct);
    let (label, own) = (format!("{pec}/secretary"), id(&contest.precinct_id(precinct)));
    let at = Time::parse(&semey_clock(contest.midnight + 10 * 3_600)).unwrap();
    let mut last = None;
    let report = |issued: usize| {
        let chain = Chain { author: id(&pec), election: Some(id(&contest.election)), desk: id("secretary") };
        let fact = TurnoutReported { issued: issued as u64, precinct: own.clone() };
        let key = cast.key(&label);
        let mut signed = head.draft(chain, &Fact::TurnoutReported(fact), at.clone(), vec![key]).unwrap();
        if let Some((seq, prev)) = last {
            let place = |event: &mut event::Event| (event.author_seq, event.author_prev) = (seq, prev);
            signed.event = signed.event.with_change(place).unwrap();
        }
        last = Some((signed.event.author_seq + 1, signed.hash()));
        signed
    };
    let mut drafted: Vec<SignedEvent> = (1..=count).map(report).collect();
    let labels = [label];
    drafted.par_iter_mut().for_each(|signed| cast.sign(signed, &labels).unwrap());
    drafted.into_par_iter().map(Ready::new).collect()
}

/// A ledger in `dir/ledger` on the night, all votes counted; and for so many clients the protocols of its precincts.
pub(crate) fn protocols(dir: &Path, precincts: usize, clients: usize) -> (Vec<Vec<Ready>>, u64) {
    let (mut cast, contests) = (Cast::new("bench-load"), contests(precincts));
    let mut writer = until_voting_day(&mut cast, &contests, dir);
    // A board at a precinct acts twice: it accounts for the ballots, then it signs the protocol, which comes last.
    let day = voting_day(&contests);
    let mut last: BTreeMap<String, i64> = BTreeMap::new();
    for act in day.iter().filter(|act| act.desk == "board") {
        let at = last.entry(act.author.clone()).or_default();
        *at = act.at.max(*at);
    }
    let signs = |act: &Act| act.desk == "board" && last.get(&act.author) == Some(&act.at);
    let (mut protocols, mut before): (Vec<Act>, Vec<Act>) = day.into_iter().partition(signs);
    before.retain(|act| act.looks_back == demo::act::Needs::Nothing);
    play(&mut writer, &mut cast, before);
    let latest = protocols.iter().map(|act| act.at).max().unwrap();
    protocols.iter_mut().for_each(|act| act.at = latest);
    let mut work: Vec<Vec<Ready>> = (0..clients).map(|_| Vec::new()).collect();
    for (n, act) in protocols.iter().enumerate() {
        work[n % clients].push(Ready::new(demo::act::sign_act(writer.head(), &mut cast, act).unwrap()));
    }
    let size = writer.head().size();
    writer.close().unwrap();
    (work, size)
}

/// Plays everything up to voting day, and puts the keys of the node beside it.
fn until_voting_day(cast: &mut Cast, contests: &[Contest], dir: &Path) -> Writer {
    fs::create_dir_all(dir).unwrap();
    let ledger = dir.join("ledger");
    let title = LedgerTitle {
        origin: "bench.example/load", name: "Журнал для измерений", synthetic: &[]
    };
    let at = semey_seconds("2023-09-12 09:00");
    let charter = demo::signed_charter(cast, title, at).unwrap();
    let opened = event::Stamp::from_millis(at * 1000).unwrap();
    let mut writer = Writer::create(&ledger, &charter, &cast.secret("log"), opened).unwrap();
    for (label, name) in [("log", "log-key.pem"), ("cec/service", "service-key.pem")] {
        key_file(&ledger.join(name), &cast.secret(label));
    }
    let id = writer.head().state().ledger.unwrap();
    let acts = demo::commission_acts(cast, id, contests).unwrap();
    play(&mut writer, cast, acts);
    for chapter in [demo::calling_acts, demo::campaign_acts] {
        let acts = contests.iter().flat_map(|contest| chapter(contest).unwrap()).collect();
        play(&mut writer, cast, acts);
    }
    writer
}

fn voting_day(contests: &[Contest]) -> Vec<Act> {
    contests.iter().flat_map(|contest| demo::voting_day_acts(contest).unwrap()).collect()
}

fn play(writer: &mut Writer, cast: &mut Cast, acts: Vec<Act>) {
    stage::play_acts_in(Grouping::Together, writer, cast, acts, |_| {}).unwrap();
}

/// PKCS#8 of a seed, mode 0600.
fn key_file(path: &Path, seed: &[u8; 32]) {
    let prefix = hex::decode("302e020100300506032b657004220420").unwrap();
    let der = base64::engine::general_purpose::STANDARD.encode([prefix.as_slice(), seed].concat());
    fs::write(path, format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n")).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// So many precincts in as many elections as they need.
fn contests(precincts: usize) -> Vec<Contest> {
    let of = |n: usize| (n * OF_ONE..precincts.min((n + 1) * OF_ONE)).len();
    (0..precincts.div_ceil(OF_ONE)).map(|n| contest(n, (1..=of(n)).map(precinct).collect())).collect()
}

/// The same synthetic figures everywhere: the lines of a protocol, not their sums, decide how long it takes.
fn precinct(number: usize) -> PrecinctFigures {
    PrecinctFigures {
        number,
        voters: 1_500,
        members: 5,
        received: 1_500,
        issued: 900,
        damaged: 5,
        found: 900,
        portable: 20,
        invalid: 20,
        votes: vec![400, 300, 150, 30],
        ..PrecinctFigures::default()
    }
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}
