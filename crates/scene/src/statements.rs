//! Statements that more than one chapter of the law's tests makes.

use event::{Hash, Key, Signature};
use law::{Edition, Fact, Rule, facts::*};

use crate::{
    play::{RURAL, by, calendar},
    values::{PRECINCT, id, paper, sign_as, text, time},
    world::{Scene, Step},
};

/// A proxy asks for a recount before the protocol.
pub fn asked(granted: bool, reason: Option<&str>) -> Fact {
    Fact::RecountRequested(RecountRequested {
        applicant: text("Доверенное лицо кандидата"),
        granted,
        precinct: id(PRECINCT),
        reason: reason.map(text),
        statement: paper("ask"),
    })
}

/// A precinct whose protocol counts no longer.
pub fn invalidated(protocol: Hash) -> Fact {
    Fact::PrecinctInvalidated(PrecinctInvalidated {
        decision: paper("invalid"),
        ground: text("Урна была вскрыта до конца голосования"),
        precinct: id(PRECINCT),
        protocol,
        submission: paper("submission"),
    })
}

/// Another voting between these candidates, after a tie in the election of the second edition.
pub fn voting_again(candidates: &[&str], day: &str) -> Fact {
    Fact::RepeatVotingCalled(RepeatVotingCalled {
        names: None,
        candidates: candidates.iter().map(|name| id(name)).collect(),
        decision: paper("again"),
        name: text("Повторное голосование"),
        repeats: id(RURAL),
        voting_ends: time(&format!("{day} 20:00")),
        voting_starts: time(&format!("{day} 07:00")),
        withdrawal_ends: time("2026-11-05 18:00"),
    })
}

/// Another election.
pub fn electing_again(repeats: &str, edition: Edition) -> Fact {
    Fact::RepeatElectionCalled(RepeatElectionCalled {
        names: None,
        calendar: calendar(
            "2026-10-29 00:00",
            "2026-11-02 18:00",
            "2026-11-05 18:00",
            "2026-11-17 18:00",
            "2026-11-22",
        ),
        decision: paper("elect-again"),
        edition,
        name: text("Повторные выборы"),
        repeats: id(repeats),
    })
}

/// A step by the root.
pub fn root(at: &str, fact: Fact) -> Step {
    by(at, "cec", "root", None, fact)
}

/// A new key for a seat, and its proof.
pub fn keyed(scene: &mut Scene, label: &str, commission: &str, seat: &str) -> (Key, Signature) {
    let ledger = scene.head.state().ledger.unwrap();
    let proof = sign_as(&scene.cast, label, &event::key_text(&ledger, &id(commission), &id(seat)));
    (scene.cast.key(label), proof)
}

/// A complaint by an observer, to be answered by a day.
pub fn files(complaint: &str, due: &str) -> ComplaintFiled {
    ComplaintFiled {
        about: ComplaintAbout::Commission,
        against: None,
        complaint: id(complaint),
        due: time(due),
        filed_by: text("Наблюдатель"),
        paper: paper("complaint"),
        precinct: Some(id(PRECINCT)),
    }
}

/// An explanation of a ratio that does not hold.
pub fn because(rule: Rule) -> Explanation {
    Explanation {
        rule: text(rule.id()), text: text("Так стоит на подписанной бумаге")
    }
}
