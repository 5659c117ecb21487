//! Names of people as they are printed: in two languages, with the given name first or last, whole or as an initial.

/// Whether two names can be one person's: each word of the shorter one is a word of the other or its initial, and one word
/// of three letters at least is the same.
pub(crate) fn is_same_person(printed: &str, own: &str) -> bool {
    let (printed, own) = (split_name(printed), split_name(own));
    let (few, many) = if printed.len() <= own.len() { (printed, own) } else { (own, printed) };
    if few.is_empty() || !few.iter().any(|word| word.chars().count() > 2 && many.contains(word)) {
        return false;
    }
    let mut left = many;
    // Whole words first: an initial must not take the word that stands for another.
    let (whole, initials): (Vec<_>, Vec<_>) = few.into_iter().partition(|word| left.contains(word));
    for word in whole {
        let Some(at) = left.iter().position(|other| *other == word) else { return false };
        left.remove(at);
    }
    for word in initials {
        let Some(at) = left.iter().position(|other| is_initial(&word, other)) else { return false };
        left.remove(at);
    }
    true
}

fn split_name(name: &str) -> Vec<String> {
    let lower = name.to_lowercase();
    lower
        .split(|c: char| !c.is_alphabetic() && c != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// One of the two is a single letter, with which the other begins.
fn is_initial(one: &str, other: &str) -> bool {
    let single = one.chars().count() == 1 || other.chars().count() == 1;
    single && one.chars().next() == other.chars().next()
}

#[cfg(test)]
mod tests {
    use super::is_same_person;

    #[test]
    fn a_person_is_known_by_surname_and_initial() {
        for (printed, own) in [
            ("Адилет Кожанбаев", "Кожанбаев Адилет"),
            ("КОЖАНБАЕВ А.", "Кожанбаев Адилет"),
            ("Кожанбаев", "Кожанбаев Адилет"),
            ("Қаныш Төлеуов", "Төлеуов Қ."),
            ("А. А. Алиев", "Алиев Асан Ахметович"),
        ] {
            assert!(is_same_person(printed, own), "{printed} is {own}");
        }
        for (printed, own) in [
            ("Адилет", "Кожанбаев А."),
            ("Кожанбаев Б.", "Кожанбаев Адилет"),
            ("Адилет Толеуов", "Кожанбаев Адилет"),
            ("А. Б.", "А. Б."),
            ("", "Кожанбаев"),
            ("Кожанбаева А.", "Кожанбаев А."),
        ] {
            assert!(!is_same_person(printed, own), "{printed} is not {own}");
        }
    }
}
