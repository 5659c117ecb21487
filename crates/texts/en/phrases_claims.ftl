### Claims: what follows, what is missing, what does not read.

claim-same-election = the ledgers { $one } and { $other } hold an election of the same office, territory and day
claim-elections = the ledgers hold { $covered } of { $expected } elections
claim-elections-unstated = the ledgers hold { $covered } elections, and of how many is not said
claim-protocols = { $counted } of { $all } protocols are there
claim-ballots = { $done } of { $all } elections have an approved ballot
claim-fixed = { $done } of { $all } elections have their precincts fixed
claim-voting = { $done } of { $all } elections have opened their polls
claim-results = { $done } of { $all } elections have a result
claim-watching = { $done } of { $all } elections have counted who watches
claim-candidate = { $found } candidates are called { $candidate }
claim-already = announced { $printed }, found { $found } already in { $covered } elections
claim-about = announced about { $printed }, found { $found }, rounded to { $unit }
claim-about-both = announced about { $printed }, found about { $found }, rounded to { $unit }
claim-plain = announced { $printed }, found { $found }
claim-over = announced more than { $printed }, found { $found }
claim-under = announced less than { $printed }, found { $found }
claim-at-least = announced { $printed } or more, found { $found }
claim-at-most = announced { $printed } or less, found { $found }
claim-of-nothing = there is nothing of which it would be a share
claim-share = announced { $printed } %, found { $part } of { $whole } = { $found } %, rounded half up to { $decimals } digits
claim-share-cut = announced { $printed } %, found { $part } of { $whole } = { $found } %, rounded half up to { $decimals } digits; announced was what is cut off, not rounded
claim-quotient = announced { $printed }, found { $part } : { $whole } = { $found }, rounded half up to { $decimals } digits
claim-printed-fraction = a figure that it rests on is no count
claim-sum = announced { $printed }, found { $sum } as the sum of the printed parts
claim-no-event = no event says so yet: { $fact }
claim-ranking-name = { $found } of what is ranked are called { $name }
claim-synthetic = the ledger says itself that this is made up: { $kinds }
claim-approximate = { $measure } is about { $found }: the ledger says itself that its counts are approximate, first of { $election }
claim-unrecorded = no event of a ledger records it
claims-command-fault-read = { $path }: { $error }
claims-command-fault-failed-ledger = expected a ledger that holds, found one that FAILED at { $checks }: { $path }
claims-command-fault-same-ledger = expected every ledger once, found { $path } and { $other } with the same id
claims-command-fault-csv = cannot write CSV: { $a }
claims-fault-utf8 = expected UTF-8, found another byte at { $at }
claims-fault-toml = line { $line }: expected TOML, found { $reason }
claims-fault-csv = line { $line }: expected CSV, found { $reason }
claims-fault-column-twice = expected each column once, found `{ $key }` twice
claims-fault-top-key = expected `title`, `[defaults]` and `[[claim]]` alone, found `{ $key }`, or another value under it
claims-fault-empty = expected at least one claim, found none
claims-fault-too-many = expected at most { $expected } claims, found { $found }
claims-fault-key = claim { $claim }: expected one of the keys { $expected }, found `{ $found }`
claims-fault-missing = claim { $claim }: expected `{ $key }`, found none
claims-fault-beside = claim { $claim }: expected no `{ $key }` beside `{ $beside }`, found one
claims-fault-other-value = claim { $claim }: expected a text, a whole number or a list under `{ $key }`, found another value
claims-fault-unquoted = claim { $claim }: expected a figure in quotation marks under `{ $key }`, so that each printed digit stays, found { $found } without
claims-fault-list = claim { $claim }: expected one word under `{ $key }`, found a list
claims-fault-few = claim { $claim }: expected { $expected } or more under `{ $key }`, found { $found }
claims-fault-word = claim { $claim }: expected one of { $expected } under `{ $key }`, found { $found }
claims-fault-figure = claim { $claim }: expected digits such as 1553 or 62.79 under `{ $key }`, without marks between thousands, found { $found }
claims-fault-fraction = claim { $claim }: expected a whole number for a count, found { $found }
claims-fault-day = claim { $claim }: expected a day such as 2023-11-05 under `{ $key }`, found { $found }
claims-fault-territory = claim { $claim }: expected 2 to 9 digits of a code of the classifier of territories (15 is a region), found { $found }
claims-fault-id-twice = claim { $claim }: expected an id of its own, found { $id } again
claims-fault-reference = claim { $claim }: expected the id of another claim of this file with a figure, found { $found }
claims-fault-text = claim { $claim }: expected at most { $expected } bytes of visible signs under `{ $key }`, found another text
