//! Trials of the rules on procedure: states, dates, ballots, counts, corrections.

use event::Hash;
use law::{Fact, Rule, facts::*};

use super::trial::{How, Trial, at};
use crate::{
    play::{RURAL, by, calling, readies, registered, tec, votes},
    statements::{asked, files, root},
    values::{PEC, PRECINCT, TEC, id, paper, text, time},
};

pub(super) const TRIALS: &[Trial] = &[
    Trial {
        rule: Rule::Pro01,
        how: How::Refused,
        what: "a registration number left out",
        lawful: || at("candidate-registered:qaliev"),
        broken: |_, s| {
            let Fact::CandidateRegistered(b) = &mut s.fact else { panic!() };
            b.number = 3;
        },
    },
    Trial {
        rule: Rule::Pro01,
        how: How::Refused,
        what: "a decision for a term that ends by itself",
        lawful: || {
            let mut scene = at("election-called").0;
            let editions = vec![text("Z2025_01_01"), text("Z2026_07_01")];
            let rules = RulesAdopted { editions, rules: 2, spec_sha256: Hash([5; 32]) };
            scene.say(&root("2025-08-21 09:00", Fact::RulesAdopted(rules)));
            let ended = calling(|b| b.ground_decision = Some(paper("powers-ended")));
            (scene, tec("2026-09-16 12:00", RURAL, ended))
        },
        broken: |_, s| {
            let Fact::ElectionCalled(b) = &mut s.fact else { panic!() };
            (b.ground, b.ground_date) = (Ground::TermEnds, Some(time("2026-11-05 00:00")));
        },
    },
    Trial {
        rule: Rule::Pro02,
        how: How::Refused,
        what: "a nomination after the dates",
        lawful: || at("candidate-nominated:serikov"),
        broken: |_, s| s.at = "2025-09-16 18:01".into(),
    },
    Trial {
        rule: Rule::Pro02,
        how: How::Explained(|_, s| s.at = "2025-09-16 18:01".into()),
        what: "a nomination in time that arrived late",
        lawful: || at("candidate-nominated:serikov"),
        broken: |scene, s| {
            // The board checks somebody meanwhile.
            let mut other = scene.step("eligibility-checked:abenov");
            other.at = "2025-09-16 18:05".into();
            scene.say(&other);
            s.at = "2025-09-16 17:58".into();
        },
    },
    Trial {
        rule: Rule::Pro02,
        how: How::Noted,
        what: "a calendar a minute outside its terms",
        lawful: || (at("election-called").0, tec("2026-09-16 12:00", RURAL, calling(|_| {}))),
        broken: |_, s| s.fact = calling(|b| b.calendar.nomination_ends = time("2026-09-29 18:01")),
    },
    Trial {
        rule: Rule::Pro03,
        how: How::Refused,
        what: "a ballot in another order than the alphabet's",
        lawful: || at("ballot-approved"),
        broken: |_, s| {
            let Fact::BallotApproved(b) = &mut s.fact else { panic!() };
            b.candidates.swap(0, 1);
        },
    },
    Trial {
        rule: Rule::Pro04,
        how: How::Refused,
        what: "a withdrawal after the dates",
        lawful: || at("candidate-withdrew"),
        broken: |_, s| s.at = "2025-10-09 18:01".into(),
    },
    Trial {
        rule: Rule::Pro04,
        how: How::Explained(|_, s| s.at = "2025-10-09 18:01".into()),
        what: "a withdrawal in time that arrived late",
        lawful: || at("candidate-withdrew"),
        broken: |scene, s| {
            // Another seat of the commission records a complaint meanwhile.
            let body = files("c-1", "2025-10-12 09:00");
            let body = ComplaintFiled { precinct: None, ..body };
            let step = by(
                "2025-10-09 18:05",
                TEC,
                "secretary",
                Some(crate::values::ELECTION),
                Fact::ComplaintFiled(body),
            );
            scene.say(&step);
            s.at = "2025-10-09 17:58".into();
        },
    },
    Trial {
        rule: Rule::Pro05,
        how: How::Refused,
        what: "votes for somebody who withdrew",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.protocol().count.votes.push(Votes { candidate: id("serikov"), votes: 1 }),
    },
    Trial {
        rule: Rule::Pro06,
        how: How::Refused,
        what: "a count that began before voting ended",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.protocol().started = time("2025-10-12 19:59"),
    },
    Trial {
        rule: Rule::Pro07,
        how: How::Noted,
        what: "a count of more than twelve hours",
        lawful: || at("protocol-signed"),
        broken: |_, s| {
            s.protocol().ended = time("2025-10-13 08:41");
            s.at = "2025-10-13 08:50".into();
        },
    },
    Trial {
        rule: Rule::Pro08,
        how: How::Noted,
        what: "a copy that was asked for and not given",
        lawful: || at("copies-issued"),
        broken: |scene, s| {
            s.fact = Fact::CopyRefused(CopyRefused {
                asked_by: text("Наблюдатель"),
                precinct: id(PRECINCT),
                protocol: scene.protocol(),
                reason: text("Нет бумаги"),
            });
        },
    },
    Trial {
        rule: Rule::Pro09,
        how: How::Refused,
        what: "a correction that rests on nothing",
        lawful: || at("protocol-superseded:recount"),
        broken: |_, s| {
            let Fact::ProtocolSuperseded(b) = &mut s.fact else { panic!() };
            b.basis = Hash([3; 32]);
        },
    },
    Trial {
        rule: Rule::Pro09,
        how: How::Noted,
        what: "a recount that a proxy asked for in vain",
        lawful: || {
            let mut scene = registered();
            readies(&mut scene, RURAL, "2026-10-06 10:00");
            votes(&mut scene, RURAL, "2026-10-25");
            (scene, by("2026-10-25 21:00", PEC, "secretary", Some(RURAL), asked(true, None)))
        },
        broken: |_, s| s.fact = asked(false, Some("Подсчёт ещё не окончен")),
    },
    Trial {
        rule: Rule::Pro10,
        how: How::Refused,
        what: "another protocol than the current one",
        lawful: || at("protocol-received:first"),
        broken: |_, s| {
            let Fact::ProtocolReceived(b) = &mut s.fact else { panic!() };
            b.protocol = Hash([3; 32]);
        },
    },
    Trial {
        rule: Rule::Pro17,
        how: How::Refused,
        what: "signed long before what its author had seen",
        lawful: || at("protocol-signed"),
        broken: |_, s| s.at = "2025-10-12 20:19".into(),
    },
];
