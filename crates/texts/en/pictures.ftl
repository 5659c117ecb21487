### The report as a page, and its pictures.

page-contents = On this page
page-failures = What does not hold
page-doubts = What could not be judged or used
page-checks = Checks
page-checks-note = Counted are those that do not hold, of those examined. A check that could not be made is never a pass.
page-eyes-note = No program can judge these. Compare them with what is printed in the gazette, hangs on the wall of the commission, or stands in a decision, and tick what agrees.
page-readings-note = Each finding can be read in two ways. The check says that something does not fit; which reading is true, it does not say.
page-in-json = The rest is in the report as JSON.
page-unlisted = The beginning of the rest is in the report as JSON; { $n } were only counted.
page-limits = What this report does not prove
page-hash = SHA-256 of this report as JSON. Whoever verifies the same files with the same version and the same options gets the same number, on any machine: compare it by telephone.
page-signature = Verified by (name, signature, date)
page-elections = Elections
page-stopped = The replay stopped at an entry that may not stand where it stands. The pictures show only what was admitted before it.
page-preliminary = preliminary: no result determined yet
page-unfixed = The precincts of this election are not fixed yet.
page-precincts = All precincts as a table

## Columns
col-check = Check
col-status = Came to
col-counts = do not hold / examined
col-outcome = Result
col-protocols = Protocols
col-corrections = Corrections
col-precinct = Precinct
col-stage = Protocol
col-arrived = Arrived
col-voters = Voters
col-issued = Issued
col-turnout = Turnout, %
col-valid = Valid
col-share = Share, %
col-line = Line
col-votes = Votes
col-entry = Entry
col-reason = Why
col-changes = Old → new
col-unchanged = no figure changed

## How far a protocol is
stage-missing = no protocol yet
stage-signed = arrived, not countersigned
stage-countersigned = countersigned
stage-corrected = replaced by a corrected one
stage-disputed = returned, recounted or cancelled
stage-invalidated = result declared invalid
kind-open = open precinct
kind-closed = closed precinct

## Sums
sum-received = received, and issued + cancelled + damaged
sum-found = found in the boxes, and valid + invalid
sum-issued = issued, and found in the boxes

## Pictures
pic-foot = Ledger of { $entries } entries, root { $root } …
pic-of-protocols = of { $counted } of { $all } protocols
page-no-protocols = No protocol is there yet: there are no figures.
pic-counted = Protocols of { $counted } of { $all } precincts.
pic-table = The same as a table
pic-grid = Protocols of the precincts
pic-arrivals = When the protocols arrived
pic-arrivals-says = { $counted } of { $all } protocols arrived: the first on { $first }, half of them by { $half }, the last on { $last }. Longest pause: { $hours } h { $minutes } min.
pic-arrivals-note = Times are those of receipt by the ledger. A pause can be a lost line or a long count; compare it with what the commissions said then. Triangles below the line are published snapshots.
pic-arrivals-precincts = precincts, %
pic-arrivals-voters = voters in them, %
pic-arrivals-pause = longest pause
pic-arrivals-up = % arrived
pic-arrivals-across = local time
pic-corrections = Corrections: old and new
pic-corrections-none = No protocol was replaced.
pic-corrections-says = { $n ->
        [one] { $n } protocol was replaced
       *[other] { $n } protocols were replaced
    }, { $figures } figures changed.
pic-corrections-note = A correction is a whole new protocol with a ground; the old one stays in the ledger. Bars to the right: more than before; to the left: less.
pic-scatter = Turnout and share of the leader
pic-scatter-says = { $n } precincts: turnout by ballots issued, and the share of { $name } in the valid ballots. The area of a mark follows the voters.
pic-scatter-note = A mark off the cloud proves nothing: a village votes unlike a city, and in hospitals, garrisons and detention centres nearly all vote. It says where to read the protocol first.
pic-scatter-across = turnout, %
pic-scatter-up = share of the leader, %
pic-balance = Where the ballots went
pic-balance-says = { $issued } ballots were issued to { $voters } voters on the lists: { $share } %.
pic-balance-note = Sums over the protocols that count. A voter can carry a ballot away: fewer in the boxes than issued is common, more than issued never is.
pic-of-all-protocols = of all protocols: { $all }
