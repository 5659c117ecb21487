//! The result as it follows from the protocols, with its grounds: who counts, what is still missing, the order, and what corrections changed in it.

use commission::{
    described::describe_fact,
    standing::board::{Board, BoardGroup},
};
use event::Id;
use law::{
    Winner,
    facts::{CorrectionGround, Totals},
    state::{Election, ProtocolRecord},
};
use ledger::projections::format_percent;
use maud::{Markup, html};
use texts::{
    group_digits, name_candidate_of,
    page::describe_article_list,
    program::{law_word, localize_share, say},
};

use super::frame::PageFrame;
use crate::room::DeskRoom;

/// The page.
pub(crate) fn render_results(room: &DeskRoom<'_>, board: &Board, election: &Election) -> Markup {
    let open = board.count_group(BoardGroup::ToReceive);
    let unsettled = open + board.count_group(BoardGroup::Missing) + board.count_group(BoardGroup::Back);
    let content = html! {
        (render_grounds(room, board, unsettled))
        // A sum over all but one precinct would tell its figures to who has still to type them.
        @if open > 0 { p.said.look { (say("desk-results-blind", &[])) } }
        // What is missing or went back is no part of a result, and its figures are known to nobody who may type the next paper.
        @if unsettled == 0 {
            (render_order(room, election))
            (render_corrections(room, election))
        }
    };
    let title = say("desk-results", &[]);
    PageFrame { room, path: "/results".to_owned(), title, is_typed: false }.render(&content)
}

/// What the result rests on, and what is missing for it.
fn render_grounds(room: &DeskRoom<'_>, board: &Board, unsettled: usize) -> Markup {
    let article = |fact: &str| describe_fact(fact).map_or("format", |own| own.article);
    let settled = board.rows.len().saturating_sub(unsettled);
    let args = [("settled", settled.into()), ("all", board.rows.len().into())];
    html! {
        p { (say("desk-results-settled", &args)) " (" (describe_article_list(article("results-determined"), room.lang)) ")" }
        @if unsettled > 0 {
            ul { @for group in [BoardGroup::Missing, BoardGroup::ToReceive, BoardGroup::Back] {
                @let count = board.count_group(group);
                @if count > 0 { li { a href={ "/list/" (group.name()) } { (say(group.text(), &[])) } ": " (count) } }
            } }
        }
    }
}

/// The lines of the ballot by their votes, and what follows.
fn render_order(room: &DeskRoom<'_>, election: &Election) -> Markup {
    let totals = election.totals();
    let order = order_of(&totals);
    let against = say("field-against-all", &[]);
    html! {
        table {
            caption { (say("desk-results-order", &[])) }
            thead { tr {
                th scope="col" { (say("desk-results-line", &[])) }
                th scope="col" { (say("desk-results-votes", &[])) }
                th scope="col" { (say("desk-results-share", &[])) }
            } }
            tbody {
                @for (id, votes) in &order { (render_votes(room, &name_candidate_of(election, id.as_str(), room.lang), *votes, &totals)) }
                (render_votes(room, &against, totals.against_all, &totals))
            }
        }
        p.big data-outcome=(name_outcome(&election.winner())) { (tell_outcome(room, election)) }
    }
}

fn render_votes(room: &DeskRoom<'_>, name: &str, votes: u64, totals: &Totals) -> Markup {
    let share = localize_share(room.lang, &format_percent(votes, totals.participated(), 2));
    html! { tr {
        th scope="row" { bdi { (name) } }
        td.count { (group_digits(&votes.to_string())) }
        td.count { (share) " %" }
    } }
}

/// The most votes first; of equal ones the order of the ballot.
fn order_of(totals: &Totals) -> Vec<(Id, u64)> {
    let mut order: Vec<(Id, u64)> =
        totals.votes.iter().map(|line| (line.candidate.clone(), line.votes)).collect();
    order.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
    order
}

fn name_outcome(winner: &Winner) -> &'static str {
    match winner {
        Winner::Elected(_) => "elected",
        Winner::Tie(_) => "tie",
        Winner::Invalid => "invalid",
    }
}

fn tell_outcome(room: &DeskRoom<'_>, election: &Election) -> String {
    match election.winner() {
        Winner::Elected(id) => say(
            "desk-results-elected",
            &[("name", name_candidate_of(election, id.as_str(), room.lang).into())],
        ),
        Winner::Tie(ids) => {
            let names: Vec<String> =
                ids.iter().map(|id| name_candidate_of(election, id.as_str(), room.lang)).collect();
            say("desk-results-tie", &[("names", names.join(", ").into())])
        }
        Winner::Invalid => say("desk-results-invalid", &[]),
    }
}

/// Old and new figures side by side, and what they changed in the whole.
fn render_corrections(room: &DeskRoom<'_>, election: &Election) -> Markup {
    let corrected = election.polls.iter().filter(|(_, poll)| poll.protocols.len() > 1);
    let corrected: Vec<_> = corrected.collect();
    html! {
        @if !corrected.is_empty() {
            h2 { (say("desk-corrections", &[])) }
            (render_effect(room, election))
            @for (id, poll) in corrected.iter().take(CORRECTIONS) {
                @for pair in poll.protocols.windows(2) {
                    @if let [old, new] = pair { (render_correction(room, election, id, old, new)) }
                }
            }
            @if corrected.len() > CORRECTIONS {
                p { a href={ "/list/" (BoardGroup::Corrected.name()) } { (say("desk-corrections-more", &[("all", corrected.len().into())])) } }
            }
        }
    }
}

/// Precincts whose corrections stand on the page itself.
const CORRECTIONS: usize = 50;

/// The order by the protocols as first signed, beside the order now.
fn render_effect(room: &DeskRoom<'_>, election: &Election) -> Markup {
    let (first, now) = (election.totals_first(), election.totals());
    let (before, after) = (order_of(&first), order_of(&now));
    let same = before.iter().map(|(id, _)| id).eq(after.iter().map(|(id, _)| id));
    let votes =
        |order: &[(Id, u64)], id: &Id| order.iter().find(|(own, _)| own == id).map_or(0, |(_, votes)| *votes);
    html! {
        p data-order=(if same { "same" } else { "changed" }) {
            (say(if same { "desk-order-same" } else { "desk-order-changed" }, &[]))
        }
        table {
            caption { (say("desk-corrections-effect", &[])) }
            (render_sides())
            tbody { @for (id, votes_now) in &after {
                (render_change(&name_candidate_of(election, id.as_str(), room.lang), votes(&before, id), *votes_now))
            } }
        }
    }
}

fn render_sides() -> Markup {
    html! { thead { tr {
        th scope="col" { (say("desk-second-line", &[])) }
        th scope="col" { (say("desk-side-old", &[])) }
        th scope="col" { (say("desk-side-new", &[])) }
        th scope="col" { (say("desk-side-change", &[])) }
    } } }
}

fn render_change(label: &str, old: u64, new: u64) -> Markup {
    let change = i128::from(new) - i128::from(old);
    html! { tr {
        th scope="row" { bdi { (label) } }
        td.count { (group_digits(&old.to_string())) }
        td.count { (group_digits(&new.to_string())) }
        td.count { @if change > 0 { "+" } (change) }
    } }
}

fn ground_text(ground: CorrectionGround) -> &'static str {
    match ground {
        CorrectionGround::Decision => "ground-decision",
        CorrectionGround::Recount => "ground-recount",
        CorrectionGround::Transcription => "ground-transcription",
    }
}

/// One correction: only the lines that changed.
fn render_correction(
    room: &DeskRoom<'_>,
    election: &Election,
    precinct: &Id,
    old: &ProtocolRecord,
    new: &ProtocolRecord,
) -> Markup {
    let (before, after) = (&old.protocol.count, &new.protocol.count);
    let figures = [
        ("field-voters", before.voters, after.voters),
        ("field-issued", before.issued, after.issued),
        ("field-found", before.found, after.found),
        ("field-invalid", before.invalid, after.invalid),
        ("field-against-all", before.against_all, after.against_all),
    ];
    let votes = after.votes.iter().map(|line| {
        let old = before.votes.iter().find(|own| own.candidate == line.candidate).map_or(0, |own| own.votes);
        (name_candidate_of(election, line.candidate.as_str(), room.lang), old, line.votes)
    });
    let lines = figures.into_iter().map(|(text, old, new)| (say(text, &[]), old, new)).chain(votes);
    let changed: Vec<_> = lines.filter(|(_, old, new)| old != new).collect();
    html! {
        h3 { a href={ "/precinct/" (precinct) } { (say("legible-precinct", &[("number", room.number_of(precinct).into())])) } }
        @if let Some((ground, reason)) = &new.correction {
            p { (law_word(ground_text(*ground))) ": " (reason) }
        }
        @if changed.is_empty() { p.note { (say("desk-correction-none", &[])) } } @else {
            table { caption.aloud { (say("desk-corrections", &[])) } (render_sides())
                tbody { @for (label, old, new) in &changed { (render_change(label, *old, *new)) } } }
        }
    }
}
