### What the demonstration says.
demo-warning = TEST LEDGER: the candidates, who won and with which share, and the numbers of precincts, members and voters are as printed. SYNTHETIC, and marked so wherever it is printed: the figures of every precinct, numbers of ballots and votes, every member, the years of birth but the winner's, the papers, the dates before voting day. All keys are public, the clock is simulated.
demo-announced = What was announced, held against this ledger:
demo-verified-alone = Verified from the published folder alone:
demo-tampered = Now one vote is changed in a copy (one digit in { $path }):
demo-found =   { $check }: entry { $entry }: { $said }
demo-keep = Keep everything with --dir DIR, and look around.
demo-kept = Everything is in { $dir }; the reports as pages are { $dir }/report.html and { $dir }/report-tampered.html. Try:
demo-kept-national = Everything is in { $dir }; { $dir }/notes.txt says which figures were printed. Try:
demo-done = Done in { $seconds } s.
demo-played = Played { $events } events of { $commissions } commissions ({ $members } members) in { $seconds } s: { $precincts } precincts, { $corrected } protocols replaced.
demo-published = Published snapshot { $n } of { $size } entries, { $files } files.
demo-liars = Three liars who hold keys, and what catches each:
demo-operator = 1. The operator, who has the log key, takes back the recount and all that came after it ({ $entries } entries), changes when
       the entry before it came, and signs what is left.
demo-alone = { "   " }Verified alone: { $said }
demo-noted = { "   " }With the checkpoint that an observer noted on the night: { $said }
demo-witness = { "   " }The witness who cosigned that one: { $said }
demo-insider = 2. An insider, who has the keys of the commission of { $precinct }, signs a second protocol: { $after } votes in place of { $before }.
demo-sent-again = { "   " }Sent after the first one: { $said }
demo-scanned = { "   " }Posted, and scanned by an observer: { $said }
demo-together = 3. Both together show another observer a ledger of their own, with the second protocol as entry { $entry }.
demo-compared = { "   " }When the two observers compare: { $said }
demo-evidence = { "   " }Evidence { $name }: { $proves }
demo-chapter-forming = forming { $commissions } commissions, { $precincts } precincts
demo-chapter-commissions = forming commissions
demo-chapter-calling = { $elections ->
    [one] calling { $elections } election
   *[other] calling { $elections } elections
 }
demo-chapter-campaign = candidates, ballots, observers
demo-chapter-voting = voting day and the night
demo-chapter-corrections = recounts, wrong transcriptions
demo-chapter-endings = results, publication, certificates
demo-witness-cosigns = it cosigns
demo-witness-refuses = it refuses, { $said }
demo-admitted = admitted
demo-refused = refused, { $said }
demo-warning-national = TEST LEDGER: 45 elections of 5 November 2023 at once. The totals are those announced; what pages printed of single contests is kept, names of candidates among it. SYNTHETIC, and marked so wherever it is printed: the other candidates and their parties, who say so in their names, every member, every year of birth, the split by party, the figures of every precinct, the dates before voting day. Five territories that no page names are ASSUMED and say so. All keys are public, the clock is simulated.
demo-warning-years = TEST LEDGERS: elections of akims from July 2021 to November 2025, in three ledgers. How many there were, and for 25 July 2021 the sums of precincts, candidates, voters, turnout and winners by party, are those announced. SYNTHETIC, and marked so wherever it is printed: every single rural election, its territory, people, figures and votes; of the later years the sums as well. Elections called before 2023 stand under an edition of the law that is ASSUMED. All keys are public, the clock is simulated.
demo-added-up = All three ledgers, added up:
demo-announced-years = What was announced, held against these ledgers:
demo-kept-years = Everything is in { $dir }. Try:
demo-ledger-of-years = { $ledger }: { $elections } elections
demo-seconds = Published in { $publishing } s, verified in { $verifying } s.
demo-offices-change = Offices change on 1 July 2026. Judged after the last entry of this ledger, and not written into it; every one of it is made up:
demo-rules-change = Rules version 2, under which a call names the decision that ended the powers: { $said }
demo-called-before = The powers of an akim of an invented district end by decision, and the election is called in June 2026, { $election }: { $said }
demo-called-again = The same in July 2026 of another invented district, { $election }: { $said }
demo-called-rural = The same in July 2026 for the akim of a rural okrug, { $election }: { $said }
demo-sitting = { $akims } akims of districts and cities hold certificates of this ledger, as before. Powers that a decision ends early are a ground of the next calling, and after the change nobody is called for these offices.
