//! Looking for a fact in the bytes of an entry before the entry is read.

use memchr::memmem;

/// Whether an entry may state one of these facts: canonical bytes have one spelling of a fact's name.
///
/// `false` is certain for canonical bytes. `true` is not: the name may stand elsewhere in the entry, so whoever needs to
/// know reads the entry.
#[must_use]
pub fn may_state_fact(entry: &[u8], facts: &[&str]) -> bool {
    const NAME: &[u8] = b"\"fact\":\"";
    memmem::find_iter(entry, NAME).any(|at| {
        let rest = entry.get(at + NAME.len()..).unwrap_or_default();
        facts
            .iter()
            .any(|fact| rest.strip_prefix(fact.as_bytes()).is_some_and(|after| after.first() == Some(&b'"')))
    })
}

#[cfg(test)]
mod tests {
    use super::may_state_fact;

    #[test]
    fn a_fact_is_found_by_its_whole_name() {
        let entry = br#"{"event":{"body":{"text":"\"fact\":\"vote-told\""},"fact":"results-determined"}}"#;
        assert!(may_state_fact(entry, &["results-determined"]));
        assert!(may_state_fact(entry, &["certificate-issued", "results-determined"]));
        for other in ["results", "results-determined-again", "esults-determined", "vote-told", ""] {
            assert!(!may_state_fact(entry, &[other]), "{other}");
        }
        assert!(!may_state_fact(entry, &[]));
    }

    #[test]
    fn an_entry_that_is_cut_states_nothing() {
        let entry = br#""fact":"results-determined"#;
        for end in 0..=entry.len() {
            assert!(!may_state_fact(&entry[..end], &["results-determined"]), "{end}");
        }
    }
}
