//! The 45 territories of 5 November 2023, with the figures of each.
//!
//! Codes and names are those of the KATO classifier (17 October 2022), typed in as facts; which figures were printed and
//! which are made up says `sources`.
//!
//! 40 territories are those that public pages name. The list of 45 breaks off before its last five; in their place
//! stand five districts of the regions that are missing, marked `assumed` in id and name.

/// A territory and its election.
#[derive(Debug, Clone, Copy)]
pub struct Territory {
    /// What its ids are made of.
    pub slug: &'static str,
    /// Its KATO code.
    pub kato: &'static str,
    /// Its name in Russian, as in the classifier.
    pub name_ru: &'static str,
    /// Its name in Kazakh.
    pub name_kk: &'static str,
    /// Precincts.
    pub precincts: u64,
    /// Voters on the lists.
    pub voters: u64,
    /// Who took part by the law: votes and against all.
    pub took_part: u64,
    /// Invalid ballots.
    pub invalid: u64,
    /// Against all.
    pub against_all: u64,
    /// Ballots of portable boxes.
    pub outside: u64,
    /// Registered candidates.
    pub candidates: u64,
}

/// An oblast.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Oblast {
    /// The first two digits of its code.
    pub(crate) code: &'static str,
    /// What its id is made of.
    pub(crate) slug: &'static str,
    /// What its commission is called after, in Kazakh.
    pub(crate) name_kk: &'static str,
    /// Its name in Russian.
    pub(crate) name_ru: &'static str,
    /// Hours that its clocks were ahead of UTC in November 2023.
    pub(crate) zone: i8,
}

const fn oblast(
    code: &'static str,
    slug: &'static str,
    name_kk: &'static str,
    name_ru: &'static str,
    zone: i8,
) -> Oblast {
    Oblast { code, slug, name_kk, name_ru, zone }
}

pub(crate) const OBLASTS: [Oblast; 17] = [
    oblast("10", "abai", "Абай", "область Абай", 6),
    oblast("11", "akmola", "Ақмола", "Акмолинская область", 6),
    oblast("15", "aktobe", "Ақтөбе", "Актюбинская область", 5),
    oblast("19", "almaty", "Алматы", "Алматинская область", 6),
    oblast("23", "atyrau", "Атырау", "Атырауская область", 5),
    oblast("27", "west-kazakhstan", "Батыс Қазақстан", "Западно-Казахстанская область", 5),
    oblast("31", "zhambyl", "Жамбыл", "Жамбылская область", 6),
    oblast("33", "zhetisu", "Жетісу", "область Жетісу", 6),
    oblast("35", "karaganda", "Қарағанды", "Карагандинская область", 6),
    oblast("39", "kostanay", "Қостанай", "Костанайская область", 6),
    oblast("43", "kyzylorda", "Қызылорда", "Кызылординская область", 5),
    oblast("47", "mangystau", "Маңғыстау", "Мангистауская область", 5),
    oblast("55", "pavlodar", "Павлодар", "Павлодарская область", 6),
    oblast("59", "north-kazakhstan", "Солтүстік Қазақстан", "Северо-Казахстанская область", 6),
    oblast("61", "turkistan", "Түркістан", "Туркестанская область", 6),
    oblast("62", "ulytau", "Ұлытау", "область Ұлытау", 6),
    oblast("63", "east-kazakhstan", "Шығыс Қазақстан", "Восточно-Казахстанская область", 6),
];

impl Territory {
    /// Whether it stands in for one that no page names.
    #[must_use]
    pub fn is_assumed(&self) -> bool {
        self.slug.starts_with("assumed-")
    }

    /// Whether it is a city of regional significance.
    #[must_use]
    pub fn is_city(&self) -> bool {
        self.name_ru.ends_with(" Г.А.")
    }

    /// Its oblast.
    pub(super) fn oblast(&self) -> Oblast {
        let own = OBLASTS.into_iter().find(|oblast| self.kato.starts_with(oblast.code));
        own.unwrap_or(oblast("00", "none", "-", "-", 6))
    }
}

const fn row(
    slug: &'static str,
    kato: &'static str,
    name_ru: &'static str,
    name_kk: &'static str,
    [precincts, voters, took_part, invalid, against_all, outside, candidates]: [u64; 7],
) -> Territory {
    Territory {
        slug,
        kato,
        name_ru,
        name_kk,
        precincts,
        voters,
        took_part,
        invalid,
        against_all,
        outside,
        candidates,
    }
}

/// Precincts, voters, took part, invalid, against all, outside, candidates.
#[rustfmt::skip]
pub const TERRITORIES: [Territory; 45] = [
    row("kurchatov", "101800000", "Курчатов Г.А.", "Курчатов қ.ә.", [17, 7361, 4704, 44, 114, 195, 3]),
    row("abai", "103200000", "Абайский район", "Абай ауданы", [20, 9532, 6332, 69, 207, 334, 3]),
    row("akkol", "113200000", "Аккольский район", "Ақкөл ауданы", [30, 18061, 11531, 92, 313, 410, 3]),
    row("astrakhan", "113600000", "Астраханский район", "Астрахан ауданы", [28, 16075, 10157, 115, 292, 608, 3]),
    row("esil-akmola", "114800000", "Есильский район", "Есіл ауданы", [28, 15885, 10764, 104, 249, 466, 3]),
    row("zhaksy", "115200000", "Жаксынский район", "Жақсы ауданы", [25, 12845, 8256, 78, 223, 251, 3]),
    row("shortandy", "116800000", "Шортандинский район", "Шортанды ауданы", [32, 19275, 12396, 149, 308, 622, 3]),
    row("irgiz", "156800000", "Иргизский район", "Ырғыз ауданы", [20, 9376, 6408, 66, 130, 317, 2]),
    row("khobda", "154200000", "Хобдинский район", "Қобда ауданы", [23, 11789, 7989, 76, 204, 427, 3]),
    row("uil", "155200000", "Уилский район", "Ойыл ауданы", [22, 10533, 6815, 70, 229, 345, 3]),
    row("balkhash", "193600000", "Балхашский район", "Балқаш ауданы", [32, 19243, 13131, 151, 337, 556, 3]),
    row("zhambyl-almaty", "194200000", "Жамбылский район", "Жамбыл ауданы", [79, 86423, 57405, 475, 2066, 1611, 2]),
    row("isatay", "234200000", "Исатайский район", "Исатай ауданы", [15, 15883, 8672, 79, 286, 238, 3]),
    row("kyzylkoga", "234800000", "Кзылкогинский район", "Қызылқоға ауданы", [19, 18614, 10647, 97, 437, 314, 2]),
    row("altai", "634800000", "район Алтай", "Алтай ауданы", [53, 43765, 29211, 376, 549, 1506, 3]),
    row("glubokoe", "634000000", "Глубоковский район", "Глубокое ауданы", [49, 39067, 25103, 203, 667, 854, 2]),
    row("zhualy", "314200000", "Жуалынский район", "Жуалы ауданы", [45, 31286, 19930, 201, 683, 605, 2]),
    row("ryskulov", "315000000", "район Турара Рыскулова", "Тұрар Рысқұлов ауданы", [44, 40378, 24420, 263, 1037, 1168, 2]),
    row("kerbulak", "334000000", "Кербулакский район", "Кербұлақ ауданы", [41, 29308, 19968, 234, 759, 741, 3]),
    row("sarkand", "334800000", "Саркандский район", "Сарқан ауданы", [38, 26215, 17515, 214, 405, 1052, 3]),
    row("bokeyorda", "275400000", "Бокейординский район", "Бөкей ордасы ауданы", [24, 9141, 6046, 90, 178, 640, 3]),
    row("karatobe", "275000000", "Каратобинский район", "Қаратөбе ауданы", [20, 8700, 5393, 75, 115, 600, 3]),
    row("taskala", "276000000", "Таскалинский район", "Тасқала ауданы", [19, 8600, 5349, 80, 180, 569, 3]),
    row("priozersk", "352100000", "Приозерск Г.А.", "Приозерск қ.ә.", [5, 6900, 4262, 38, 19, 192, 3]),
    row("aktogay-karaganda", "353600000", "Актогайский район", "Ақтоғай ауданы", [26, 10020, 6836, 64, 103, 204, 3]),
    row("osakarov", "355600000", "Осакаровский район", "Осакаров ауданы", [47, 21530, 14668, 132, 103, 834, 3]),
    row("rudny", "392400000", "Рудный Г.А.", "Рудный қ.ә.", [43, 84000, 33162, 438, 939, 1038, 3]),
    row("altynsarin", "393200000", "Алтынсаринский район", "Алтынсарин ауданы", [24, 9600, 6327, 73, 172, 173, 3]),
    row("denisov", "394000000", "Денисовский район", "Денисов ауданы", [28, 12300, 7811, 89, 222, 236, 3]),
    row("karabalyk", "395000000", "Карабалыкский район", "Қарабалық ауданы", [33, 17200, 10378, 122, 426, 490, 3]),
    row("fedorov", "396800000", "Федоровский район", "Федоров ауданы", [30, 12098, 7412, 84, 164, 324, 2]),
    row("syrdarya", "434800000", "Сырдарьинский район", "Сырдария ауданы", [19, 22101, 14310, 148, 601, 710, 3]),
    row("shieli", "435200000", "Чиилийский район", "Шиелі ауданы", [39, 50402, 32105, 330, 832, 1121, 3]),
    row("beineu", "473600000", "Бейнеуский район", "Бейнеу ауданы", [49, 38512, 26291, 212, 782, 1499, 2]),
    row("assumed-mangystau", "474600000", "Мангистауский район", "Маңғыстау ауданы", [37, 24629, 16719, 199, 347, 909, 3]),
    row("zhelezin", "554200000", "Железинский район", "Железин ауданы", [33, 10443, 6880, 61, 215, 217, 4]),
    row("aktogay-pavlodar", "553200000", "Актогайский район", "Ақтоғай ауданы", [19, 8241, 5336, 52, 221, 298, 2]),
    row("sherbakty", "556800000", "Щербактинский район", "Шарбақты ауданы", [26, 12987, 8120, 77, 182, 346, 3]),
    row("esil-north", "594200000", "Есильский район", "Есіл ауданы", [45, 16467, 10773, 281, 724, 475, 2]),
    row("mamlyut", "595200000", "Мамлютский район", "Мамлют ауданы", [35, 12633, 8265, 214, 416, 374, 3]),
    row("timiryazev", "596200000", "Тимирязевский район", "Тимирязев ауданы", [30, 6746, 4413, 115, 181, 192, 3]),
    row("assumed-ordabasy", "614600000", "Ордабасынский район", "Ордабасы ауданы", [75, 77044, 50140, 546, 981, 2677, 2]),
    row("assumed-tulkibas", "616000000", "Тюлькубасский район", "Түлкібас ауданы", [70, 70001, 44837, 360, 1205, 2059, 3]),
    row("assumed-zhanaarka", "623600000", "Жанааркинский район", "Жаңаарқа ауданы", [32, 19430, 12424, 102, 234, 447, 3]),
    row("assumed-ulytau", "623800000", "Улытауский район", "Ұлытау ауданы", [23, 11688, 7424, 66, 237, 362, 3]),
];

/// Votes by candidate where a page prints them, the winner first, the others in the order of the ballot. The third line of Karatobe and the last two of Taskala
/// are made up.
pub(super) const VOTES: [(&str, &[u64]); 6] = [
    ("bokeyorda", &[4660, 782, 426]),
    ("karatobe", &[4329, 557, 392]),
    ("taskala", &[3138, 1420, 611]),
    ("esil-north", &[8419, 1630]),
    ("mamlyut", &[6817, 428, 604]),
    ("timiryazev", &[3536, 338, 358]),
];

/// Ballots issued by 16:00 where a page prints them.
pub(super) const BY_16: [(&str, u64); 2] = [("zhualy", 13_430), ("ryskulov", 14_731)];

/// Absentee certificates: 15 in the five contests of Kostanay together.
pub(super) const ABSENTEE: [(&str, u64); 5] =
    [("rudny", 11), ("altynsarin", 1), ("denisov", 1), ("karabalyk", 1), ("fedorov", 1)];

/// Members of all precinct commissions of the two contests of Kyzylorda: 388 together.
pub(super) const MEMBERS: [(&str, usize); 2] = [("syrdarya", 127), ("shieli", 261)];

/// What a table of this file says of a territory.
pub(super) fn find_row<T: Copy>(table: &[(&str, T)], slug: &str) -> Option<T> {
    table.iter().find(|(own, _)| *own == slug).map(|(_, value)| *value)
}
