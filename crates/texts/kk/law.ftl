### Заң мен журналдың сөздері: фактілер, күйлер, тексерістерге не керек, басқа жерлердегі жағдайлар.

## Facts
fact-ledger-opened = Журнал ашылды
fact-snapshot-published = Түсірілім жарияланды
fact-commission-formed = Комиссия құрылды
fact-key-enrolled = Кілт тіркелді
fact-key-revoked = Кілт кері қайтарып алынды
fact-precinct-formed = Сайлау учаскесі құрылды
fact-precincts-fixed = Учаскелер тізбесі бекітілді
fact-election-called = Сайлау тағайындалды
fact-candidate-nominated = Кандидат ұсынылды
fact-eligibility-checked = Кандидаттың талаптарға сәйкестігі тексерілді
fact-signatures-verified = Қол қою парақтары тексерілді
fact-candidate-registered = Кандидат тіркелді
fact-candidate-withdrew = Кандидат шығып кетті
fact-ballot-approved = Сайлау бюллетенінің мәтіні бекітілді
fact-ballots-printed = Сайлау бюллетеньдері дайындалды
fact-ballot-amended = Сайлау бюллетені өзгертілді
fact-voter-list-handed-over = Сайлаушылар тізімі табыс етілді
fact-ballots-delivered = Сайлау бюллетеньдері жеткізілді
fact-precinct-opened = Учаске ашылды
fact-turnout-reported = Сайлаушылардың қатысуы хабарланды
fact-voting-closed = Дауыс беру аяқталды
fact-ballots-accounted = Бюллетеньдер жәшіктер ашылғанға дейін есептелді
fact-protocol-signed = Хаттамаға қол қойылды
fact-copies-issued = Хаттаманың көшірмелері берілді
fact-protocol-received = Хаттама қабылданды
fact-protocol-returned = Хаттама қайтарылды
fact-recount-ordered = Дауыстарды қайта санау тағайындалды
fact-protocol-superseded = Хаттама жаңасымен алмастырылды
fact-results-determined = Сайлау қорытындылары анықталды
fact-results-published = Сайлау қорытындылары жарияланды
fact-duties-resigned = Сыйыспайтын міндеттер тапсырылды
fact-akim-registered = Әкім тіркелді
fact-certificate-issued = Әкімнің куәлігі берілді
fact-root-keys-replaced = ОСК түбірлік кілттері ауыстырылды
fact-office-keys-replaced = ОСК қызметтік кілттері ауыстырылды
fact-log-key-replaced = Журнал кілті ауыстырылды
fact-rules-adopted = Ережелер қабылданды
fact-clock-corrected = Сағат түзетілді
fact-ledger-closed = Журнал жабылды
fact-commission-dissolved = Комиссия таратылды
fact-member-changed = Комиссия құрамы өзгертілді
fact-member-suspended = Комиссия мүшесінің өкілеттігі тоқтатыла тұрды
fact-key-replaced = Кілт ауыстырылды
fact-precincts-changed = Учаскелер тізбесі өзгертілді
fact-nomination-extended = Ұсыну мерзімі ұзартылды
fact-election-extended = Сайлау мерзімі ұзартылды
fact-repeat-voting-called = Қайта дауыс беру тағайындалды
fact-repeat-election-called = Қайта сайлау тағайындалды
fact-candidate-refused = Кандидатты тіркеуден бас тартылды
fact-candidate-cancelled = Кандидатты тіркеу туралы шешімнің күші жойылды
fact-candidate-restored = Кандидатты тіркеу қалпына келтірілді
fact-organisation-accredited = Ұйым аккредиттелді
fact-proxies-registered = Сенім білдірілген адамдар тіркелді
fact-observers-counted = Байқаушылар есепке алынды
fact-observer-removed = Байқаушы шығарылды
fact-recount-requested = Дауыстарды қайта санау талап етілді
fact-copy-refused = Хаттаманың көшірмесін беруден бас тартылды
fact-precinct-invalidated = Учаскедегі нәтижелер жарамсыз деп танылды
fact-complaint-filed = Шағым берілді
fact-complaint-decided = Шағым қаралды
fact-decision-cancelled = Шешімнің күші жойылды
fact-akim-registration-denied = Әкімді тіркеуден бас тартылды
fact-certificate-revoked = Әкімнің куәлігі қайтарып алынды

## How far a precinct is
poll-formed = құрылған
poll-list-received = сайлаушылар тізімі алынған
poll-ballots-received = бюллетеньдер алынған
poll-open = дауыс беру жүріп жатыр
poll-closed = дауыс беру аяқталған
poll-accounted = бюллетеньдер есептелген, жәшіктер әлі ашылмаған
poll-protocol-signed = хаттамаға қол қойылған
poll-protocol-received = хаттама қабылданған
poll-protocol-returned = хаттама қайтарылған
poll-recount-ordered = қайта санау тағайындалған
poll-protocol-cancelled = хаттаманың күшін жоғары тұрған комиссия жойған
poll-invalidated = нәтижелер жарамсыз деп танылған

## How far a candidate came
candidate-nominated = ұсынылған
candidate-registered = тіркелген
candidate-withdrawn = шығып кеткен
candidate-elected = сайланған
candidate-refused = тіркеуден бас тартылған
candidate-cancelled = тіркеу туралы шешімнің күші жойылған
candidate-died = қайтыс болған

## What became of a protocol
protocol-signed = қол қойылды
protocol-received = қабылданды
protocol-returned = қайтарылды
protocol-recount-ordered = қайта санау тағайындалды
protocol-superseded = жаңасымен алмастырылды
protocol-cancelled = күшін жоғары тұрған комиссия жойды
ground-recount = жоғары тұрған комиссия тағайындаған қайта санау (43-баптың 9-тармағы)
ground-transcription = енгізу қатесі, қағаздың өзі өзгермеген
ground-decision = жоғары тұрған комиссияның немесе соттың шешімі

## What an election came to
outcome-elected = сайланды
outcome-tie = ең көп бірдей дауыс саны: сайланған адам жоқ
outcome-invalid = сайланған адам жоқ: қайта сайлау

## Checks
category-INT = тұтастық
category-SIG = қолтаңбалар
category-ATY = өкілеттік
category-PRO = тәртіп
category-ARI = арифметика
category-COM = толықтық
category-PUB = жариялау
category-SNP = түсірілімдер
category-OBS = байқаушылар
category-MAN = қолмен
severity-F = сәтсіз болса, оқиға қабылданбайды, ал тексеру өтпейді
severity-W = сәтсіздік ескерту болып саналады
severity-I = мәлімет үшін
built-yes = бұл нұсқа тексереді
built-no = әлі іске асырылмаған

## What a check needs
input-entries = журналдың жазбалары
input-charter = жарғы (бірінші жазба)
input-checkpoint = қол қойылған бақылау нүктесі
input-tiles = ағаштың тақтайшалары
input-snapshots = манифестері бар түсірілімдер
input-projections = жарияланған күй кестелері (JSON)
input-reports = жарияланған есеп файлдары (CSV, кітап, NIST)
input-attachments = қоса берілген құжаттар
input-pin = басқа жерден сақтап қойғаныңыз: нөмір немесе бұрынғы бақылау нүктесі (--pin)
input-store = түйіннің өз қоймасы
input-time-stamps = үшінші тараптардың уақыт белгілері
input-heads = басқа жерлерден жиналған түбірлер, өлшемдерімен
input-mirrors = айна көшірмелердің мекенжайлары
input-receipts = тапсырғандардың қолындағы қолхаттар
input-policy = саясат: қандай куәлар және қанша
input-sheet = парақтан оқылған кодтар (--qr)
input-copies = байқаушылардағы хаттама көшірмелері
input-sealed = байқаушылар фотосуреттерінің мөрленген хэштері
input-sample = байқаушылардың жедел санауы
input-print = басылған немесе ілінген түпнұсқа
input-program = бағдарламаның өзі

## Cases from elsewhere
incident-malawi-2019 = Малави, 2019: қол қойылған парақтардағы сандар түзеткіш сұйықтықпен өзгертілген; сот сайлаудың күшін жойды.
incident-kenya-2017 = Кения, 2017: серверлерді тексеру бөтен атпен кіргендерді, пайда болып, қайта жоғалған нысандарды көрсетті; сайлаудың күші жойылды.
incident-kenya-2022 = Кения, 2022: нысандардың бәріне жуығы бірнеше күнде порталда ашылып, сот оларды салыстыра алды.
incident-ukraine-2004 = Украина, 2004: сол кездегі айғақтарға қарағанда, нәтижелер оларды жолда өзгертетін сервер арқылы өткен.
incident-ukraine-2012 = Украина, 2012: округтік комиссиялардың деректері учаскелердің хаттамаларынан алшақ болды.
incident-bolivia-2019 = Боливия, 2019: жедел санау бір тәулікке үзілді, соңғы бөлігі нені көрсететіні туралы сарапшылар әлі таласады.
incident-honduras-2017 = Гондурас, 2017: нәтижелер беті бір жарым тәуліктей тұрып қалды; кейін бірінші орында басқа адам тұрды.
incident-kyrgyzstan-2021 = Қырғызстан, 2021: комиссия таблосы жалпы 150 пайыздан асатын үлестерді көрсетіп, сөніп қалды; қайта санау айырма таппады.
incident-philippines-2016 = Филиппин, 2016: бір әріпті (? орнына ñ) сырттай түзету сервердегі файлдардың хэшін өзгертіп, сенімге нұқсан келтірді.
incident-nigeria-2023 = Нигерия, 2019 және 2023: нәтижелер жазбасыз сол жерде түзетілген, портал кешіккен.
incident-sierra-leone-2023 = Сьерра-Леоне, 2023: жеке учаскелердің нәтижелері сол күйі жарияланбады.
incident-venezuela-2024 = Венесуэла, 2024: тек жалпы сандар жарияланды; куәлар учаскелердің көбінің кодты парақтарын жинап, сканерледі.
incident-belarus-2020 = Беларусь, 2020: учаскелер бойынша нәтижелер жарияланбады; азаматтар жинаған хаттамалар ресми сандармен сәйкес келмеді.
incident-georgia-2020 = Грузия, 2020: байқаушылар шамамен әр он екінші учаскеде қолдан көп бюллетень тапты.
incident-germany-2017 = Германия, 2017: нәтижелерді жеткізетін бағдарлама қол қойылмаған жаңартулар мен әлсіз құпиясөздерді қабылдаған.
incident-immudb = Белгілі бір журнал дерекқоры жалған дәлелдерді қабылдаған: клиент серверге сөзсіз сенген.
incident-verifier-2023 = 2023: басқа жүйенің тексеру бағдарламасы жасалмаған тексерістерді өтті деп көрсеткен.
incident-almaty-2007 = Алматы, 2007: учаске байқаушыларында 244-ке 150, жоғары тұрған комиссияда 47-ге 347 болған; сотта комиссия мүшелері өз қолдарына күмән келтірді.
incident-oskemen-2023 = Өскемен, 2023: барлық 15 учаскенің хаттамасы бойынша кандидат өзін алда деп санады, ресми қорытындыда 33 дауысқа қалып қойды.
incident-copies-2023 = Қазақстан, 2023: кандидаттар қорытынды хаттамалардың көшірмесі берілмегенін және ештеңе ілінбегенін хабарлады.
incident-circulating-2023 = Алматы, 2023: комиссия қолдан-қолға тараған хаттаманы нысанының нөміріне қарап жалған деді; ешкім тексере алмады.
incident-astana-2023 = Астана, 2023: жарияланған деректерде 56 045 дауыс 19,96 пайыз болып тұрды, дұрысы 16,96; бөліктері бүтінді бермеді.

## Сынақ журналында не ойдан шығарылған
synthetic-figures = ОЙДАН ШЫҒАРЫЛҒАН: { $kinds }.
scope-synthetic = ойдан шығарылған
synthetic-birth-years = туған жылдар
synthetic-candidates = кандидаттардың есімдері
synthetic-counts = бюллетеньдер саны және қатысу
synthetic-dates = дауыс беру күніне дейінгі күндер
synthetic-members = комиссия мүшелерінің есімдері
synthetic-nominators = кім кімді ұсынғаны
synthetic-other-birth-years = сайланған адамнан басқасының туған жылы
synthetic-other-candidates = бұл туралы өздері айтатын кандидаттардың есімдері
synthetic-outcomes = кім сайланғаны
synthetic-papers = құжаттар
synthetic-precincts = жекелеген учаскелердің көрсеткіштері
synthetic-sizes = сайлаушылар, учаскелер, мүшелер және кандидаттар саны
synthetic-territories = мұнда сайлау болғаны
synthetic-vote-numbers = дауыстар саны (үлестер емес)
synthetic-votes = дауыстар мен үлестер
synthetic-watching = байқағандардың бөлінісі
