//! Random lives: elections with their candidates and precincts, and everything that befalls them, in order of time.

use proptest::prelude::*;

/// Several elections in one ledger.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Its elections.
    pub elections: Vec<Race>,
    /// Where what nobody may say is tried.
    pub seed: u64,
}

/// One election.
#[derive(Debug, Clone)]
pub struct Race {
    /// Under the edition of 2026, or that of 2025.
    pub new: bool,
    /// What becomes of each candidate.
    pub candidates: Vec<Fate>,
    /// Its precincts.
    pub precincts: Vec<Station>,
    /// Minutes by which its acts come after those of others.
    pub late: u8,
}

/// What becomes of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Stands to the end.
    Stands,
    /// Withdraws before the ballot is approved.
    LeavesBeforeBallot,
    /// Withdraws after it.
    LeavesAfterBallot,
    /// Dies on the voting day.
    DiesOnTheDay,
    /// Is never registered.
    NeverRegistered,
}

/// A precinct: its size, its ballots, what becomes of its protocol.
#[derive(Debug, Clone)]
pub struct Station {
    /// Voters on the list.
    pub voters: u64,
    /// How many of a hundred come.
    pub turnout: u64,
    /// Ballots that never reach a box.
    pub carried_out: u64,
    /// How many of a hundred are invalid.
    pub invalid: u64,
    /// Ballots in the portable box.
    pub portable: u64,
    /// Damaged ballots.
    pub damaged: u64,
    /// Weights of against all and of each line.
    pub weights: [u64; 5],
    /// Votes that a second count moves.
    pub shift: u64,
    /// What becomes of its protocol.
    pub turn: Turn,
}

/// What becomes of a protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// It is taken in.
    Plain,
    /// Two lines were swapped; it is returned and typed again.
    Mistyped,
    /// It is recounted.
    Recounted,
    /// Both.
    MistypedAndRecounted,
    /// The precinct is found invalid.
    Invalidated,
    /// That decision is cancelled.
    InvalidatedInVain,
    /// It is recounted, then the precinct is found invalid.
    RecountedAndInvalidated,
    /// It is cancelled from above and replaced.
    Cancelled,
    /// It is never taken in.
    NeverReceived,
}

/// One act of one election.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The election is called.
    Call,
    /// Its precincts are fixed.
    Fix,
    /// A candidate is nominated.
    Nominate(usize),
    /// A candidate is found eligible.
    Check(usize),
    /// A candidate is registered.
    Register(usize),
    /// A candidate withdraws.
    Leave(usize),
    /// A candidate dies.
    Die(usize),
    /// The ballot is approved.
    Ballot,
    /// The ballots are printed.
    Print,
    /// The ballot is amended.
    Amend,
    /// A precinct is given its list of voters.
    List(usize),
    /// A precinct is given its ballots.
    Deliver(usize),
    /// A precinct opens.
    Open(usize),
    /// A precinct reports ballots issued so far.
    Report(usize, u64),
    /// A precinct closes.
    Close(usize),
    /// Its ballots are accounted for.
    Account(usize),
    /// Its protocol is signed.
    Sign(usize),
    /// Copies of the protocol are issued.
    Post(usize),
    /// The protocol is taken in.
    Receive(usize),
    /// The protocol is returned.
    Return(usize),
    /// The protocol is typed again.
    Retype(usize),
    /// A recount is ordered.
    Order(usize),
    /// The ballots are counted again.
    Recount(usize),
    /// The precinct is found invalid.
    Invalidate(usize),
    /// That decision is cancelled.
    Restore(usize),
    /// The protocol is cancelled.
    Cancel(usize),
    /// A new protocol takes its place.
    Replace(usize),
    /// The result is determined.
    Determine,
}

/// An act at its minute, counted from the first midnight of the election's year.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// When, in seconds since 1970.
    pub at: i64,
    /// Which election.
    pub election: usize,
    /// What.
    pub act: Act,
}

/// Random plans.
pub fn plans() -> impl Strategy<Value = Plan> {
    (prop::collection::vec(races(), 1..=4), any::<u64>())
        .prop_map(|(elections, seed)| Plan { elections, seed })
}

fn races() -> impl Strategy<Value = Race> {
    let fate = prop_oneof![
        12 => Just(Fate::Stands),
        1 => Just(Fate::LeavesBeforeBallot),
        1 => Just(Fate::LeavesAfterBallot),
        1 => Just(Fate::DiesOnTheDay),
        1 => Just(Fate::NeverRegistered),
    ];
    let candidates = prop_oneof![
        1 => prop::collection::vec(fate.clone(), 1..=1),
        12 => prop::collection::vec(fate, 2..=4),
    ];
    let plain = (prop::bool::weighted(0.7), candidates, prop::collection::vec(stations(), 1..=4), 0..10_u8);
    // Now and then every precinct is invalid, or every precinct votes alike and equally for all.
    (plain, 0..8_u8).prop_map(|((new, candidates, mut precincts, late), kind)| {
        for station in &mut precincts {
            match kind {
                0 => station.turn = Turn::Invalidated,
                1 => (station.weights, station.turn) = ([1; 5], Turn::Plain),
                2 => station.weights = [0, 0, 0, 0, 0],
                _ => {}
            }
        }
        Race { new, candidates, precincts, late }
    })
}

fn stations() -> impl Strategy<Value = Station> {
    let turn = prop_oneof![
        16 => Just(Turn::Plain),
        4 => Just(Turn::Mistyped),
        4 => Just(Turn::Recounted),
        2 => Just(Turn::MistypedAndRecounted),
        2 => Just(Turn::Invalidated),
        2 => Just(Turn::InvalidatedInVain),
        2 => Just(Turn::RecountedAndInvalidated),
        2 => Just(Turn::Cancelled),
        1 => Just(Turn::NeverReceived),
    ];
    let voters = prop_oneof![1_u64..12, 12_u64..2_000];
    let ballots = (voters, 0..=100_u64, 0..4_u64, 0..=30_u64, 0..20_u64, 0..3_u64);
    let weights = prop_oneof![prop::array::uniform5(0..4_u64), prop::array::uniform5(0..100_u64)];
    (ballots, weights, 0..50_u64, turn).prop_map(|(ballots, weights, shift, turn)| {
        let (voters, turnout, carried_out, invalid, portable, damaged) = ballots;
        Station { voters, turnout, carried_out, invalid, portable, damaged, weights, shift, turn }
    })
}

impl Plan {
    /// Every act of every election, in order of time.
    pub fn slots(&self) -> Vec<(i64, Slot)> {
        let mut slots = Vec::new();
        for (election, race) in self.elections.iter().enumerate() {
            let year = if race.new { "2026" } else { "2025" };
            for (at, act) in race.acts() {
                let seconds = demo::act::semey_seconds(&format!("{year}-{at}")) + i64::from(race.late) * 60;
                slots.push((seconds, Slot { at: seconds, election, act }));
            }
        }
        slots.sort_by_key(|(seconds, _)| *seconds);
        slots
    }
}

impl Race {
    /// The acts with month, day and hour.
    fn acts(&self) -> Vec<(String, Act)> {
        let mut acts = vec![("09-16 12:00".to_owned(), Act::Call), ("09-17 10:00".to_owned(), Act::Fix)];
        let mut say = |at: &str, act: Act| acts.push((at.to_owned(), act));
        for (c, fate) in self.candidates.iter().enumerate() {
            say(&format!("09-18 11:{c:02}"), Act::Nominate(c));
            say(&format!("09-19 11:{c:02}"), Act::Check(c));
            match fate {
                Fate::NeverRegistered => continue,
                Fate::LeavesBeforeBallot => say("10-05 12:00", Act::Leave(c)),
                Fate::LeavesAfterBallot => say("10-08 12:00", Act::Leave(c)),
                Fate::DiesOnTheDay => say("10-25 12:00", Act::Die(c)),
                Fate::Stands => {}
            }
            say(&format!("09-21 11:{c:02}"), Act::Register(c));
        }
        say("10-06 10:00", Act::Ballot);
        say("10-06 12:00", Act::Print);
        if self.candidates.contains(&Fate::LeavesAfterBallot) {
            say("10-09 12:00", Act::Amend);
        }
        for (p, station) in self.precincts.iter().enumerate() {
            say(&format!("10-07 10:{p:02}"), Act::List(p));
            say(&format!("10-10 10:{p:02}"), Act::Deliver(p));
            station.day(p, self.new, &mut say);
        }
        say("10-27 12:00", Act::Determine);
        acts
    }
}

impl Station {
    fn day(&self, p: usize, new: bool, say: &mut impl FnMut(&str, Act)) {
        say(&format!("10-25 07:{p:02}"), Act::Open(p));
        let issued = self.issued();
        say(&format!("10-25 10:{p:02}"), Act::Report(p, issued / 3));
        say(&format!("10-25 14:{p:02}"), Act::Report(p, issued / 2));
        say(&format!("10-25 20:{p:02}"), Act::Close(p));
        say(&format!("10-25 20:3{p}"), Act::Account(p));
        say(&format!("10-25 22:3{p}"), Act::Sign(p));
        say(&format!("10-25 22:4{p}"), Act::Post(p));
        if self.turn != Turn::NeverReceived {
            say(&format!("10-25 23:3{p}"), Act::Receive(p));
        }
        if matches!(self.turn, Turn::Mistyped | Turn::MistypedAndRecounted) {
            say(&format!("10-26 09:0{p}"), Act::Return(p));
            say(&format!("10-26 09:3{p}"), Act::Retype(p));
            say(&format!("10-26 09:4{p}"), Act::Receive(p));
        }
        if matches!(self.turn, Turn::Recounted | Turn::MistypedAndRecounted | Turn::RecountedAndInvalidated) {
            say(&format!("10-26 12:0{p}"), Act::Order(p));
            say(&format!("10-26 14:0{p}"), Act::Recount(p));
            say(&format!("10-26 14:3{p}"), Act::Post(p));
            say(&format!("10-26 15:0{p}"), Act::Receive(p));
        }
        if self.turn == Turn::Cancelled {
            say(&format!("10-26 12:0{p}"), Act::Cancel(p));
            say(&format!("10-26 14:0{p}"), Act::Replace(p));
            say(&format!("10-26 15:0{p}"), Act::Receive(p));
        }
        let invalid = [Turn::Invalidated, Turn::InvalidatedInVain, Turn::RecountedAndInvalidated];
        if new && invalid.contains(&self.turn) {
            say(&format!("10-26 16:0{p}"), Act::Invalidate(p));
            if self.turn == Turn::InvalidatedInVain {
                say(&format!("10-26 17:0{p}"), Act::Restore(p));
            }
        }
    }

    /// Ballots issued.
    pub fn issued(&self) -> u64 {
        self.voters * self.turnout / 100
    }
}
