//! What stands on the sheet: every line recomputed from the signed event, in the order of the paper.

use event::{Hash, Id, Key, SignedEvent, Time};
use law::facts::{Count, Protocol, ProtocolSuperseded};
use texts::{Language, describe_synthetic};

use super::{
    fault::SlipFault,
    names::SheetNames,
    phrases::{self, BothLanguages},
    stated::StatedProtocol,
};

/// Characters of a free text that the sheet shows; the codes hold the whole.
const TEXT_MAX: usize = 320;

/// The sheet, ready to be set.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) title: BothLanguages,
    pub(crate) file_title: String,
    /// Whether a mark across the page says that this is no protocol yet.
    pub(crate) draft: bool,
    /// Whether the ledger carries the test flag.
    pub(crate) test: bool,
    /// What of the election is made up, if anything is.
    pub(crate) synthetic: Option<BothLanguages>,
    pub(crate) head: Vec<SheetNote>,
    /// For a protocol in the place of another: which, and why.
    pub(crate) correction: Vec<SheetNote>,
    pub(crate) rows: Vec<SheetLine>,
    pub(crate) notes: Vec<SheetNote>,
    pub(crate) event: Hash,
}

/// A label and what it says.
#[derive(Debug)]
pub(crate) struct SheetNote {
    pub(crate) label: BothLanguages,
    pub(crate) value: BothLanguages,
}

/// One line of the protocol.
#[derive(Debug)]
pub(crate) struct SheetLine {
    pub(crate) number: String,
    pub(crate) name: BothLanguages,
    pub(crate) figure: LineFigure,
    /// Follows from other lines.
    pub(crate) computed: bool,
}

/// What stands in a line.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LineFigure {
    /// A heading over lines.
    Heading,
    /// Nothing was stated; no zero.
    Absent,
    /// A figure.
    Is(u64),
}

impl Sheet {
    /// Everything on the sheet, from the event and from the names that are known.
    pub(crate) fn new(signed: &SignedEvent, names: &SheetNames, draft: bool) -> Result<Self, SlipFault> {
        let stated = StatedProtocol::read(signed)?;
        let title = match stated.correction {
            Some(_) => phrases::title_new(),
            None => phrases::title(),
        };
        Ok(Self {
            file_title: format!("{} {}", title.kk, stated.precinct),
            title,
            draft,
            test: names.test,
            synthetic: describe_synthetic(Language::Kk, &names.synthetic)
                .zip(describe_synthetic(Language::Ru, &names.synthetic))
                .map(|(kk, ru)| BothLanguages::new(&kk, &ru)),
            head: head_notes(signed, &stated, names),
            correction: stated.correction.as_ref().map(correction_notes).unwrap_or_default(),
            rows: protocol_lines(&stated.protocol.count, names),
            notes: closing_notes(signed, &stated.protocol, names),
            event: signed.hash(),
        })
    }
}

fn note_of(label: BothLanguages, value: &str) -> SheetNote {
    SheetNote { label, value: BothLanguages::same(value) }
}

fn head_notes(signed: &SignedEvent, stated: &StatedProtocol, names: &SheetNames) -> Vec<SheetNote> {
    let event = &signed.event;
    let named = |name: Option<&String>, id: &str| match name {
        Some(name) => format!("{name} ({id})"),
        None => id.to_owned(),
    };
    let election = event.election.as_ref().map_or("-", Id::as_str);
    let number = names.precinct.as_ref().map(|number| format!("№ {number}"));
    let protocol = &stated.protocol;
    vec![
        note_of(phrases::election(), &named(names.election.as_ref(), election)),
        note_of(phrases::precinct(), &named(number.as_ref(), stated.precinct.as_str())),
        note_of(phrases::commission(), &named(names.commission.as_ref(), event.author.as_str())),
        note_of(
            phrases::counting(),
            &format!("{} – {}", local_time(&protocol.started), local_time(&protocol.ended)),
        ),
        note_of(phrases::signed_at(), &local_time(&event.at)),
    ]
}

/// As it was written: 12.10.2025 22:30 (+05:00).
fn local_time(time: &Time) -> String {
    let text = time.as_str();
    let part = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    format!("{}.{}.{} {} ({})", part(8, 10), part(5, 7), part(0, 4), part(11, 16), part(19, 25))
}

fn correction_notes(b: &ProtocolSuperseded) -> Vec<SheetNote> {
    let present: Vec<&str> = b.present.iter().map(event::Text::as_str).collect();
    vec![
        note_of(phrases::in_place_of(), &b.supersedes.in_groups()),
        SheetNote { label: phrases::ground(), value: phrases::correction(b.ground) },
        note_of(phrases::reason(), &shorten(b.reason.as_str())),
        note_of(phrases::present(), &shorten(&present.join("; "))),
        note_of(phrases::basis(), &b.basis.in_groups()),
    ]
}

fn protocol_lines(count: &Count, names: &SheetNames) -> Vec<SheetLine> {
    let mut rows = SheetLines::default();
    rows.add_main(phrases::voters(), count.voters);
    rows.add_main(phrases::received(), count.received);
    rows.add_main(phrases::issued(), count.issued);
    for share in &count.issued_by {
        rows.add_under(phrases::issued_by().then(&phrases::seat(&share.seat)), share.issued);
    }
    rows.add_main(phrases::absentee(), count.absentee);
    rows.add_main(phrases::cancelled(), count.cancelled);
    let damaged = count.damaged.as_ref().map_or(LineFigure::Absent, |damaged| LineFigure::Is(damaged.count));
    rows.add_row(phrases::damaged(), damaged, false);
    rows.add_main(phrases::applications(), count.home_applications);
    let portable = count.portable.iter().map(|portable| portable.found).fold(0, u64::saturating_add);
    rows.add_row(phrases::portable(), LineFigure::Is(portable), true);
    for (portable, n) in count.portable.iter().zip(1..) {
        let applications = phrases::box_applications().with(&portable.applications.to_string());
        let mut name = phrases::portable_box().with(&format!("{n}")).then(&applications);
        if portable.act.is_some() {
            name = name.then(&phrases::box_invalid());
        }
        rows.add_under(name, portable.found);
    }
    rows.add_main(phrases::stationary(), count.stationary);
    rows.add_main(phrases::found(), count.found);
    rows.add_main(phrases::invalid(), count.invalid);
    // A paper may contradict itself, with an explanation: then nothing can be said of what follows.
    let valid = count.found.checked_sub(count.invalid).map_or(LineFigure::Absent, LineFigure::Is);
    rows.add_row(phrases::valid(), valid, true);
    rows.add_row(phrases::votes(), LineFigure::Heading, false);
    for line in &count.votes {
        rows.add_under(names.candidate_name(&line.candidate), line.votes);
    }
    rows.add_main(phrases::against_all(), count.against_all);
    let votes = count.votes.iter().map(|line| line.votes).fold(count.against_all, u64::saturating_add);
    rows.add_row(phrases::participated(), LineFigure::Is(votes), true);
    rows.rows
}

/// Lines with their numbers: 3, 3.1, 3.2, 4.
#[derive(Default)]
struct SheetLines {
    rows: Vec<SheetLine>,
    main: usize,
    under: usize,
}

impl SheetLines {
    fn add_row(&mut self, name: BothLanguages, figure: LineFigure, computed: bool) {
        (self.main, self.under) = (self.main + 1, 0);
        self.rows.push(SheetLine { number: self.main.to_string(), name, figure, computed });
    }

    fn add_main(&mut self, name: BothLanguages, figure: u64) {
        self.add_row(name, LineFigure::Is(figure), false);
    }

    fn add_under(&mut self, name: BothLanguages, figure: u64) {
        self.under += 1;
        let number = format!("{}.{}", self.main, self.under);
        self.rows.push(SheetLine { number, name, figure: LineFigure::Is(figure), computed: false });
    }
}

fn closing_notes(signed: &SignedEvent, protocol: &Protocol, names: &SheetNames) -> Vec<SheetNote> {
    let missing = signed.missing_signers();
    let (unsigned, there): (Vec<&Key>, Vec<&Key>) =
        signed.event.signers.iter().partition(|key| missing.contains(key));
    let keys = |keys: &[&Key]| join_texts(&names.signer_names(keys));
    let counted = |label: BothLanguages, list: &[&Key]| label.with(&format!(" ({})", list.len()));
    let mut notes = Vec::new();
    if !there.is_empty() {
        notes.push(SheetNote { label: counted(phrases::signers(), &there), value: keys(&there) });
    }
    if !unsigned.is_empty() {
        notes.push(SheetNote { label: counted(phrases::unsigned(), &unsigned), value: keys(&unsigned) });
    }
    notes.extend(missing_note(protocol));
    for explanation in &protocol.explanations {
        let text = format!("{}: {}", explanation.rule, shorten(explanation.text.as_str()));
        notes.push(note_of(phrases::explanations(), &text));
    }
    notes.push(document_note(protocol.paper.as_ref()));
    notes.push(note_of(phrases::ledger(), &signed.event.ledger.in_groups()));
    notes
}

fn missing_note(protocol: &Protocol) -> Option<SheetNote> {
    let all = protocol.missing.iter().map(|missing| {
        let (reason, opinion) = (phrases::missing_reason(missing.reason), phrases::opinion());
        let seat = phrases::seat(&missing.seat);
        let says = |seat: &str, reason: &str, opinion: &str| {
            let opinion = if missing.opinion.is_some() { opinion } else { "" };
            format!("{seat} – {reason}{opinion}")
        };
        BothLanguages {
            kk: says(&seat.kk, &reason.kk, &opinion.kk),
            ru: says(&seat.ru, &reason.ru, &opinion.ru),
        }
    });
    let all: Vec<BothLanguages> = all.collect();
    let value = join_texts(&all);
    (!all.is_empty()).then(|| SheetNote { label: phrases::missing(), value })
}

fn document_note(paper: Option<&event::Document>) -> SheetNote {
    match paper.map(|paper| (paper.sha256, paper.sealed)) {
        Some((Some(hash), _)) => note_of(phrases::paper(), &hash.in_groups()),
        Some((None, Some(hash))) => note_of(phrases::paper_sealed(), &hash.in_groups()),
        Some((None, None)) | None => SheetNote { label: phrases::paper(), value: phrases::no_paper() },
    }
}

fn join_texts(all: &[BothLanguages]) -> BothLanguages {
    let join = |of: fn(&BothLanguages) -> &str| all.iter().map(of).collect::<Vec<_>>().join("; ");
    BothLanguages { kk: join(|both| &both.kk), ru: join(|both| &both.ru) }
}

fn shorten(text: &str) -> String {
    match text.char_indices().nth(TEXT_MAX) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}
