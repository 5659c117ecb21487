//! What is real in the national demo, in words that stand beside it: for each territory the figures that public pages printed.

use super::territories::{TERRITORIES, Territory};

/// One territory and what of it was printed, in the words of `akim_contests.csv`; sums over several contests are kept as
/// sums, and how they are split is made up.
const PRINTED: [(&str, &str); 22] = [
    ("isatay", "precincts, registered, turnout (by the law: 54.6 %), voted outside, candidates"),
    ("kyzylkoga", "precincts, registered, turnout (by the law: 57.2 %), voted outside"),
    ("zhualy", "registered; 13,430 ballots issued by 16:00"),
    ("ryskulov", "registered; 14,731 ballots issued by 16:00"),
    (
        "bokeyorda",
        "registered, candidates, every vote, against all; with karatobe and taskala 63 precincts, 17,033 voted, 1,809 outside",
    ),
    ("karatobe", "candidates, two of three votes, against all; the sums of bokeyorda"),
    ("taskala", "candidates, the winner's votes; the sums of bokeyorda"),
    ("priozersk", "against all; with aktogay-karaganda and osakarov about 26,000 voted, 67.62 %"),
    ("aktogay-karaganda", "against all; the sums of priozersk"),
    ("osakarov", "against all; the sums of priozersk"),
    (
        "rudny",
        "with altynsarin, denisov, karabalyk and fedorov 135,198 registered, 65,896 voted, 15 absentee",
    ),
    ("altynsarin", "the sums of rudny"),
    ("denisov", "the sums of rudny"),
    ("karabalyk", "the sums of rudny"),
    ("fedorov", "the sums of rudny"),
    ("syrdarya", "registered; with shieli 58 precincts, 388 members of commissions, 6 candidates"),
    ("shieli", "registered; the sums of syrdarya"),
    ("zhelezin", "precincts, registered, candidates"),
    ("sherbakty", "precincts, registered, candidates"),
    (
        "esil-north",
        "candidates, every vote, against all; with mamlyut and timiryazev 35,846 registered, 24,061 voted",
    ),
    ("mamlyut", "candidates, every vote, against all; the sums of esil-north"),
    ("timiryazev", "candidates, every vote, against all; the sums of esil-north"),
];

/// The notes that are written beside the demo: contest by contest, what is printed and what is made up.
#[must_use]
pub fn describe_sources() -> String {
    let mut out = vec![
        "Printed: Kazybayev as nominee of AMANAT in Uil on 27 September 2023, by the extraordinary 50th (L) conference of the district's \
         branch (liter.kz), and as elected (ulysmedia.kz); how many delegates there were is unknown. Shalbayev as nominee in Beineu on the same \
         day: number and delegates of the conference, and what became of him, are unknown here; that he wins is made up."
            .to_owned(),
        "About 8,500 proxies, observers and media were announced. The counts add up to 8,500 and say of themselves that they are \
         approximate; how they are split is made up."
            .to_owned(),
        "Voted, where a page gives it for several contests, is read as ballots found in the boxes; turnout as who took \
         part by the law."
            .to_owned(),
        "Printed of each contest, everything else of it being made up:".to_owned(),
        String::new(),
    ];
    out.extend(
        TERRITORIES
            .iter()
            .map(|territory| format!("{:<18} {}  {}", territory.slug, territory.kato, printed_of(territory))),
    );
    out.push(String::new());
    out.join("\n")
}

fn printed_of(territory: &Territory) -> &'static str {
    if territory.is_assumed() {
        return "assumed: nothing is printed, not even that it voted";
    }
    let own = PRINTED.iter().find(|(slug, _)| *slug == territory.slug).map(|(_, what)| *what);
    own.unwrap_or("that it voted")
}
