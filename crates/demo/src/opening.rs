//! The script until the election is called: charter, commissions, precincts.

use event::{CheckError, Hash, Id, Key, SignedEvent, Time, json::DecodeError, json::Fault};
use law::{
    Edition, Fact,
    facts::{
        Calendar, Clock, CommissionFormed, ElectionCalled, Ground, LedgerOpened, Level, Member, NameInBoth,
        OfficeKey, PrecinctFormed, PrecinctKind, PrecinctsFixed, Quorum, SyntheticKind,
    },
    lines_root,
};
use ledger::{Chain, Head};

use crate::{
    act::{Act, Needs},
    cast::Cast,
    contest::{Contest, PrecinctFigures, board_labels, new_id, new_text, seat_names},
    names,
};

/// What a demo's ledger is called.
#[derive(Debug, Clone, Copy)]
pub struct LedgerTitle<'a> {
    /// Origin of its checkpoints.
    pub origin: &'a str,
    /// Its name.
    pub name: &'a str,
    /// What is made up in every election of it.
    pub synthetic: &'a [SyntheticKind],
}

/// The charter of a demo, signed by all three root keys at that time of UTC+5.
///
/// # Errors
/// Never for the values of the script.
pub fn signed_charter(cast: &mut Cast, title: LedgerTitle<'_>, at: i64) -> Result<SignedEvent, CheckError> {
    let form = |fault| CheckError::Decode(DecodeError { at: 0, fault });
    let cec = new_id("cec").map_err(form)?;
    let office = |cast: &mut Cast, member: &str| -> Result<OfficeKey, CheckError> {
        let member = new_id(member).map_err(form)?;
        let proof = cast.proof(&Hash::ZERO, &cec, &member);
        Ok(OfficeKey { key: cast.key(&format!("cec/{member}")), proof })
    };
    let labels: Vec<String> = (1..=3).map(|n| format!("cec/root-{n}")).collect();
    let mut root_keys: Vec<Key> = labels.iter().map(|label| cast.key(label)).collect();
    root_keys.sort();
    let charter = LedgerOpened {
        names: None,
        clock: Clock::Simulated,
        log_key: cast.key("log"),
        name: new_text(title.name).map_err(form)?,
        office_keys: vec![office(cast, "office-1")?],
        origin: new_text(title.origin).map_err(form)?,
        promise_minutes: 60,
        quorum: Quorum::Majority,
        root_keys: root_keys.clone(),
        rules: 1,
        service_key: office(cast, "service")?,
        synthetic: title.synthetic.iter().copied().collect(),
        test: true,
        threshold: 2,
    };
    let chain = Chain { author: cec, election: None, desk: new_id("board").map_err(form)? };
    let at = Time::from_seconds(at, 5).map_err(form)?;
    let mut signed = Head::default().draft(chain, &Fact::LedgerOpened(charter), at, root_keys)?;
    cast.sign(&mut signed, &labels)?;
    Ok(signed)
}

/// The CEC, the oblast and territorial commissions, then every precinct's commission and precinct.
///
/// # Errors
/// Never for the values of the script.
pub fn commission_acts(cast: &mut Cast, ledger: Hash, contests: &[Contest]) -> Result<Vec<Act>, Fault> {
    let mut acts = Vec::new();
    let mut oblasts: Vec<&str> = Vec::new();
    for (n, contest) in contests.iter().enumerate() {
        if n == 0 {
            let roots = vec!["cec/root-1".to_owned(), "cec/root-2".to_owned()];
            let name = "Орталық сайлау комиссиясы";
            let cec = commission_formed(cast, &ledger, "cec", Level::Central, None, name, 7)?;
            acts.push(contest.act_outside_elections(contest.seconds_at(-54, "11:00"), "cec", roots, cec));
        }
        let (oblast, name) = &contest.oblast;
        if !oblasts.contains(&oblast.as_str()) {
            oblasts.push(oblast);
            let fact = commission_formed(cast, &ledger, oblast, Level::Regional, Some("cec"), name, 7)?;
            acts.push(contest.act_outside_elections(
                contest.seconds_at(-54, "12:00"),
                "cec",
                board_labels("cec"),
                fact,
            ));
        }
        let (tec, name) = (contest.tec_id(), &contest.commission);
        let fact = commission_formed(cast, &ledger, &tec, Level::Territorial, Some(oblast), name, 7)?;
        acts.push(contest.act_outside_elections(
            contest.seconds_at(-54, "13:00"),
            "cec",
            board_labels("cec"),
            fact,
        ));
        for precinct in &contest.precincts {
            precinct_formed(&mut acts, cast, &ledger, contest, precinct)?;
        }
    }
    Ok(acts)
}

fn precinct_formed(
    acts: &mut Vec<Act>,
    cast: &mut Cast,
    ledger: &Hash,
    contest: &Contest,
    precinct: &PrecinctFigures,
) -> Result<(), Fault> {
    let at = contest.seconds_at(-53, "09:00") + precinct.number as i64 * 120;
    let (tec, pec) = (contest.tec_id(), contest.pec_id(precinct));
    let name = format!("№ {} учаскелік сайлау комиссиясы", precinct.number);
    let fact = commission_formed(cast, ledger, &pec, Level::Precinct, Some(&tec), &name, precinct.members)?;
    acts.push(contest.act_outside_elections(at, &tec, board_labels(&tec), fact));
    let fact = Fact::PrecinctFormed(PrecinctFormed {
        territory_names: None,
        commission: new_id(&pec)?,
        decision: contest.document("akim-decision", precinct.number),
        kato: new_text(&contest.kato)?,
        kind: if precinct.closed { PrecinctKind::Closed } else { PrecinctKind::Open },
        number: new_text(&format!("{:04}", precinct.number))?,
        precinct: new_id(&contest.precinct_id(precinct))?,
        voters: precinct.voters,
    });
    acts.push(contest.act_outside_elections(at + 60, &tec, board_labels(&tec), fact));
    Ok(())
}

fn name_in_both(kk: &str, ru: &str) -> Result<NameInBoth, Fault> {
    Ok(NameInBoth { kk: new_text(kk)?, ru: new_text(ru)? })
}

/// The election is called, and its precincts are fixed.
///
/// # Errors
/// Never for the values of the script.
pub fn calling_acts(contest: &Contest) -> Result<Vec<Act>, Fault> {
    let early = contest.ground == Ground::EarlyTermination;
    let called_at = contest.time_at(-48, "15:00")?;
    let called = Fact::ElectionCalled(ElectionCalled {
        names: contest.names.map(|names| name_in_both(names.kk, &contest.name)).transpose()?,
        territory_names: contest
            .names
            .map(|names| name_in_both(names.territory_kk, names.territory_ru))
            .transpose()?,
        calendar: Calendar {
            nomination_ends: contest.time_at(-31, "18:00")?,
            nomination_starts: contest.time_at(-47, "00:00")?,
            registration_ends: contest.time_at(-26, "18:00")?,
            voting_ends: contest.time_at(0, "20:00")?,
            voting_starts: contest.time_at(0, "07:00")?,
            withdrawal_ends: contest.time_at(-3, "18:00")?,
        },
        decision: contest.document("calling", 1),
        edition: find_edition(&called_at),
        ground: contest.ground,
        ground_date: early.then(|| contest.time_at(-55, "00:00")).transpose()?,
        ground_decision: None,
        name: new_text(&contest.name)?,
        office: contest.office,
        synthetic: contest.synthetic.iter().copied().collect(),
        territory: new_text(&contest.territory)?,
        voting_day: contest.time_at(0, "07:00")?,
    });
    let (tec, election) = (contest.tec_id(), contest.election.clone());
    let fixed = contest.act_looking_back(
        contest.seconds_at(-47, "12:00"),
        &tec,
        "board",
        board_labels(&tec),
        Needs::Election,
        Box::new(move |head| precincts_fixed(head, &election).map(Fact::PrecinctsFixed)),
    );
    Ok(vec![contest.board_act(contest.seconds_at(-48, "15:00"), called), fixed])
}

/// The edition under which an election is called at that time.
fn find_edition(at: &Time) -> Edition {
    let governs = |edition: &Edition| {
        let (first, last) = edition.called_between();
        (first..=last).contains(&at.date_text())
    };
    Edition::ALL.into_iter().find(governs).unwrap_or(Edition::Z2025_01_01)
}

/// What the ledger knows of the precincts of the election.
fn precincts_fixed(head: &Head, election: &str) -> Option<PrecinctsFixed> {
    let state = head.state();
    let election = state.elections.get(election)?;
    let own: Vec<_> = state.precincts_of(election).collect();
    let closed = own.iter().filter(|(_, p)| p.formed.kind == PrecinctKind::Closed).count() as u64;
    let count = own.len() as u64;
    let root = lines_root(own.iter().map(|(id, precinct)| (*id, precinct.event)));
    let voters = own.iter().map(|(_, precinct)| precinct.formed.voters).sum();
    Some(PrecinctsFixed { closed, open: count - closed, precincts: event::List { count, root }, voters })
}

/// A commission with a key and an invented name in each seat.
///
/// # Errors
/// When a name or an id breaks its form.
pub fn commission_formed(
    cast: &mut Cast,
    ledger: &Hash,
    commission: &str,
    level: Level,
    parent: Option<&str>,
    name: &str,
    size: usize,
) -> Result<Fact, Fault> {
    let own = new_id(commission)?;
    let mut members = Vec::with_capacity(size);
    for seat in seat_names(size) {
        let seat = new_id(&seat)?;
        members.push(Member {
            key: Some(cast.key(&format!("{commission}/{seat}"))),
            name: Some(new_text(&names::member_name(commission, seat.as_str()))?),
            party: None,
            proof: Some(cast.proof(ledger, &own, &seat)),
            seat,
        });
    }
    let parent = parent.map(Id::new).transpose()?;
    let name = new_text(name)?;
    Ok(Fact::CommissionFormed(CommissionFormed {
        names: None,
        commission: own,
        level,
        members,
        name,
        parent,
    }))
}
