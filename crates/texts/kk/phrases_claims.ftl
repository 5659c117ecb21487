### Тұжырымдар: не шығады, не жетіспейді, не оқылмайды.

claim-same-election = { $one } және { $other } журналдарында лауазымы, аумағы және күні бір сайлау бар
claim-elections = журналдарда { $expected } сайлаудың { $covered } бар
claim-elections-unstated = журналдарда { $covered } сайлау бар, барлығы қанша екені айтылмаған
claim-protocols = { $all } хаттаманың { $counted } бар
claim-ballots = { $all } сайлаудың { $done } бойынша бюллетень бекітілген
claim-fixed = { $all } сайлаудың { $done } бойынша учаскелер белгіленген
claim-voting = { $all } сайлаудың { $done } бойынша дауыс беру басталған
claim-results = { $all } сайлаудың { $done } бойынша қорытынды анықталған
claim-watching = { $all } сайлаудың { $done } бойынша байқаушылар саналған
claim-candidate = { $candidate } деген кандидаттар саны: { $found }
claim-already = жарияланғаны { $printed }, { $covered } сайлаудың өзінде { $found }
claim-about = жарияланғаны шамамен { $printed }, шығатыны { $found }, { $unit } дейін дөңгелектелген
claim-about-both = жарияланғаны шамамен { $printed }, шығатыны шамамен { $found }, { $unit } дейін дөңгелектелген
claim-plain = жарияланғаны { $printed }, шығатыны { $found }
claim-over = жарияланғаны { $printed } артық, шығатыны { $found }
claim-under = жарияланғаны { $printed } кем, шығатыны { $found }
claim-at-least = жарияланғаны { $printed } немесе артық, шығатыны { $found }
claim-at-most = жарияланғаны { $printed } немесе кем, шығатыны { $found }
claim-of-nothing = үлесі есептелетін сан жоқ
claim-share = жарияланғаны { $printed } %, шығатыны { $whole } ішінде { $part } = { $found } %, үтірден кейінгі таңба: { $decimals }, жартысы жоғары дөңгелектеледі
claim-share-cut = жарияланғаны { $printed } %, шығатыны { $whole } ішінде { $part } = { $found } %, үтірден кейінгі таңба: { $decimals }, жартысы жоғары дөңгелектеледі; жарияланғаны дөңгелектелмей, қиып тасталған
claim-quotient = жарияланғаны { $printed }, шығатыны { $part } : { $whole } = { $found }, үтірден кейінгі таңба: { $decimals }, жартысы жоғары дөңгелектеледі
claim-printed-fraction = негізге алынған сан бүтін емес
claim-sum = жарияланғаны { $printed }, басылған бөліктердің қосындысы: { $sum }
claim-no-event = мұндай оқиға әлі жоқ: { $fact }
claim-ranking-name = бұл қатарда { $name } аталғаны: { $found }
claim-synthetic = журналдың өзі мұның ойдан шығарылғанын айтады: { $kinds }
claim-approximate = { $measure }: шамамен { $found }; журналдың өзі саналғандары жуық екенін айтады, алғашқысы { $election } бойынша
claim-unrecorded = журналдың бірде-бір оқиғасы мұны жазбайды
claims-command-fault-read = { $path }: { $error }
claims-command-fault-failed-ledger = дұрыс журнал күтілді, { $checks } тексерулері бойынша БҰЗУШЫЛЫҚ (FAILED) бар журнал табылды: { $path }
claims-command-fault-same-ledger = әр журнал бір рет күтілді, идентификаторы бір { $path } және { $other } табылды
claims-command-fault-csv = CSV жазылмайды: { $a }
claims-fault-utf8 = UTF-8 күтілді, { $at } орнында басқа байт табылды
claims-fault-toml = { $line }-жол: `TOML` күтілді, табылғаны: { $reason }
claims-fault-csv = { $line }-жол: CSV күтілді, табылғаны: { $reason }
claims-fault-column-twice = әр баған бір рет күтілді, `{ $key }` екі рет табылды
claims-fault-top-key = тек `title`, `[defaults]` және `[[claim]]` күтілді, `{ $key }` немесе оның астында басқа мән табылды
claims-fault-empty = кемінде бір тұжырым күтілді, бірде-бірі табылмады
claims-fault-too-many = ең көбі { $expected } тұжырым күтілді, { $found } табылды
claims-fault-key = { $claim }-тұжырым: мына кілттердің бірі күтілді: { $expected }, табылғаны `{ $found }`
claims-fault-missing = { $claim }-тұжырым: `{ $key }` кілті күтілді, ол жоқ
claims-fault-beside = { $claim }-тұжырым: `{ $beside }` қасында `{ $key }` болмауы керек, ол табылды
claims-fault-other-value = { $claim }-тұжырым: `{ $key }` астында мәтін, бүтін сан немесе тізім күтілді, басқа мән табылды
claims-fault-unquoted = { $claim }-тұжырым: әр басылған таңба сақталуы үшін `{ $key }` астында тырнақшадағы сан күтілді, тырнақшасыз { $found } табылды
claims-fault-list = { $claim }-тұжырым: `{ $key }` астында бір сөз күтілді, тізім табылды
claims-fault-few = { $claim }-тұжырым: `{ $key }` астында { $expected } немесе одан көп күтілді, { $found } табылды
claims-fault-word = { $claim }-тұжырым: `{ $key }` астында мыналардың бірі күтілді: { $expected }, табылғаны { $found }
claims-fault-figure = { $claim }-тұжырым: `{ $key }` астында мыңдықтары бөлінбеген 1553 немесе 62.79 тәрізді сан күтілді, табылғаны { $found }
claims-fault-fraction = { $claim }-тұжырым: санақ үшін бүтін сан күтілді, табылғаны { $found }
claims-fault-day = { $claim }-тұжырым: `{ $key }` астында 2023-11-05 тәрізді күн күтілді, табылғаны { $found }
claims-fault-territory = { $claim }-тұжырым: аумақтар жіктеуіші кодының 2–9 цифры күтілді (15 — облыс), табылғаны { $found }
claims-fault-id-twice = { $claim }-тұжырым: өз идентификаторы күтілді, { $id } қайта табылды
claims-fault-reference = { $claim }-тұжырым: осы файлдағы саны бар басқа тұжырымның идентификаторы күтілді, табылғаны { $found }
claims-fault-text = { $claim }-тұжырым: `{ $key }` астында көрінетін таңбалардан ең көбі { $expected } байт күтілді, басқа мәтін табылды
