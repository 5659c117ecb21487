//! What each act of a life states.

use event::{Document, Hash, List};
use law::{Edition, Fact, facts::*, lines_root};

use crate::{
    lives::{
        figures::{absent, count},
        plan::{Act, Race},
        roles::{candidate, election, kato, minute, name, precinct},
        tally::Figures,
    },
    values::{id, paper, text, time},
    world::Scene,
};

pub(super) struct Script<'a> {
    pub(super) scene: &'a Scene,
    pub(super) race: &'a Race,
    pub(super) e: usize,
    pub(super) at: i64,
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
        self.state().map(|state| state.ballot_lines().to_vec()).unwrap_or_default()
    }

    fn standing(&self) -> Vec<event::Id> {
        self.state().map(law::state::Election::standing_candidates).unwrap_or_default()
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

    pub(super) fn fact(&self, act: Act) -> Fact {
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
            names: None,
            territory_names: None,
            voting_day: calendar.voting_starts.clone(),
            calendar,
            decision: paper("calling"),
            edition,
            ground: Ground::EarlyTermination,
            ground_date: Some(self.time("08-20 00:00")),
            ground_decision: None,
            name: text("Выборы акима села"),
            office: Office::Rural,
            synthetic: std::collections::BTreeSet::new(),
            territory: text(&kato(self.e)),
        })
    }

    fn nominated(&self, c: usize) -> Fact {
        Fact::CandidateNominated(CandidateNominated {
            biography: None,
            conference: None,
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
