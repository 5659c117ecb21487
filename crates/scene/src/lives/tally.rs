//! The naive model of an election: plain figures, added up directly.
//!
//! What the precincts counted and which of them count; totals, order of lines, outcome. Written apart from the law, from the words of docs/format.md, 11.4, and calling nothing of it.

/// The letters of the Kazakh alphabet in their order.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// The figures of one protocol, or the sum of many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Figures {
    pub(super) voters: u64,
    pub(super) received: u64,
    pub(super) issued: u64,
    pub(super) cancelled: u64,
    pub(super) damaged: u64,
    pub(super) found: u64,
    pub(super) invalid: u64,
    pub(super) applications: u64,
    pub(super) home: u64,
    pub(super) absentee: u64,
    pub(super) against_all: u64,
    /// In the order of the ballot.
    pub(super) votes: Vec<u64>,
}

/// What an election comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    Elected(String),
    Tie(Vec<String>),
    Invalid,
}

impl Figures {
    pub(super) fn sum<'a>(lines: usize, all: impl Iterator<Item = &'a Self>) -> Self {
        let mut sum = Self { votes: vec![0; lines], ..Self::default() };
        for own in all {
            sum.voters += own.voters;
            sum.received += own.received;
            sum.issued += own.issued;
            sum.cancelled += own.cancelled;
            sum.damaged += own.damaged;
            sum.found += own.found;
            sum.invalid += own.invalid;
            sum.applications += own.applications;
            sum.home += own.home;
            sum.absentee += own.absentee;
            sum.against_all += own.against_all;
            for (line, votes) in own.votes.iter().enumerate() {
                sum.votes[line] += votes;
            }
        }
        sum
    }
}

/// The ids of candidates, by their names in Kazakh.
pub(super) fn ordered(candidates: &[(String, String)]) -> Vec<String> {
    let place =
        |letter: char| ALPHABET.chars().position(|known| known == letter).map_or(0, |place| place + 1);
    let key = |name: &str| -> Vec<(usize, char)> {
        name.to_lowercase().chars().map(|c| if place(c) > 0 { (place(c), ' ') } else { (0, c) }).collect()
    };
    let mut sorted = candidates.to_vec();
    sorted.sort_by_key(|(id, name)| (key(name), name.clone(), id.clone()));
    sorted.into_iter().map(|(id, _)| id).collect()
}

/// Who has the most votes; the dead are never elected, and nobody is where no precinct counts.
pub(super) fn end(lines: &[String], dead: &[String], votes: &[u64], counting: usize) -> End {
    let most = votes.iter().max().copied().unwrap_or_default();
    let first: Vec<&String> =
        lines.iter().zip(votes).filter(|(_, own)| **own == most).map(|(id, _)| id).collect();
    let living: Vec<String> = first.iter().filter(|id| !dead.contains(id)).map(|id| (*id).clone()).collect();
    match (counting, first.len(), living.len()) {
        (0, ..) | (_, _, 0) => End::Invalid,
        (_, 1, 1) => End::Elected(living[0].clone()),
        (_, _, 1) => End::Invalid,
        _ => End::Tie(living),
    }
}

/// Whether the control ratios of a protocol hold, without any explanation.
pub(super) fn holds(
    f: &Figures,
    shares: u64,
    stationary: u64,
    boxes: &[(u64, u64)],
    delivered: u64,
    listed: u64,
) -> bool {
    let home: u64 = boxes.iter().map(|(found, _)| found).sum();
    let applications: u64 = boxes.iter().map(|(_, applications)| applications).sum();
    let over = boxes.iter().any(|(found, applications)| found > applications);
    shares == f.issued
        && f.issued + f.cancelled + f.damaged == f.received
        && f.received == delivered
        && f.found <= f.issued
        && f.votes.iter().sum::<u64>() + f.against_all + f.invalid == f.found
        && home + stationary == f.found
        && f.issued <= f.voters
        && f.voters == listed
        && !over
        && applications == f.applications
}
