//! Opening: the charter, and the snapshots that the CEC announces.
//!
//! Contains INT-01, SIG-02, SIG-05, PUB-10, SNP-03 for the facts of the whole ledger. Does not contain commissions.

use alloc::{collections::BTreeSet, string::ToString, vec::Vec};

use event::{Hash, Id, Key};
use phrase::{Argument, ToArgument, phrase};

use super::{keys, versions::require_known};
use crate::{
    Finding, Outcome, Rule, State, Statement, Violation,
    cec_authority::{require_root_desk, require_root_keys},
    facts::{Clock, LedgerOpened, OfficeKey, Overridden, SnapshotPublished},
    lookup::{cec_id, require_test_for_synthetic},
    statement::require,
};

/// The charter stands first, is signed by every root key, and each other key in it is proved.
pub(crate) fn ledger_opened(s: &Statement<'_>, b: &LedgerOpened) -> Result<(), Violation> {
    require(
        s.index == 0,
        Rule::Int01,
        phrase!("law-ledger-opened-once-as-entry-0", "ledger-opened once, as entry 0"),
        phrase!("law-entry", "entry {index}", index = s.index),
    )?;
    require(
        s.event.ledger == Hash::ZERO,
        Rule::Int01,
        phrase!("law-ledger-of-64-zeros", "ledger of 64 zeros"),
        s.event.ledger,
    )?;
    require_root_desk(s)?;
    require_known(b.rules)?;
    let real = b.clock == Clock::Real || b.test;
    require(
        real,
        Rule::Pub10,
        phrase!(
            "law-a-simulated-clock-under-the-test-flag-only",
            "a simulated clock under the test flag only"
        ),
        phrase!("law-no-test-flag", "no test flag"),
    )?;
    require_test_for_synthetic(&b.synthetic, b.test)?;
    require_origin(b.origin.as_str())?;
    require_root_keys(&b.root_keys, b.threshold)?;
    let found = phrase!("law-signers", "{signers} signers", signers = s.event.signers.len());
    require(
        s.event.signers == b.root_keys,
        Rule::Sig05,
        phrase!("law-every-one-of-root-keys", "every one of {n} root keys", n = b.root_keys.len()),
        found,
    )?;
    distinct_keys(b)?;
    for (i, office) in b.office_keys.iter().enumerate() {
        require_proof(s, office, &alloc::format!("office-{}", i + 1))?;
    }
    require_proof(s, &b.service_key, "service")
}

/// SIG-06: each key of the charter has one purpose, and is strong.
fn distinct_keys(b: &LedgerOpened) -> Result<(), Violation> {
    let office = b.office_keys.iter().map(|office| office.key);
    let all = b.root_keys.iter().copied().chain(office).chain([b.service_key.key, b.log_key]);
    let mut seen: BTreeSet<Key> = BTreeSet::new();
    for key in all {
        require(
            seen.insert(key),
            Rule::Sig06,
            phrase!("law-each-key-for-one-purpose", "each key for one purpose"),
            phrase!("law-twice", "{key} twice"),
        )?;
        event::require_strong(&key).map_err(|fault| {
            Violation::new(
                Rule::Sig02,
                phrase!("law-strong-ed25519-keys", "strong Ed25519 keys"),
                phrase!("law-key-fault", "{key}: {fault}"),
            )
        })?;
    }
    Ok(())
}

fn require_proof(s: &Statement<'_>, office: &OfficeKey, member: &str) -> Result<(), Violation> {
    let id =
        Id::new(member).map_err(|fault| Violation::new(Rule::Sig02, phrase!("law-an-id", "an id"), fault))?;
    let none = State::default();
    let registered = (&none, s.proved);
    keys::require_registrable_key(registered, &Hash::ZERO, &cec_id(), &id, &office.key, &office.proof)
}

/// The origin is a name that C2SP notes can carry and that no other text of ours can be taken for.
fn require_origin(origin: &str) -> Result<(), Violation> {
    let ours = origin.starts_with("hattama-") || origin.starts_with("cosignature/");
    let plain = origin.bytes().all(|b| b.is_ascii_graphic() && b != b'+');
    // The office signs notes as `<origin>/office`, and a note's key name has at most 255 bytes.
    let good = plain && !ours && origin.len() <= 248;
    require(
        good,
        Rule::Int01,
        phrase!(
            "law-an-origin-of-at-most-248-bytes-without-spaces-plus",
            "an origin of at most 248 bytes without spaces, plus signs or reserved beginnings"
        ),
        Argument::quote(origin),
    )
}

/// A snapshot is numbered in order, covers a tree that was, and grows. Every check that its office overrode stays a
/// finding under the id of that check.
pub(crate) fn snapshot_published(
    state: &State,
    s: &Statement<'_>,
    b: &SnapshotPublished,
) -> Result<Vec<Finding>, Violation> {
    let (n, size) = state.snapshots.last().map_or((0, 0), |(_, last)| (last.n, last.size));
    require(b.n == n + 1, Rule::Snp03, phrase!("law-snapshot", "snapshot {value}", value = n + 1), b.n)?;
    let covers = b.size > size && b.size <= s.index;
    require(
        covers,
        Rule::Snp03,
        phrase!("law-a-size-above-up-to", "a size above {size}, up to {index}", index = s.index),
        b.size,
    )?;
    let root = (s.root_at)(b.size);
    let expected =
        root.map_or_else(|| phrase!("law-a-root", "a root").to_argument(), |root| root.to_argument());
    require(root == Some(b.root), Rule::Int11, expected, b.root)?;
    b.overridden.as_ref().map_or_else(|| Ok(Vec::new()), |o| require_override(s, b.n, o))
}

fn require_override(s: &Statement<'_>, n: u64, o: &Overridden) -> Result<Vec<Finding>, Violation> {
    let ascending = o.checks.is_sorted_by(|a, b| a < b);
    require(
        ascending && !o.checks.is_empty(),
        Rule::Int05,
        phrase!("law-ids-of-checks-ascending", "ids of checks, ascending"),
        phrase!("law-another-order", "another order"),
    )?;
    let finding = |id: &event::Text| {
        // An id of a later version is no fault: this one cannot tell.
        let rule = Rule::of(id.as_str()).ok_or_else(|| {
            Violation::new(Rule::Int08, phrase!("law-the-id-of-a-check", "the id of a check"), id)
        })?;
        let found =
            phrase!("law-snapshot-published-although-it-failed", "snapshot {n} published although it failed");
        Ok(Finding {
            index: s.index,
            outcome: Outcome::Noted,
            violation: Violation::new(
                rule,
                phrase!(
                    "law-the-check-to-hold-before-a-snapshot-is-published",
                    "the check to hold before a snapshot is published"
                ),
                found,
            ),
            subject: s.event.author.to_string(),
            explanation: Some(o.reason.to_string()),
        })
    };
    o.checks.iter().map(finding).collect()
}
