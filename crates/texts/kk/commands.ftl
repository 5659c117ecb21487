### Командалар не жауап береді.

against-all = Бәріне қарсымын
column-votes = дауыс
column-share = %
test-figures = СЫНАҚ ЖУРНАЛЫ: учаскелердің сандары шартты.
test-synthetic = СЫНАҚ ЖУРНАЛЫ. { $said }
protocols-counted = Хаттамалар: { $all } сайлау учаскесінің { $counted } хаттамасы есепке алынды.
of-protocols = { $all } хаттаманың { $counted } бойынша
results-no-protocols = Хаттамалар әлі жоқ: дауыс та, қатысу да белгісіз.
voters-on-lists = Тізімдердегі сайлаушылар: { $n }
turnout-issued = Берілген бюллетеньдер бойынша қатысу: { $n } = { $share } %
turnout-found = Жәшіктердегі бюллетеньдер бойынша қатысу: { $n } = { $share } %
turnout-law = Заң бойынша қатысқандар (жарамсыз бюллетеньдерсіз): { $n } = { $share } %
invalid-ballots = Жарамсыз бюллетеньдер: { $n }
corrected-protocols = { $n } хаттама жаңасымен алмастырылды (ескі және жаңа сандарды `hattama history` көрсетеді)
result-preliminary = Қорытындылар анықталмаған: сандар алдын ала алынған.
result-determined = Қорытындылар { $entry }-жазбамен анықталды, { $outcome }.
result-certified = Қорытындылар { $entry }-жазбамен анықталды, { $outcome }, куәлік № { $number }.
history-precinct = { $id } учаскесі: { $status }
history-entry = { $entry }-жазба
history-ground = негізі: { $ground }; себебі: { $reason }
history-first = алғаш жарияланғаны
history-now = қазір
history-change = айырмасы
history-none = бірде-бір хаттама алмастырылған жоқ
figure-voters = тізімдегі сайлаушылар
figure-received = алынған бюллетеньдер
figure-issued = берілген бюллетеньдер
figure-cancelled = пайдаланылмаған, жойылған
figure-found = жәшіктерден табылғаны
figure-invalid = жарамсыз
figure-against-all = «Бәріне қарсымын»
signature-missing = қол қойылмаған
signature-bad = ҚОЛТАҢБА ДҰРЫС ЕМЕС: оқиға қол қойылғаннан кейін өзгертілген; қайта қол қойыңыз
signature-there = қол қойылған
signed-already = бұл кілтпен қол қойылып қойған; ештеңе өзгерген жоқ
signed-as = { $key } кілтімен қол қойылды; { $missing ->
        [0] барлық қолтаңба қойылды
       *[other] { $missing } қолтаңба жетпейді
    }, барлығы { $all }
append-done = { $entry }-жазба, жазбаның хэші { $hash }, оқиғаның хэші { $event }, қолхат { $receipt }
append-again = бұрыннан бар: { $entry }-жазба, жазбаның хэші { $hash }, оқиғаның хэші { $event }, қолхат { $receipt }
append-test-unshown = бұл сынақ журналы: ол әлі жарияланбағанымен және куәгер қол қоймағанымен, барлық комиссиялардың оқиғалары қабылданады
attach-done = { $file } қоса берілді: { $hash }
attach-again = бұрыннан бар: { $file } қоса берілген: { $hash }
published = { $n }-түсірілім ({ $size } жазба) жарияланды: { $place }; жазылған файлдар: { $written }; манифест { $manifest }
published-finished = { $n }-түсірілім ({ $size } жазба) жарияланды: { $place } (бұрын хабарланып, қазір аяқталды); жазылған файлдар: { $written }; манифест { $manifest }
published-witnessed = бақылау нүктесінде куәгерлердің қолтаңбалары бар ({ $count }), ол саясат бойынша есепке алынады
published-unwitnessed = бақылау нүктесі жарияланды, бірақ куәгерлер жеткіліксіз: { $found }
published-silent = { $name } куәгерінің қолтаңбасы жоқ: { $found }
swept = { $place } ішінен алынған толық емес тақтайшалар: { $n }
receipt-holds = журнал бұл оқиғаны қабылдады: { $origin } журналының { $entry }-жазбасы, қабылданған уақыты { $received }
receipt-event = оқиға
receipt-entry = жазба
receipt-checkpoint = бақылау нүктесі
receipt-checkpoint-value = өлшемі { $size }, түбірі { $root }
receipt-limits = оның заңды екенін және кейін алмастырылған-алмастырылмағанын журнал айтады: `hattama verify`
ledger-new = { $place } ішінде жаңа журнал; оның нөмірі, ешкім өзгерте алмайтын жерде басылуға тиіс:
ledger-checked = { $entries } жазба, түбірі { $root }, бәрі орнында
ledger-head-rebuilt = бас қалпына келтірілді: өлшемі { $size } бақылау нүктесі { $from } ішінен алынды; журналдағы жазбалар: { $entries }
ledger-joined = { $place } папкасы дерекқорға ілеседі; жазбалар: { $entries }
ledger-promoted = қосалқы сервер негізгі болды; дәуір: { $epoch }; жазбалар: { $entries }; оның өз синхронды қосалқы сервері болғанша ештеңе қабылданбайды
ledger-head-kept = бүлінген бас сақталды: { $path }
ledger-backed-up = { $place }: сақтық көшірме, { $size } жазба (жаңасы { $new }), түбірі { $root }; { $written } байт жазылды, барлығы { $bytes }, { $seconds } с
ledger-backup-signatures = қайта оқылды: барлық қолтаңба тексерілді, барлық жазба қабылданды, түбірі қол қойылған бақылау нүктесіндегідей
ledger-backup-hashes = тек хештер: тізбек пен түбір дұрыс, қазір жазылғаны қайта оқылды; қолтаңбалар тексерілген жоқ, бұрыннан жатқаны қайта оқылған жоқ
ledger-backup-damaged = attachments/{ $name } өз атындағыдай емес: ол сақтық көшірмеге кірген жоқ
ledger-restored = { $ledger }: { $from } ішінен { $size } жазба қалпына келтірілді, түбірі { $root }; енді журнал осы папка
ledger-restored-next = әрі қарай: екі кілт файлын да { $ledger } ішіне салыңыз, бұрынғы түйінді ештеңе іске қоспайтынына көз жеткізіңіз, содан кейін `hattama serve --ledger` { $ledger }
ledger-restored-quorum = әрі қарай: екі кілт файлын да { $ledger } ішіне салыңыз, содан кейін `hattama serve --quorum-first --policy` ФАЙЛ `--ledger` { $ledger }; `hattama ledger check` { $ledger } `--old-node-gone` дегенше оған басқа ештеңе жаза алмайды
ledger-id = журнал
ledger-log-key = журнал кілті
ledger-test = СЫНАҚ ЖУРНАЛЫ
ledger-test-value = бұл журналда ештеңе шынайы емес
ledger-synthetic = ойдан шығарылған
ledger-entries = жазбалар
ledger-entries-value = { $n }, соңғысы қабылданған уақыт { $at }
ledger-root = түбір
ledger-commissions = комиссиялар
ledger-precincts = учаскелер
ledger-elections = сайлау
ledger-snapshots = түсірілімдер
page-algorithm = қалай
page-inputs = оқиды
page-innocent = сәтсіздік, қасақана болмаса
page-deliberate = сәтсіздік, қасақана болса
page-incident = болған жағдай
page-article = негізі
page-severity = маңызы
page-built = күйі

evidence-proved = ӨТІРІК ДӘЛЕЛДЕНДІ.
evidence-author-fork = Комиссия өз тізбегіндегі бір орынға бір учаскенің сандары әртүрлі екі хаттамасына қол қойған. Бірі журналда тұр, екіншісі сол жерде тұра алатын еді, ал ешқайсысы екіншісін ауыстыратынын айтпайды. Қол көрсетілген өлшемде күшінде болған кілттермен қойылған: мүшелердің өздері ме, әлде кілттері болған біреу ме, файлдан көрінбейді.
evidence-bad-entry = Журнал ешбір журнал қабылдауға құқығы жоқ жазбасы бар ағашқа қол қойған.
evidence-false-announcement = ОСК аппараты өзі түбіріне қол қойған жазбалардан шықпайтын жинақтары бар көшірмені жариялады.
evidence-false-file = ОСК аппараты өзі түбіріне қол қойған жазбалардан шықпайтын файлға қол қойған.
evidence-receipt-not-honoured = Журнал оқиғаны қабылдағанын дәлелдеген, сосын бұл тарих жоқ басқа ағашқа қол қойған.
evidence-retired-key = Бақылау нүктесіне сол өлшемде күшінде болмаған журнал кілтімен қол қойылған.
evidence-rule-broken = Журнал заң жол бермейтін оқиғасы бар ағашқа қол қойған.
evidence-split-view = Журнал екі тарихқа қол қойған: ешқайсысы екіншісінің басы емес.
evidence-stale-log = Дауыс беру түнінде журнал жарғысы уәде еткеннен ұзақ тұрып қалған, мұны сіздің саясатыңыздағы куәлар көрген.
evidence-two-roots = ОСК аппараты мен журнал журналдың бір өлшемі үшін екі түбірге қол қойған: екеуінің бірі жалған.
evidence-two-signed-acts = { $path }: ҚОЛ ҚОЙЫЛҒАН ЕКІ АКТ, ӨТІРІК ДӘЛЕЛДЕНБЕДІ. Екеуінің де қолтаңбалары дұрыс, орны { $place }: { $one } және { $other }. { $doubt } ({ $said })
evidence-doubt-replaces = Олардың бірі бұрынғы актілерді ауыстырады, екіншісі солардың ішінде болуы мүмкін.
evidence-doubt-redraft = Бұл бір учаскенің сандары әртүрлі екі хаттамасы емес: қайта жазған адам ескі жобаны атауды жай ғана ұмытуы мүмкін.
evidence-doubt-no-entries = Файлда кімнің кілттері күшінде болғанын көрсететін журнал жазбалары жоқ.
evidence-doubt-not-in-ledger = Олардың ешқайсысы журналда жоқ: жіберілмеген жобаны қайта жазуға болады.
evidence-doubt-refused = Олардың бірі екіншісі тұрған жерде қабылданбас еді: оған кім және неге қол қойғаны файлдан көрінбейді.
evidence-ledger = журнал
evidence-origin = дереккөз
evidence-shown-entry = жазба
evidence-shown-under = астында
evidence-shown-what-is-wrong = не дұрыс емес
evidence-shown-rule = ереже
evidence-shown-place = орны
evidence-shown-one-event = бір оқиға
evidence-shown-other-event = екінші оқиға
evidence-shown-in-the-ledger = журналда
evidence-shown-signed-by-keys-in-force-at-size = мына өлшемде қолданыста болған кілттер қол қойған
evidence-shown-keys-that-signed-both = екеуіне де қол қойған кілттер
evidence-shown-snapshot = түсірілім
evidence-shown-file = файл
evidence-shown-signed-for = қол қойылғаны
evidence-shown-follows-from-the-entries = жазбалардан шығатыны
evidence-shown-announced = жарияланғаны
evidence-shown-root-that-the-office-signed = аппарат қол қойған түбір
evidence-shown-root-that-the-log-signed = журнал қол қойған түбір
evidence-shown-older = ескі ағаш
evidence-shown-newer = жаңа ағаш
evidence-shown-root-of-the-newer-at-the-older-size = жаңасының ескі өлшемдегі түбірі
evidence-shown-checkpoint = бақылау нүктесі
evidence-shown-signed-under = қол қойылған кілт
evidence-shown-in-force-at-its-size = оның өлшемінде қолданыстағысы
evidence-shown-event = оқиға
evidence-shown-acknowledged-at = мойындалғаны
evidence-shown-not-in = мұнда жоқ
evidence-shown-last-entry-received = соңғы жазба түскен уақыт
evidence-shown-promised = уәде етілгені
evidence-shown-cosigned-unchanged-later-by = кейін өзгеріссіз растағандар
evidence-limits = Бұл осы нөмірлі журнал туралы дәлелденді: нөмірді ОСК басып шығарғанмен салыстырыңыз.
evidence-none = дәлел жазылмады: табылғанды дереккөздің өзінсіз басқаларға дәлелдеу мүмкін емес
evidence-written = дәлел: { $path }
history-before = бұрын
history-after = енді
history-signers = қол қойғандар: { $seats }
history-total = { $candidate } қорытындысы: { $before } → { $after } ({ $change })
history-order-same = кандидаттардың реті: өзгерген жоқ ({ $order })
history-order-changed = кандидаттардың реті: { $before } → { $after }
diff-older = ескісі: { $name }, { $size } жазба, түбірі { $root }
diff-newer = жаңасы: { $name }, { $size } жазба, түбірі { $root }
diff-new = жаңадан: { $thing }
diff-precinct = Учаске { $precinct }: { $election }
diff-because = { $entry }-жазба, { $fact }, { $at }, қол қойғандар: { $seats }; оқиға { $event }
diff-totals = Қорытындылар: { $election }
diff-sum = өзгерген учаске: { $changed }; оқиғасыз өзгеріс: { $unexplained }
# The node
serve-ended = Түйін жұмысын аяқтады; журнал жабылды
witness-ended = Куә жұмысын аяқтады
draft-filled = журнал бойынша толтырылды: { $fields }
check-lawful = журнал бұл оқиғаны қазір келсе, қабылдар еді

## Where one stands
standing-not-opened = ашылмаған
standing-open = ашық
standing-closed = жабық
standing-accounted = бюллетеньдер есепке алынды
standing-signed = хаттамаға қол қойылды
standing-superseded = жаңа хаттамаға қол қойылды
standing-received = хаттама қабылданды
standing-returned = хаттама қайтарылды
standing-recount-ordered = қайта санау тағайындалды
standing-cancelled = хаттаманың күші жойылды
standing-invalid = нәтиже жарамсыз
precincts-none = учаскелер әлі бекітілмеген
precincts-number = №
precincts-id = учаске
precincts-state = жай-күйі
precincts-since = қашаннан бері
precincts-waits = кімді күтеді
precincts-waiting = { $commission } ({ $id }): { $fact }
todo-nothing = қазір ештеңе істеудің қажеті жоқ
todo-must = ҚАЖЕТ
todo-may = болады
todo-about = не туралы
todo-from = мынадан ерте емес
todo-by = мерзімі
todo-late = мерзімі өтті

## Many at once
table-column = «{ $heading }» — `{ $field }`
table-unread = оқылмады: { $columns }
table-refused = { $line }-жол ({ $name }): { $why }
table-missing = кестеде немесе --set арқылы керек: { $fields }
table-more = тағы { $more } жол
table-done = { $rows } жол: { $drafts } жоба, { $refused } қабылданбады
table-written = жобалар { $dir } қалтасында; `hattama event sign` арқылы қол қойып, аттарының ретімен жіберіңіз
table-dry = сынама: ештеңе жазылмады; `--out` ҚАЛТА жобаларды жазады
table-none = ештеңе жазылған жоқ: бірде-бір жолдан жоба шықпады
batch-summary = Бірге қол қойылатын жобалар, барлығы { $all }:
batch-ask = нөмір құжатты ашады; `sign` бәріне қол қояды; басқасы тоқтатады
batch-not-signed = ештеңеге қол қойылмады
batch-signed = қол қойылды { $path }; { $missing ->
        [0] барлық қолтаңба қойылды
       *[other] әлі жетпейтін қолдар: { $missing }
    }
batch-already = бұрын қол қойылған { $path }; { $missing ->
        [0] барлық қолтаңба қойылды
       *[other] әлі жетпейтін қолдар: { $missing }
    }
batch-done = қазір { $signed } қол қойылды, бұрын { $already }
key-made =
    { $file } жазылды
    қол қою үшін файл да, құпиясөз де керек: оларды бөлек сақтаңыз
key-made-open =
    { $file } жазылды
    құпиясөз жоқ: бұл файлды алған адам онымен қол қоя алады
passphrase-ask = { $file } құпиясөзі: {""}
passphrase-ask-new = { $file } жаңа құпиясөзі: {""}
passphrase-ask-again = тағы бір рет: {""}
passphrase-weak = назар аударыңыз: құпиясөз әлсіз: { $why }; ауыстыру: `hattama key passphrase { $file }`
key-without-modes = назар аударыңыз: { $file } құқықтары жоқ дискіде жатыр (флешка, Windows): оны тек құпиясөз қорғайды; флешканы өзіңізбен алып кетіңіз, көшірмесін қалдырмаңыз
passphrase-changed = { $file } тек жаңа құпиясөзбен ашылады; бұрынғы көшірмелерде ескі құпиясөз қалады
key-member-kept = { $file } бұрыннан бар: соның кілті алынады
key-member-charter = жаңа журналдың жарғысы
key-member-whose =
    орны         { $seat }, { $commission }
    журнал       { $ledger }
    ашық кілт    { $key }
    ізі          { $fingerprint }
key-member-hand-over = { $piece } файлын беріңіз: онда ашық кілт, орын және дәлел бар, құпия ештеңе жоқ. Содан кейін ізін бір-біріңізге дауыстап оқыңыз.
key-member-never = { $file } пен құпиясөзді ешқашан бермеңіз: екеуі де бар адам сіздің атыңыздан қол қояды. Оларды комиссия да, қолдау қызметі де сұрамайды.
key-member-never-token = Токен мен оның кодын ешқашан бермеңіз: екеуі де бар адам сіздің атыңыздан қол қояды. Оларды комиссия да, қолдау қызметі де сұрамайды.
charter-id = журнал белгісі, дауыстап оқыңыз
charter-name = атауы
charter-name-kk = қазақша атауы
charter-name-ru = орысша атауы
charter-origin = бақылау нүктелеріндегі журнал аты
charter-root = түбірдің кейінгі әрекеттері
charter-enough = { $roots } түбір кілтінен { $threshold } қол қояды
charter-quorum = учаске хаттамасы
charter-quorum-officers = екі лауазымды адам қол қояды
charter-quorum-majority = екі лауазымды адам және мүшелердің жартысынан көбі қол қояды
charter-promise = дауыс беру түнгі жарияланымдар
charter-minutes = кемінде { $minutes } минут сайын
charter-at = жарғы уақыты
charter-test = сынақ журналы
charter-clock = сағат
charter-clock-simulated = шартты: қабылдау уақыты оқиға уақытына тең
charter-column-seat = орын
charter-column-name = ұстаушы
charter-column-fingerprint = бақылау саны
charter-column-signed = жарғы
charter-read-aloud = Әр ұстаушы өз экранынан өз кілтінің бақылау санын, ал бәрі мына белгіні оқиды: { $id }. Басқасын естіген адам рәсімді тоқтатады.
charter-next-sign = қол қояды: { $seats }; әрқайсысы өзі: `hattama charter sign { $dir } --key` ӨЗ-КІЛТІ
charter-next-open = бәрі қол қойды; келесі: `hattama charter open { $dir } --log-key log.pem --ledger` ПАПКА `--office-key office-1.pem --to` ОРЫН
charter-next-publish = келесі, бірінші комиссияға дейін: `hattama publish --ledger { $ledger } --office-key office-1.pem --to` ОРЫН
charter-collected = { $dir }: жиналған кілт саны: { $number }
charter-undecided = әлі шешілмеген: { $names } (осы команданың сөздері немесе { $file } жолдары)
charter-missing = әлі жоқ кілттер: { $seats }; әр ұстаушы өзінікін жасап, карточкасын береді:
charter-ask = { $name } ({ $meaning }) =
charter-ask-number = бүтін сан керек, енгізілгені { $found }
charter-ask-quorum = `officers` (төраға не орынбасары және хатшы) немесе `majority` (оған қоса мүшелердің жартысынан көбі) керек, енгізілгені { $found }
charter-opened = { $ledger }: { $id } журналы; белгіні рәсім хаттамасына жазып, газетте басыңыз
send-not-yet = { $path }: әлі жіберілген жоқ, жетпейтін қолтаңба: { $missing }
site-made = Беттердің { $files } файлы { $path } ішінде, { $entries } жазбадан жасалды. Ондағы `index.html` файлын ашыңыз.
site-made-failed = БҰЗУШЫЛЫҚ (FAILED): бұл көшірме тексеруден өтпеді ({ $checks }). Беттердің { $files } файлы { $path } ішінде; әр беттің басында осы айтылған. Қабылданған алғашқы { $entries } жазбадан жасалды. Нақты не дұрыс емесін `hattama verify` айтады.
checkpoint-origin = журнал  { $value }
checkpoint-size = жазба   { $value }
checkpoint-root = түбір   { $value }
checkpoint-line = жол { $name }
checkpoint-line-unchecked = жол { $name } (тексерілмеді: --policy беріңіз)
checkpoint-signed = журнал кілтімен қол қойылған: { $key }
checkpoint-counts = саясат бойынша ол есептеледі
checkpoint-not-yet = әлі жоқ: { $why }
checkpoint-cosigned = куәгер { $name } қол қойды, { $time }
key-shown-public = ашық кілт
key-shown-hexadecimal = он алтылық жазуы
key-shown-fingerprint = бақылау саны
key-shown-verifier = тексеруші кілті
node-front-title = Сайлау журналының торабы
node-front-says = Бұл мекенжай комиссиялардың қол қойылған оқиғаларын қабылдап, журналды бағдарламаларға көрсетеді. Мұнда адамдарға арналған беттер жоқ: олар журнал жарияланатын жерде. Журналды тексергісі келген адам осы мекенжаймен `hattama verify` командасын іске қосады.
map-what = Кестенің қай бағанында хаттаманың қай жолы тұр.
map-found = Табылғаны: { $note }.
map-how = Баған тақырыбымен немесе әрпімен, «#B» сияқты, аталады; бағандар тізімі қосылады;
    сан файлда жоқ жолдың орнына тұрады. Әр баған не сәйкестендіріледі, не аттап өтіледі.
map-or-id = журналдағы белгісі немесе
map-or-number = учаскенің нөмірі немесе
map-or-key = журналсыз
slip-made = бір бет; `QR A`: код саны { $codes }, нұсқасы { $version }, байт саны { $bytes }
slip-made-receipt = ; `QR B`: нұсқасы { $version }
receipt-itself = қолхат
clock-behind-ledger = осы компьютердің сағаты { $now } деп тұр, ал журналдың ең жаңа жазбасы { $newest } түскен: сағат артта, біреу қол қоймай тұрып оны дұрыстаңыз (немесе уақытты `--at` арқылы беріңіз)
clock-ahead-of-ledger = осы компьютердің сағаты { $now } деп тұр, ал мұнда көрінетін ең жаңа жазба { $newest } түскен: журнал сонша уақыт үнсіз тұра алмаса, сағат алға кеткен немесе көшірме ескі
release-checked = осы кілтпен қол қойылған; { $same } файл айтылғандай, { $missing } файл мұнда жоқ
man-written = { $path }: нұсқаулықтың беттері
publisher-again = қазір ештеңе жарияланған жоқ, қайта талпынады: { $found }
control-reading-only = түйін ештеңе қабылдамайды: { $found }
control-log-key-replaced = журнал кілті { $index }-жазбамен алмастырылды: енді түйінді { $file } арқылы іске қосыңыз
