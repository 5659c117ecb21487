//! The control ratios of a protocol, by the numbers of its lines: each with both of its sides, and how it stands.

use event::SignedEvent;
use law::{
    Fact, Line, Ratio, Rule, Sent,
    facts::{Count, Protocol},
};
use texts::{Language, group_digits, law_text, paper::cite_line, program::program_catalogue};

/// How a ratio stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RatioStand {
    /// It holds.
    Holds,
    /// It does not hold, and nothing explains it.
    Broken,
    /// It does not hold, and the paper explains it.
    Explained,
    /// It does not hold, which is noted and keeps nothing out.
    Noted,
    /// A figure that it reads is not known.
    Open,
}

/// One ratio, judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgedRatio {
    /// The rule that it stands under.
    pub rule: Rule,
    /// How it stands.
    pub stand: RatioStand,
    /// It, by the numbers of lines and with their figures.
    pub words: String,
}

/// The protocol of an event that states one, with its precinct.
#[must_use]
pub fn find_protocol(signed: &SignedEvent) -> Option<(event::Id, Protocol)> {
    let body = signed.event.body.text().as_bytes();
    match Fact::read_body(signed.event.fact.as_str(), body).ok()? {
        Fact::ProtocolSigned(body) => Some((body.precinct, body.protocol)),
        Fact::ProtocolSuperseded(body) => Some((body.precinct, body.protocol)),
        _ => None,
    }
}

/// Every control ratio of a protocol, with what was sent to the precinct as far as it is known.
#[must_use]
pub fn judge_ratios(protocol: &Protocol, sent: Sent, lang: Language) -> Vec<JudgedRatio> {
    let each = Ratio::ALL.iter().map(|ratio| JudgedRatio {
        rule: ratio.rule(),
        stand: judge_ratio(*ratio, protocol, sent),
        words: show_ratio(*ratio, &protocol.count, sent, lang),
    });
    each.collect()
}

impl RatioStand {
    /// In one word.
    #[must_use]
    pub fn word(self, lang: Language) -> String {
        let id = match self {
            Self::Holds => "ratio-holds",
            Self::Broken => "ratio-broken",
            Self::Explained => "ratio-explained",
            Self::Noted => "ratio-noted",
            Self::Open => "ratio-open",
        };
        program_catalogue().format_text(lang, id, &[])
    }
}

fn judge_ratio(ratio: Ratio, protocol: &Protocol, sent: Sent) -> RatioStand {
    if ratio.needs().iter().any(|line| line_value(*line, &protocol.count, sent).is_none()) {
        return RatioStand::Open;
    }
    let explained = protocol.explanations.iter().any(|one| one.rule.as_str() == ratio.rule().id());
    match ratio.check_ratio(&protocol.count, sent) {
        None => RatioStand::Holds,
        Some(_) if !ratio.refuses() => RatioStand::Noted,
        Some(_) if explained => RatioStand::Explained,
        Some(_) => RatioStand::Broken,
    }
}

/// `line 9 (239) = lines 11 (210) + line 12 (20) + line 10 (9) = 239`; what is no equation by what it asks and its figures.
#[must_use]
pub fn show_ratio(ratio: Ratio, count: &Count, sent: Sent, lang: Language) -> String {
    let value = |line: &Line| line_value(*line, count, sent);
    let told = |line: &Line| {
        let figure = value(line).map_or_else(|| "?".to_owned(), |value| group_digits(&value.to_string()));
        format!("{} ({figure})", cite_line(*line, lang))
    };
    let side = |lines: &[Line]| lines.iter().map(told).collect::<Vec<_>>().join(" + ");
    if let Some((left, right)) = ratio.sides() {
        let sum: Option<u128> = right.iter().map(value).sum();
        let sum = sum.filter(|_| right.len() > 1);
        let sum = sum.map_or_else(String::new, |sum| format!(" = {}", group_digits(&sum.to_string())));
        return format!("{} = {}{sum}", side(left), side(right));
    }
    match (ratio, ratio.needs()) {
        (Ratio::PortableAct, needs) => {
            format!("{}: {}", law_text(lang, "paper-box-over-act", &[]), comma(needs, &told))
        }
        (Ratio::PortableInvalid, needs) => {
            format!("{}: {}", law_text(lang, "paper-box-over-invalid", &[]), comma(needs, &told))
        }
        (_, [less, more]) => format!("{} ≤ {}", told(less), told(more)),
        (_, needs) => comma(needs, &told),
    }
}

/// A ratio by the numbers of its lines, without figures: `line 9 = line 11 + line 12 + line 10`.
#[must_use]
pub fn name_ratio(ratio: Ratio, lang: Language) -> String {
    let told = |line: &Line| cite_line(*line, lang);
    let side = |lines: &[Line]| lines.iter().map(told).collect::<Vec<_>>().join(" + ");
    if let Some((left, right)) = ratio.sides() {
        return format!("{} = {}", side(left), side(right));
    }
    match (ratio, ratio.needs()) {
        (Ratio::PortableAct, _) => law_text(lang, "paper-box-over-act", &[]),
        (Ratio::PortableInvalid, _) => law_text(lang, "paper-box-over-invalid", &[]),
        (_, [less, more]) => format!("{} ≤ {}", told(less), told(more)),
        (_, needs) => comma(needs, &told),
    }
}

fn comma(lines: &[Line], told: &dyn Fn(&Line) -> String) -> String {
    lines.iter().map(told).collect::<Vec<_>>().join(", ")
}

/// A line of the protocol; none where only the ledger would know it.
fn line_value(line: Line, count: &Count, sent: Sent) -> Option<u128> {
    let one = |value: u64| Some(u128::from(value));
    let sum = |values: &mut dyn Iterator<Item = u64>| Some(values.map(u128::from).sum());
    match line {
        Line::Absentee => one(count.absentee),
        Line::AgainstAll => one(count.against_all),
        Line::Cancelled => one(count.cancelled),
        Line::Damaged => one(count.damaged.as_ref().map_or(0, |damaged| damaged.count)),
        Line::Found => one(count.found),
        Line::HomeApplications => one(count.home_applications),
        Line::Invalid => one(count.invalid),
        Line::Issued => one(count.issued),
        Line::IssuedBy => sum(&mut count.issued_by.iter().map(|share| share.issued)),
        Line::PortableApplications => sum(&mut count.portable.iter().map(|one| one.applications)),
        Line::PortableFound => sum(&mut count.portable.iter().map(|one| one.found)),
        Line::Received => one(count.received),
        Line::Stationary => one(count.stationary),
        Line::Voters => one(count.voters),
        Line::Votes => sum(&mut count.votes.iter().map(|one| one.votes)),
        Line::Delivered => sent.delivered.map(u128::from),
        Line::Listed => sent.listed.map(u128::from),
    }
}
