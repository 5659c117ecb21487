//! What the words in cells mean: kinds, states, methods, outcomes.

use super::entry::WordLabel;

pub(super) const PRECINCTS: [WordLabel; 12] = [
    ("kind", "open", ["Аумақтық учаске", "Участок на территории", "Of a territory"]),
    (
        "kind",
        "closed",
        [
            "Жабық мекеме: аурухана, әскери бөлім, тергеу изоляторы, вахталық кент",
            "Закрытое учреждение: больница, воинская часть, следственный изолятор, вахтовый поселок",
            "Closed institution: hospital, garrison, detention centre, shift camp",
        ],
    ),
    ("status", "formed", ["Учаске құрылды", "Участок образован", "Formed"]),
    (
        "status",
        "list-received",
        ["Сайлаушылар тізімі тапсырылды", "Список избирателей передан", "The voter list was handed over"],
    ),
    (
        "status",
        "ballots-received",
        ["Бюллетеньдер жеткізілді", "Бюллетени доставлены", "Ballots were delivered"],
    ),
    ("status", "open", ["Дауыс беру жүріп жатыр", "Идет голосование", "Voting goes on"]),
    ("status", "closed", ["Дауыс беру аяқталды", "Голосование окончено", "Voting is over"]),
    (
        "status",
        "accounted",
        [
            "Бюллетеньдер жәшіктер ашылғанға дейін есептелді",
            "Бюллетени учтены до вскрытия урн",
            "Ballots were accounted for before the boxes were opened",
        ],
    ),
    ("status", "protocol-signed", ["Хаттамаға қол қойылды", "Протокол подписан", "The protocol is signed"]),
    (
        "status",
        "protocol-received",
        [
            "Хаттаманы аумақтық сайлау комиссиясы қабылдады",
            "Протокол принят территориальной избирательной комиссией",
            "The territorial commission took the protocol in",
        ],
    ),
    (
        "status",
        "protocol-returned",
        ["Хаттама қайтарылды", "Протокол возвращен", "The protocol was sent back"],
    ),
    (
        "status",
        "recount-ordered",
        [
            "Дауыстарды қайта санау тағайындалды",
            "Назначен повторный подсчет голосов",
            "A recount was ordered",
        ],
    ),
];

pub(super) const RESULTS: [WordLabel; 15] = [
    ("office", "district", ["Аудан әкімі", "Аким района", "Akim of a district"]),
    (
        "office",
        "city",
        [
            "Облыстық маңызы бар қала әкімі",
            "Аким города областного значения",
            "Akim of a city of regional significance",
        ],
    ),
    (
        "office",
        "rural",
        [
            "Аудандық маңызы бар қала, ауыл, кент, ауылдық округ әкімі",
            "Аким города районного значения, села, поселка, сельского округа",
            "Akim of a city of district significance, a village, a settlement, a rural okrug",
        ],
    ),
    ("line", "candidate", ["Кандидат", "Кандидат", "A candidate"]),
    ("line", "against-all", ["«Бәріне қарсымын»", "«Против всех»", "Against all"]),
    ("method", "party", ["Саяси партия ұсынған", "Выдвинут политической партией", "Nominated by a party"]),
    ("method", "own", ["Өзін-өзі ұсынған", "Самовыдвижение", "Self-nominated"]),
    (
        "method",
        "higher-akim",
        ["Жоғары тұрған әкім ұсынған", "Выдвинут вышестоящим акимом", "Nominated by the higher akim"],
    ),
    ("candidate_status", "nominated", ["Ұсынылды", "Выдвинут", "Nominated"]),
    ("candidate_status", "registered", ["Тіркелді", "Зарегистрирован", "Registered"]),
    ("candidate_status", "withdrawn", ["Кандидатура алып тасталды", "Кандидатура снята", "Out of the race"]),
    ("candidate_status", "elected", ["Сайланды", "Избран", "Elected"]),
    (
        "outcome",
        "preliminary",
        ["Қорытынды әлі анықталмаған", "Итоги еще не установлены", "Not determined yet"],
    ),
    ("outcome", "elected", ["Әкім сайланды", "Аким избран", "An akim is elected"]),
    (
        "outcome",
        "tie",
        [
            "Ең көп бірдей дауыс саны",
            "Наибольшее одинаковое количество голосов",
            "Equal highest number of votes",
        ],
    ),
];
