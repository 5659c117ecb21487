### What the demonstration says.
demo-warning = TEST LEDGER: the figures of single precincts are synthetic, all keys are public, the clock is simulated.
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
