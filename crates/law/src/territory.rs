//! Codes of territories (KATO, NK RK 11): nine digits, ab region · cd district · ef okrug · hij settlement.
//!
//! Contains form of a code, and which code covers which. Does not contain names of places.

/// Whether the text is a code: nine digits.
pub(crate) fn is_code(text: &str) -> bool {
    text.len() == 9 && text.bytes().all(|b| b.is_ascii_digit())
}

/// Whether `inner` lies in the territory of `outer`: the levels below the last one that is not zero are free.
#[must_use]
pub fn covers_territory(outer: &str, inner: &str) -> bool {
    if !is_code(outer) || !is_code(inner) {
        return false;
    }
    let level = [(2, 9), (4, 9), (6, 9)]
        .into_iter()
        .find(|(from, to)| outer.get(*from..*to).is_some_and(|rest| rest.bytes().all(|b| b == b'0')))
        .map_or(9, |(from, _)| from);
    outer.get(..level) == inner.get(..level)
}

#[cfg(test)]
mod tests {
    use super::covers_territory;

    #[test]
    fn levels_are_read_from_zeros() {
        assert!(covers_territory("100000000", "101010000"));
        assert!(covers_territory("101000000", "101010000"));
        assert!(!covers_territory("101000000", "101800000".replace("1018", "1032").as_str()));
        assert!(covers_territory("103230100", "103230100"));
        assert!(!covers_territory("103230100", "103230200"));
        assert!(!covers_territory("1010", "101010000"));
    }
}
