//! Which column is which field: by the usual Kazakh and Russian headings, by the field's own name, or as somebody said.

use texts::{Language, program::program_catalogue};

use super::fault::ManyFault;
use crate::{
    described::{
        DescribedFact,
        field::{Field, FieldKind},
        shared::PIECE,
    },
    drafting::body::list_paths,
};

/// A column and the field that is read from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedColumn {
    /// Its place, from 0.
    pub column: usize,
    /// Its heading, as it stands.
    pub heading: String,
    /// The field, as `voters`; of a member `members.name`.
    pub field: String,
}

/// Usual headings, small letters, the more particular field first.
const HEADINGS: &[(&str, &[&str])] = &[
    (
        "members.seat",
        &["должность", "место", "должность в комиссии", "лауазымы", "лауазым", "орны", "қызметі", "статус"],
    ),
    (
        "members.name",
        &[
            "фио",
            "ф.и.о.",
            "ф.и.о",
            "имя",
            "член комиссии",
            "аты-жөні",
            "аты жөні",
            "тегі, аты",
            "тегі, аты, әкесінің аты",
            "фамилия, имя, отчество",
            "фио члена комиссии",
        ],
    ),
    (
        "members.party",
        &["партия", "кем выдвинут", "кем предложен", "кім ұсынды", "ұсынған партия", "субъект выдвижения"],
    ),
    ("members.key", &["ключ", "открытый ключ", "кілт", "ашық кілт"]),
    (
        "members.piece",
        &[
            "карточка",
            "карточка ключа",
            "файл карточки",
            "файл карточки ключа",
            "кілт карточкасы",
            "карточка файлы",
            "key piece",
            "piece",
        ],
    ),
    (
        "piece",
        &["карточка", "карточка ключа", "файл карточки", "кілт карточкасы", "карточка файлы", "key piece"],
    ),
    ("members.proof", &["доказательство", "доказательство ключа", "дәлел", "кілт дәлелі"]),
    ("seat", &["должность", "место", "лауазымы", "лауазым", "орны"]),
    ("key", &["ключ", "открытый ключ", "кілт", "ашық кілт"]),
    ("proof", &["доказательство", "доказательство ключа", "дәлел", "кілт дәлелі"]),
    (
        "number",
        &[
            "номер участка",
            "№ участка",
            "участок №",
            "избирательный участок №",
            "учаске нөмірі",
            "учаске №",
            "сайлау учаскесінің нөмірі",
            "номер избирательного участка",
        ],
    ),
    (
        "precinct",
        &[
            "участок",
            "избирательный участок",
            "номер участка",
            "№ участка",
            "участок №",
            "уик",
            "номер избирательного участка",
            "учаске",
            "сайлау учаскесі",
            "учаске нөмірі",
            "учаске №",
            "сайлау учаскесінің нөмірі",
            "обозначение участка",
            "учаске белгісі",
        ],
    ),
    (
        "voters",
        &[
            "избирателей",
            "число избирателей",
            "количество избирателей",
            "избирателей в списке",
            "кол-во избирателей",
            "численность избирателей",
            "сайлаушылар",
            "сайлаушылар саны",
            "тізімдегі сайлаушылар саны",
        ],
    ),
    ("kato", &["като", "код като", "әаож", "әаож коды", "код территории"]),
    ("kind", &["вид участка", "тип участка", "тип", "учаске түрі", "түрі"]),
    (
        "commission",
        &[
            "комиссия",
            "участковая комиссия",
            "участковая избирательная комиссия",
            "учаскелік комиссия",
            "учаскелік сайлау комиссиясы",
            "обозначение комиссии",
            "комиссия белгісі",
        ],
    ),
    (
        "name",
        &[
            "название комиссии",
            "наименование комиссии",
            "комиссияның атауы",
            "наименование",
            "название",
            "атауы",
        ],
    ),
    (
        "count",
        &[
            "бюллетеней",
            "количество бюллетеней",
            "число бюллетеней",
            "доставлено бюллетеней",
            "передано бюллетеней",
            "кол-во бюллетеней",
            "количество",
            "бюллетеньдер",
            "бюллетеньдер саны",
            "жеткізілген бюллетеньдер",
            "доверенных лиц",
            "сенім білдірілген адамдар саны",
        ],
    ),
    ("act", &["акт", "файл акта", "акт приёма-передачи", "акт приема-передачи", "қабылдау-тапсыру актісі"]),
    ("list", &["список", "файл списка", "список избирателей", "тізім", "сайлаушылар тізімі"]),
    ("decision", &["решение", "файл решения", "шешім"]),
    ("candidate", &["кандидат", "үміткер"]),
    ("approximate", &["приблизительно", "шамамен"]),
    ("foreign", &["иностранных наблюдателей", "иностранные наблюдатели", "шетелдік байқаушылар"]),
    ("media", &["сми", "представителей сми", "бақ", "бақ өкілдері"]),
    ("observers", &["наблюдателей", "наблюдатели", "байқаушылар", "байқаушылар саны"]),
    ("proxies", &["доверенных лиц", "доверенные лица", "сенім білдірілген адамдар"]),
    ("organisation", &["организация", "ұйым"]),
    ("until", &["срок", "действует до", "мерзімі", "дейін"]),
    ("copies", &["копий", "выдано копий", "көшірмелер", "берілген көшірмелер"]),
    ("posted", &["вывешен", "ілінген"]),
];

/// Which column is which field, and the headings of those that nothing is read from.
///
/// # Errors
/// [`ManyFault`]: no column that is known, or two for one field.
pub fn map_columns(
    fact: &'static DescribedFact,
    header: &[String],
    wanted: &[(String, String)],
) -> Result<(Vec<MappedColumn>, Vec<String>), ManyFault> {
    let fields = fields_of(fact);
    let mut mapped: Vec<MappedColumn> = Vec::new();
    for (field, heading) in wanted {
        if !fields.iter().any(|(own, _)| own == field) {
            let expected = fields.iter().map(|(own, _)| own.as_str()).collect::<Vec<_>>().join(", ");
            return Err(ManyFault::NoField { fact: fact.name, expected, found: field.clone() });
        }
        let column = header.iter().position(|own| plain(own) == plain(heading));
        let column = column
            .ok_or_else(|| ManyFault::NoColumn { expected: heading.clone(), found: header.join(" | ") })?;
        mapped.push(MappedColumn { column, heading: heading.clone(), field: field.clone() });
    }
    let mut unread = Vec::new();
    for (column, heading) in header.iter().enumerate() {
        if mapped.iter().any(|own| own.column == column) {
            continue;
        }
        let free = |field: &str| !wanted.iter().any(|(own, _)| own == field);
        match find_field(&fields, heading).filter(|field| free(field)) {
            Some(field) => {
                if let Some(other) = mapped.iter().find(|own| own.field == field) {
                    let columns = format!("\"{}\", \"{heading}\"", other.heading);
                    return Err(ManyFault::TwoColumns { field, columns });
                }
                mapped.push(MappedColumn { column, heading: heading.clone(), field });
            }
            None => unread.push(heading.clone()),
        }
    }
    if mapped.is_empty() {
        let expected = fields.iter().map(|(own, _)| own.as_str()).collect::<Vec<_>>().join(", ");
        return Err(ManyFault::NoColumns { expected, found: header.join(" | ") });
    }
    mapped.sort_by_key(|own| own.column);
    Ok((mapped, unread))
}

/// Fields that a row can say: those at the top, and those of a member.
fn fields_of(fact: &'static DescribedFact) -> Vec<(String, &'static Field)> {
    let mut fields = Vec::new();
    for field in fact.fields {
        match field.kind {
            FieldKind::Rows(inner, _) => {
                fields.extend(inner.iter().map(|one| (format!("{}.{}", field.name, one.name), one)));
            }
            FieldKind::Group(inner) => {
                let paths = list_paths(inner, &format!("{}.", field.name));
                fields.extend(paths.into_iter().zip(inner.iter()));
            }
            _ => fields.push((field.name.to_owned(), field)),
        }
    }
    // A registration piece says key, proof and seat together.
    let proofs = fields.iter().filter_map(|(name, _)| name.strip_suffix("proof")).next().map(str::to_owned);
    fields.extend(proofs.map(|before| (format!("{before}piece"), &PIECE)));
    fields
}

/// By the field's own name, then by usual headings, then by what the field means in any language.
fn find_field(fields: &[(String, &'static Field)], heading: &str) -> Option<String> {
    let wanted = plain(heading);
    if wanted.is_empty() {
        return None;
    }
    let known = |name: &str| fields.iter().any(|(own, _)| own == name);
    if let Some((own, _)) = fields.iter().find(|(own, _)| *own == wanted) {
        return Some(own.clone());
    }
    let usual = HEADINGS.iter().find(|(field, names)| known(field) && names.contains(&wanted.as_str()));
    if let Some((field, _)) = usual {
        return Some((*field).to_owned());
    }
    let means = |field: &Field| {
        [Language::Kk, Language::Ru, Language::En]
            .iter()
            .any(|lang| plain(&program_catalogue().format_text(*lang, field.meaning, &[])) == wanted)
    };
    fields.iter().find(|(_, field)| means(field)).map(|(own, _)| own.clone())
}

/// Small letters, white space once, no invisible signs, no star or colon at the end.
fn plain(heading: &str) -> String {
    let small = heading.to_lowercase().replace(['\u{feff}', '\u{200b}'], "").replace('ё', "е");
    let words = small.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_end_matches(['*', ':', '.']).trim().replace('ё', "е")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::described::describe_fact;

    fn read(fact: &str, header: &[&str]) -> Vec<(String, String)> {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        let (mapped, _) = map_columns(describe_fact(fact).unwrap(), &header, &[]).unwrap();
        mapped.into_iter().map(|own| (own.heading, own.field)).collect()
    }

    #[test]
    fn usual_headings_are_recognised() {
        let fields = |fact: &str, header: &[&str]| -> Vec<String> {
            read(fact, header).into_iter().map(|(_, field)| field).collect()
        };
        assert_eq!(
            fields("precinct-formed", &["№ п/п", "Номер участка", "Комиссия", "Число избирателей ", "КАТО"]),
            ["number", "commission", "voters", "kato"]
        );
        assert_eq!(
            fields("ballots-delivered", &["Учаске", "Бюллетеньдер саны", "Акт"]),
            ["precinct", "count", "act"]
        );
        assert_eq!(
            fields(
                "commission-formed",
                &["Комиссия", "Ф.И.О.", "Должность", "Кем выдвинут", "Открытый ключ"]
            ),
            ["commission", "members.name", "members.seat", "members.party", "members.key"]
        );
        assert_eq!(fields("ballots-delivered", &["precinct", "count"]), ["precinct", "count"]);
    }

    #[test]
    fn headings_that_say_nothing_or_twice_the_same_are_told() {
        let map = |header: &[&str], wanted: &[(String, String)]| {
            let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
            map_columns(describe_fact("ballots-delivered").unwrap(), &header, wanted)
        };
        assert!(matches!(map(&["x", "y"], &[]), Err(ManyFault::NoColumns { .. })));
        assert!(matches!(map(&["участок", "учаске"], &[]), Err(ManyFault::TwoColumns { .. })));
        let wanted = [("precinct".to_owned(), "учаске".to_owned())];
        assert!(map(&["участок", "учаске"], &wanted).is_ok(), "one of them was named");
        let wrong = [("precinct".to_owned(), "nowhere".to_owned())];
        assert!(matches!(map(&["участок"], &wrong), Err(ManyFault::NoColumn { .. })));
        let wrong = [("tea".to_owned(), "участок".to_owned())];
        assert!(matches!(map(&["участок"], &wrong), Err(ManyFault::NoField { .. })));
    }
}
