//! The data dictionary: what each column and each word in it means, in Kazakh, Russian and English.

mod columns;
mod entry;
mod words;

use law::State;

use crate::table::{ReportCell, ReportTable};
use entry::{ColumnLabel, WordLabel};

/// Said of a figure of a first protocol, after what the figure means.
const FIRST: [&str; 3] =
    [", алғаш жарияланған хаттама бойынша", ", по первому объявленному протоколу", ", as first announced"];

/// What holds for every table.
const EVERYWHERE: [ColumnLabel; 3] = [
    (
        "*",
        "",
        [
            "Бос ұяшық: мәлімет әлі жоқ; 0 емес",
            "Пустая ячейка: сведений пока нет; это не 0",
            "An empty cell: not known yet; not 0",
        ],
    ),
    (
        "*",
        "",
        [
            "CSV-де = + - @ белгілерінің бірінен басталатын мәтіннің алдына апостроф қойылады: кесте оны формула деп оқымауы керек",
            "В CSV перед текстом, который начинается с одного из знаков = + - @, стоит апостроф: таблица не должна прочесть его как формулу",
            "In CSV an apostrophe stands before a text that starts with one of = + - @, so that no spreadsheet takes it for a formula",
        ],
    ),
    (
        "*",
        "",
        [
            "*-excel.csv: бағандары сол файлдікі; бөлгіші нүктелі үтір, бөлшегі үтірмен, басында BOM",
            "*-excel.csv: те же столбцы; разделитель точка с запятой, дробь через запятую, в начале BOM",
            "*-excel.csv: the same columns; semicolons between cells, decimal commas, a byte order mark in front",
        ],
    ),
];

/// The dictionary.
pub(crate) fn tabulate_labels() -> ReportTable {
    let mut table = ReportTable::new(["file", "column", "value", "unit", "kk", "ru", "en"]);
    for label in EVERYWHERE {
        push_label(&mut table, "*", label);
    }
    for label in columns::LINES {
        push_label(&mut table, "lines.csv", label);
    }
    for (line, unit, meaning) in columns::FIGURES.into_iter().chain([columns::VOTES]) {
        table.rows.push(label_row("lines.csv", "line", line, unit, meaning.map(str::to_owned)));
    }
    push_precinct_labels(&mut table);
    for label in columns::RESULTS {
        push_label(&mut table, "results.csv", label);
    }
    for word in words::RESULTS {
        push_word(&mut table, "results.csv", word);
    }
    table
}

/// The dictionary of the files of a ledger: with the column that says what is made up, where something is.
pub(crate) fn tabulate_labels_of(state: &State) -> ReportTable {
    let mut table = tabulate_labels();
    if !state.synthetic_kinds().is_empty() {
        push_label(&mut table, "*", columns::SYNTHETIC);
    }
    table
}

/// In the order of the columns.
fn push_precinct_labels(table: &mut ReportTable) {
    let file = "precincts.csv";
    for label in columns::BEFORE.into_iter().chain(columns::FIGURES).chain(columns::BETWEEN) {
        push_label(table, file, label);
    }
    for (name, unit, meaning) in columns::FIGURES {
        table.rows.push(label_row(
            file,
            &format!("first_{name}"),
            "",
            unit,
            meaning_in_first_protocol(meaning),
        ));
    }
    for label in columns::AFTER {
        push_label(table, file, label);
    }
    let (_, unit, meaning) = columns::VOTES;
    table.rows.push(label_row(file, "votes_N", "", unit, meaning.map(str::to_owned)));
    table.rows.push(label_row(file, "first_votes_N", "", unit, meaning_in_first_protocol(meaning)));
    for word in words::PRECINCTS {
        push_word(table, file, word);
    }
}

fn push_label(table: &mut ReportTable, file: &str, (column, unit, meaning): ColumnLabel) {
    table.rows.push(label_row(file, column, "", unit, meaning.map(str::to_owned)));
}

fn push_word(table: &mut ReportTable, file: &str, (column, word, meaning): WordLabel) {
    table.rows.push(label_row(file, column, word, "word", meaning.map(str::to_owned)));
}

fn meaning_in_first_protocol(meaning: [&str; 3]) -> [String; 3] {
    let [kk, ru, en] = meaning;
    let [kk_first, ru_first, en_first] = FIRST;
    [format!("{kk}{kk_first}"), format!("{ru}{ru_first}"), format!("{en}{en_first}")]
}

fn label_row(file: &str, column: &str, value: &str, unit: &str, meaning: [String; 3]) -> Vec<ReportCell> {
    let mut cells = [file, column, value, unit].map(ReportCell::from_text).to_vec();
    cells.extend(meaning.map(ReportCell::from_text));
    cells
}

#[cfg(test)]
mod tests {
    use law::State;

    use super::*;
    use crate::{precincts, results};

    fn labelled(file: &str) -> Vec<String> {
        let table = tabulate_labels();
        let of = |row: &&Vec<ReportCell>| {
            row.first() == Some(&ReportCell::from_text(file)) && row.get(2) == Some(&ReportCell::Empty)
        };
        table.rows.iter().filter(of).filter_map(|row| row.get(1)).map(ReportCell::shown_text).collect()
    }

    #[test]
    fn every_column_stands_in_the_dictionary_in_its_order() {
        let state = State::default();
        assert_eq!(labelled("results.csv"), results::tabulate_results(&state).header);
        assert_eq!(labelled("lines.csv"), precincts::tabulate_lines(&state).header);
        let mut expected = precincts::tabulate_precincts(&state).header;
        expected.extend(["candidate_N", "votes_N", "first_votes_N"].map(str::to_owned));
        assert_eq!(labelled("precincts.csv"), expected);
    }

    #[test]
    fn every_row_speaks_three_languages() {
        for row in tabulate_labels().rows {
            assert_eq!(row.len(), 7);
            assert!(row.iter().skip(4).all(|cell| *cell != ReportCell::Empty), "{row:?}");
        }
    }
}
