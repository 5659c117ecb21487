//! What the sheet says in Kazakh and in Russian, in the law's own nouns, and which of the two languages it speaks.

use law::facts::{CorrectionGround, MissingReason};

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
    test_ledger
        "СЫНАҚ ЖУРНАЛЫ: мұндағы ешбір дерек шынайы емес"
        "УЧЕБНЫЙ ЖУРНАЛ: ничто здесь не является настоящим"
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

/// A seat of a commission.
pub(crate) fn seat(seat: &event::Id) -> BothLanguages {
    match seat.as_str() {
        "chair" => BothLanguages::new("төраға", "председатель"),
        "deputy" => BothLanguages::new("төраға орынбасары", "заместитель председателя"),
        "secretary" => BothLanguages::new("хатшы", "секретарь"),
        other => BothLanguages::new("комиссия мүшесі ", "член комиссии ").with(other),
    }
}
