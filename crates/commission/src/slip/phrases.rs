//! What the sheet says in Kazakh and in Russian, in the law's own nouns, and which of the two languages it speaks.

use law::facts::{CorrectionGround, MissingReason};
use texts::Language;

use crate::legible::seats::title_of_seat;

/// One text in both languages.
#[derive(Debug, Clone)]
pub(crate) struct BothLanguages {
    pub(crate) kk: String,
    pub(crate) ru: String,
}

impl BothLanguages {
    pub(crate) fn new(kk: &str, ru: &str) -> Self {
        Self { kk: kk.to_owned(), ru: ru.to_owned() }
    }

    /// A text that is no phrase: a hash, an id, what somebody wrote.
    pub(crate) fn same(text: &str) -> Self {
        Self::new(text, text)
    }

    /// With something that is no phrase behind it.
    pub(crate) fn with(self, text: &str) -> Self {
        self.then(&Self::same(text))
    }

    /// With another phrase behind it.
    pub(crate) fn then(mut self, next: &Self) -> Self {
        self.kk.push_str(&next.kk);
        self.ru.push_str(&next.ru);
        self
    }
}

/// Which languages the sheet speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetLanguages {
    /// Kazakh
    Kk,
    /// Russian
    Ru,
    /// Kazakh, and Russian under it
    Both,
}

impl SheetLanguages {
    /// The texts in these languages; one that is the same in both stands once.
    pub(super) fn of(self, both: &BothLanguages) -> Vec<&str> {
        match self {
            Self::Kk => vec![&both.kk],
            Self::Ru => vec![&both.ru],
            Self::Both if both.kk == both.ru => vec![&both.kk],
            Self::Both => vec![&both.kk, &both.ru],
        }
    }
}

/// Labels, each a function of nothing.
macro_rules! phrases {
    ($($name:ident $kk:literal $ru:literal)*) => {
        $(pub(crate) fn $name() -> BothLanguages { BothLanguages::new($kk, $ru) })*
    };
}

phrases! {
    title "Дауыс беру нәтижелері туралы хаттама" "Протокол о результатах голосования"
    title_new "Дауыс беру нәтижелері туралы жаңа хаттама" "Новый протокол о результатах голосования"
    draft
        "ЖОБА: бұл әлі хаттама емес"
        "ЧЕРНОВИК: это ещё не протокол"
    draft_act
        "ЖОБА: қолтаңбалардың бәрі қойылған жоқ"
        "ЧЕРНОВИК: поставлены не все подписи"
    test_ledger
        "СЫНАҚ ЖУРНАЛЫ: мұндағы ешбір дерек шынайы емес"
        "УЧЕБНЫЙ ЖУРНАЛ: ничто здесь не является настоящим"
    title_results
        "Аумақтық сайлау комиссиясының сайлау нәтижелері туралы хаттамасы"
        "Протокол территориальной избирательной комиссии о результатах выборов"
    title_extract
        "Әкім куәлігі туралы журналдан үзінді"
        "Выписка из журнала об удостоверении акима"
    no_certificate
        "Бұл куәлік емес: куәлікті комиссия өз бланкісінде береді (46-бап). Үзінді журналда не жазылғанын ғана айтады."
        "Это не удостоверение: удостоверение выдаёт комиссия на своём бланке (ст. 46). Выписка лишь говорит, что записано в журнале."
    author "Комиссия" "Комиссия"
    sums "Жолдар" "Строки"
    sums_of_protocols
        "учаске хаттамаларындағы нөмірі бірдей жолдардың қосындылары"
        "суммы строк с теми же номерами в протоколах участков"
    ledger_number "Журналдың нөмірі" "Номер журнала"
    territory "Аумақ" "Территория"
    outcome "Қорытынды" "Итог"
    outcome_elected "сайланды" "избран"
    outcome_tie "дауыстар тең түсті, ешкім сайланған жоқ" "голоса разделились поровну, никто не избран"
    outcome_invalid "сайлау жарамсыз деп танылды" "выборы признаны недействительными"
    protocols_counted "Есепке алынған учаске хаттамалары" "Учтено протоколов участков"
    invalidated "Нәтижелері жарамсыз учаскелер" "Участки с недействительными результатами"
    protocol_root "Хаттамалар тізімінің түбірі" "Корень списка протоколов"
    issued_to "Кімге берілді" "Выдано"
    certificate_number "Куәліктің нөмірі" "Номер удостоверения"
    paper_of_certificate "Куәлік файлының SHA-256 мәні" "SHA-256 файла удостоверения"
    determined_by "Сайлау қорытындысы туралы оқиға" "Событие об итогах выборов"
    cancelled_since
        "КҮШІН ЖОЙҒАН: журналдағы кейінгі шешім мұны жойды"
        "ОТМЕНЕНО: решением, которое записано в журнале позже"
    superseded_since
        "АУЫСТЫРЫЛҒАН: журналда бұл хаттаманы түзеткен кейінгі хаттама бар"
        "ЗАМЕНЁН: в журнале есть более поздний протокол, который исправляет этот"
    invalidated_since
        "ЖАРАМСЫЗ: учаскенің нәтижелері жарамсыз деп танылды, бұл журналда жазылған"
        "НЕДЕЙСТВИТЕЛЕН: результаты участка признаны недействительными, это записано в журнале"
    revoked_since
        "КУӘЛІК КЕРІ ҚАЙТАРЫП АЛЫНҒАН: бұл журналда жазылған"
        "УДОСТОВЕРЕНИЕ ОТОЗВАНО: это записано в журнале"
    standing "Журналдағы жағдайы" "Положение в журнале"
    unasked
        "журналдан сұралған жоқ: атаулар белгілермен көрсетілген, жазылғаны тексерілмеген"
        "журнал не спрошен: вместо названий обозначения, запись не проверена"
    election "Сайлау" "Выборы"
    precinct "Сайлау учаскесі" "Избирательный участок"
    commission "Учаскелік сайлау комиссиясы" "Участковая избирательная комиссия"
    counting "Дауыстарды санау" "Подсчёт голосов"
    drawn_up "Жасалған уақыты" "Составлено"
    box_invalid "; жәшік акт бойынша жарамсыз" "; урна недействительна по акту"
    none "жоқ" "нет"
    computed
        "* Есептелген: хаттамада жазылмайды, жоғарыдағы жолдардан шығады."
        "* Вычислено: в протокол не вписывается, следует из строк выше."
    in_place_of "Мына хаттаманың орнына" "Вместо протокола"
    ground "Негізі" "Основание"
    basis "Негіз болған оқиға" "Событие-основание"
    reason "Себебі" "Причина"
    present "Қатысқандар" "Присутствовали"
    signers "Қол қойғандар" "Подписали"
    unsigned "Әлі қол қоймағандар" "Ещё не подписали"
    stranger "тіркелмеген кілт" "ключ не зарегистрирован"
    missing "Қол қоймаған мүшелер" "Не подписывают"
    opinion ", пікірі қоса берілді" ", мнение приложено"
    explanations "Түсініктемелер" "Объяснения"
    paper "Қағаз хаттаманың SHA-256 мәні" "SHA-256 бумажного протокола"
    paper_sealed "Қағаз хаттаманың мөрленген хэші" "Запечатанный хэш бумажного протокола"
    no_paper "қағаздың хэші көрсетілмеген" "хэш бумаги не указан"
    ledger "Журнал" "Журнал"
    names "Атаулар" "Названия и имена"
    event "Оқиғаның хэші (тексергенде салыстырыңыз)" "Хэш события (сверьте при проверке)"
    how
        "Қалай тексеруге болады: әр QR A кодын телефонмен оқып, мәтіндерді бір файлға салыңыз да, hattama verify --qr ФАЙЛ \
         командасын беріңіз (желі керек емес). Ол хэш пен қолтаңбаларды тексеріп, сандарды көрсетеді: олар осы парақтағыдай \
         болуға тиіс. Жарияланған журналмен салыстыру: hattama verify ПАПКА --qr ФАЙЛ."
        "Как проверить: считайте телефоном каждый код QR A, сложите тексты в один файл и выполните hattama verify --qr ФАЙЛ \
         (сеть не нужна). Команда проверит хэш и подписи и покажет числа: они должны быть такими же, как на этом листе. \
         Сверка с опубликованным журналом: hattama verify ПАПКА --qr ФАЙЛ."
    code_a "қол қойылған хаттама" "подписанный протокол"
    code_act "қол қойылған құжат" "подписанный документ"
    code_b "журналдың қолхаты" "расписка журнала"
}

/// Where the names come from when only the precinct's book is at hand, and what nobody has checked yet.
pub(crate) fn from_book(size: u64) -> BothLanguages {
    BothLanguages::new(
        &format!(
            "учаскенің кітабынан ({size} жазбалық журнал); хаттаманың журналда бар-жоғы әлі тексерілген жоқ"
        ),
        &format!("из книги участка (журнал из {size} записей); есть ли протокол в журнале, ещё не проверено"),
    )
}

/// Where the act stands in a ledger of so many entries, or that it is not there yet.
pub(crate) fn in_ledger(size: u64, index: Option<u64>) -> BothLanguages {
    match index {
        Some(index) => BothLanguages::new(
            &format!("№ {index} жазба ({size} жазбалық журнал)"),
            &format!("запись № {index} (журнал из {size} записей)"),
        ),
        None => BothLanguages::new(
            &format!("{size} жазбалық журналда бұл әлі жоқ: жазылғаны тексерілмеген"),
            &format!("в журнале из {size} записей этого ещё нет: запись не проверена"),
        ),
    }
}

/// On what ground a protocol gives way to another.
pub(crate) fn correction(ground: CorrectionGround) -> BothLanguages {
    match ground {
        CorrectionGround::Decision => BothLanguages::new(
            "жоғары тұрған комиссияның немесе соттың шешімі",
            "решение вышестоящей комиссии или суда",
        ),
        CorrectionGround::Recount => BothLanguages::new(
            "дауыстарды қайта санау (43-баптың 9-тармағы)",
            "повторный подсчёт голосов (п. 9 ст. 43)",
        ),
        CorrectionGround::Transcription => BothLanguages::new(
            "оқиғаға қағаздағыдан басқа сан енгізілген, қағаздың өзі өзгермеген",
            "событие отличалось от бумаги, сама бумага не менялась",
        ),
    }
}

/// Why a member does not sign.
pub(crate) fn missing_reason(reason: MissingReason) -> BothLanguages {
    match reason {
        MissingReason::Absent => BothLanguages::new("болмады", "отсутствует"),
        MissingReason::Refused => BothLanguages::new("қол қоюдан бас тартты", "отказ от подписи"),
        MissingReason::Suspended => {
            BothLanguages::new("өкілеттігі тоқтатыла тұрды", "полномочия приостановлены")
        }
        MissingReason::Dissent => BothLanguages::new("ерекше пікір", "особое мнение"),
    }
}

/// A seat of a commission, as people call it.
pub(crate) fn seat(seat: &event::Id) -> BothLanguages {
    let title = |lang| title_of_seat(lang, seat.as_str());
    BothLanguages { kk: title(Language::Kk), ru: title(Language::Ru) }
}
