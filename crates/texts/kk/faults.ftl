### Команда неге тоқтады және оны қалай түзетуге болады.

hint = кеңес: { $hint }
fault-output = жауапты стандартты шығысқа жазу мүмкін болмады: { $error }
fault-panic = бағдарлама өзі тоқтады, бұдан ештеңе шықпайды; қай жерде екені жоғарыда жазылған; бұл туралы хабарлаңыз
fault-body = { $path } JSON емес: { $error }
fault-not-appendable = журналдың өз папкасы күтілді (жарияланған журнал оқиға қабылдамайды); { $path } ішінде `journal` файлы жоқ
fault-refused = { $path }: { $rule } ережесі бойынша ({ $article }) қабылданбады; { $said }. { $question }
fault-unsigned = { $path }: барлық қол қоюшының ({ $expected }) қолтаңбасы күтілді, табылған қолтаңба саны: { $found }
fault-not-a-signer = { $path }: оқиға қол қоюшы деп атаған кілт күтілді; табылғаны { $found }
fault-replay = қайта есептеу тоқтайды: { $error }
fault-passphrase = { $file } құпиясөзі қате
hint-refused = ештеңе жазылған жоқ, файл бұрынғы күйінде; не талап етілетінін `hattama checks { $rule }` айтады
hint-sign = әр қол қоюшы `hattama event sign { $path } --key KEY.pem` командасын орындайды
hint-slip-draft = әр қол қоюшы `hattama event sign` орындайды; --draft берілсе, парақ көлденең белгімен басылады
hint-slip-long = мұндай ұзын хаттама бір параққа сыймайды; `hattama event show` оқитын оқиға файлын беріңіз
hint-facts = олардың тізбесін `hattama event facts` береді
hint-state = бәрін басынан тексеру үшін файлды өшіріңіз; оны сіз өзгертпеген болсаңыз, кім өзгерткенін сұраңыз
hint-near = жақын жерде бар: { $path }
hint-folder = журнал папкасында `journal`, жарияланған журналда `checkpoint` жатады
hint-failed-ledger = ондағы ештеңе мәлімдемені растамайды да, жоққа да шығармайды; не дұрыс емесін `hattama verify` айтады
hint-one-snapshot = `snapshots` жатқан папканы атаңыз; бір түсірілімнің папкасы --pin үшін жарайды
hint-file = файл жатқан папканы атаңыз
hint-server = егер ол серверде болса, https://{ $path } деп жазыңыз
hint-pin-short = қысқартылған нөмір көп журналға сәйкес келеді: толық басылған жерінен алыңыз
hint-pin-case = { $text } деп жазыңыз
hint-pin = журналдың нөмірін, `checkpoint` файлын, ол бар папканы, zip файлын немесе мекенжайды бекітуге болады
hint-fields = `hattama event facts { $fact }` әр өрісті түсіндіреді; `--form ФАЙЛ` толтыратын бланк жазады
