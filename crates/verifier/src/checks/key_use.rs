//! How keys are used: SIG-10.
//!
//! Looks at bursts and nights, against limits that are the same for every key of a level. Elsewhere: counting them
//! (`observed`).
//!
//! What counts is when members say that they signed, not when it arrived: a line that comes back after hours brings many
//! honest acts at once.

use event::Key;
use law::{Rule, state::Holder};
use phrase::phrase;

use crate::{
    checks::context::Context,
    findings::Findings,
    found_message::FoundMessage,
    replay::observed::{BURST_ABOVE, BURST_PRECINCT, KeyUse, ODD_MIN, ODD_UNTIL, WINDOW},
};

/// Every key that acted in an election.
pub(crate) fn key_use(context: &Context<'_>, findings: &mut Findings) {
    for (key, used) in &context.replayed.observations.keys {
        findings.count_examined(Rule::Sig10, 1);
        let subject = name_key_holder(context, key);
        let most = if used.precinct { BURST_PRECINCT } else { BURST_ABOVE };
        let KeyUse { burst: (times, last), odd: (nights, first), .. } = used;
        if *times > most {
            let minutes = WINDOW / 60;
            let message = FoundMessage::expected(
                phrase!(
                    "found-at-most-acts-of-the-count-in-minutes",
                    "at most {most} acts of the count in {minutes} minutes"
                ),
                times,
            );
            findings.fail(Rule::Sig10, Some(*last), &subject, message);
        }
        if *nights >= ODD_MIN {
            let message = FoundMessage::expected(
                phrase!(
                    "found-fewer-than-acts-before-in-the-morning-outside-the-night",
                    "fewer than {ODD_MIN} acts before {ODD_UNTIL} in the morning outside the night of the count"
                ),
                nights,
            );
            findings.fail(Rule::Sig10, Some(*first), &subject, message);
        }
    }
    findings.not_applicable(Rule::Sig10);
}

fn name_key_holder(context: &Context<'_>, key: &Key) -> String {
    match context.replayed.head.state().keys.get(key).map(|record| &record.holder) {
        Some(Holder::Member { commission, seat }) => format!("{commission}/{seat}"),
        _ => key.to_string(),
    }
}
