//! Longer lives than the scene's: any fact by whoever signs it, admitted or refused by id.

use event::{Hash, Id, SignedEvent};
use law::{Edition, Fact, Outcome, Rule, facts::*};

use crate::{
    values::{BOARD, PEC, PRECINCT, TEC, absent, count, id, own, paper, text, time},
    world::{Scene, Step},
};

/// An election of the second edition, after the scene's commissions and precinct.
pub const RURAL: &str = "aul-2026";

/// A step by a commission's board, or by one desk.
pub fn by(at: &str, author: &str, desk: &str, election: Option<&str>, fact: Fact) -> Step {
    let seats: Vec<&str> = if desk == "board" { BOARD.to_vec() } else { vec![desk] };
    let signers = match (author, desk) {
        ("cec", "root") => own("cec", &["root-1", "root-2"]),
        (_, _) => own(author, &seats),
    };
    let desk = if desk == "root" { "board" } else { desk };
    Step {
        at: at.into(),
        author: author.into(),
        desk: desk.into(),
        election: election.map(str::to_owned),
        signers,
        fact,
    }
}

/// A step by the board of the territorial commission.
pub fn tec(at: &str, election: &str, fact: Fact) -> Step {
    by(at, TEC, "board", Some(election), fact)
}

/// A step by the board of the precinct commission.
pub fn pec(at: &str, election: &str, fact: Fact) -> Step {
    let mut step = by(at, PEC, "board", Some(election), fact);
    step.signers = own(PEC, &BOARD);
    step
}

impl Scene {
    /// Says a step that is admitted, and gives its event.
    pub fn say(&mut self, step: &Step) -> Hash {
        let signed: SignedEvent = self.sign(step);
        let name = step.fact.name();
        self.append(signed.clone()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let hash = signed.hash();
        self.named.insert(name.to_owned(), hash);
        self.said.push(signed);
        hash
    }

    /// What the last entry left for people to look at.
    pub fn noted(&self) -> Vec<Rule> {
        let last = self.head.size() - 1;
        let own = self.head.state().findings.iter().filter(|found| found.index == last);
        own.inspect(|found| assert_eq!(found.outcome, Outcome::Noted))
            .map(|found| found.violation.rule)
            .collect()
    }

    /// An election as the ledger has it.
    pub fn of(&self, election: &str) -> &law::state::Election {
        &self.head.state().elections[election]
    }

    /// What the protocols come to.
    pub fn result(&self, election: &str) -> Fact {
        let election = self.of(election);
        let (outcome, elected) = match election.winner() {
            law::Winner::Elected(id) => (OutcomeKind::Elected, Some(id)),
            law::Winner::Tie(_) => (OutcomeKind::Tie, None),
            law::Winner::Invalid => (OutcomeKind::Invalid, None),
        };
        Fact::ResultsDetermined(ResultsDetermined {
            elected,
            invalidated: election.invalidated_precincts(),
            outcome,
            paper: paper("results-26"),
            protocols: election.current_protocols(),
            totals: election.totals(),
        })
    }
}

/// The scene's commissions and precinct, and an election of the second edition called for 25 October 2026.
pub fn called() -> Scene {
    let mut scene = Scene::before("election-called");
    scene.say(&tec("2026-09-16 12:00", RURAL, calling(|_| {})));
    scene
}

/// The call of [`called`], changed.
pub fn calling(change: impl FnOnce(&mut ElectionCalled)) -> Fact {
    let mut body = ElectionCalled {
        names: None,
        territory_names: None,
        calendar: calendar(
            "2026-09-17 00:00",
            "2026-09-29 18:00",
            "2026-10-04 18:00",
            "2026-10-22 18:00",
            "2026-10-25",
        ),
        decision: paper("calling-26"),
        edition: Edition::Z2026_07_01,
        ground: Ground::EarlyTermination,
        ground_date: Some(time("2026-08-20 00:00")),
        ground_decision: None,
        name: text("Выборы акима села"),
        office: Office::Rural,
        synthetic: std::collections::BTreeSet::new(),
        territory: text("103230100"),
        voting_day: time("2026-10-25 07:00"),
    };
    change(&mut body);
    body.voting_day = body.calendar.voting_starts.clone();
    Fact::ElectionCalled(body)
}

/// A calendar with nomination from and to, the ends of registration and withdrawal, and the voting day.
pub fn calendar(starts: &str, nominated: &str, registered: &str, withdrawn: &str, day: &str) -> Calendar {
    Calendar {
        nomination_ends: time(nominated),
        nomination_starts: time(starts),
        registration_ends: time(registered),
        voting_ends: time(&format!("{day} 20:00")),
        voting_starts: time(&format!("{day} 07:00")),
        withdrawal_ends: time(withdrawn),
    }
}

/// A nomination.
pub fn nominee(candidate: &str, method: Method) -> Fact {
    let name = match candidate {
        "abenov" => "Әбенов Д.",
        "qaliev" => "Қалиев Е.",
        _ => "Серіков Т.",
    };
    let party = (method == Method::Party).then(|| text(&format!("Партия {candidate}")));
    Fact::CandidateNominated(CandidateNominated {
        biography: None,
        conference: None,
        birth_year: 1980,
        candidate: id(candidate),
        method,
        name_kk: text(name),
        name_ru: text(name),
        occupation: None,
        party,
        statement: paper("consent"),
    })
}

/// One officer of the commission records a nomination.
pub fn nominates(at: &str, candidate: &str, method: Method) -> Step {
    by(at, TEC, "secretary", Some(RURAL), nominee(candidate, method))
}

/// A candidate found eligible.
pub fn checked(candidate: &str) -> Fact {
    Fact::EligibilityChecked(EligibilityChecked {
        candidate: id(candidate),
        eligible: true,
        paper: paper("e"),
    })
}

/// A candidate registered under a number.
pub fn registers(at: &str, candidate: &str, number: u64) -> Step {
    let body = CandidateRegistered { candidate: id(candidate), decision: paper("r"), number };
    tec(at, RURAL, Fact::CandidateRegistered(body))
}

/// Two candidates registered.
pub fn registered() -> Scene {
    let mut scene = called();
    let both = ["abenov", "qaliev"];
    for name in both {
        scene.say(&nominates("2026-09-18 11:00", name, Method::Party));
    }
    for name in both {
        scene.say(&tec("2026-09-19 11:00", RURAL, checked(name)));
    }
    for (n, name) in both.iter().enumerate() {
        scene.say(&registers("2026-09-21 11:00", name, n as u64 + 1));
    }
    scene
}

/// Everything up to the morning of a voting day, precinct and ballots ready.
pub fn readies(scene: &mut Scene, election: &str, at: &str) {
    if scene.of(election).fixed.is_none() {
        let mut fixed = scene.step("precincts-fixed");
        (fixed.at, fixed.election) = (at.into(), Some(election.into()));
        scene.say(&fixed);
    }
    let candidates: Vec<Id> = scene.of(election).standing_candidates();
    let approved = BallotApproved { candidates, decision: paper("b-26") };
    scene.say(&tec(at, election, Fact::BallotApproved(approved)));
    scene.say(&tec(at, election, Fact::BallotsPrinted(BallotsPrinted { act: paper("p-26"), count: 404 })));
    let precinct = id(PRECINCT);
    if scene.of(election).polls[PRECINCT].list.is_none() {
        let list = event::Document::seal(&[8; 32], b"list");
        let handed =
            VoterListHandedOver { act: paper("l-26"), list, precinct: precinct.clone(), voters: 400 };
        scene.say(&tec(at, election, Fact::VoterListHandedOver(handed)));
    }
    let delivered = BallotsDelivered { act: paper("d-26"), count: 404, precinct };
    scene.say(&tec(at, election, Fact::BallotsDelivered(delivered)));
}

/// The voting day, up to the figures before the boxes are opened.
pub fn votes(scene: &mut Scene, election: &str, day: &str) {
    let precinct = id(PRECINCT);
    let one = |hour: &str, fact| by(&format!("{day} {hour}"), PEC, "chair", Some(election), fact);
    let opened = PrecinctOpened { ballots: 404, boxes: 2, precinct: precinct.clone(), stands_in: None };
    scene.say(&one("07:00", Fact::PrecinctOpened(opened)));
    let closed = VotingClosed { precinct: precinct.clone(), stands_in: None };
    scene.say(&one("20:00", Fact::VotingClosed(closed)));
    let c = count([0, 0]);
    let accounted = BallotsAccounted {
        cancelled: c.cancelled,
        home_applications: c.home_applications,
        issued: c.issued,
        issued_by: c.issued_by,
        missing: absent(),
        precinct,
        received: c.received,
        voters: c.voters,
    };
    scene.say(&pec(&format!("{day} 20:30"), election, Fact::BallotsAccounted(accounted)));
}

/// A protocol of a day with these votes.
pub fn protocol(day: &str, figures: [u64; 2], name: &str) -> Protocol {
    Protocol {
        count: count(figures),
        ended: time(&format!("{day} 22:00")),
        explanations: Vec::new(),
        missing: absent(),
        paper: Some(paper(name)),
        started: time(&format!("{day} 20:40")),
    }
}

/// The protocol, signed and taken in; its event.
pub fn counts(scene: &mut Scene, election: &str, day: &str, figures: [u64; 2]) -> Hash {
    let body = ProtocolSigned {
        precinct: id(PRECINCT),
        protocol: protocol(day, figures, &format!("protocol-{day}")),
    };
    let hash = scene.say(&pec(&format!("{day} 22:30"), election, Fact::ProtocolSigned(body)));
    counted(scene, election, hash, [&format!("{day} 22:40"), &format!("{day} 23:30")]);
    hash
}

/// A protocol is posted, and taken in.
pub fn counted(scene: &mut Scene, election: &str, protocol: Hash, [posted, received]: [&str; 2]) {
    let precinct = id(PRECINCT);
    let copies = CopiesIssued { copies: 3, posted: true, precinct: precinct.clone(), protocol };
    scene.say(&by(posted, PEC, "secretary", Some(election), Fact::CopiesIssued(copies)));
    let body = Fact::ProtocolReceived(ProtocolReceived { precinct, protocol });
    scene.say(&by(received, TEC, "secretary", Some(election), body));
}

/// The whole election of the second edition, with these votes, up to the results.
pub fn voted(figures: [u64; 2]) -> Scene {
    let mut scene = registered();
    readies(&mut scene, RURAL, "2026-10-06 10:00");
    votes(&mut scene, RURAL, "2026-10-25");
    counts(&mut scene, RURAL, "2026-10-25", figures);
    scene
}

/// The same, with its result.
pub fn determined(figures: [u64; 2]) -> Scene {
    let mut scene = voted(figures);
    let result = scene.result(RURAL);
    scene.say(&tec("2026-10-26 12:00", RURAL, result));
    scene
}

/// From the result to the certificate.
pub fn certifies(scene: &mut Scene, election: &str, day: &str) -> Hash {
    let result = scene.of(election).determined.as_ref().unwrap();
    let (event, elected) = (result.event, result.body.elected.clone().unwrap());
    let at = |hour: &str| format!("{day} {hour}");
    let published = ResultsPublished { determined: event, media: text("Газета"), paper: paper("m") };
    scene.say(&tec(&at("09:00"), election, Fact::ResultsPublished(published)));
    let resigned = DutiesResigned { candidate: elected.clone(), statement: paper("duties") };
    scene.say(&tec(&at("10:00"), election, Fact::DutiesResigned(resigned)));
    let registered = AkimRegistered { candidate: elected.clone(), decision: paper("a") };
    scene.say(&tec(&at("11:00"), election, Fact::AkimRegistered(registered)));
    scene.say(&certificate(&at("12:00"), election, elected, event))
}

/// A certificate.
pub fn certificate(at: &str, election: &str, candidate: Id, determined: Hash) -> Step {
    let body = CertificateIssued { candidate, determined, number: text("0008"), paper: paper("c") };
    by(at, TEC, "chair", Some(election), Fact::CertificateIssued(body))
}

/// A decision from above against an event.
pub fn cancels(at: &str, author: &str, election: &str, event: Hash) -> Step {
    let body = DecisionCancelled {
        by: Authority::HigherCommission,
        cancels: event,
        decision: paper("from-above"),
        ground: text("Нарушен порядок подсчёта"),
    };
    by(at, author, "board", Some(election), Fact::DecisionCancelled(body))
}
