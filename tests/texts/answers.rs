//! The program answers in the language that it is asked in.
//!
//! In: its answers. Out: the texts themselves (`texts`).

use super::*;
use crate::demo_folder::demo_folder;

#[test]
fn the_program_answers_in_the_language_it_is_asked_in() {
    let (code, out, _) = run(&["--lang", "kk", "checks", "ari-04"]);
    assert!(
        code == 0 && out.contains("«Бәріне қарсымын»") && out.contains("43-баптың 1, 5-тармақтары"),
        "{out}"
    );
    let said = |variables: &[(&str, &str)]| {
        let mut command = hattama(&["checks", "PRO-08"]);
        command
            .env_remove("LANG")
            .env_remove("LC_ALL")
            .env_remove("LC_MESSAGES")
            .envs(variables.iter().copied());
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    assert!(said(&[("LANG", "ru_RU.UTF-8")]).contains("Записано ли"));
    assert!(said(&[("LANG", "kk_KZ.UTF-8")]).contains("ілінгені"));
    assert!(said(&[("LANG", "ru_RU.UTF-8"), ("LC_MESSAGES", "kk_KZ.UTF-8")]).contains("ілінгені"));
    assert!(said(&[("LANG", "ru_RU.UTF-8"), ("LC_ALL", "C")]).contains("Is it recorded"));
    assert!(said(&[("LANG", "kk_KZ"), ("HATTAMA_LANG", "ru")]).contains("Записано ли"));
    assert!(said(&[("LANG", "de_DE.UTF-8")]).contains("Is it recorded"));
    assert!(said(&[]).contains("Is it recorded"));
    assert_eq!(run(&["checks", "--lang", "tlh"]).0, 64);
    let (code, _, err) = run(&["--lang", "ru", "checks", "XYZ-99"]);
    assert!(code == 64 && err.contains("ожидалось") && err.contains("XYZ-99"), "{err}");
    let (code, _, err) = run(&["verify", "/nowhere.example/x", "--lang", "kk"]);
    assert!(code == 2 && err.contains("күтілгені"), "{err}");
}

/// The whole way, in each language, over the ledger of the demo.
#[test]
fn results_reports_and_histories_are_told_in_three_languages() {
    let [published, tampered] =
        ["published", "tampered"].map(|name| demo_folder().join(name).display().to_string());
    let say = |lang: &str, words: &[&str]| {
        let (_, out, _) = run(&[words, &["--lang", lang]].concat());
        out
    };
    let announce = |lang: &str| say(lang, &["results", &published, "--format", "announcement"]);
    let (kk, ru, en) = (announce("kk"), announce("ru"), announce("en"));
    for (text, words) in [
        (
            &kk,
            [
                "77,1 %",
                "100,0 %",
                "Қожанбаев",
                "«Бәріне қарсымын»",
                "дауыс",
                "128 сайлау учаскесінің 128 хаттамасы",
                "СЫНАҚ ЖУРНАЛЫ",
            ],
        ),
        (
            &ru,
            [
                "77,1 %",
                "100,0 %",
                "Кожанбаев",
                "«Против всех»",
                "голос",
                "128 из 128 избирательных участков",
                "УЧЕБНЫЙ ЖУРНАЛ",
            ],
        ),
        (
            &en,
            ["77.1%", "100.0%", "Кожанбаев", "Against all", "votes", "128 out of 128 precincts", "REHEARSAL"],
        ),
    ] {
        for word in words {
            assert!(text.contains(word), "{word} is not in\n{text}");
        }
        assert!(!text.contains('{') && !text.contains("announce-"), "{text}");
    }
    let as_of = ["results", &published, "--format", "announcement", "--as-of", "2025-10-13T03:00:00+05:00"];
    assert!(say("kk", &as_of).contains("әлі анықталған жоқ"), "{}", say("kk", &as_of));
    let root = |text: &str| {
        text.split_whitespace().find(|word| word.len() >= 64).map(|w| w.trim_matches('.').to_owned())
    };
    assert!(root(&kk).is_some() && root(&kk) == root(&en), "{kk}\n{en}");
    let table = say("kk", &["results", &published]);
    assert!(
        table.contains("Қорытындылар") && table.contains("куәлік №") && table.contains("77,1"),
        "{table}"
    );
    let history = say("ru", &["history", &published]);
    assert!(history.contains("заменён новым") && history.contains("бюллетеней выдано"), "{history}");
    let report = say("ru", &["verify", &tampered]);
    for words in [
        "НАРУШЕНИЕ (FAILED)",
        "ожидалось",
        "без умысла",
        "с умыслом",
        "Чего отчёт не доказывает",
        "hattama checks SIG-01",
        "корневой ключ ЦИК",
    ] {
        assert!(report.contains(words), "{words} is not in\n{report}");
    }
    let report = say("kk", &["verify", &published]);
    assert!(report.contains("ТЕКСЕРІЛДІ") && report.contains("журналдың нөмірі"), "{report}");
    for source in [&published, &tampered] {
        let json = ["kk", "ru", "en"].map(|lang| say(lang, &["verify", source, "--json"]));
        assert!(json[0] == json[1] && json[1] == json[2], "one report in every language");
    }
    for words in [
        vec!["ledger", "status", &published],
        vec!["event", "facts"],
        vec!["results", &published, "--format", "csv"],
    ] {
        for lang in ["kk", "ru"] {
            assert!(!say(lang, &words).contains("{$"), "{words:?}");
        }
    }
}
