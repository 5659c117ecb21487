//! The script until the election is called: charter, commissions, precincts.
//!
//! In: the CEC, the Abai oblast commission, the Semey commission and 128 precinct commissions. Out: candidates.

use event::{CheckError, Document, Hash, Id, Key, SignedEvent, Text, Time, json::DecodeError, json::Fault};
use law::{
    Edition, Fact,
    facts::{
        Calendar, Clock, CommissionFormed, ElectionCalled, Ground, LedgerOpened, Level, Member, Office,
        OfficeKey, PrecinctFormed, PrecinctKind, PrecinctsFixed, Quorum,
    },
    lines_root,
};
use ledger::{Chain, Head};

use super::{
    ELECTION, TEC,
    cast::Cast,
    figures::Precinct,
    names,
    stage::{Act, clock, local},
};

/// The charter of the demo, signed by all three root keys.
///
/// # Errors
/// Never for the values of the script.
pub fn charter(cast: &mut Cast) -> Result<SignedEvent, CheckError> {
    let form = |fault| CheckError::Decode(DecodeError { at: 0, fault });
    let cec = Id::new("cec").map_err(form)?;
    let office = |cast: &mut Cast, member: &str| -> Result<OfficeKey, CheckError> {
        let member = Id::new(member).map_err(form)?;
        let proof = cast.proof(&Hash::ZERO, &cec, &member);
        Ok(OfficeKey { key: cast.key(&format!("cec/{member}")), proof })
    };
    let labels: Vec<String> = (1..=3).map(|n| format!("cec/root-{n}")).collect();
    let mut root_keys: Vec<Key> = labels.iter().map(|label| cast.key(label)).collect();
    root_keys.sort();
    let charter = LedgerOpened {
        clock: Clock::Simulated,
        log_key: cast.key("log"),
        name: text("Журнал выборов акимов: показательный").map_err(form)?,
        office_keys: vec![office(cast, "office-1")?],
        origin: text("demo.example/hattama/semey-2025").map_err(form)?,
        promise_minutes: 60,
        quorum: Quorum::Majority,
        root_keys: root_keys.clone(),
        rules: 1,
        service_key: office(cast, "service")?,
        test: true,
        threshold: 2,
    };
    let chain = Chain { author: cec, election: None, desk: Id::new("board").map_err(form)? };
    let at = Time::parse(&clock(local("2025-08-19 10:00"))).map_err(form)?;
    let mut signed = Head::default().draft(chain, &Fact::LedgerOpened(charter), at, root_keys)?;
    cast.sign(&mut signed, &labels)?;
    Ok(signed)
}

/// The CEC, the oblast commission, the Semey commission, then every precinct's commission and precinct.
///
/// # Errors
/// Never for the values of the script.
pub fn commissions(cast: &mut Cast, ledger: Hash, precincts: &[Precinct]) -> Result<Vec<Act>, Fault> {
    let roots = vec!["cec/root-1".to_owned(), "cec/root-2".to_owned()];
    let mut acts = Vec::new();
    let cec = formed(cast, &ledger, "cec", Level::Central, None, "Орталық сайлау комиссиясы", 7)?;
    acts.push(act(local("2025-08-19 11:00"), "cec", "board", None, roots, cec));
    let board = |author: &str| seats(author, &["chair", "deputy", "secretary", "m4"]);
    let name = "Абай облыстық сайлау комиссиясы";
    let oblast = formed(cast, &ledger, "oblast-abai", Level::Regional, Some("cec"), name, 7)?;
    acts.push(act(local("2025-08-19 12:00"), "cec", "board", None, board("cec"), oblast));
    let name = "Семей қалалық аумақтық сайлау комиссиясы";
    let tec = formed(cast, &ledger, TEC, Level::Territorial, Some("oblast-abai"), name, 7)?;
    acts.push(act(local("2025-08-19 13:00"), "cec", "board", None, board("cec"), tec));
    for precinct in precincts {
        let at = local("2025-08-20 09:00") + precinct.number as i64 * 120;
        let pec = precinct.commission();
        let name = format!("№ {} учаскелік сайлау комиссиясы", precinct.number);
        let fact = formed(cast, &ledger, &pec, Level::Precinct, Some(TEC), &name, precinct.members)?;
        acts.push(act(at, TEC, "board", None, board(TEC), fact));
        let fact = Fact::PrecinctFormed(PrecinctFormed {
            commission: Id::new(&pec)?,
            decision: paper("akim-decision", precinct.number),
            kato: text("101010000")?,
            kind: if precinct.closed { PrecinctKind::Closed } else { PrecinctKind::Open },
            number: text(&format!("{:04}", precinct.number))?,
            precinct: Id::new(&precinct.id())?,
            voters: precinct.voters,
        });
        acts.push(act(at + 60, TEC, "board", None, board(TEC), fact));
    }
    Ok(acts)
}

/// The election is called, and its precincts are fixed.
///
/// # Errors
/// Never for the values of the script.
pub fn calling() -> Result<Vec<Act>, Fault> {
    let time = |text: &str| Time::parse(&clock(local(text)));
    let called = Fact::ElectionCalled(ElectionCalled {
        calendar: Calendar {
            nomination_ends: time("2025-09-11 18:00")?,
            nomination_starts: time("2025-08-26 00:00")?,
            registration_ends: time("2025-09-16 18:00")?,
            voting_ends: time("2025-10-12 20:00")?,
            voting_starts: time("2025-10-12 07:00")?,
            withdrawal_ends: time("2025-10-09 18:00")?,
        },
        decision: paper("calling", 1),
        edition: Edition::Z2025_01_01,
        ground: Ground::EarlyTermination,
        ground_date: Some(time("2025-08-18 00:00")?),
        name: text("Выборы акима города Семей")?,
        office: Office::City,
        territory: text("101000000")?,
        voting_day: time("2025-10-12 07:00")?,
    });
    let mut fixed = act(local("2025-08-26 12:00"), TEC, "board", Some(ELECTION), board(TEC), called.clone());
    fixed.looks_back = true;
    fixed.fact = Box::new(|head| precincts_fixed(head).map(Fact::PrecinctsFixed));
    Ok(vec![act(local("2025-08-25 15:00"), TEC, "board", Some(ELECTION), board(TEC), called), fixed])
}

/// What the ledger knows of the precincts of the election.
#[must_use]
pub(super) fn precincts_fixed(head: &Head) -> Option<PrecinctsFixed> {
    let state = head.state();
    let election = state.elections.get(ELECTION)?;
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
pub fn formed(
    cast: &mut Cast,
    ledger: &Hash,
    id: &str,
    level: Level,
    parent: Option<&str>,
    name: &str,
    size: usize,
) -> Result<Fact, Fault> {
    let commission = Id::new(id)?;
    let mut members = Vec::with_capacity(size);
    for seat in seat_names(size) {
        let seat = Id::new(&seat)?;
        members.push(Member {
            key: Some(cast.key(&format!("{id}/{seat}"))),
            name: Some(text(&names::member(id, seat.as_str()))?),
            party: None,
            proof: Some(cast.proof(ledger, &commission, &seat)),
            seat,
        });
    }
    let parent = parent.map(Id::new).transpose()?;
    Ok(Fact::CommissionFormed(CommissionFormed { commission, level, members, name: text(name)?, parent }))
}

impl Precinct {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> String {
        format!("semey-{:03}", self.number)
    }

    /// Its commission's id.
    #[must_use]
    pub fn commission(&self) -> String {
        format!("pec-semey-{:03}", self.number)
    }
}

/// chair, deputy, secretary, m4 …
pub(crate) fn seat_names(size: usize) -> impl Iterator<Item = String> {
    let named = ["chair", "deputy", "secretary"].into_iter().map(str::to_owned);
    named.chain((4..=size).map(|n| format!("m{n}")))
}

/// An act of the script.
pub(crate) fn act(
    at: i64,
    author: &str,
    desk: &str,
    election: Option<&str>,
    signers: Vec<String>,
    fact: Fact,
) -> Act {
    Act {
        at,
        author: author.to_owned(),
        desk: desk.to_owned(),
        election: election.map(str::to_owned),
        signers,
        fact: Box::new(move |_| Some(fact.clone())),
        looks_back: false,
    }
}

/// The four who sign for a board of seven.
pub(crate) fn board(author: &str) -> Vec<String> {
    seats(author, &["chair", "deputy", "secretary", "m4"])
}

pub(crate) fn seats(author: &str, seats: &[&str]) -> Vec<String> {
    seats.iter().map(|seat| format!("{author}/{seat}")).collect()
}

pub(crate) fn text(text: &str) -> Result<Text, Fault> {
    Text::new(text)
}

/// A stand-in for a paper: its hash is that of a line that says what it stands for.
pub(crate) fn paper(kind: &str, number: usize) -> Document {
    Document::public(super::papers::text(kind, number).as_bytes())
}

/// A withheld paper: the salt would be kept with it.
pub(crate) fn sealed(kind: &str, number: usize) -> Document {
    let salt = event::sha256(&[b"synthetic salt", kind.as_bytes(), &number.to_be_bytes()]).0;
    Document::seal(&salt, format!("synthetic paper of the demo: {kind} {number}\n").as_bytes())
}
