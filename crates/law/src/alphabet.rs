//! The Kazakh alphabet: the order of the names on a ballot.

use core::cmp::Ordering;

/// The Kazakh alphabet: its order is the order of the ballot.
const ALPHABET: &str = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";

/// The order of two names: by the alphabet; what is not a letter stands before all letters.
#[must_use]
pub fn kazakh_order(a: &str, b: &str) -> Ordering {
    letters_of(a).cmp(letters_of(b)).then_with(|| a.cmp(b))
}

fn letters_of(name: &str) -> impl Iterator<Item = (usize, char)> {
    name.chars().flat_map(char::to_lowercase).map(|letter| {
        let place = ALPHABET.chars().position(|known| known == letter).map_or(0, |place| place + 1);
        (place, if place == 0 { letter } else { ' ' })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kazakh_letters_stand_in_their_own_places() {
        let mut names =
            ["Қожанбаев", "Зейнов", "Төлеуов", "Иманов", "Әбенов", "Абаев", "Тұров", "Бекжасаров", "Кенов"];
        names.sort_by(|a, b| kazakh_order(a, b));
        assert_eq!(
            names,
            ["Абаев", "Әбенов", "Бекжасаров", "Зейнов", "Иманов", "Кенов", "Қожанбаев", "Төлеуов", "Тұров"]
        );
    }
}
