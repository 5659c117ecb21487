### The report of a verification.

verdict-VERIFIED = VERIFIED
verdict-VERIFIED-WITH-WARNINGS = VERIFIED WITH WARNINGS
verdict-FAILED = FAILED
verdict-INCOMPLETE = INCOMPLETE
status-waiting = waits
status-running = runs
status-PASS = PASS
status-FAIL = FAIL
status-WARN = WARN
status-INFO = INFO
status-NOT-APPLICABLE = NOT-APPLICABLE
status-NOT-RUN = NOT-RUN
status-ERROR = ERROR
sentence = { $verdict }: { $entries ->
        [one] { $entries } entry
       *[other] { $entries } entries
    }; { $ran } of { $all } checks ran, { $failed } failed, { $warned } to look at
sentence-idle = { $n } had nothing to examine
sentence-lacking = { $n } could not run
sentence-unbuilt = { $n ->
        [one] { $n } is not built yet
       *[other] { $n } are not built yet
    }
anchor-by-id = the pinned id
anchor-by-checkpoint = the pinned checkpoint
anchor-by-witnesses = the witnesses of the policy
anchor-all = Anchored: all { $entries } entries by { $by }.
anchor-part = Anchored: { $range } by { $by }; { $alone } on the log's word alone.
anchor-contradicted = Unanchored: what was pinned and this ledger contradict each other; see INT-01, SNP-01 and SNP-02.
anchor-empty = Unanchored: there are no entries.
anchor-nothing = Unanchored: no older checkpoint was given (--pin): { $alone } on the log's word alone. A ledger cut off or rewritten as a whole would look the same.
range-one = entry { $from }
range-many = entries { $from }–{ $to }
stand-one = { $range } stands
stand-many = { $range } stand
report-title = VERIFICATION OF THE LEDGER
report-scope = Scope
report-eyes = Compare these with your own eyes
report-checks = Checks (failed / examined)
report-findings = Findings
report-more = and { $n } more
report-more-below = and { $n } more, below
report-explained = explained
report-innocent = innocently
report-deliberate = if deliberate
report-article = rests on
report-repeat = repeat
report-limits = What this does not prove: the secrecy of the ballot, an honest count in the room, who was on the voter
    list, that the paper says what voters wanted. It proves what was recorded, by whom, and what follows.
frame = expected { $expected }, found { $found }
frame-note = Messages under the findings name entries, hashes and ids as the ledger has them.
finding-entry = entry { $entry }, { $subject }
subject-snapshot = snapshot { $n }
subject-checkpoint = checkpoint
subject-folder = the folder
subject-attachments = attachments
scope-source = source
scope-ledger = ledger
scope-origin = origin
scope-test = TEST
scope-test-value = nothing in this ledger is real: its charter carries the test flag
scope-clock = CLOCK
scope-clock-value = simulated: times of receipt come from a script
scope-entries = entries
scope-received = received
scope-received-value = { $from } to { $to }
scope-snapshots = snapshots
scope-elections = elections
scope-pins = pins
scope-verifier = verifier
scope-scanned-protocol = scanned protocol
scope-ledger-id = ledger id
scope-cec-root-key = CEC root key
scope-root-of-the-tree = root of the tree
scope-precincts = precincts
scope-voters = voters
scope-candidates-nominated = candidates nominated
scope-test-ledger = test ledger
yes = yes
no = no
reason-nothing = nothing to examine
reason-unbuilt = not built yet
reason-no-entries = no entries could be read
reason-no-id = no ledger id pinned: give --pin with the id printed elsewhere
reason-no-older = no older checkpoint pinned: give --pin with one kept from before
reason-no-same-size = no checkpoint of the same size pinned
reason-no-code = no scanned code given: give --qr with the text of a slip's codes
reason-no-policy = no policy given: give --policy with the witnesses that you trust
reason-no-charter = no charter to take the log key from
reason-no-checkpoint = no checkpoint that the log key signed
reason-unreached-snapshot = the replay did not reach the size of a snapshot, or nobody announced it
reason-unreached-size = the replay did not reach size { $n }
reason-site-format = pages of form { $n }, which this version cannot make: verify with a newer one
reason-no-verifier-page = this program knows no hash of a released verify.html
reason-other-verifier-page = another version made the snapshot and its verify.html: compare the hash with that of its release
reason-stopped = the replay stopped at entry { $n }
article-one = art. { $article }
article-span = art. { $article } to { $last }
article-points = art. { $article }, { $count ->
        [one] point
       *[other] points
    } { $points }
article-format = the format of the ledger (docs/format.md)
article-none = no article of its own
sentence-by-hand = { $n } are for your own eyes
reason-no-cosignature = no cosignature of a witness of the policy
reason-simulated = the clock is simulated: times of receipt come from a script
reason-no-mirror = no other copy given: give --mirror with an address, a folder or a zip
reason-no-export = no published copy given: give --mirror with the place it was published to
reason-no-store = the source is no node's own store: only the operator can make this check
reason-no-event = no event of a territorial commission given: give --pin with the signed file it handed out
reason-no-receipt = no receipt given: give --pin with a receipt (.tlog-proof)
reason-no-head = no head from elsewhere given: give --pin with its size and root
reason-no-sealed = no sealed evidence given: give --sealed with a table of commitments
reason-no-copies = no copies of protocols given: give --copies with a table of them
reason-no-copy-held = no copy of a protocol that this ledger holds
reason-no-quick-count = no quick count given: say --by-lot where the precincts of --copies were drawn by lot
reason-small-sample = a sample of fewer than 30 precincts has no margin to rely on
reason-by-hand = for your own eyes: compare the values in the block above
scope-mirror = mirror
scope-copies = copies
scope-detection-power = detection power
scope-publication-latency = publication latency
scope-this-program = this program (SHA-256)
scope-add-up-by-hand = add up by hand
scope-resumed = resumed
resumed-on = the first { $size } entries were decoded and judged in an earlier run; now they were only hashed again
resumed-not-program = no, all from the beginning: the { $size } entries of the state were verified by another program
resumed-not-shorter = no, all from the beginning: the state has { $size } entries, the source fewer
resumed-not-root = no, all from the beginning: the first { $size } entries are others than those of the state
resumed-not-snapshots = no, all from the beginning: the snapshots of the first { $size } entries are not those of the state
read-files = read as the files of a published ledger
read-folder = read as a published folder
read-zip = read as a zip of a published ledger
read-address = read as a published ledger at an address
read-store = read as a node's own store, and nothing published was looked at
sentence-unverified = NOT verified, since nobody has announced it: { $what }
unverified-snapshot = { $path } ({ $files ->
        [one] { $files } file
       *[other] { $files } files
    })
unverified-tiles = { $n ->
        [one] { $n } tile beyond the checkpoint
       *[other] { $n } tiles beyond the checkpoint
    }
unverified-attachments = { $n ->
        [one] { $n } attachment that no entry up to the checkpoint names
       *[other] { $n } attachments that no entry up to the checkpoint names
    }
scope-not-looked-at = not looked at
scope-behind-head = behind the signed head
scope-behind-head-value = { $n ->
        [one] { $n } entry of the journal: nobody has been given a receipt for it, and it was not judged
       *[other] { $n } entries of the journal: nobody has been given a receipt for them, and they were not judged
    }
scope-not-listed = not listed
scope-not-listed-value = an address lists no files: what the server holds beside those that the ledger names was not seen
reason-unreadable = a file with entries could not be read
sentence-own = The ledger itself: { $verdict }. Of what you brought along: { $brought }.
brought-unusable = { $n } could not be used
brought-differs = { $n } { $n ->
        [one] differs
       *[other] differ
    } from the ledger, signed by nobody
brought-other-ledger = { $n } of another ledger
brought-stranger = { $n } not signed by those who may sign it
brought-not-there-yet = { $n } not there yet
brought-inside = { $n } from inside the source, which cannot stand for itself
anchor-unusable = Unanchored: what was pinned could not be used: { $alone } on the log's word alone.

## In the words of the paper
paper-precinct = precinct { $number }
paper-protocol = protocol of precinct { $number }
paper-votes-for = votes for { $name }
paper-number = number of the precinct
paper-name-kk = name of { $name } in Kazakh
paper-name-ru = name of { $name } in Russian
paper-elected = elected
contradiction = { $where }, { $line }: published { $published }, entry { $index } says { $stated }
contradiction-sum = { $where }, { $line }: published { $published }, the protocols add up to { $stated }
contradiction-unstated = { $where }, { $line }: published { $published }, no entry says so
contradiction-left-out = { $where }: left out of what was published, and entry { $index } has it
contradiction-files = snapshot { $n }: { $files }
stated-entry = { $place } ({ $what })
line-issued_by = Issued, by each member
numbered-line = { $number } { $line }
changed-order-value = { $place }, entry { $entry }: { $votes }; the candidates stand in another order { $scope }. Hold it beside the paper
changed-order-in-both = at the precinct and in the whole election
changed-order-in-election = in the whole election
changed-order-in-precinct = at the precinct
scope-changed-order = typing mended, order changed
scope-more-changed-orders = more of these
