//! The data dictionary: what each column and each word in it means, in Kazakh, Russian and English.
//!
//! In: the order of the rows. Out: the columns' words (`columns`), the words in cells (`words`).

mod columns;
mod words;

use super::table::{Cell, Table};

/// A column, or a line of a protocol: its name, its unit, and what it means in kk, ru, en.
type Label = (&'static str, &'static str, [&'static str; 3]);

/// A word in a column: the column, the word, and what it means in kk, ru, en.
type Word = (&'static str, &'static str, [&'static str; 3]);

/// Said of a figure of a first protocol, after what the figure means.
const FIRST: [&str; 3] =
    [", алғаш жарияланған хаттама бойынша", ", по первому объявленному протоколу", ", as first announced"];

/// What holds for every table.
const EVERYWHERE: [Label; 3] = [
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
pub(super) fn table() -> Table {
    let mut table = Table::new(["file", "column", "value", "unit", "kk", "ru", "en"]);
    for label in EVERYWHERE {
        push(&mut table, "*", label);
    }
    for label in columns::LINES {
        push(&mut table, "lines.csv", label);
    }
    for (line, unit, meaning) in columns::FIGURES.into_iter().chain([columns::VOTES]) {
        table.rows.push(row("lines.csv", "line", line, unit, meaning.map(str::to_owned)));
    }
    precincts(&mut table);
    for label in columns::RESULTS {
        push(&mut table, "results.csv", label);
    }
    for word in words::RESULTS {
        push_word(&mut table, "results.csv", word);
    }
    table
}

/// In the order of the columns.
fn precincts(table: &mut Table) {
    let file = "precincts.csv";
    for label in columns::BEFORE.into_iter().chain(columns::FIGURES).chain(columns::BETWEEN) {
        push(table, file, label);
    }
    for (name, unit, meaning) in columns::FIGURES {
        table.rows.push(row(file, &format!("first_{name}"), "", unit, first(meaning)));
    }
    for label in columns::AFTER {
        push(table, file, label);
    }
    let (_, unit, meaning) = columns::VOTES;
    table.rows.push(row(file, "votes_N", "", unit, meaning.map(str::to_owned)));
    table.rows.push(row(file, "first_votes_N", "", unit, first(meaning)));
    for word in words::PRECINCTS {
        push_word(table, file, word);
    }
}

fn push(table: &mut Table, file: &str, (column, unit, meaning): Label) {
    table.rows.push(row(file, column, "", unit, meaning.map(str::to_owned)));
}

fn push_word(table: &mut Table, file: &str, (column, word, meaning): Word) {
    table.rows.push(row(file, column, word, "word", meaning.map(str::to_owned)));
}

fn first(meaning: [&str; 3]) -> [String; 3] {
    let [kk, ru, en] = meaning;
    let [kk_first, ru_first, en_first] = FIRST;
    [format!("{kk}{kk_first}"), format!("{ru}{ru_first}"), format!("{en}{en_first}")]
}

fn row(file: &str, column: &str, value: &str, unit: &str, meaning: [String; 3]) -> Vec<Cell> {
    let mut cells = [file, column, value, unit].map(Cell::text).to_vec();
    cells.extend(meaning.map(Cell::text));
    cells
}

#[cfg(test)]
mod tests {
    use law::State;

    use super::super::{precincts, results};
    use super::*;

    fn labelled(file: &str) -> Vec<String> {
        let table = table();
        let of =
            |row: &&Vec<Cell>| row.first() == Some(&Cell::text(file)) && row.get(2) == Some(&Cell::Empty);
        table.rows.iter().filter(of).filter_map(|row| row.get(1)).map(Cell::shown).collect()
    }

    #[test]
    fn every_column_stands_in_the_dictionary_in_its_order() {
        let state = State::default();
        assert_eq!(labelled("results.csv"), results::results(&state).header);
        assert_eq!(labelled("lines.csv"), precincts::lines(&state).header);
        let mut expected = precincts::precincts(&state).header;
        expected.extend(["candidate_N", "votes_N", "first_votes_N"].map(str::to_owned));
        assert_eq!(labelled("precincts.csv"), expected);
    }

    #[test]
    fn every_row_speaks_three_languages() {
        for row in table().rows {
            assert_eq!(row.len(), 7);
            assert!(row.iter().skip(4).all(|cell| *cell != Cell::Empty), "{row:?}");
        }
    }
}
