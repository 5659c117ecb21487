### Учаске кітабы және сол бойынша толтырылатын нысандар.

## Кітап
book-made = { $dir }: { $events } оқиға, әрқайсысы өлшемі { $size } ағашта дәлелденген
book-none = жазатын ештеңе жоқ: { $election } сайлауында әзірге учаске жоқ («Учаскелер тізбесі бекітілді»)
book-ledger = журнал
book-election = сайлау
book-precinct = учаске
book-tree = кітаптың ағашы
book-proved = тексерілгені
book-proved-value = { $entries } оқиға: бәріне қол қойылған және бәрі өлшемі { $size } журналда бар; кейін не қосылғанын тек журнал айтады
book-list = табыс етілген тізімдегі сайлаушылар
book-delivered = жеткізілген бюллетеньдер
book-status = күйі
book-own = өз оқиғалары
book-own-value = қол қойылғаны { $waiting }, қол қойылатыны { $unsigned }
book-ballot = Кандидаттар бюллетень ретімен:
book-members = Комиссия мүшелері және олардың кілттері:
book-no-key = кілті жоқ
seat-chair = төраға
seat-deputy = төрағаның орынбасары
seat-secretary = хатшы
seat-member = комиссия мүшесі
book-places = Әрқайсысының келесі құжаты:
book-board = комиссия
book-next = № { $number }; файлдары { $form }- деп басталады
book-no-pin = кітапта оқылатын бақылау нүктесі жоқ ({ $found }); кітап қайта жасалады, бұрынғысымен салыстыру мүмкін емес
book-refused = ҚАБЫЛДАНБАДЫ { $path }: { $why }
book-guide-what = № { $number } УЧАСКЕ ({ $precinct }): байланыссыз сайлауға арналған кітап
    Журнал { $ledger }
    Өлшемі { $size } ағаш, тамыры { $root }
    Журналдың нөмірін газетте жарияланғанымен салыстырыңыз.
book-guide-steps = Күн бойы, осы қалтада. Бірінші рет іске қосқанда нысан forms/ қалтасына жазылады; оны толтырып, сол пәрменді тағы бір рет іске қосыңыз:
book-guide-sign = Содан соң outbox/ ішіндегі әр жоба тексеріледі және оған комиссияның әр мүшесі осы ноутбукте қол қояды; құпиясөз сұралмай тұрып мазмұны көрсетіледі:
    { "   " }hattama event check FILE --book .
    { "   " }hattama event sign FILE --key KEY
    { "   " }hattama slip FILE               # учаскеде ілінетін парақ
book-guide-line = Байланыс болғанда, осында немесе аумақтық комиссияда:
    { "   " }hattama outbox send --dir outbox --to ADDRESS
    { "   " }hattama book renew . ADDRESS
    Үзілсе, ештеңе жоғалмайды: қайтадан іске қосыңыз. Қалтаны сақтаңыз.
hint-book = `hattama book new` әр учаскеге бір кітап жазады
hint-book-broken = `hattama book renew` оны қайта жазады; нысандар мен жіберілетіндер қалады
hint-book-fork = қалтаны сақтап, оның `checkpoint` файлын байқаушыларға көрсетіңіз: `hattama verify SOURCE --pin DIR/checkpoint` көбірек айтады
hint-add-up = әр жолды қағазбен салыстырыңыз; қағаздың өзінде солай болса, нысанның 18-жолына ереже мен себебін жазыңыз
hint-by-the-book = алдымен нысанды қараңыз; ол дұрыс болса, ал кітап жасалғаннан кейін жоғары тұрған комиссия бірдеңе жазған болса, кітапты жаңартыңыз немесе --anyway қосыңыз
hint-book-astray = ол файлды жіберілетіндерден алып, сақтап қойыңыз және отырыс хаттамасына жазыңыз; немесе орнына --voids FILE арқылы жаңасын жасаңыз

## Жобалар
form-written = { $path }: кез келген мәтін редакторында толтырып, сол пәрменді қайта іске қосыңыз
draft-written = { $path }: жоба { $hash }, қойылатын қол саны: { $signers }
draft-gone = { $path }: ешкім қол қоймаған жоба өшірілді
draft-paper = { $path } файлын оқиғамен бірге сақтаңыз: ол хэші бойынша аталған және қағазбен бірге аумақтық комиссияға беріледі
draft-noted = белгіленді   { $rule }  { $said }
form-not-filled-in = { $path } нысаны әлі толтырылмаған ({ $faults }):

## Нысандар
form-precinct = № { $number } сайлау учаскесі. { $election }
form-how = Әр «=» белгісінен кейін мәнін жазыңыз. Бос жол нөл емес: жоқ болса, 0 деп жазыңыз.
    Сандар қағаздан көшіріледі; қағаз бағдарламаға бола өзгертілмейді.
form-how-members = Комиссияның әр мүшесі үшін: + қол қояды; немесе жоқ болды, бас тартты, шеттетілді; немесе ерекше пікір, пікірдің өзі үшін «: ФАЙЛ».
form-how-explained = Файлдар кітаптың қалтасынан бастап көрсетіледі.
form-part-day = Учаске
form-part-stands-in = Тек төрағаның орнына басқа мүше болса
form-part-ballots = Тізімдер мен бюллетеньдер (43-бап)
form-part-home = Үй-жайдан тыс жерде дауыс беру
form-part-votes = Жәшіктерде не болды
form-part-times = Дауыстарды санау
form-part-members = Комиссия мүшелері
form-part-paper = Қағаз
form-part-explained = Тек қол қойылған қағазда бақылау арақатынасы келмесе: ереже мен себебі, мысалы ARI-04: себебі
form-part-copies = Көшірмелер
form-ballots = Алынған бюллетеньдер
form-boxes = Бос күйі көрсетіліп, пломбаланған жәшіктер
form-issued-so-far = Осы сағатқа дейін берілген бюллетеньдер
form-stands-in = Себебі
form-copies = Берілген көшірмелер
form-posted = Учаскеде ілінді (иә немесе жоқ)
form-expected-count = цифрмен жазылған сан, 0 немесе одан көп
form-expected-time = былай жазылған уақыт: 12.10.2025 22:30
form-expected-words = сөздер
form-expected-file = бар файл
form-expected-member = + немесе жоқ болды, бас тартты, ерекше пікір, шеттетілді
form-expected-explanation = ереже мен себебі, мысалы ARI-04: себебі
form-expected-yes = иә немесе жоқ
form-fault-no-text = UTF-8 мәтіні күтілді: редакторда UTF-8 етіп сақтаңыз
form-fault-other = «{ $expected }» нысаны күтілді, «{ $found }» табылды
form-fault-no-line = { $line }-жол: «нөмір) сөздер = мәні» күтілді, табылғаны: { $found }
form-fault-number = { $line }-жол: нысанда { $found }) жолы жоқ
form-fault-twice = { $line }-жол: { $number }) { $first }-жолда тұр
form-fault-left-out = { $number }) { $label }: бұл жол жоқ
form-fault-no-act = { $number }): бүлінген бюллетеньдерге акт керек
form-fault-idle-act = { $number }): бүлінген бюллетеньдер туралы акт бар, ал бүлінгені жоқ
form-fault-rule-twice = { $number }) { $rule } ережесін түсіндіреді, ол { $first }) жолында түсіндірілген
form-fault-words = { $line }-жол: { $number }) бұл «{ $expected }», басқа сөздер табылды: { $found }
form-fault-empty = { $line }-жол: { $number }) { $label }: толтырылмаған; бос жол нөл емес
form-fault-value = { $line }-жол: { $number }) { $label }: күтілгені { $expected }, табылғаны: { $found }
form-word-signs = қол қояды
form-word-absent = жоқ болды
form-word-refused = бас тартты
form-word-dissent = ерекше пікір
form-word-suspended = шеттетілді
form-word-yes = иә
form-word-no = жоқ
draft-doubt = қол қоймас бұрын қараңыз ({ $rule }): { $message }
form-hint-time = уақыт: 2:59 – учаскелер жабылғаннан кейінгі түннің сағаты; немесе 13.10.2025 02:59
form-hint-damaged-act = алдыңғы жолда нөл болмаса, актінің файлы; нөл болса, бос қалады
form-hint-box-act = жәшіктегі бюллетень өтініштерден көп болса, актінің файлы; әйтпесе бос қалады
form-hint-paper = кітаптың папкасынан бастап файлдың жолы, мысалы `scan.pdf`; бос болса, оқиға қағазды атамайды; 18-жол толтырылса, бұл жол міндетті
form-hint-explanation = тек қол қойылған қағаздағы сандар сәйкес келмегенде: қандай ереже және неге, мысалы ARI-04: бір бюллетень жыртылған
form-hint-posted = иә не жоқ; + пен - те жарайды
form-fault-word-processor = жай мәтін күтілген еді, мәтіндік процессордың құжаты табылды: форманы сол жерде жай мәтін (UTF-8, `.txt`) етіп сақтаңыз
form-fault-no-paper = { $number }) { $explained }-жол толтырылған: түсініктеме тұрған қағаздың сканын көрсетіңіз
