### Қол қоярдың алдында оқылатын құжат.
legible-author = құжатты жасайтын
legible-election = сайлау
legible-territory = аумақ
legible-drawn-up = жасалған уақыты
legible-place = реті
legible-place-value = осы қол қоюшының { $n }-құжаты
legible-ledger = журнал
legible-ledger-hash = журнал нөмірі
legible-hash = құжаттың хэші
legible-warning = назар аударыңыз
legible-test = СЫНАҚ ЖУРНАЛЫ: мұндағы ешбір дерек шынайы емес
legible-voids = жіберілмегендердің орнына
legible-no-names = Атаулар мен есімдер ізделген жоқ: дереккөзді көрсетіңіз (`--ledger` немесе `--book`), сонда олар тырнақшадағы белгілердің орнында тұрады.
legible-names-of-book = Атаулар мен есімдер учаскенің кітабынан алынды ({ $size } жазбалық журнал).
legible-precinct = № { $number } учаске
legible-complaint = № { $id }, берген: { $by }
legible-unknown = «{ $id }» (журналда мұндай жоқ)
legible-cec = Орталық сайлау комиссиясы
legible-office = ОСК аппараты
legible-root = ОСК түбірлік кілті
legible-service = қабылдау қызметінің кілті
legible-log = журнал кілті
legible-key = кілт { $key }
legible-stamp = { $time } (дүниежүзілік уақыт)
legible-document = файл, SHA-256 { $hash }, байт саны: { $bytes }
legible-sealed = файл жабық, мөрленген хэш { $hash }
legible-none = көрсетілмеген
legible-list = жол саны: { $count }, түбірі { $root }
legible-proof = қоса берілді
legible-does-not-sign = қол қоймайды: { $who }
legible-was = [бұрын { $before }]
scan-no-ledger = ҚОЛ ҚОЙЫЛҒАН ХАТТАМА, ЖУРНАЛ ЖОҚ: оқиға өз хэшіне сай келеді, оның { $signers } қолтаңбасының бәрі дұрыс.
    Журналсыз бұл кілттер комиссияныкі ме, хаттама әлі күшінде ме – ешкім білмейді: журналдан `hattama verify SOURCE --qr FILE` сұрайды.
    Төмендегіні парақпен салыстырыңыз.
scan-no-ledger-act = ҚОЛ ҚОЙЫЛҒАН ҚҰЖАТ, ЖУРНАЛ ЖОҚ: оқиға өз хэшіне сай келеді, оның { $signers } қолтаңбасының бәрі дұрыс.
    Журналсыз бұл кілттер комиссияныкі ме, құжат әлі күшінде ме – ешкім білмейді: журналдан `hattama verify SOURCE --qr FILE` сұрайды.
    Төмендегіні парақпен салыстырыңыз.
