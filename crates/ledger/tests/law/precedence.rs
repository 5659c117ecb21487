//! Which of two breaches is named: the one that stands first in docs/format.md.
//!
//! In: ladders of breaches of one event, each with the row of the page that it breaks; every pair of them at once. Out:
//! every rule by itself (`trials`).

use event::{Document, Event, Hash};
use law::{Edition, Fact, Rule, facts::*};
use scene::{BOARD, PEC, Scene, Step, TEC, id, own, paper, statements::because, time};

use super::judged::rule_refusing_event;

/// A breach: the row of the page, the rule, and how it comes about.
struct Rung(&'static str, Rule, Change);

#[derive(Clone, Copy)]
enum Change {
    /// Of what is said, before it is drafted.
    Step(fn(&mut Step)),
    /// Of the event around it, before it is signed.
    Event(fn(&mut Event)),
}

use Change::{Event as Around, Step as Said};

/// A step of the scene and its breaches, the first judged first. Where a fact's own rows stand behind those that it
/// refers to, the parts say so.
struct Ladder {
    step: &'static str,
    parts: &'static [&'static [Rung]],
}

const PLACE: &[Rung] = &[
    Rung("`ledger` is this ledger", Rule::Int01, Around(|e| e.ledger = Hash([9; 32]))),
    Rung("`author_seq`, then `author_prev`", Rule::Int04, Around(|e| e.author_seq += 7)),
    Rung("`seen.size` ≤ `index`", Rule::Int11, Around(|e| e.seen.root = Hash([9; 32]))),
    Rung(
        "if `seen.size` is not 0: `at` is at most",
        Rule::Pro17,
        Around(|e| e.at = time("2025-08-18 10:00")),
    ),
    Rung("the fact is one of section 10", Rule::Int08, Around(|e| e.fact = id("tea-served"))),
];

const PROTOCOL: &[Rung] = &[
    Rung(
        "every document in the body is public or sealed",
        Rule::Int05,
        Said(|s| {
            s.protocol().paper = Some(Document { size: None, ..paper("protocol") });
        }),
    ),
    Rung(
        "no figure of the body is above",
        Rule::Ari01,
        Said(|s| s.protocol().count.absentee = 1_000_000_001),
    ),
    Rung(
        "the author is a commission that was formed",
        Rule::Aty01,
        Said(|s| {
            s.author = "pec-nowhere".into();
            s.signers = own("pec-nowhere", &BOARD);
        }),
    ),
    Rung(
        "it has the level of the table",
        Rule::Aty03,
        Said(|s| {
            s.author = TEC.into();
            s.signers = own(TEC, &BOARD);
        }),
    ),
    Rung("the desk is that of the table", Rule::Aty03, Said(|s| s.desk = "secretary".into())),
    Rung("the election was called", Rule::Aty02, Said(|s| s.election = Some("aul-2031".into()))),
    Rung(
        "if the body has `precinct`",
        Rule::Com02,
        Said(|s| {
            let Fact::ProtocolSigned(b) = &mut s.fact else { panic!() };
            b.precinct = id("aul-2");
        }),
    ),
    Rung(
        "each signer in turn: registered, not revoked",
        Rule::Sig02,
        Said(|s| s.signers = own(PEC, &["chair", "m9"])),
    ),
    Rung(
        "two of `chair`, `deputy`, `secretary`",
        Rule::Sig05,
        Said(|s| s.signers = own(PEC, &["chair", "m4"])),
    ),
    Rung("`missing` ascends by seat", Rule::Sig11, Said(|s| s.protocol().missing.clear())),
    Rung(
        "`started` is not before `at` of `voting-closed`",
        Rule::Pro06,
        Said(|s| {
            s.protocol().started = time("2025-10-12 19:59");
        }),
    ),
    Rung(
        "no line of `votes` is that of a candidate with status",
        Rule::Pro05,
        Said(|s| {
            s.protocol().count.votes.push(Votes { candidate: id("serikov"), votes: 0 });
        }),
    ),
    Rung("the candidates of `votes` are exactly", Rule::Com04, Said(|s| s.protocol().count.votes.reverse())),
    Rung(
        "each seat in it is one of the commission",
        Rule::Com05,
        Said(|s| {
            s.protocol().count.issued_by[1].seat = id("m8");
        }),
    ),
    Rung(
        "`explanations` ascend by rule",
        Rule::Int05,
        Said(|s| {
            s.protocol().explanations = vec![because(Rule::Com02), because(Rule::Com01)];
        }),
    ),
    Rung(
        "each explanation names the id of a ratio below",
        Rule::Pro09,
        Said(|s| {
            s.protocol().explanations = vec![because(Rule::Com01)];
        }),
    ),
    Rung(
        "the sum of `issued_by` = `issued`",
        Rule::Ari02,
        Said(|s| s.protocol().count.issued_by[0].issued -= 1),
    ),
    Rung(
        "`received` = delivered",
        Rule::Ari02,
        Said(|s| {
            let count = &mut s.protocol().count;
            (count.received, count.cancelled) = (405, 164);
        }),
    ),
    Rung(
        "`found` ≤ `issued`",
        Rule::Ari03,
        Said(|s| {
            let count = &mut s.protocol().count;
            (count.found, count.stationary, count.invalid) = (241, 236, 11);
        }),
    ),
    Rung("sum of `votes` + `against_all`", Rule::Ari04, Said(|s| s.protocol().count.against_all += 1)),
    Rung(
        "sum of `found` over `portable` + `stationary`",
        Rule::Ari05,
        Said(|s| s.protocol().count.stationary -= 1),
    ),
    Rung("`voters` = listed", Rule::Ari06, Said(|s| s.protocol().count.voters = 401)),
    Rung(
        "the sum of `applications` over `portable`",
        Rule::Ari07,
        Said(|s| {
            s.protocol().count.home_applications = 7;
        }),
    ),
];

fn superseded(s: &mut Step) -> &mut ProtocolSuperseded {
    let Fact::ProtocolSuperseded(b) = &mut s.fact else { panic!() };
    b
}

const CORRECTION: &[Rung] = &[
    Rung("`supersedes` is the current one", Rule::Pro10, Said(|s| superseded(s).supersedes = Hash([3; 32]))),
    Rung(
        "ground `recount`: the precinct is `recount-ordered`",
        Rule::Pro09,
        Said(|s| {
            superseded(s).ground = CorrectionGround::Decision;
        }),
    ),
    Rung(
        "`basis` is the event that brought it there",
        Rule::Pro09,
        Said(|s| superseded(s).basis = Hash([3; 32])),
    ),
    Rung(
        "`started` of the new protocol is not before",
        Rule::Pro09,
        Said(|s| {
            s.protocol().started = time("2025-10-13 11:59");
        }),
    ),
    Rung(
        "the new protocol has a public paper",
        Rule::Aty06,
        Said(|s| s.protocol().paper = Some(paper("protocol"))),
    ),
];

const CORRECTED: &[Rung] = &[
    Rung(
        "`ended` is not before `started`",
        Rule::Pro06,
        Said(|s| s.protocol().ended = time("2025-10-13 11:00")),
    ),
    Rung("the candidates of `votes` are exactly", Rule::Com04, Said(|s| s.protocol().count.votes.reverse())),
    Rung("sum of `votes` + `against_all`", Rule::Ari04, Said(|s| s.protocol().count.against_all += 1)),
];

fn result(s: &mut Step) -> &mut ResultsDetermined {
    let Fact::ResultsDetermined(b) = &mut s.fact else { panic!() };
    b
}

const RESULT: &[Rung] = &[
    Rung("board: signers × 2 > seats", Rule::Sig05, Said(|s| s.signers = own(TEC, &BOARD[..3]))),
    Rung(
        "`invalidated` names exactly those that are",
        Rule::Com01,
        Said(|s| result(s).invalidated = vec![id("aul-1")]),
    ),
    Rung("`protocols` has the count and root", Rule::Com01, Said(|s| result(s).protocols.count = 2)),
    Rung("`totals.votes` has as many lines", Rule::Com04, Said(|s| drop(result(s).totals.votes.pop()))),
    Rung("each total is the one of 11.4", Rule::Ari08, Said(|s| result(s).totals.issued -= 1)),
    Rung(
        "one candidate alone has the most votes",
        Rule::Pro12,
        Said(|s| result(s).elected = Some(id("qaliev"))),
    ),
];

fn call(s: &mut Step) -> &mut ElectionCalled {
    let Fact::ElectionCalled(b) = &mut s.fact else { panic!() };
    b
}

const CALL: &[Rung] = &[
    Rung(
        "`ground_decision` of `election-called` only under rules 2",
        Rule::Int05,
        Said(|s| call(s).ground_decision = Some(paper("ended"))),
    ),
    Rung("the desk is that of the table", Rule::Aty03, Said(|s| s.desk = "chair".into())),
    Rung("board: signers × 2 > seats", Rule::Sig05, Said(|s| s.signers = own(TEC, &BOARD[..3]))),
    Rung(
        "the event has an election, and its id was never used",
        Rule::Pro01,
        Said(|s| s.election = Some(PEC.into())),
    ),
    Rung("`territory` has nine digits", Rule::Aty02, Said(|s| call(s).territory = scene::text("1032"))),
    Rung("the local date of `at` is from", Rule::Pro01, Said(|s| call(s).edition = Edition::Z2026_07_01)),
    Rung(
        "each is before the next: `nomination_starts`",
        Rule::Pro02,
        Said(|s| {
            call(s).calendar.nomination_ends = time("2025-09-21 18:00");
        }),
    ),
    Rung(
        "`voting_day` is the same text",
        Rule::Pro02,
        Said(|s| call(s).voting_day = time("2025-10-13 07:00")),
    ),
    Rung("with ground `early-termination` there is", Rule::Pro01, Said(|s| call(s).ground_date = None)),
];

const LADDERS: [Ladder; 4] = [
    Ladder { step: "protocol-signed", parts: &[PLACE, PROTOCOL] },
    Ladder { step: "protocol-superseded:recount", parts: &[PLACE, CORRECTION, CORRECTED] },
    Ladder { step: "results-determined", parts: &[PLACE, RESULT] },
    Ladder { step: "election-called", parts: &[PLACE, CALL] },
];

/// What is said to a step with these breaches; where two change one thing, the one that stands first has it.
fn broken(scene: &mut Scene, name: &str, rungs: &[&Rung]) -> event::SignedEvent {
    let mut step = scene.step(name);
    let mut changes: Vec<Change> = rungs.iter().map(|rung| rung.2).collect();
    changes.reverse();
    for change in &changes {
        if let Said(change) = change {
            change(&mut step);
        }
    }
    let mut signed = scene.sign(&step);
    for change in &changes {
        if let Around(change) = change {
            signed.event = signed.event.with_change(change).unwrap();
        }
    }
    scene.resign(signed, &step.signers)
}

#[test]
fn of_two_breaches_the_one_that_stands_first_is_named() {
    let mut pairs = 0;
    for ladder in LADDERS {
        let rungs: Vec<&Rung> = ladder.parts.iter().copied().flatten().collect();
        let mut scene = Scene::before(ladder.step);
        for (place, first) in rungs.iter().enumerate() {
            // Alone: refused, and found by the verifier under the same id.
            let alone = broken(&mut scene, ladder.step, &[first]);
            assert_eq!(rule_refusing_event(&mut scene, alone), first.1, "{}: {}", ladder.step, first.0);
            for second in &rungs[place + 1..] {
                let both = broken(&mut scene, ladder.step, &[first, second]);
                let error = scene.append(both).expect_err("two breaches");
                let words = format!("{}: {} before {}", ladder.step, first.0, second.0);
                assert_eq!(error.rule(), first.1, "{words}");
                pairs += 1;
            }
        }
        scene.play(ladder.step);
    }
    eprintln!("{pairs} pairs of breaches, the one that stands first named in each");
}

#[test]
fn the_page_has_the_rows_in_this_order() {
    let page = include_str!("../../../../docs/format.md");
    let page = page.split("\n## 11. Admission").nth(1).unwrap();
    for ladder in LADDERS {
        for part in ladder.parts {
            let mut last = 0;
            for Rung(row, rule, _) in *part {
                let at = page[last..].find(row).map(|at| last + at);
                let at = at.unwrap_or_else(|| panic!("{}: no row {row} behind the one before", ladder.step));
                let line = page[..at].rsplit('\n').next().unwrap();
                let ids = line.contains(rule.id()) || line.contains('…');
                assert!(ids, "{}: {row} is not under {rule}: {line}", ladder.step);
                last = at;
            }
        }
    }
}
