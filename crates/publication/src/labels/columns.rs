//! What each column means, with its unit.

use super::entry::ColumnLabel;

/// Lines of a protocol, in its order.
pub(super) const FIGURES: [ColumnLabel; 13] = [
    ("voters", "voters", ["Тізімдегі сайлаушылар саны", "Число избирателей в списке", "Voters on the list"]),
    (
        "received",
        "ballots",
        [
            "Учаскелік сайлау комиссиясы алған бюллетеньдер саны",
            "Число бюллетеней, полученных участковой избирательной комиссией",
            "Ballots received by the precinct commission",
        ],
    ),
    (
        "issued",
        "voters",
        [
            "Бюллетень алған сайлаушылар саны",
            "Число избирателей, получивших бюллетени",
            "Voters who received a ballot",
        ],
    ),
    (
        "cancelled",
        "ballots",
        [
            "Жойылған пайдаланылмаған бюллетеньдер саны",
            "Число погашенных неиспользованных бюллетеней",
            "Unused ballots, cancelled",
        ],
    ),
    (
        "damaged",
        "ballots",
        [
            "Акт бойынша бүлінген немесе есептен тыс қалған бюллетеньдер саны",
            "Число испорченных или неучтенных бюллетеней, по акту",
            "Ballots damaged or unaccounted for, by act",
        ],
    ),
    (
        "home_applications",
        "applications",
        [
            "Дауыс беруге арналған үй-жайдан тыс жерде дауыс беру туралы өтініштер саны",
            "Число заявлений о голосовании вне помещения для голосования",
            "Applications to vote outside the polling room",
        ],
    ),
    (
        "absentee",
        "voters",
        [
            "Есептен шығару куәлігі бойынша дауыс берген сайлаушылар саны",
            "Число избирателей, проголосовавших по открепительным удостоверениям",
            "Voters who voted with an absentee certificate",
        ],
    ),
    (
        "stationary",
        "ballots",
        [
            "Тұрақты жәшіктердегі бюллетеньдер саны",
            "Число бюллетеней в стационарных урнах",
            "Ballots in the stationary boxes",
        ],
    ),
    (
        "portable_found",
        "ballots",
        [
            "Тасымалданатын жәшіктердегі бюллетеньдер саны",
            "Число бюллетеней в переносных урнах",
            "Ballots in the portable boxes",
        ],
    ),
    (
        "found",
        "ballots",
        [
            "Барлық жәшіктердегі белгіленген үлгідегі бюллетеньдер саны",
            "Число бюллетеней установленной формы во всех урнах",
            "Ballots of the established form in all boxes",
        ],
    ),
    (
        "invalid",
        "ballots",
        ["Жарамсыз бюллетеньдер саны", "Число недействительных бюллетеней", "Invalid ballots"],
    ),
    (
        "valid",
        "ballots",
        [
            "Жарамды бюллетеньдер саны: кандидаттарға және бәріне қарсы берілген дауыстардың қосындысы",
            "Число действительных бюллетеней: сумма голосов за кандидатов и против всех",
            "Valid ballots: votes for candidates and against all together",
        ],
    ),
    (
        "against_all",
        "votes",
        ["«Бәріне қарсымын» дауыстарының саны", "Число голосов «Против всех»", "Votes against all"],
    ),
];

/// The line that each candidate has.
pub(super) const VOTES: ColumnLabel = (
    "votes",
    "votes",
    ["Кандидатқа берілген дауыстар саны", "Число голосов за кандидата", "Votes for the candidate"],
);

const ELECTION: ColumnLabel =
    ("election", "id", ["Сайлаудың идентификаторы", "Идентификатор выборов", "Id of the election"]);
const TEST: ColumnLabel = (
    "test",
    "flag",
    [
        "true: сынақ журналы, ондағы мәліметтер шын емес",
        "true: испытательный журнал, данные в нем не настоящие",
        "true: a test ledger, nothing in it is real",
    ],
);
/// What is made up; a column of test ledgers that say so.
pub(super) const SYNTHETIC: ColumnLabel = (
    "synthetic",
    "words",
    [
        "Осы сайлауда ойдан шығарылған көрсеткіштердің түрлері",
        "Виды показателей этих выборов, которые вымышлены",
        "Kinds of figures of this election that are made up",
    ],
);
const PRECINCT: ColumnLabel = (
    "precinct",
    "id",
    ["Сайлау учаскесінің идентификаторы", "Идентификатор избирательного участка", "Id of the precinct"],
);
const NUMBER: ColumnLabel = (
    "number",
    "text",
    [
        "Сайлау учаскесінің қағаздағы нөмірі; мәтін, алдындағы нөлдер сақталады",
        "Номер избирательного участка, как на бумаге; текст, нули впереди сохраняются",
        "Number of the precinct as on paper; text, zeros in front are kept",
    ],
);
const CANDIDATE: [&str; 3] = [
    "Кандидаттың идентификаторы; «Бәріне қарсымын» үшін бос",
    "Идентификатор кандидата; для «Против всех» пусто",
    "Id of the candidate; empty for against all",
];

pub(super) const LINES: [ColumnLabel; 8] = [
    ELECTION,
    TEST,
    PRECINCT,
    NUMBER,
    ("line", "word", ["Хаттаманың жолы", "Строка протокола", "Line of the protocol"]),
    ("candidate", "id", CANDIDATE),
    (
        "value",
        "as the line",
        ["Қолданыстағы хаттамадағы сан", "Число в действующем протоколе", "Figure of the current protocol"],
    ),
    (
        "first_value",
        "as the line",
        [
            "Алғаш жарияланған хаттамадағы сан",
            "Число в первом объявленном протоколе",
            "Figure of the protocol as first announced",
        ],
    ),
];

pub(super) const BEFORE: [ColumnLabel; 9] = [
    ELECTION,
    TEST,
    PRECINCT,
    NUMBER,
    ("kato", "KATO", ["Аумақтың ӘАОЖ коды", "Код территории по КАТО", "KATO code of the territory"]),
    ("kind", "word", ["Учаскенің түрі", "Вид участка", "Kind of precinct"]),
    (
        "commission",
        "id",
        [
            "Учаскелік сайлау комиссиясының идентификаторы",
            "Идентификатор участковой избирательной комиссии",
            "Id of the precinct's commission",
        ],
    ),
    ("status", "word", ["Учаскенің жай-күйі", "Состояние участка", "How far the precinct is"]),
    (
        "registered",
        "voters",
        [
            "Учаске құрылған кезде оның аумағындағы сайлаушылар саны",
            "Число избирателей на территории участка при его образовании",
            "Voters on the territory when the precinct was formed",
        ],
    ),
];

pub(super) const BETWEEN: [ColumnLabel; 3] = [
    (
        "protocol_time",
        "time",
        [
            "Комиссия хаттамаға қол қойдым деп көрсеткен уақыт",
            "Время подписания протокола, указанное комиссией",
            "When the commission says it signed the protocol",
        ],
    ),
    (
        "received_time",
        "time, UTC",
        [
            "Хаттаманың журналға түскен уақыты",
            "Время поступления протокола в журнал",
            "When the ledger received the protocol",
        ],
    ),
    (
        "corrections_n",
        "count",
        [
            "Хаттама қанша рет ауыстырылды",
            "Сколько раз протокол был заменен",
            "How often the protocol was replaced",
        ],
    ),
];

pub(super) const AFTER: [ColumnLabel; 2] = [
    (
        "event",
        "SHA-256",
        [
            "Қолданыстағы хаттама оқиғасының хэші",
            "Хэш события действующего протокола",
            "Event hash of the current protocol",
        ],
    ),
    (
        "candidate_N",
        "id",
        [
            "Бюллетеньнің N-жолындағы кандидаттың идентификаторы",
            "Идентификатор кандидата в строке N бюллетеня",
            "Id of the candidate on line N of the ballot",
        ],
    ),
];

const NAME_KK: [&str; 3] =
    ["Бюллетень жолы қазақша", "Строка бюллетеня на казахском", "The ballot's line in Kazakh"];
const NAME_RU: [&str; 3] =
    ["Бюллетень жолы орысша", "Строка бюллетеня на русском", "The ballot's line in Russian"];

pub(super) const RESULTS: [ColumnLabel; 28] = [
    ELECTION,
    TEST,
    ("election_name", "text", ["Сайлаудың атауы", "Название выборов", "Name of the election"]),
    ("office", "word", ["Қай әкім сайланады", "Какой аким избирается", "Which akim is elected"]),
    ("territory", "KATO", ["Аумақтың ӘАОЖ коды", "Код территории по КАТО", "KATO code of the territory"]),
    ("voting_day", "date", ["Дауыс беру күні", "День голосования", "Voting day"]),
    ("order", "count", ["Бюллетеньдегі реті", "Порядок в бюллетене", "Place on the ballot"]),
    ("line", "word", ["Бюллетень жолының түрі", "Вид строки бюллетеня", "Kind of the ballot's line"]),
    ("candidate", "id", CANDIDATE),
    ("name_kk", "text", NAME_KK),
    ("name_ru", "text", NAME_RU),
    ("method", "word", ["Ұсыну тәсілі", "Способ выдвижения", "How nominated"]),
    ("party", "text", ["Ұсынған партия", "Выдвинувшая партия", "The nominating party"]),
    (
        "candidate_status",
        "word",
        ["Кандидаттың жай-күйі", "Состояние кандидата", "How far the candidate came"],
    ),
    ("votes", "votes", ["Берілген дауыстар саны", "Число голосов", "Votes"]),
    (
        "share",
        "percent",
        [
            "base ішіндегі үлесі, бір ондық таңба",
            "Доля от base, один знак",
            "Share of base, one decimal, halves up",
        ],
    ),
    (
        "first_votes",
        "votes",
        [
            "Алғаш жарияланған хаттамалар бойынша дауыстар саны",
            "Число голосов по первым объявленным протоколам",
            "Votes by the protocols as first announced",
        ],
    ),
    ("elected", "flag", ["true: сайланған", "true: избран", "true: elected"]),
    (
        "base",
        "voters",
        [
            "Дауыс беруге қатысқан сайлаушылар саны: кандидаттарға және бәріне қарсы дауыстар; жарамсыз бюллетеньдер кірмейді",
            "Число избирателей, принявших участие: голоса за кандидатов и против всех; без недействительных бюллетеней",
            "Voters who took part by the law: votes and against all, without invalid ballots",
        ],
    ),
    (
        "voters",
        "voters",
        [
            "Саналған учаскелердің тізімдеріндегі сайлаушылар саны",
            "Число избирателей в списках подсчитанных участков",
            "Voters on the lists of the counted precincts",
        ],
    ),
    (
        "issued",
        "voters",
        [
            "Бюллетень алған сайлаушылар саны",
            "Число избирателей, получивших бюллетени",
            "Voters who received a ballot",
        ],
    ),
    (
        "found",
        "ballots",
        ["Барлық жәшіктердегі бюллетеньдер саны", "Число бюллетеней во всех урнах", "Ballots in all boxes"],
    ),
    (
        "turnout_issued",
        "percent",
        ["Қатысу: issued / voters", "Явка: issued / voters", "Turnout: issued of voters, two decimals"],
    ),
    (
        "turnout_found",
        "percent",
        ["Қатысу: found / voters", "Явка: found / voters", "Turnout: found of voters, two decimals"],
    ),
    (
        "turnout_legal",
        "percent",
        [
            "Заң бойынша қатысу: base / voters",
            "Явка по закону: base / voters",
            "Turnout by the law: base of voters, two decimals",
        ],
    ),
    (
        "counted",
        "precincts",
        ["Хаттамасы бар учаскелер саны", "Число участков с протоколом", "Precincts with a protocol"],
    ),
    ("precincts", "precincts", ["Барлық учаскелер саны", "Число всех участков", "Precincts in all"]),
    ("outcome", "word", ["Сайлау қорытындысы", "Итог выборов", "Outcome of the election"]),
];
