//! What everybody in the room compares aloud: the ledger's id, what was decided, and the fingerprint of every key.

use commission::{
    ceremony::{Ceremony, charter_file},
    keys::fingerprint::fingerprint_of,
};
use event::SignedEvent;
use law::facts::{Clock, LedgerOpened, Quorum};
use texts::program::say;

use crate::{fault::Fault, table};

/// The charter in words, with every key; its id stands first and last.
pub(super) fn describe_charter(ceremony: &Ceremony, charter: &SignedEvent, body: &LedgerOpened) -> String {
    let id = charter.hash().in_groups();
    let quorum = match body.quorum {
        Quorum::Officers => "charter-quorum-officers",
        Quorum::Majority => "charter-quorum-majority",
    };
    let enough = [("threshold", body.threshold.into()), ("roots", body.root_keys.len().into())];
    let mut pairs = vec![
        ("charter-id", id.clone()),
        ("charter-name", body.name.to_string()),
        ("charter-origin", body.origin.to_string()),
        ("charter-root", say("charter-enough", &enough)),
        ("charter-quorum", say(quorum, &[])),
        ("charter-promise", say("charter-minutes", &[("minutes", body.promise_minutes.into())])),
        ("charter-at", charter.event.at.to_string()),
    ];
    if let Some(names) = &body.names {
        pairs.push(("charter-name-kk", names.kk.to_string()));
        pairs.push(("charter-name-ru", names.ru.to_string()));
    }
    if body.test {
        pairs.push(("charter-test", say("ledger-test-value", &[])));
    }
    if body.clock == Clock::Simulated {
        pairs.push(("charter-clock", say("charter-clock-simulated", &[])));
    }
    let pairs: Vec<_> = pairs.into_iter().map(|(id, value)| (say(id, &[]), value)).collect();
    let mut text = format!("{}\n", table::format_pairs(&pairs));
    let mut keys = table::new_words_table(&[
        &say("charter-column-seat", &[]),
        &say("charter-column-name", &[]),
        &say("charter-column-fingerprint", &[]),
        &say("charter-column-signed", &[]),
    ]);
    let missing = charter.missing_signers();
    for (seat, piece) in ceremony.roll.pieces() {
        let signed = match (charter.event.signers.contains(&piece.key), missing.contains(&piece.key)) {
            (false, _) => String::new(),
            (true, true) => say("signature-missing", &[]),
            (true, false) => say("signature-there", &[]),
        };
        let name = piece.name.as_ref().map(ToString::to_string).unwrap_or_default();
        keys.add_row([seat.to_string(), name, fingerprint_of(&piece.key), signed]);
    }
    text.push_str(&keys.to_string());
    text.push('\n');
    text.push_str(&say("charter-read-aloud", &[("id", id.into())]));
    text
}

/// Who signs next, and with which command.
pub(super) fn tell_next(ceremony: &Ceremony, charter: &SignedEvent) -> Result<String, Fault> {
    let missing = charter.missing_signers();
    let waits = ceremony.roll.pieces().filter(|(_, piece)| missing.contains(&piece.key));
    let waits: Vec<String> = waits.map(|(seat, _)| seat.to_string()).collect();
    let dir = ceremony.dir.display().to_string();
    Ok(match waits.is_empty() {
        true => say("charter-next-open", &[("dir", dir.into())]),
        false => say(
            "charter-next-sign",
            &[
                ("seats", waits.join(", ").into()),
                ("dir", dir.into()),
                ("file", charter_file(&ceremony.dir).display().to_string().into()),
            ],
        ),
    })
}
