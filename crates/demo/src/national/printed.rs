//! People whom public pages name as candidates of 5 November 2023, and what of each election is made up beside them.
//!
//! Names are spelled as the pages print them, in Russian, surname first. Pages: qz.inform.kz (North Kazakhstan), mgorod.kz (West
//! Kazakhstan), inkaraganda.kz (Karaganda), ulysmedia.kz (winners of single districts); the nominees of 27 September 2023 from liter.kz (Uil:
//! the extraordinary 50th conference of the branch, its delegates not counted there) and an article on the nominations of AMANAT (Beineu:
//! neither a number nor delegates). That Kazybayev won in Uil is printed by ulysmedia.kz; of Shalbayev in Beineu no outcome is known.

use law::facts::SyntheticKind;

use super::territories::{Territory, find_row};

/// A name, and who nominated where that is printed.
#[derive(Debug, Clone, Copy)]
pub(super) struct PrintedPerson {
    pub(super) name: &'static str,
    pub(super) nominator: PrintedNominator,
    /// Days before the voting of 5 November 2023, where the day of the nomination is printed.
    pub(super) nominated_before: Option<i64>,
}

/// Who nominated, as far as it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PrintedNominator {
    Amanat,
    Own,
    Unknown,
}

use PrintedNominator::{Amanat, Own, Unknown};

const fn person(name: &'static str, nominator: PrintedNominator) -> PrintedPerson {
    PrintedPerson { name, nominator, nominated_before: None }
}

/// One whom a conference of AMANAT nominated on 27 September 2023, 39 days before the voting.
const fn nominee_of_september(name: &'static str) -> PrintedPerson {
    PrintedPerson { name, nominator: Amanat, nominated_before: Some(39) }
}

/// By territory, the elected first.
const PEOPLE: [(&str, &[PrintedPerson]); 16] = [
    ("kurchatov", &[person("Абдралиев Болат", Unknown)]),
    ("abai", &[person("Смагулов Мейржан", Unknown)]),
    ("khobda", &[person("Тынымгереев Изгилик", Unknown)]),
    ("uil", &[nominee_of_september("Казыбаев Аскар")]),
    ("balkhash", &[person("Кутпанбетов Азат", Unknown)]),
    ("zhambyl-almaty", &[person("Ертас Нурлан", Unknown)]),
    (
        "bokeyorda",
        &[
            person("Даумов Нурлыбек", Amanat),
            person("Гильманов Мирамбек", Own),
            person("Кереш Нарынбек", Own),
        ],
    ),
    (
        "karatobe",
        &[person("Суйеугалиев Кадыржан", Amanat), person("Муканов Канат", Own), person("Сайнов Ермек", Own)],
    ),
    ("taskala", &[person("Шакиров Талгат", Amanat), person("Нарыков Мэлс", Own)]),
    ("priozersk", &[person("Ахметов Мансур", Unknown)]),
    ("aktogay-karaganda", &[person("Кенжебеков Руслан", Unknown)]),
    ("osakarov", &[person("Нурмуханбетов Руслан", Unknown)]),
    ("beineu", &[nominee_of_september("Шалбаев")]),
    ("esil-north", &[person("Мухамедияров Мереке", Unknown), person("Шаймергенов Серик", Unknown)]),
    (
        "mamlyut",
        &[
            person("Степаненко Елена", Unknown),
            person("Исманов Абзал", Unknown),
            person("Жумыков Мейирхан", Unknown),
        ],
    ),
    (
        "timiryazev",
        &[
            person("Жаров Ерлан", Unknown),
            person("Жагыпаров Кайрат", Unknown),
            person("Есламов Талгат", Unknown),
        ],
    ),
];
/// Where every vote is printed.
const EVERY_VOTE: [&str; 4] = ["bokeyorda", "esil-north", "mamlyut", "timiryazev"];
/// The nominee of whom it is not known here what became of him.
const OUTCOME_UNKNOWN: &str = "beineu";

/// The people of a territory whom a page names.
pub(super) fn people_of(slug: &str) -> &'static [PrintedPerson] {
    find_row(&PEOPLE, slug).unwrap_or_default()
}

/// What of an election is made up, beside what is in all of them.
pub(super) fn synthetic_kinds_of(territory: &Territory) -> Vec<SyntheticKind> {
    let slug = territory.slug;
    let named = people_of(slug).len() as u64;
    let mut kinds = vec![SyntheticKind::BirthYears, SyntheticKind::Counts, SyntheticKind::Sizes];
    kinds.extend(match named {
        0 => Some(SyntheticKind::Candidates),
        named if named < territory.candidates => Some(SyntheticKind::OtherCandidates),
        _ => None,
    });
    if !EVERY_VOTE.contains(&slug) {
        kinds.push(SyntheticKind::Votes);
    }
    if named == 0 || slug == OUTCOME_UNKNOWN {
        kinds.push(SyntheticKind::Outcomes);
    }
    kinds.extend(territory.is_assumed().then_some(SyntheticKind::Territories));
    kinds
}
