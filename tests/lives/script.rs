//! What an act of a plan says: the step, written for the ledger as it is now.
//!
//! In: the commissions and precincts of a plan, figures of protocols, one arm for each act. Out: which acts there are
//! (`plan`).

use event::{Document, Hash, List};
use law::{Edition, Fact, facts::*, lines_root};

use super::{
    plan::{Act, Plan, Race, Slot, Station, Turn},
    tally::Figures,
};
use crate::{
    law::{own, play::by},
    scene::{Scene, Step, id, paper, text, time},
};

/// Who signs at a precinct: three of five.
pub(crate) const QUORUM: [&str; 3] = ["chair", "deputy", "secretary"];
/// Two commissions call elections, in turn.
pub(crate) const TECS: [&str; 2] = ["tec-one", "tec-two"];
/// Invented names; the order of the ballot is not that of their ids.
const NAMES: [&str; 4] = ["Өтеев Қ.", "Абаев Ә.", "Әбенов Д.", "Оспанов І."];

pub(crate) fn tec(election: usize) -> &'static str {
    TECS[election % TECS.len()]
}

pub(crate) fn election(e: usize) -> String {
    format!("life-{e}")
}

pub(crate) fn precinct(e: usize, p: usize) -> String {
    format!("p-{e}-{p}")
}

pub(crate) fn pec(e: usize, p: usize) -> String {
    format!("pec-{e}-{p}")
}

pub(crate) fn candidate(e: usize, c: usize) -> String {
    format!("c-{e}-{c}")
}

pub(crate) fn name(c: usize) -> &'static str {
    NAMES[c]
}

/// The minute of a step, as it is written.
pub(crate) fn minute(seconds: i64) -> String {
    cli::demo::stage::clock(seconds)[..16].replace('T', " ")
}

/// Every commission and precinct of a plan.
pub(crate) fn stage(plan: &Plan) -> Scene {
    let mut scene = Scene::before("commission-formed:tec");
    let ledger = scene.head.state().ledger.unwrap();
    let at = "2025-08-20 09:00";
    for tec in TECS {
        let formed = cli::demo::formed(
            &mut scene.cast,
            &ledger,
            tec,
            Level::Territorial,
            Some("oblast-test"),
            "Комиссия",
            7,
        );
        scene.say(&by("2025-08-19 12:00", "cec", "board", None, formed.unwrap()));
    }
    for (e, race) in plan.elections.iter().enumerate() {
        for (p, station) in race.precincts.iter().enumerate() {
            let formed = cli::demo::formed(
                &mut scene.cast,
                &ledger,
                &pec(e, p),
                Level::Precinct,
                Some(tec(e)),
                "Комиссия",
                5,
            );
            scene.say(&by(at, tec(e), "board", None, formed.unwrap()));
            let body = PrecinctFormed {
                commission: id(&pec(e, p)),
                decision: paper("akim-decision"),
                kato: text(&kato(e)),
                kind: PrecinctKind::Open,
                number: text(&format!("{e}{p:03}")),
                precinct: id(&precinct(e, p)),
                voters: station.voters,
            };
            scene.say(&by(at, tec(e), "board", None, Fact::PrecinctFormed(body)));
        }
    }
    scene
}

fn kato(e: usize) -> String {
    format!("10323{:02}00", e + 1)
}

impl Station {
    /// The figures that the paper has, in the order of the lines.
    pub(crate) fn figures(&self, lines: usize) -> Figures {
        let issued = self.issued();
        let found = issued.saturating_sub(self.carried_out);
        let invalid = found * self.invalid / 100;
        let valid = found - invalid;
        let weights: u64 = self.weights[..=lines].iter().sum();
        let votes: Vec<u64> =
            self.weights[1..=lines].iter().map(|w| (valid * w).checked_div(weights).unwrap_or(0)).collect();
        let received = self.voters + self.voters.div_ceil(100);
        let damaged = self.damaged.min(received - issued);
        let home = self.portable.min(found);
        Figures {
            voters: self.voters,
            received,
            issued,
            cancelled: received - issued - damaged,
            damaged,
            found,
            invalid,
            applications: home + self.shift % 3,
            home,
            absentee: 0,
            against_all: valid - votes.iter().sum::<u64>(),
            votes,
        }
    }

    /// The figures that the first event has: at some precincts typed into the wrong lines.
    fn typed(&self, lines: usize) -> Figures {
        let mut figures = self.figures(lines);
        if matches!(self.turn, Turn::Mistyped | Turn::MistypedAndRecounted) && lines > 1 {
            figures.votes.swap(0, 1);
        }
        figures
    }

    /// The figures of a paper of its own, after a recount or a decision.
    fn recounted(&self, lines: usize) -> Figures {
        let mut figures = self.figures(lines);
        if lines > 1 {
            let moved = self.shift.min(figures.votes[0]);
            figures.votes[0] -= moved;
            figures.votes[1] += moved;
        }
        figures
    }
}

pub(crate) fn count(figures: &Figures, lines: &[event::Id]) -> Count {
    let half = figures.issued / 2;
    let damaged = Damaged { act: paper("damaged"), count: figures.damaged };
    let portable = Portable { act: None, applications: figures.applications, found: figures.home };
    let votes = lines.iter().zip(&figures.votes);
    Count {
        absentee: figures.absentee,
        against_all: figures.against_all,
        cancelled: figures.cancelled,
        damaged: (figures.damaged > 0).then_some(damaged),
        found: figures.found,
        home_applications: figures.applications,
        invalid: figures.invalid,
        issued: figures.issued,
        issued_by: vec![
            Share { issued: half, seat: id("m4") },
            Share { issued: figures.issued - half, seat: id("m5") },
        ],
        portable: vec![portable],
        received: figures.received,
        stationary: figures.found - figures.home,
        voters: figures.voters,
        votes: votes
            .map(|(candidate, votes)| Votes { candidate: candidate.clone(), votes: *votes })
            .collect(),
    }
}

fn absent() -> Vec<Missing> {
    ["m4", "m5"].map(|seat| Missing { opinion: None, reason: MissingReason::Absent, seat: id(seat) }).to_vec()
}

/// The step of an act in the ledger as it is; what it speaks of and is not there yet is a hash of zeros.
pub(crate) fn step(scene: &Scene, plan: &Plan, slot: Slot) -> Step {
    let e = slot.election;
    let fact = Script { scene, race: &plan.elections[e], e, at: slot.at }.fact(slot.act);
    let at = minute(slot.at);
    let election = election(e);
    let (author, desk) = match slot.act {
        Act::Open(p) | Act::Close(p) => (pec(e, p), "chair"),
        Act::Report(p, _) | Act::Post(p) => (pec(e, p), "secretary"),
        Act::Account(p) | Act::Sign(p) | Act::Retype(p) | Act::Recount(p) | Act::Replace(p) => {
            let mut step = by(&at, &pec(e, p), "board", Some(&election), fact);
            step.signers = own(&pec(e, p), &QUORUM);
            return step;
        }
        Act::Nominate(_) | Act::Receive(_) | Act::Return(_) => (tec(e).to_owned(), "secretary"),
        Act::Restore(_) | Act::Cancel(_) => ("oblast-test".to_owned(), "board"),
        _ => (tec(e).to_owned(), "board"),
    };
    by(&at, &author, desk, Some(&election), fact)
}

struct Script<'a> {
    scene: &'a Scene,
    race: &'a Race,
    e: usize,
    at: i64,
}

impl Script<'_> {
    fn state(&self) -> Option<&law::state::Election> {
        self.scene.head.state().elections.get(election(self.e).as_str())
    }

    fn poll(&self, p: usize) -> Option<&law::state::Poll> {
        self.state()?.polls.get(precinct(self.e, p).as_str())
    }

    fn current(&self, p: usize) -> Hash {
        self.poll(p).and_then(law::state::Poll::current_event).unwrap_or(Hash::ZERO)
    }

    fn lines(&self) -> Vec<event::Id> {
        self.state().map(|state| state.lines().to_vec()).unwrap_or_default()
    }

    fn standing(&self) -> Vec<event::Id> {
        self.state().map(law::state::Election::standing).unwrap_or_default()
    }

    fn time(&self, hour: &str) -> event::Time {
        let year = if self.race.new { "2026" } else { "2025" };
        time(&format!("{year}-{hour}"))
    }

    fn protocol(&self, figures: &Figures, paper_name: String, ended: i64) -> Protocol {
        Protocol {
            count: count(figures, &self.lines()),
            ended: time(&minute(ended)),
            explanations: Vec::new(),
            missing: absent(),
            paper: Some(paper(&paper_name)),
            started: time(&minute(ended - 20 * 60)),
        }
    }

    fn superseded(&self, p: usize, ground: CorrectionGround, protocol: Protocol) -> Fact {
        use law::state::ProtocolStatus::{Cancelled, RecountOrdered, Returned};
        let basis = match self.poll(p).and_then(|poll| poll.current()).map(|record| &record.status) {
            Some(Returned(event) | RecountOrdered(event) | Cancelled(event)) => *event,
            _ => Hash::ZERO,
        };
        let supersedes = self.current(p);
        let (precinct, reason) = (id(&precinct(self.e, p)), text("Найдена ошибка"));
        let present = vec![text("Член вышестоящей комиссии")];
        let body = ProtocolSuperseded { basis, ground, precinct, present, protocol, reason, supersedes };
        Fact::ProtocolSuperseded(body)
    }

    fn fact(&self, act: Act) -> Fact {
        match act {
            Act::Call => self.called(),
            Act::Nominate(c) => self.nominated(c),
            Act::Check(c) => Fact::EligibilityChecked(EligibilityChecked {
                candidate: id(&candidate(self.e, c)),
                eligible: true,
                paper: paper("e"),
            }),
            Act::Register(c) => self.registered(c),
            Act::Leave(c) => self.withdrew(c, WithdrawalKind::Withdrew),
            Act::Die(c) => self.withdrew(c, WithdrawalKind::Died),
            Act::Fix | Act::Ballot | Act::Print | Act::Amend => self.preparation(act),
            Act::Determine => self.determined(),
            Act::List(p) | Act::Deliver(p) | Act::Open(p) | Act::Report(p, _) | Act::Close(p) => {
                self.polling(act, p)
            }
            Act::Account(p) => self.accounted(p),
            Act::Sign(p) | Act::Retype(p) | Act::Recount(p) | Act::Replace(p) => self.signed(act, p),
            Act::Post(p)
            | Act::Receive(p)
            | Act::Return(p)
            | Act::Order(p)
            | Act::Invalidate(p)
            | Act::Restore(p)
            | Act::Cancel(p) => self.after(act, p),
        }
    }

    fn called(&self) -> Fact {
        let edition = if self.race.new { Edition::Z2026_07_01 } else { Edition::Z2025_01_01 };
        let calendar = Calendar {
            nomination_ends: self.time("09-29 18:00"),
            nomination_starts: self.time("09-17 00:00"),
            registration_ends: self.time("10-04 18:00"),
            voting_ends: self.time("10-25 20:00"),
            voting_starts: self.time("10-25 07:00"),
            withdrawal_ends: self.time("10-22 18:00"),
        };
        Fact::ElectionCalled(ElectionCalled {
            voting_day: calendar.voting_starts.clone(),
            calendar,
            decision: paper("calling"),
            edition,
            ground: Ground::EarlyTermination,
            ground_date: Some(self.time("08-20 00:00")),
            name: text("Выборы акима села"),
            office: Office::Rural,
            territory: text(&kato(self.e)),
        })
    }

    fn nominated(&self, c: usize) -> Fact {
        Fact::CandidateNominated(CandidateNominated {
            birth_year: 1980,
            candidate: id(&candidate(self.e, c)),
            method: Method::Party,
            name_kk: text(name(c)),
            name_ru: text(name(c)),
            occupation: None,
            party: Some(text(&format!("Партия {c}"))),
            statement: paper("consent"),
        })
    }

    fn registered(&self, c: usize) -> Fact {
        let numbered =
            self.state().map_or(0, |state| state.candidates.values().filter(|c| c.number.is_some()).count());
        let (candidate, number) = (id(&candidate(self.e, c)), numbered as u64 + 1);
        Fact::CandidateRegistered(CandidateRegistered { candidate, decision: paper("r"), number })
    }

    fn withdrew(&self, c: usize, kind: WithdrawalKind) -> Fact {
        let candidate = id(&candidate(self.e, c));
        Fact::CandidateWithdrew(CandidateWithdrew { candidate, kind, statement: paper("w") })
    }

    fn preparation(&self, act: Act) -> Fact {
        let voters = self.race.precincts.iter().map(|station| station.voters);
        let decision = paper("b");
        match act {
            Act::Fix => {
                let state = self.scene.head.state();
                let mut ids: Vec<event::Id> =
                    (0..self.race.precincts.len()).map(|p| id(&precinct(self.e, p))).collect();
                ids.sort();
                let root = lines_root(ids.iter().map(|id| (id, state.precincts[id.as_str()].event)));
                let (count, open) = (ids.len() as u64, ids.len() as u64);
                let precincts = List { count, root };
                Fact::PrecinctsFixed(PrecinctsFixed { closed: 0, open, precincts, voters: voters.sum() })
            }
            Act::Ballot => Fact::BallotApproved(BallotApproved { candidates: self.standing(), decision }),
            Act::Print => {
                let count = voters.map(|voters| voters + voters.div_ceil(100)).sum();
                Fact::BallotsPrinted(BallotsPrinted { act: paper("p"), count })
            }
            _ => {
                let (lines, standing) = (self.lines(), self.standing());
                let struck = lines.into_iter().filter(|id| !standing.contains(id)).collect();
                let (added, manner) = (Vec::new(), text("Вычеркнуто от руки"));
                Fact::BallotAmended(BallotAmended { added, candidates: standing, decision, manner, struck })
            }
        }
    }

    fn polling(&self, act: Act, p: usize) -> Fact {
        let station = &self.race.precincts[p];
        let (precinct, voters) = (id(&precinct(self.e, p)), station.voters);
        let ballots = voters + voters.div_ceil(100);
        match act {
            Act::List(_) => {
                let list = Document::seal(&[8; 32], b"list");
                Fact::VoterListHandedOver(VoterListHandedOver { act: paper("l"), list, precinct, voters })
            }
            Act::Deliver(_) => {
                Fact::BallotsDelivered(BallotsDelivered { act: paper("d"), count: ballots, precinct })
            }
            Act::Open(_) => {
                Fact::PrecinctOpened(PrecinctOpened { ballots, boxes: 2, precinct, stands_in: None })
            }
            Act::Report(_, issued) => Fact::TurnoutReported(TurnoutReported { issued, precinct }),
            _ => Fact::VotingClosed(VotingClosed { precinct, stands_in: None }),
        }
    }

    fn accounted(&self, p: usize) -> Fact {
        let own = count(&self.race.precincts[p].figures(self.lines().len()), &self.lines());
        Fact::BallotsAccounted(BallotsAccounted {
            cancelled: own.cancelled,
            home_applications: own.home_applications,
            issued: own.issued,
            issued_by: own.issued_by,
            missing: absent(),
            precinct: id(&precinct(self.e, p)),
            received: own.received,
            voters: own.voters,
        })
    }

    fn signed(&self, act: Act, p: usize) -> Fact {
        let (station, lines) = (&self.race.precincts[p], self.lines().len());
        let (first, second) = (format!("paper {}-{p}", self.e), format!("second paper {}-{p}", self.e));
        let before = self.at - 10 * 60;
        let counted = |at: i64| at - 40 * 60;
        match act {
            Act::Sign(_) => Fact::ProtocolSigned(ProtocolSigned {
                precinct: id(&precinct(self.e, p)),
                protocol: self.protocol(&station.typed(lines), first, counted(self.at)),
            }),
            Act::Retype(_) => {
                let protocol = self.protocol(&station.figures(lines), first, before - 9 * 3600);
                self.superseded(p, CorrectionGround::Transcription, protocol)
            }
            Act::Recount(_) => {
                let protocol = self.protocol(&station.recounted(lines), second, before);
                self.superseded(p, CorrectionGround::Recount, protocol)
            }
            _ => {
                let protocol = self.protocol(&station.recounted(lines), second, before);
                self.superseded(p, CorrectionGround::Decision, protocol)
            }
        }
    }

    fn after(&self, act: Act, p: usize) -> Fact {
        let (precinct, protocol, decision) = (id(&precinct(self.e, p)), self.current(p), paper("decided"));
        let ground = text("Сомнения в подсчёте");
        match act {
            Act::Post(_) => Fact::CopiesIssued(CopiesIssued { copies: 2, posted: true, precinct, protocol }),
            Act::Receive(_) => Fact::ProtocolReceived(ProtocolReceived { precinct, protocol }),
            Act::Return(_) => {
                Fact::ProtocolReturned(ProtocolReturned { paper: None, precinct, protocol, reason: ground })
            }
            Act::Order(_) => {
                let applicants = Vec::new();
                Fact::RecountOrdered(RecountOrdered { applicants, decision, ground, precinct, protocol })
            }
            Act::Invalidate(_) => {
                let submission = paper("submission");
                let body = PrecinctInvalidated { decision, ground, precinct, protocol, submission };
                Fact::PrecinctInvalidated(body)
            }
            _ => {
                let invalid = self.poll(p).and_then(|poll| poll.invalidated).unwrap_or(Hash::ZERO);
                let cancels = if matches!(act, Act::Restore(_)) { invalid } else { protocol };
                let by = Authority::HigherCommission;
                Fact::DecisionCancelled(DecisionCancelled { by, cancels, decision, ground })
            }
        }
    }

    fn determined(&self) -> Fact {
        match self.state() {
            Some(_) => self.scene.result(&election(self.e)),
            None => self.called(),
        }
    }
}
