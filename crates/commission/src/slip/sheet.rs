//! What stands on the sheet: every line recomputed from the signed event, in the order of the paper.

use event::{Hash, Id, Key, SignedEvent, Time};
use law::facts::{Count, Protocol, ProtocolSuperseded};
use texts::{Language, paper::PaperLine};

use super::{
    names::SheetNames,
    note::SheetNote,
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
    /// What nobody may overlook, under the title.
    pub(crate) marks: Vec<BothLanguages>,
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
    /// Everything on the sheet of a protocol, from the event and from the names that are known.
    pub(crate) fn of_protocol(
        signed: &SignedEvent,
        stated: &StatedProtocol,
        names: &SheetNames,
        draft: bool,
    ) -> Self {
        let title = match stated.correction {
            Some(_) => phrases::title_new(),
            None => phrases::title(),
        };
        Self {
            file_title: format!("{} {}", title.kk, stated.precinct),
            title,
            draft,
            marks: names.marks_with(draft.then(phrases::draft)),
            test: names.test,
            synthetic: names.synthetic_mark(),
            head: head_notes(signed, stated, names),
            correction: stated.correction.as_ref().map(correction_notes).unwrap_or_default(),
            rows: protocol_lines(&stated.protocol.count, names),
            notes: closing_notes(signed, &stated.protocol, names),
            event: signed.hash(),
        }
    }
}

pub(super) fn note_of(label: BothLanguages, value: &str) -> SheetNote {
    SheetNote { label, value: BothLanguages::same(value) }
}

fn head_notes(signed: &SignedEvent, stated: &StatedProtocol, names: &SheetNames) -> Vec<SheetNote> {
    let event = &signed.event;
    let election = event.election.as_ref().map_or("-", Id::as_str);
    let number = names.precinct.as_ref().map(|number| BothLanguages::same(&format!("№ {number}")));
    let protocol = &stated.protocol;
    vec![
        named_note(phrases::election(), names.election.as_ref(), election),
        named_note(phrases::precinct(), number.as_ref(), stated.precinct.as_str()),
        named_note(phrases::commission(), names.commission.as_ref(), event.author.as_str()),
        note_of(
            phrases::counting(),
            &format!("{} – {}", local_time(&protocol.started), local_time(&protocol.ended)),
        ),
        note_of(phrases::drawn_up(), &local_time(&event.at)),
    ]
}

/// A name with its id behind it; the id alone where no source gives a name.
pub(super) fn named_note(label: BothLanguages, name: Option<&BothLanguages>, id: &str) -> SheetNote {
    let name = name.map(|name| name.clone().with(&format!(" ({id})")));
    SheetNote { label, value: name.unwrap_or_else(|| BothLanguages::same(id)) }
}

/// Who acted, in which election, where, and when it was drawn up.
pub(super) fn act_notes(signed: &SignedEvent, names: &SheetNames, author: BothLanguages) -> Vec<SheetNote> {
    let event = &signed.event;
    let election = event.election.as_ref().map_or("-", Id::as_str);
    let mut head = vec![named_note(phrases::election(), names.election.as_ref(), election)];
    head.extend(
        names.territory.as_ref().map(|name| SheetNote { label: phrases::territory(), value: name.clone() }),
    );
    head.push(named_note(author, names.commission.as_ref(), event.author.as_str()));
    head.push(note_of(phrases::drawn_up(), &local_time(&event.at)));
    head
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
    let stated = |line: PaperLine, figure: u64| main_line(line, LineFigure::Is(figure));
    let mut rows = vec![
        stated(PaperLine::Voters, count.voters),
        stated(PaperLine::Received, count.received),
        stated(PaperLine::Issued, count.issued),
    ];
    for (share, n) in names.in_seat_order(&count.issued_by) {
        let seat = phrases::seat(&share.seat);
        let name = in_both(|lang| {
            let seat = if lang == Language::Kk { &seat.kk } else { &seat.ru };
            PaperLine::IssuedBy.words(lang, &[("seat", seat.as_str().into())])
        });
        rows.push(line_under(PaperLine::IssuedBy, n, name, share.issued));
    }
    rows.push(stated(PaperLine::Cancelled, count.cancelled));
    let damaged = count.damaged.as_ref().map_or(LineFigure::Absent, |damaged| LineFigure::Is(damaged.count));
    rows.push(main_line(PaperLine::Damaged, damaged));
    rows.push(stated(PaperLine::HomeApplications, count.home_applications));
    let portable = count.portable.iter().map(|portable| portable.found).fold(0, u64::saturating_add);
    rows.push(SheetLine { computed: true, ..stated(PaperLine::PortableFound, portable) });
    for (portable, n) in count.portable.iter().zip(1..) {
        let args = |lang| {
            let args =
                [("n", n.to_string().into()), ("applications", portable.applications.to_string().into())];
            PaperLine::Box.words(lang, &args)
        };
        let mut name = in_both(args);
        if portable.act.is_some() {
            name = name.then(&phrases::box_invalid());
        }
        rows.push(line_under(PaperLine::Box, n, name, portable.found));
    }
    rows.push(stated(PaperLine::Stationary, count.stationary));
    rows.push(stated(PaperLine::Found, count.found));
    rows.push(stated(PaperLine::Invalid, count.invalid));
    rows.push(main_line(PaperLine::Votes, LineFigure::Heading));
    for (line, n) in count.votes.iter().zip(1..) {
        rows.push(line_under(PaperLine::VotesFor, n, names.candidate_name(&line.candidate), line.votes));
    }
    rows.push(stated(PaperLine::AgainstAll, count.against_all));
    rows.push(stated(PaperLine::Absentee, count.absentee));
    // A paper may contradict itself, with an explanation: then nothing can be said of what follows.
    let valid = count.found.checked_sub(count.invalid).map_or(LineFigure::Absent, LineFigure::Is);
    rows.push(SheetLine { computed: true, ..main_line(PaperLine::Valid, valid) });
    let votes = count.votes.iter().map(|line| line.votes).fold(count.against_all, u64::saturating_add);
    rows.push(SheetLine { computed: true, ..stated(PaperLine::Participated, votes) });
    rows
}

pub(super) fn in_both(words: impl Fn(Language) -> String) -> BothLanguages {
    BothLanguages { kk: words(Language::Kk), ru: words(Language::Ru) }
}

pub(super) fn main_line(line: PaperLine, figure: LineFigure) -> SheetLine {
    let number = line.number().unwrap_or_default().to_owned();
    SheetLine { number, name: in_both(|lang| line.words(lang, &[])), figure, computed: false }
}

pub(super) fn line_under(line: PaperLine, place: usize, name: BothLanguages, figure: u64) -> SheetLine {
    SheetLine { number: line.number_under(place), name, figure: LineFigure::Is(figure), computed: false }
}

/// Who signed, and who has not yet.
pub(super) fn signer_notes(signed: &SignedEvent, names: &SheetNames) -> Vec<SheetNote> {
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
    notes
}

fn closing_notes(signed: &SignedEvent, protocol: &Protocol, names: &SheetNames) -> Vec<SheetNote> {
    let mut notes = signer_notes(signed, names);
    notes.extend(missing_note(protocol));
    for explanation in &protocol.explanations {
        let text = format!("{}: {}", explanation.rule, shorten(explanation.text.as_str()));
        notes.push(note_of(phrases::explanations(), &text));
    }
    notes.push(document_note(protocol.paper.as_ref()));
    notes.push(note_of(phrases::ledger(), &signed.event.ledger.in_groups()));
    notes.extend(names.origin_note());
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

pub(super) fn document_note(paper: Option<&event::Document>) -> SheetNote {
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
