//! What the report's own names and reasons are called in each language.
//!
//! In: names and values of the scope, reasons of checks that were not made, all of which are written in English where
//! they arise and stay so in JSON. Out: the report as a whole (`text`).

use texts::{Lang, own, text};

/// Reasons that checks give, and the ids of their texts; one with a number ends in a space.
const REASONS: &[(&str, &str)] = &[
    ("nothing to examine", "reason-nothing"),
    ("not built yet", "reason-unbuilt"),
    ("no entries could be read", "reason-no-entries"),
    ("no ledger id pinned: give --pin with the id printed elsewhere", "reason-no-id"),
    ("no older checkpoint pinned: give --pin with one kept from before", "reason-no-older"),
    ("no checkpoint of the same size pinned", "reason-no-same-size"),
    ("no scanned code given: give --qr with the text of a slip's codes", "reason-no-code"),
    ("no policy given: give --policy with the witnesses that you trust", "reason-no-policy"),
    ("no charter to take the log key from", "reason-no-charter"),
    ("no cosignature of a witness of the policy", "reason-no-cosignature"),
    ("the clock is simulated: times of receipt come from a script", "reason-simulated"),
    ("no other copy given: give --mirror with an address, a folder or a zip", "reason-no-mirror"),
    ("no published copy given: give --mirror with the place it was published to", "reason-no-export"),
    ("the source is no node's own store: only the operator can make this check", "reason-no-store"),
    (
        "no event of a territorial commission given: give --pin with the signed file it handed out",
        "reason-no-event",
    ),
    ("no receipt given: give --pin with a receipt (.tlog-proof)", "reason-no-receipt"),
    ("no head from elsewhere given: give --pin with its size and root", "reason-no-head"),
    ("no sealed evidence given: give --sealed with a table of commitments", "reason-no-sealed"),
    ("no copies of protocols given: give --copies with a table of them", "reason-no-copies"),
    ("no copy of a protocol that this ledger holds", "reason-no-copy-held"),
    (
        "no quick count given: say --by-lot where the precincts of --copies were drawn by lot",
        "reason-no-quick-count",
    ),
    ("a sample of fewer than 30 precincts has no margin to rely on", "reason-small-sample"),
    ("for your own eyes: compare the values under \"Compare these with your own eyes\"", "reason-by-hand"),
    ("no checkpoint that the log key signed", "reason-no-checkpoint"),
    ("the replay did not reach the size of a snapshot, or nobody announced it", "reason-unreached-snapshot"),
    ("the replay did not reach size ", "reason-unreached-size"),
    ("the replay stopped at entry ", "reason-stopped"),
];

/// Why a check was not made; one that nobody has translated stays as it is.
#[must_use]
pub(crate) fn reason(lang: Lang, why: &str) -> String {
    if lang == Lang::En {
        return why.to_owned();
    }
    for (known, id) in REASONS.iter().copied() {
        if known == why {
            return text(lang, id, &[]);
        }
        let number = known.ends_with(' ').then(|| why.strip_prefix(known)).flatten();
        if let Some(number) = number {
            return text(lang, id, &[("n", number.into())]);
        }
    }
    why.to_owned()
}

/// What a finding is about: files, ids and precincts are called alike in every language.
#[must_use]
pub(crate) fn subject(lang: Lang, entry: Option<u64>, subject: &str) -> String {
    if lang == Lang::En && entry.is_none() {
        return subject.to_owned();
    }
    let known = [
        ("checkpoint", "subject-checkpoint"),
        ("the folder", "subject-folder"),
        ("attachments", "subject-attachments"),
        ("the pinned id", "anchor-by-id"),
        ("the pinned checkpoint", "anchor-by-checkpoint"),
    ];
    let known = known.into_iter().find(|(name, _)| *name == subject);
    let said = match (known, subject.strip_prefix("snapshot ")) {
        (Some((_, id)), _) => text(lang, id, &[]),
        (None, Some(n)) => text(lang, "subject-snapshot", &[("n", n.into())]),
        (None, None) => subject.to_owned(),
    };
    let Some(entry) = entry.map(|entry| entry.to_string()) else { return said };
    if subject.strip_prefix("entry ") == Some(&entry) {
        return text(lang, "range-one", &[("from", entry.into())]);
    }
    text(lang, "finding-entry", &[("entry", entry.into()), ("subject", said.into())])
}

/// A name of the scope, and its value.
#[must_use]
pub(crate) fn pair(lang: Lang, name: &str, value: &str) -> (String, String) {
    let id = format!("scope-{}", name.to_lowercase().replace(' ', "-"));
    let said = if own().has(lang, &id) { text(lang, &id, &[]) } else { name.to_owned() };
    let value = match name {
        "TEST" => text(lang, "scope-test-value", &[]),
        "CLOCK" => text(lang, "scope-clock-value", &[]),
        "test ledger" if value == "yes" => text(lang, "yes", &[]),
        "test ledger" => text(lang, "no", &[]),
        "resumed" => match value.split_once(' ') {
            Some((id, size)) => text(lang, id, &[("size", size.into())]),
            None => value.to_owned(),
        },
        "received" => match value.split_once(" to ") {
            Some((from, to)) => {
                text(lang, "scope-received-value", &[("from", from.into()), ("to", to.into())])
            }
            None => value.to_owned(),
        },
        _ => value.to_owned(),
    };
    (said, value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_in_the_checks_is_translated() {
        let sources = [
            include_str!("checks/chain.rs"),
            include_str!("checks/exports.rs"),
            include_str!("checks/pinned.rs"),
            include_str!("checks/scanned.rs"),
            include_str!("checks/snapshot.rs"),
            include_str!("checks/tree.rs"),
            include_str!("replay.rs"),
        ];
        let mut seen = 0;
        for source in sources {
            for call in source.split("not_run(").skip(1) {
                let call = call.split(");").next().unwrap_or_default();
                let Some(why) = call.split('"').nth(1) else { continue };
                let why = why.split('{').next().unwrap_or_default();
                let why = if why.ends_with(' ') { format!("{why}7") } else { why.to_owned() };
                assert_ne!(reason(Lang::Kk, &why), why, "a reason without a text: add it to REASONS");
                seen += 1;
            }
        }
        assert!(seen >= 9, "{seen}");
    }
}
