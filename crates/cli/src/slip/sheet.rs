//! What stands on the sheet: every line recomputed from the signed event.
//!
//! In: the lines of the protocol in the order of the paper, names where a ledger gives them. Out: where they stand
//! (`page`).

use event::{Hash, Id, Key, SignedEvent, Time};
use law::facts::{Count, Protocol, ProtocolSuperseded};

use super::{
    SlipError,
    names::Names,
    phrases::{self, Both},
};

/// Characters of a free text that the sheet shows; the codes hold the whole.
const TEXT_MAX: usize = 320;

/// The sheet, ready to be set.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) title: Both,
    pub(crate) file_title: String,
    /// Whether a mark across the page says that this is no protocol yet.
    pub(crate) draft: bool,
    /// Whether the ledger carries the test flag.
    pub(crate) test: bool,
    pub(crate) head: Vec<Note>,
    /// For a protocol in the place of another: which, and why.
    pub(crate) correction: Vec<Note>,
    pub(crate) rows: Vec<Row>,
    pub(crate) notes: Vec<Note>,
    pub(crate) event: Hash,
}

/// A label and what it says.
#[derive(Debug)]
pub(crate) struct Note {
    pub(crate) label: Both,
    pub(crate) value: Both,
}

/// One line of the protocol.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) number: String,
    pub(crate) name: Both,
    pub(crate) figure: Figure,
    /// Follows from other lines.
    pub(crate) computed: bool,
}

/// What stands in a line.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Figure {
    /// A heading over lines.
    Heading,
    /// Nothing was stated; no zero.
    Absent,
    /// A figure.
    Is(u64),
}

/// A protocol out of its event.
pub(crate) struct Stated {
    pub(crate) precinct: Id,
    pub(crate) protocol: Protocol,
    pub(crate) correction: Option<ProtocolSuperseded>,
}

impl Stated {
    /// Reads the two facts that state a protocol.
    pub(crate) fn read(signed: &SignedEvent) -> Result<Self, SlipError> {
        match law::Fact::read(&signed.event, signed.event.bytes())? {
            law::Fact::ProtocolSigned(b) => {
                Ok(Self { precinct: b.precinct, protocol: b.protocol, correction: None })
            }
            law::Fact::ProtocolSuperseded(b) => {
                Ok(Self { precinct: b.precinct.clone(), protocol: b.protocol.clone(), correction: Some(b) })
            }
            _ => Err(SlipError::Fact { found: signed.event.fact.to_string() }),
        }
    }
}

impl Sheet {
    /// Everything on the sheet, from the event and from the names that are known.
    pub(crate) fn of(signed: &SignedEvent, names: &Names, draft: bool) -> Result<Self, SlipError> {
        let stated = Stated::read(signed)?;
        let title = match stated.correction {
            Some(_) => phrases::title_new(),
            None => phrases::title(),
        };
        Ok(Self {
            file_title: format!("{} {}", title.kk, stated.precinct),
            title,
            draft,
            test: names.test,
            head: head(signed, &stated, names),
            correction: stated.correction.as_ref().map(correction).unwrap_or_default(),
            rows: rows(&stated.protocol.count, names),
            notes: notes(signed, &stated.protocol, names),
            event: signed.hash(),
        })
    }
}

fn note(label: Both, value: &str) -> Note {
    Note { label, value: Both::same(value) }
}

fn head(signed: &SignedEvent, stated: &Stated, names: &Names) -> Vec<Note> {
    let event = &signed.event;
    let named = |name: Option<&String>, id: &str| match name {
        Some(name) => format!("{name} ({id})"),
        None => id.to_owned(),
    };
    let election = event.election.as_ref().map_or("-", Id::as_str);
    let number = names.precinct.as_ref().map(|number| format!("№ {number}"));
    let protocol = &stated.protocol;
    vec![
        note(phrases::election(), &named(names.election.as_ref(), election)),
        note(phrases::precinct(), &named(number.as_ref(), stated.precinct.as_str())),
        note(phrases::commission(), &named(names.commission.as_ref(), event.author.as_str())),
        note(phrases::counting(), &format!("{} – {}", moment(&protocol.started), moment(&protocol.ended))),
        note(phrases::signed_at(), &moment(&event.at)),
    ]
}

/// As it was written: 12.10.2025 22:30 (+05:00).
fn moment(time: &Time) -> String {
    let text = time.as_str();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    format!("{}.{}.{} {} ({})", part(8, 10), part(5, 7), part(0, 4), part(11, 16), part(19, 25))
}

fn correction(b: &ProtocolSuperseded) -> Vec<Note> {
    let present: Vec<&str> = b.present.iter().map(event::Text::as_str).collect();
    vec![
        note(phrases::in_place_of(), &b.supersedes.in_groups()),
        Note { label: phrases::ground(), value: phrases::correction(b.ground) },
        note(phrases::reason(), &shortened(b.reason.as_str())),
        note(phrases::present(), &shortened(&present.join("; "))),
        note(phrases::basis(), &b.basis.in_groups()),
    ]
}

fn rows(count: &Count, names: &Names) -> Vec<Row> {
    let mut rows = Rows::default();
    rows.main(phrases::voters(), count.voters);
    rows.main(phrases::received(), count.received);
    rows.main(phrases::issued(), count.issued);
    for share in &count.issued_by {
        rows.under(phrases::issued_by().then(&phrases::seat(&share.seat)), share.issued);
    }
    rows.main(phrases::absentee(), count.absentee);
    rows.main(phrases::cancelled(), count.cancelled);
    let damaged = count.damaged.as_ref().map_or(Figure::Absent, |damaged| Figure::Is(damaged.count));
    rows.add(phrases::damaged(), damaged, false);
    rows.main(phrases::applications(), count.home_applications);
    let portable = count.portable.iter().map(|portable| portable.found).fold(0, u64::saturating_add);
    rows.add(phrases::portable(), Figure::Is(portable), true);
    for (portable, n) in count.portable.iter().zip(1..) {
        let applications = phrases::box_applications().with(&portable.applications.to_string());
        let mut name = phrases::portable_box().with(&format!("{n}")).then(&applications);
        if portable.act.is_some() {
            name = name.then(&phrases::box_invalid());
        }
        rows.under(name, portable.found);
    }
    rows.main(phrases::stationary(), count.stationary);
    rows.main(phrases::found(), count.found);
    rows.main(phrases::invalid(), count.invalid);
    // A paper may contradict itself, with an explanation: then nothing can be said of what follows.
    let valid = count.found.checked_sub(count.invalid).map_or(Figure::Absent, Figure::Is);
    rows.add(phrases::valid(), valid, true);
    rows.add(phrases::votes(), Figure::Heading, false);
    for line in &count.votes {
        rows.under(names.candidate(&line.candidate), line.votes);
    }
    rows.main(phrases::against_all(), count.against_all);
    let votes = count.votes.iter().map(|line| line.votes).fold(count.against_all, u64::saturating_add);
    rows.add(phrases::participated(), Figure::Is(votes), true);
    rows.rows
}

/// Lines with their numbers: 3, 3.1, 3.2, 4.
#[derive(Default)]
struct Rows {
    rows: Vec<Row>,
    main: usize,
    under: usize,
}

impl Rows {
    fn add(&mut self, name: Both, figure: Figure, computed: bool) {
        (self.main, self.under) = (self.main + 1, 0);
        self.rows.push(Row { number: self.main.to_string(), name, figure, computed });
    }

    fn main(&mut self, name: Both, figure: u64) {
        self.add(name, Figure::Is(figure), false);
    }

    fn under(&mut self, name: Both, figure: u64) {
        self.under += 1;
        let number = format!("{}.{}", self.main, self.under);
        self.rows.push(Row { number, name, figure: Figure::Is(figure), computed: false });
    }
}

fn notes(signed: &SignedEvent, protocol: &Protocol, names: &Names) -> Vec<Note> {
    let missing = signed.missing();
    let (unsigned, there): (Vec<&Key>, Vec<&Key>) =
        signed.event.signers.iter().partition(|key| missing.contains(key));
    let keys = |keys: &[&Key]| joined(&names.signers(keys));
    let counted = |label: Both, list: &[&Key]| label.with(&format!(" ({})", list.len()));
    let mut notes = Vec::new();
    if !there.is_empty() {
        notes.push(Note { label: counted(phrases::signers(), &there), value: keys(&there) });
    }
    if !unsigned.is_empty() {
        notes.push(Note { label: counted(phrases::unsigned(), &unsigned), value: keys(&unsigned) });
    }
    notes.extend(absent(protocol));
    for explanation in &protocol.explanations {
        let text = format!("{}: {}", explanation.rule, shortened(explanation.text.as_str()));
        notes.push(note(phrases::explanations(), &text));
    }
    notes.push(paper(protocol.paper.as_ref()));
    notes.push(note(phrases::ledger(), &signed.event.ledger.in_groups()));
    notes
}

fn absent(protocol: &Protocol) -> Option<Note> {
    let all = protocol.missing.iter().map(|missing| {
        let (reason, opinion) = (phrases::missing_reason(missing.reason), phrases::opinion());
        let seat = phrases::seat(&missing.seat);
        let says = |seat: &str, reason: &str, opinion: &str| {
            let opinion = if missing.opinion.is_some() { opinion } else { "" };
            format!("{seat} – {reason}{opinion}")
        };
        Both { kk: says(&seat.kk, &reason.kk, &opinion.kk), ru: says(&seat.ru, &reason.ru, &opinion.ru) }
    });
    let all: Vec<Both> = all.collect();
    let value = joined(&all);
    (!all.is_empty()).then(|| Note { label: phrases::missing(), value })
}

fn paper(paper: Option<&event::Document>) -> Note {
    match paper.map(|paper| (paper.sha256, paper.sealed)) {
        Some((Some(hash), _)) => note(phrases::paper(), &hash.in_groups()),
        Some((None, Some(hash))) => note(phrases::paper_sealed(), &hash.in_groups()),
        Some((None, None)) | None => Note { label: phrases::paper(), value: phrases::no_paper() },
    }
}

fn joined(all: &[Both]) -> Both {
    let join = |of: fn(&Both) -> &str| all.iter().map(of).collect::<Vec<_>>().join("; ");
    Both { kk: join(|both| &both.kk), ru: join(|both| &both.ru) }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(TEXT_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
