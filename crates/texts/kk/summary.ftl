### Бүкіл журнал бойынша жиынтық.

summary-of = { $origin } журналы бойынша жиынтық, { $size } жазба
summary-commissions = ОСК-сіз сайлау комиссиялары: { $n }
summary-regional = облыстық { $n }
summary-district = аудандық { $n }
summary-city = қалалық { $n }
summary-rural = аумақтық, ауылдық деңгейдегі әкімдерді сайлау, { $n }
summary-territorial = сайлаусыз аумақтық { $n }
summary-precinct = учаскелік { $n }
summary-elections = Сайлау: тағайындалды { $called }, қорытындысы анықталды { $determined }, жарияланды { $published }, куәлік берілді { $certified }
summary-repeated = Басқа сайлаумен қайталанып, сонда есепке алынғаны: { $n }
summary-no-elections = Сайлау тағайындалмаған.
summary-candidates = Бюллетеньдердегі кандидаттар: { $standing }; тіркелді { $registered }, ұсынылды { $nominated }
summary-no-protocols = Хаттамалар әлі жоқ: қатысу белгісіз.
summary-age = Сайланғандардың орташа жасы: туған жылы бойынша { $mean } (ең жасы { $youngest }, ең үлкені { $oldest }); сайланды { $n }
summary-watching = Сенім білдірілген адамдар, байқаушылар және БАҚ өкілдері: { $n } = { $proxies } + { $observers } + { $media }, шет мемлекеттерден { $foreign }; ұйымдар { $organisations }
summary-watching-about = Сенім білдірілген адамдар, байқаушылар және БАҚ өкілдері: шамамен { $n }; жуық саналғандары { $proxies } + { $observers } + { $media }, шет мемлекеттерден { $foreign }; ұйымдар { $organisations }
summary-nominated-by = кім ұсынды
summary-own = өзін-өзі ұсыну
summary-higher-akim = жоғары тұрған әкім
summary-by-party = партия
summary-column-region = облыс
summary-column-year = жыл
summary-column-elections = сайлау
summary-column-precincts = учаске
summary-column-candidates = кандидаттар
summary-column-elected = сайланды
summary-column-election = сайлау
summary-column-voters = сайлаушылар
summary-column-turnout = қатысты, %
