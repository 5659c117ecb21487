### What the commands answer.

against-all = Бәріне қарсымын / Против всех
column-votes = votes
column-share = %
test-figures = TEST LEDGER: the figures of precincts are synthetic.
test-synthetic = TEST LEDGER. { $said }
protocols-counted = Protocols: { $counted } of { $all } precincts.
of-protocols = of { $counted } of { $all } protocols
results-no-protocols = No protocol is there yet: no votes, no turnout.
voters-on-lists = Voters on the lists { $n }
turnout-issued = Turnout, ballots issued: { $n } = { $share } %
turnout-found = Turnout, found in the boxes: { $n } = { $share } %
turnout-law = Turnout, took part by the law (without invalid ballots): { $n } = { $share } %
invalid-ballots = Invalid ballots { $n }
corrected-protocols = Corrected protocols { $n } (hattama history shows old and new figures)
result-preliminary = Not determined: figures are preliminary.
result-determined = Determined at entry { $entry }, { $outcome }.
result-certified = Determined at entry { $entry }, { $outcome }, certificate No. { $number }.
history-precinct = Precinct { $id }: { $status }
history-entry = entry { $entry }
history-ground = ground: { $ground }; reason: { $reason }
history-first = first announced
history-now = now
history-change = change
history-none = no protocol was replaced
figure-voters = voters on the list
figure-received = ballots received
figure-issued = ballots issued
figure-cancelled = unused, cancelled
figure-found = found in the boxes
figure-invalid = invalid
figure-against-all = against all
signature-missing = missing
signature-bad = BAD SIGNATURE: the event was changed after it was signed; sign again
signature-there = signed
signed-already = was signed by this key already; nothing changed
signed-as = signed as { $key }; { $missing ->
        [0] all signatures are there
       *[other] { $missing } signatures missing
    }, of { $all }
append-done = entry { $entry }, entry hash { $hash }, event hash { $event }, receipt { $receipt }
append-again = already there: entry { $entry }, entry hash { $hash }, event hash { $event }, receipt { $receipt }
append-test-unshown = this is a test ledger: events of all commissions are taken in although it was neither published nor cosigned yet
attach-done = attached { $file } as { $hash }
attach-again = already there: attached { $file } as { $hash }
published = snapshot { $n } of { $size } entries is public in { $place }; { $written } files written; manifest { $manifest }
published-finished = snapshot { $n } of { $size } entries is public in { $place } (announced before, finished now); { $written } files written; manifest { $manifest }
published-witnessed = the checkpoint carries the lines of { $count } witnesses and counts under the policy
published-unwitnessed = the checkpoint is public without enough witnesses: { $found }
published-silent = no line of the witness { $name }: { $found }
swept = { $n } partial tiles removed from { $place }
receipt-holds = the log took this event in: entry { $entry } of { $origin }, received { $received }
receipt-event = event
receipt-entry = entry
receipt-checkpoint = checkpoint
receipt-checkpoint-value = size { $size }, root { $root }
receipt-limits = whether it was lawful, and whether it was replaced later, says the ledger: `hattama verify`
ledger-new = a new ledger in { $place }; its id, to be printed where nobody can change it:
ledger-checked = { $entries } entries, root { $root }, nothing missing
ledger-head-rebuilt = the head was rebuilt with the checkpoint of { $size } entries from { $from }; the journal holds { $entries } entries
ledger-joined = { $place } follows the database; entries: { $entries }
ledger-promoted = the standby is the primary now; epoch: { $epoch }; entries: { $entries }; nothing is taken in until it has a synchronous standby of its own
ledger-head-kept = the damaged head is kept as { $path }
ledger-backed-up = { $place }: backup of { $size } entries ({ $new } new), root { $root }; { $written } bytes written, { $bytes } in all, { $seconds } s
ledger-backup-signatures = read back: every signature checked, every entry admitted, the root is that of the signed checkpoint
ledger-backup-hashes = hashes alone: the chain and the root hold, what was written now was read back; signatures were not checked, and what lay there before was not read again
ledger-backup-damaged = attachments/{ $name } is not what its name says: it is not part of the backup
ledger-restored = { $ledger }: { $size } entries restored from { $from }, root { $root }; this folder is the ledger now
ledger-restored-next = next: put both key files into { $ledger }, see that nothing starts the old node, then `hattama serve --ledger` { $ledger }
ledger-restored-quorum = next: put both key files into { $ledger }, then `hattama serve --quorum-first --policy` FILE `--ledger` { $ledger }; nothing else may write to it until `hattama ledger check` { $ledger } `--old-node-gone`
ledger-id = ledger
ledger-log-key = log key
ledger-test = TEST
ledger-test-value = nothing in this ledger is real
ledger-synthetic = synthetic
ledger-entries = entries
ledger-entries-value = { $n }, the last received { $at }
ledger-root = root
ledger-commissions = commissions
ledger-precincts = precincts
ledger-elections = elections
ledger-snapshots = snapshots
page-algorithm = how
page-inputs = reads
page-innocent = a failure, innocently
page-deliberate = a failure, if deliberate
page-incident = it happened
page-article = rests on
page-severity = weight
page-built = state

evidence-proved = A LIE IS PROVED.
evidence-author-fork = A commission signed two protocols of one precinct with other figures for one place in its chain. One is in the ledger, the other could have stood there, and neither says that it replaces the other. Their keys did, which were in force at the size given: whether they or somebody who had their keys, the file cannot tell.
evidence-bad-entry = The log signed a tree with an entry that no log may take in.
evidence-false-announcement = The office of the CEC announced a snapshot with other projections than follow from the entries whose root it signed with it.
evidence-false-file = The office of the CEC signed a file that does not follow from the entries whose root it signed with it.
evidence-receipt-not-honoured = The log proved that it took an event in, and signed another tree in which that history does not stand.
evidence-retired-key = A checkpoint was signed with a log key that was not in force at its size.
evidence-rule-broken = The log signed a tree with an event that the law refuses.
evidence-split-view = The log signed two histories: neither is the beginning of the other.
evidence-stale-log = On the voting night the log stood still for longer than its charter promises, as the witnesses of your policy saw.
evidence-two-roots = The office of the CEC and the log signed two roots for one size of the ledger: one of the two is false.
evidence-two-signed-acts = { $path }: TWO SIGNED ACTS, AND NO LIE PROVED. The signatures under both are good, at { $place }: { $one } and { $other }. { $doubt } ({ $said })
evidence-doubt-replaces = One of them replaces earlier acts, and the other may be among those.
evidence-doubt-redraft = They are not two protocols of one precinct with other figures: whoever drafted again may merely have forgotten to name the old draft.
evidence-doubt-no-entries = The file has no entries of the ledger that show whose keys were in force.
evidence-doubt-not-in-ledger = Neither of them stands in the ledger: drafts that were never sent may be drafted again.
evidence-doubt-refused = One of them would not have been admitted where the other stands: by whom or why it was signed, the file cannot tell.
evidence-ledger = ledger
evidence-origin = log
evidence-shown-entry = entry
evidence-shown-under = under
evidence-shown-what-is-wrong = what is wrong
evidence-shown-rule = rule
evidence-shown-place = place
evidence-shown-one-event = one event
evidence-shown-other-event = other event
evidence-shown-in-the-ledger = in the ledger
evidence-shown-signed-by-keys-in-force-at-size = signed by keys in force at size
evidence-shown-keys-that-signed-both = keys that signed both
evidence-shown-snapshot = snapshot
evidence-shown-file = file
evidence-shown-signed-for = signed for
evidence-shown-follows-from-the-entries = follows from the entries
evidence-shown-announced = announced
evidence-shown-root-that-the-office-signed = root that the office signed
evidence-shown-root-that-the-log-signed = root that the log signed
evidence-shown-older = older
evidence-shown-newer = newer
evidence-shown-root-of-the-newer-at-the-older-size = root of the newer at the older size
evidence-shown-checkpoint = checkpoint
evidence-shown-signed-under = signed under
evidence-shown-in-force-at-its-size = in force at its size
evidence-shown-event = event
evidence-shown-acknowledged-at = acknowledged at
evidence-shown-not-in = not in
evidence-shown-last-entry-received = last entry received
evidence-shown-promised = promised
evidence-shown-cosigned-unchanged-later-by = cosigned unchanged later by
evidence-limits = It is proved of the ledger with this id: compare the id with the one printed by the CEC.
evidence-none = no evidence written: what was found cannot be proved to others without the source itself
evidence-written = evidence: { $path }
history-before = before
history-after = after
history-signers = signed by: { $seats }
history-total = total of { $candidate }: { $before } → { $after } ({ $change })
history-order-same = order of candidates: unchanged ({ $order })
history-order-changed = order of candidates: { $before } → { $after }
diff-older = older: { $name }, { $size } entries, root { $root }
diff-newer = newer: { $name }, { $size } entries, root { $root }
diff-new = new: { $thing }
diff-precinct = Precinct { $precinct }: { $election }
diff-because = entry { $entry }, { $fact }, { $at }, signed by: { $seats }; event { $event }
diff-totals = Totals: { $election }
diff-sum = { $changed ->
        [one] { $changed } precinct changed
       *[other] { $changed } precincts changed
    }; changes without an event: { $unexplained }
# The node
serve-ended = The node has ended; the ledger is closed
witness-ended = The witness has ended
draft-filled = filled in from the ledger: { $fields }
check-lawful = the ledger would take it in, if it came now

## Where one stands
standing-not-opened = not opened
standing-open = open
standing-closed = closed
standing-accounted = ballots accounted for
standing-signed = protocol signed
standing-superseded = new protocol signed
standing-received = protocol received
standing-returned = protocol returned
standing-recount-ordered = recount ordered
standing-cancelled = protocol cancelled
standing-invalid = result invalid
precincts-none = no precincts are fixed yet
precincts-number = No.
precincts-id = precinct
precincts-state = state
precincts-since = since
precincts-waits = waits for
precincts-waiting = { $commission } ({ $id }): { $fact }
todo-nothing = nothing to do now
todo-must = MUST
todo-may = may
todo-about = about
todo-from = not before
todo-by = by
todo-late = this moment has passed

## Many at once
table-column = "{ $heading }" is { $field }
table-unread = not read: { $columns }
table-refused = line { $line } ({ $name }): { $why }
table-missing = expected in the table or with --set: { $fields }
table-more = and { $more } rows more
table-done = { $rows } rows: { $drafts } drafts, { $refused } refused
table-written = drafts are in { $dir }; sign them with `hattama event sign`, append them in the order of their names
table-dry = a dry run: nothing is written; --out DIR writes the drafts
table-none = nothing is written: no row gives a draft
batch-summary = { $all } drafts are signed together:
batch-ask = a number opens a document; `sign` signs all; anything else stops
batch-not-signed = nothing was signed
batch-signed = signed   { $path }; { $missing ->
        [0] all signatures are there
       *[other] signatures still missing: { $missing }
    }
batch-already = was signed before   { $path }; { $missing ->
        [0] all signatures are there
       *[other] signatures still missing: { $missing }
    }
batch-done = { $signed } signed now, { $already } signed before
key-made =
    wrote { $file }
    the file and the passphrase are both needed to sign: keep them in different places
key-made-open =
    wrote { $file }
    no passphrase: whoever gets this file can sign with it
passphrase-ask = {"passphrase for "}{ $file }: {""}
passphrase-ask-new = {"new passphrase for "}{ $file }: {""}
passphrase-ask-again = the same once more: {""}
passphrase-weak = warning: a weak passphrase: { $why }; `hattama key passphrase { $file }` changes it
key-without-modes = warning: { $file } lies on a disk that keeps no modes (a stick, Windows): its passphrase alone protects it; take the stick with you, and leave no copy behind
passphrase-changed = { $file } opens with the new passphrase alone; copies made earlier keep the old one
key-member-kept = { $file } is there already: its key is used
key-member-charter = the charter of a new ledger
key-member-whose =
    seat         { $seat }, { $commission }
    ledger       { $ledger }
    public key   { $key }
    fingerprint  { $fingerprint }
key-member-hand-over = Hand over { $piece }: it holds the public key, the seat and the proof, nothing secret. Then read the fingerprint to each other, by voice.
key-member-never = Never hand over { $file } or its passphrase: whoever has both signs in your name. No commission and no support asks for them.
key-member-never-token = Never hand over the token or its PIN: whoever has both signs in your name. No commission and no support asks for them.
charter-id = ledger's id, read it aloud
charter-name = name
charter-name-kk = name in Kazakh
charter-name-ru = name in Russian
charter-origin = origin
charter-root = later acts of the root
charter-enough = { $threshold } of { $roots } root keys sign
charter-quorum = a precinct's protocol
charter-quorum-officers = signed by two officers
charter-quorum-majority = signed by two officers and more than half of all members
charter-promise = publishes on voting night
charter-minutes = at least every { $minutes } minutes
charter-at = time of the charter
charter-test = test
charter-clock = clock
charter-clock-simulated = simulated: times of receipt are those of the events
charter-column-seat = seat
charter-column-name = holder
charter-column-fingerprint = fingerprint
charter-column-signed = charter
charter-read-aloud = Each holder reads the fingerprint of their own key from their own screen, and all of them this id: { $id }. Whoever hears another one stops the ceremony.
charter-next-sign = signs next: { $seats }; each on their own: `hattama charter sign { $dir } --key` THEIR-KEY
charter-next-open = all have signed; next: `hattama charter open { $dir } --log-key log.pem --ledger` FOLDER `--office-key office-1.pem --to` PLACE
charter-next-publish = next, before any commission joins: `hattama publish --ledger { $ledger } --office-key office-1.pem --to` PLACE
charter-collected = { $dir }: keys collected: { $number }
charter-undecided = not decided yet: { $names } (flags of this command, or lines of { $file })
charter-missing = keys still missing: { $seats }; each holder makes their own and hands over its piece:
charter-ask = { $name } ({ $meaning }) =
charter-ask-number = expected a whole number, found { $found }
charter-ask-quorum = expected officers or majority, found { $found }
charter-opened = { $ledger }: the ledger { $id }; put this id into the minutes and print it in a newspaper
send-not-yet = { $path }: not sent yet, signatures still missing: { $missing }
site-made = { $files } files of pages in { $path }, made from { $entries } entries. Open `index.html` there.
site-made-failed = FAILED: this copy does not hold ({ $checks }). { $files } files of pages in { $path } say so on top; they are made from the first { $entries } entries, which were admitted. `hattama verify` says what does not hold.
checkpoint-origin = origin  { $value }
checkpoint-size = size    { $value }
checkpoint-root = root    { $value }
checkpoint-line = line of { $name }
checkpoint-line-unchecked = line of { $name } (not checked: give --policy)
checkpoint-signed = signed by the log { $key }
checkpoint-counts = it counts under the policy
checkpoint-not-yet = not yet: { $why }
checkpoint-cosigned = cosigned by { $name } at { $time }
key-shown-public = public key
key-shown-hexadecimal = hexadecimal
key-shown-fingerprint = fingerprint
key-shown-verifier = verifier key
node-front-title = A node of an election ledger
node-front-says = This address takes in the signed events of commissions and shows the ledger to programs. It has no pages for people: they are where the ledger is published. Whoever wants to check it runs `hattama verify` on this address.
map-what = Which column of the table holds which line of the protocol.
map-found = Found: { $note }.
map-how = A column is named by its header, or by its letter as "#B"; a list of columns is added up;
    a number stands for a line that the file does not have. Every column is mapped or ignored.
map-or-id = the id in the ledger, or
map-or-number = its number, or
map-or-key = without a ledger
slip-made = one page; QR A: { $codes } codes of version { $version } with { $bytes } bytes
slip-made-receipt = ; QR B: version { $version }
receipt-itself = the receipt
clock-behind-ledger = the clock of this computer says { $now }, but the newest entry of the ledger was received at { $newest }: the clock is behind, set it right before anybody signs (or give the time with `--at`)
clock-ahead-of-ledger = the clock of this computer says { $now }, and the newest entry that is seen here was received at { $newest }: if the ledger cannot have been silent for so long, the clock is ahead or the copy is old
release-checked = signed by this key; { $same } files are as it says, { $missing } are not here
man-written = { $path }: the pages of the manual
publisher-again = nothing was published now, it is tried again: { $found }
control-reading-only = the node takes nothing in: { $found }
control-log-key-replaced = the log key was replaced by entry { $index }: from now on start the node with { $file }
