//! What the CEC's root and office say of the whole ledger, and the ids of checks that an office overrides.

use std::collections::BTreeSet;

use event::{Document, Hash, Key, Text};
use law::{Edition, Fact, Rule, State, facts::*, state::Holder};

use super::{
    pen::{Draft, Pen},
    wishes::Wishes,
};
use crate::values::{id, text};

/// The newest version of the rules that a life adopts.
pub const KNOWN_RULES: u64 = 2;

/// The charter, under a version of the rules.
pub(super) fn charter(pen: &mut Pen, rules: u64) -> Draft {
    let mut root_keys: Vec<Key> = (0..3).map(|_| pen.mint()).collect();
    root_keys.sort();
    let cec = id("cec");
    let office = |pen: &mut Pen, member: &str| {
        let (key, proof) = pen.proved(&Hash::ZERO, &cec, &id(member));
        OfficeKey { key, proof }
    };
    let (office_key, service_key) = (office(pen, "office-1"), office(pen, "service"));
    // No real ledger has elections under an edition that is assumed.
    let test = !pen.dice.one_in(4) || pen.edition() == Edition::Assumed2021;
    let simulated = test && pen.dice.one_in(2);
    let body = LedgerOpened {
        clock: if simulated { Clock::Simulated } else { Clock::Real },
        log_key: pen.mint(),
        name: pen.text(),
        names: pen.names(),
        office_keys: vec![office_key],
        origin: text("test.example/hattama/life"),
        promise_minutes: [1, 60, 1_440][pen.dice.roll(3) as usize],
        quorum: if pen.dice.one_in(4) { Quorum::Officers } else { Quorum::Majority },
        root_keys: root_keys.clone(),
        rules,
        service_key,
        synthetic: if test && pen.dice.one_in(4) {
            SyntheticKind::ALL[pen.dice.roll(15) as usize..].iter().copied().collect()
        } else {
            BTreeSet::new()
        },
        test,
        threshold: 2,
    };
    root_act(root_keys, Fact::LedgerOpened(body))
}

fn root_act(signers: Vec<Key>, fact: Fact) -> Draft {
    Draft { author: id("cec"), desk: id("board"), election: None, signers, fact }
}

fn held(state: &State, holder: &Holder) -> Vec<Key> {
    let own = state.keys.iter().filter(|(_, record)| record.holder == *holder && record.revoked.is_none());
    own.map(|(key, _)| *key).collect()
}

/// As many root keys as are asked for, or all.
pub(super) fn by_root(pen: &mut Pen, state: &State, fact: Fact) -> Option<Draft> {
    let mut keys = held(state, &Holder::Root);
    if pen.dice.one_in(2) {
        keys.truncate(usize::try_from(state.threshold).ok()?);
    }
    Some(root_act(keys, fact))
}

/// The office's key in force.
pub(super) fn office_key(state: &State) -> Option<Key> {
    held(state, &Holder::Office).first().copied()
}

/// A snapshot with that manifest, announced by the office.
pub(super) fn announcement(
    pen: &mut Pen,
    state: &State,
    body: SnapshotPublished,
    overrides: bool,
) -> Option<Draft> {
    let overridden = overrides.then(|| {
        let mut checks: Vec<Text> =
            (0..2).filter_map(|_| pen.dice.pick(Rule::ALL).map(|rule| text(rule.id()))).collect();
        checks.sort();
        checks.dedup();
        Overridden { checks, reason: pen.text() }
    });
    let fact = Fact::SnapshotPublished(SnapshotPublished { overridden, ..body });
    let signers = vec![office_key(state)?];
    Some(Draft { author: id("cec"), desk: id("office"), election: None, signers, fact })
}

/// What the root may say; nothing of it is needed.
pub(super) fn wish(state: &State, ahead: bool, wishes: &mut Wishes<'_>) {
    wishes.add(1, |pen, state| {
        let mut root_keys = held(state, &Holder::Root);
        let mut signers = root_keys.clone();
        root_keys.swap_remove(pen.dice.roll(root_keys.len() as u64) as usize);
        root_keys.push(pen.mint());
        root_keys.sort();
        signers.extend(root_keys.iter().filter(|key| !state.keys.contains_key(key)));
        let threshold = 1 + pen.dice.roll(root_keys.len() as u64);
        let body = RootKeysReplaced { ground: pen.text(), root_keys, threshold };
        Some(root_act(signers, Fact::RootKeysReplaced(body)))
    });
    wishes.add(1, |pen, state| {
        let ledger = state.ledger?;
        let number = 1 + pen.dice.roll(2);
        let office_keys = (1..=number).map(|n| {
            let (key, proof) = pen.proved(&ledger, &id("cec"), &id(&format!("office-{n}")));
            OfficeKey { key, proof }
        });
        let office_keys = office_keys.collect();
        let body = OfficeKeysReplaced { ground: pen.text(), office_keys };
        by_root(pen, state, Fact::OfficeKeysReplaced(body))
    });
    wishes.add(1, |pen, state| {
        let body = LogKeyReplaced { ground: pen.text(), log_key: pen.mint() };
        by_root(pen, state, Fact::LogKeyReplaced(body))
    });
    if ahead {
        wishes.add(60, |pen, state| {
            let wrong = state.received?;
            pen.ahead = 0;
            let body = ClockCorrected { ground: pen.text(), wrong };
            by_root(pen, state, Fact::ClockCorrected(body))
        });
    }
    let unfounded = state.elections.values().any(|election| election.unfounded_certificate().is_some());
    if state.closed.is_none() && unfounded {
        // The ledger ends while somebody holds a certificate of a result that was cancelled.
        wishes.need(|pen, state| {
            let body = LedgerClosed { ground: pen.text() };
            pen.dice.one_in(6).then_some(())?;
            by_root(pen, state, Fact::LedgerClosed(body))
        });
    }
    if state.closed.is_none() && state.elections.len() > 1 {
        wishes.add(1, |pen, state| {
            let body = LedgerClosed { ground: pen.text() };
            pen.dice.one_in(10).then_some(())?;
            by_root(pen, state, Fact::LedgerClosed(body))
        });
    }
}

/// Another version of the rules.
pub(super) fn adoption(pen: &mut Pen, state: &State) -> Option<Draft> {
    // Rules that this program does not know end a life.
    let known = state.rules < KNOWN_RULES;
    pen.dice.one_in(if known { 2 } else { 200 }).then_some(())?;
    let editions = if pen.dice.one_in(2) {
        vec![text("Z2026_07_01")]
    } else {
        vec![text("Z2025_01_01"), text("Z2026_07_01")]
    };
    let spec_sha256 = Document::public(b"rules").sha256?;
    by_root(pen, state, Fact::RulesAdopted(RulesAdopted { editions, rules: state.rules + 1, spec_sha256 }))
}
