//! What each step of the scene states.

use event::{Document, Hash, Key, List};
use law::{Fact, Winner, facts::*, lines_root};

use crate::{
    script::{STEPS, called, nominated, who},
    values::{PEC, PRECINCT, TEC, absent, count, id, paper, sign_as, text, time},
    world::{Scene, Step},
};

impl Scene {
    /// Plays every step up to and without the named one.
    pub fn before(name: &str) -> Self {
        let mut scene = Self::new();
        for step in STEPS {
            if *step == name {
                return scene;
            }
            scene.play(step);
        }
        panic!("no step {name}");
    }

    /// Plays everything.
    pub fn whole() -> Self {
        let mut scene = Self::new();
        STEPS.iter().for_each(|step| scene.play(step));
        scene
    }

    /// Plays the next step.
    pub fn play(&mut self, name: &str) {
        let step = self.step(name);
        let signed = self.sign(&step);
        self.append(signed.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        self.named.insert(name.to_owned(), signed.hash());
        self.said.push(signed);
    }

    /// The step of that name, written for the head as it is now.
    pub fn step(&mut self, name: &str) -> Step {
        let (at, author, desk, election, signers) = who(name);
        let fact = self.fact(name);
        Step { at: at.to_owned(), author, desk, election, signers, fact }
    }

    fn fact(&mut self, name: &str) -> Fact {
        let kind = name.split(':').next().unwrap();
        match kind {
            "ledger-opened" => self.charter(),
            "commission-formed" | "key-enrolled" | "key-revoked" | "precinct-formed" | "precincts-fixed"
            | "election-called" => self.formation(name),
            "protocol-signed" | "protocol-superseded" | "ballots-accounted" => self.counted(name),
            "results-determined" => self.determined(),
            _ => self.campaign(name),
        }
    }

    pub(crate) fn charter(&mut self) -> Fact {
        let cec = id("cec");
        let mut root_keys: Vec<Key> = (1..=3).map(|n| self.cast.key(&format!("cec/root-{n}"))).collect();
        root_keys.sort();
        let mut office = |member: &str| OfficeKey {
            key: self.cast.key(&format!("cec/{member}")),
            proof: self.cast.proof(&Hash::ZERO, &cec, &id(member)),
        };
        let (office_key, service_key) = (office("office-1"), office("service"));
        Fact::LedgerOpened(LedgerOpened {
            names: None,
            clock: Clock::Simulated,
            log_key: self.cast.key("log"),
            name: text("Сынақ журналы"),
            office_keys: vec![office_key],
            origin: text("test.example/hattama/scene"),
            promise_minutes: 60,
            quorum: Quorum::Majority,
            root_keys,
            rules: 1,
            service_key,
            synthetic: std::collections::BTreeSet::new(),
            test: true,
            threshold: 2,
        })
    }

    pub(crate) fn formation(&mut self, name: &str) -> Fact {
        let ledger = self.ledger();
        match name {
            "commission-formed:cec" => self.formed("cec", Level::Central, None, 7),
            "commission-formed:oblast" => self.formed("oblast-test", Level::Regional, Some("cec"), 7),
            "commission-formed:tec" => self.formed(TEC, Level::Territorial, Some("oblast-test"), 7),
            "commission-formed:pec" => self.formed(PEC, Level::Precinct, Some(TEC), 5),
            "key-revoked" => Fact::KeyRevoked(KeyRevoked {
                commission: id(PEC),
                ground: text("Ноутбук ұрланды"),
                key: self.cast.key(&format!("{PEC}/m5")),
                since: time("2025-08-20 08:00"),
            }),
            "key-enrolled" => {
                let label = format!("{PEC}/m5-new");
                let key_text = event::key_text(&ledger, &id(PEC), &id("m5"));
                let proof = sign_as(&self.cast, &label, &key_text);
                Fact::KeyEnrolled(KeyEnrolled {
                    commission: id(PEC),
                    key: self.cast.key(&label),
                    proof,
                    seat: id("m5"),
                    until: None,
                })
            }
            "precinct-formed" => Fact::PrecinctFormed(PrecinctFormed {
                territory_names: None,
                commission: id(PEC),
                decision: paper("akim-decision"),
                kato: text("103230100"),
                kind: PrecinctKind::Open,
                number: text("0001"),
                precinct: id(PRECINCT),
                voters: 400,
            }),
            "precincts-fixed" => {
                let precinct = &self.head.state().precincts[PRECINCT];
                let root = lines_root([(&id(PRECINCT), precinct.event)].into_iter());
                let precincts = List { count: 1, root };
                Fact::PrecinctsFixed(PrecinctsFixed { closed: 0, open: 1, precincts, voters: 400 })
            }
            _ => called(),
        }
    }

    /// A commission with a key in each seat.
    pub fn formed(&mut self, commission: &str, level: Level, parent: Option<&str>, size: usize) -> Fact {
        let ledger = self.ledger();
        demo::commission_formed(&mut self.cast, &ledger, commission, level, parent, "Комиссия", size).unwrap()
    }

    pub(crate) fn counted(&mut self, name: &str) -> Fact {
        let precinct = id(PRECINCT);
        let protocol = |votes, paper_name: &str| {
            let started =
                time(if paper_name == "protocol" { "2025-10-12 20:40" } else { "2025-10-13 13:00" });
            let ended = time(if paper_name == "protocol" { "2025-10-12 22:00" } else { "2025-10-13 14:00" });
            let (explanations, missing) = (Vec::new(), absent());
            Protocol {
                count: count(votes),
                ended,
                explanations,
                missing,
                paper: Some(paper(paper_name)),
                started,
            }
        };
        match name {
            "ballots-accounted" => {
                let c = count([0, 0]);
                Fact::BallotsAccounted(BallotsAccounted {
                    cancelled: c.cancelled,
                    home_applications: c.home_applications,
                    issued: c.issued,
                    issued_by: c.issued_by,
                    missing: absent(),
                    precinct,
                    received: c.received,
                    voters: c.voters,
                })
            }
            "protocol-signed" => {
                Fact::ProtocolSigned(ProtocolSigned { precinct, protocol: protocol([60, 150], "protocol") })
            }
            "protocol-superseded:transcription" => Fact::ProtocolSuperseded(ProtocolSuperseded {
                basis: self.named["protocol-returned"],
                ground: CorrectionGround::Transcription,
                precinct,
                present: vec![text("Секретарь")],
                protocol: protocol([150, 60], "protocol"),
                reason: text("Строки поменялись местами"),
                supersedes: self.protocol(),
            }),
            _ => Fact::ProtocolSuperseded(ProtocolSuperseded {
                basis: self.named["recount-ordered"],
                ground: CorrectionGround::Recount,
                precinct,
                present: vec![text("Член вышестоящей комиссии")],
                protocol: protocol([145, 65], "protocol-after-recount"),
                reason: text("Пачка была сосчитана не за того кандидата"),
                supersedes: self.protocol(),
            }),
        }
    }

    pub(crate) fn determined(&mut self) -> Fact {
        let election = self.election();
        let totals = election.totals();
        let (outcome, elected) = match election.winner() {
            Winner::Elected(id) => (OutcomeKind::Elected, Some(id)),
            Winner::Tie(_) => (OutcomeKind::Tie, None),
            Winner::Invalid => (OutcomeKind::Invalid, None),
        };
        let (protocols, invalidated) = (election.current_protocols(), election.invalidated_precincts());
        Fact::ResultsDetermined(ResultsDetermined {
            elected,
            invalidated,
            outcome,
            paper: paper("results"),
            protocols,
            totals,
        })
    }

    /// What a commission states between the call and the voting day.
    fn campaign(&mut self, name: &str) -> Fact {
        let (kind, about) = name.split_once(':').unwrap_or((name, ""));
        let precinct = id(PRECINCT);
        match kind {
            "candidate-nominated" => nominated(about),
            "eligibility-checked" => Fact::EligibilityChecked(EligibilityChecked {
                candidate: id(about),
                eligible: true,
                paper: paper("e"),
            }),
            "signatures-verified" => Fact::SignaturesVerified(SignaturesVerified {
                candidate: id(about),
                invalid: 1,
                needed: 4,
                paper: paper("s"),
                valid: 9,
            }),
            "candidate-registered" => {
                let number =
                    self.election().candidates.values().filter(|c| c.number.is_some()).count() as u64 + 1;
                Fact::CandidateRegistered(CandidateRegistered {
                    candidate: id(about),
                    decision: paper("r"),
                    number,
                })
            }
            "candidate-withdrew" => Fact::CandidateWithdrew(CandidateWithdrew {
                candidate: id("serikov"),
                kind: WithdrawalKind::Withdrew,
                statement: Document::seal(&[7; 32], b"statement"),
            }),
            "ballot-approved" => {
                let candidates = vec![id("abenov"), id("qaliev"), id("serikov")];
                Fact::BallotApproved(BallotApproved { candidates, decision: paper("b") })
            }
            "ballots-printed" => Fact::BallotsPrinted(BallotsPrinted { act: paper("p"), count: 404 }),
            "ballot-amended" => Fact::BallotAmended(BallotAmended {
                added: Vec::new(),
                candidates: vec![id("abenov"), id("qaliev")],
                decision: paper("b2"),
                manner: text("Вычеркнуто от руки"),
                struck: vec![id("serikov")],
            }),
            "voter-list-handed-over" => Fact::VoterListHandedOver(VoterListHandedOver {
                act: paper("l"),
                list: Document::seal(&[8; 32], b"list"),
                precinct,
                voters: 400,
            }),
            "ballots-delivered" => {
                Fact::BallotsDelivered(BallotsDelivered { act: paper("d"), count: 404, precinct })
            }
            _ => self.voting(name),
        }
    }

    /// What is stated on the voting day and after it.
    fn voting(&mut self, name: &str) -> Fact {
        let precinct = id(PRECINCT);
        let result = self.named.get("results-determined").copied().unwrap_or(Hash::ZERO);
        match name.split(':').next().unwrap() {
            "precinct-opened" => {
                Fact::PrecinctOpened(PrecinctOpened { ballots: 404, boxes: 2, precinct, stands_in: None })
            }
            "turnout-reported" => Fact::TurnoutReported(TurnoutReported { issued: 120, precinct }),
            "voting-closed" => Fact::VotingClosed(VotingClosed { precinct, stands_in: None }),
            "copies-issued" => Fact::CopiesIssued(CopiesIssued {
                copies: 3,
                posted: true,
                precinct,
                protocol: self.protocol(),
            }),
            "protocol-received" => {
                Fact::ProtocolReceived(ProtocolReceived { precinct, protocol: self.protocol() })
            }
            "protocol-returned" => Fact::ProtocolReturned(ProtocolReturned {
                paper: None,
                precinct,
                protocol: self.protocol(),
                reason: text("Не так, как на бумаге"),
            }),
            "recount-ordered" => Fact::RecountOrdered(RecountOrdered {
                applicants: vec![text("Доверенное лицо")],
                decision: paper("recount"),
                ground: text("Сомнения"),
                precinct,
                protocol: self.protocol(),
            }),
            "results-published" => Fact::ResultsPublished(ResultsPublished {
                determined: result,
                media: text("Газета"),
                paper: paper("m"),
            }),
            "duties-resigned" => {
                Fact::DutiesResigned(DutiesResigned { candidate: id("abenov"), statement: paper("duties") })
            }
            "akim-registered" => {
                Fact::AkimRegistered(AkimRegistered { candidate: id("abenov"), decision: paper("a") })
            }
            "certificate-issued" => Fact::CertificateIssued(CertificateIssued {
                candidate: id("abenov"),
                determined: result,
                number: text("0007"),
                paper: paper("c"),
            }),
            other => panic!("no step {other}"),
        }
    }
}
