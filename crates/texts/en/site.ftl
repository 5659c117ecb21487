### The pages of a published ledger.

site-nav = Pages of this ledger
site-languages = Languages
site-front = Results
site-commissions = Commissions and keys
site-corrections = Corrections
site-downloads = Downloads
site-check = How to check this
site-test = TEST LEDGER: nothing on these pages is real.
site-to-text = To the content

## What the pages follow from
site-proof = What these pages follow from
site-proof-ledger = Ledger id
site-proof-origin = Log
site-proof-size = Entries
site-proof-root = Root of the tree
site-proof-received = Last entry received
site-proof-says = These pages are made from the entries of the ledger alone: whoever has the entries makes the same bytes. They prove nothing by themselves.

## How far an election is
site-standing = State
site-standing-called = called, voting on { $day }
site-standing-fixed = precincts fixed, voting on { $day }
site-standing-voting = voting under way
site-standing-closed = polls closed, no protocol yet
site-standing-counting = preliminary: { $counted } of { $all } protocols
site-standing-counted = preliminary: all { $all } protocols are there, no result determined yet
site-standing-determined = result determined by the commission, not published yet
site-standing-published = result determined and published
site-standing-registered = result determined and published, akim registered
site-standing-certified = result determined and published, akim registered, certificate { $number } issued
site-standing-annulled = result cancelled by a decision, none determined since
site-standing-denied = registration of the elected akim denied
site-standing-repeated = repeated by another election
site-repeats = It repeats another election:
site-repeated-by = It is repeated by another election:
site-again = Voting again among those who had the same number of votes.

## Turnout
site-turnout = Turnout
site-turnout-of-voters = Of the voters on the lists, %
site-turnout-ballots = Ballots
site-turnout-issued = ballots issued
site-turnout-found = ballots found in the boxes
site-turnout-law = took part by the law (votes and against all)
site-turnout-reported = Reported so far: { $issued } ballots issued at { $counted } of { $all } precincts, with { $voters } voters on their territories: { $share } %.
site-turnout-none = No turnout is reported yet.

## Results
site-no-elections = No election is called in this ledger yet.
site-election = Election
site-elected = Elected
site-result = Result
site-withheld = Votes are shown here once the polls of this election are closed, at the latest after { $time }. Until then these pages show turnout only. The entries of the ledger are public all the same: whoever reads them may know earlier.
site-few = { $counted } of { $all } protocols are there, of less than half of the voters. Nobody is marked as leading.
site-candidates = Candidates
site-nominated-by = Nominated by
site-nominated-own = himself or herself
site-nominated-higher = the higher akim
site-no-ballot = Nobody is registered yet.
site-as-file = The picture as a file
site-as-table = The same as a table
site-scatter-later = Turnout and shares are drawn once protocols of half of the voters are there.

## Precincts
site-precincts = Precincts with all lines
site-precinct = Precinct { $number }
site-precincts-from-to = { $from } to { $to } of { $all }
site-first-protocol = first protocol
site-received-at = received { $time }
site-entry = entry { $n }
site-no-protocol = No protocol is there yet.
site-day-reports = Ballots issued during the day: { $list }
site-territory = Territory (KATO)
site-back = Back to the election

## Commissions
site-keys = Keys of the ledger
site-purpose = Purpose
site-key = Public key
site-key-root = root
site-key-office = office: signs snapshots
site-key-service = service: signs refusals
site-key-log = log: signs checkpoints
site-key-revoked = revoked by entry { $n }
site-member = Member
site-seat = Seat
site-proposed-by = Proposed by
site-dissolved = dissolved
site-vacant = nobody
site-suspended = suspended
site-pages = Pages

## Corrections
site-corrections-says = Every protocol that took the place of another, with its ground and its figures before and after. The old protocol stays in the ledger.
site-corrections-none = No protocol was replaced.
site-corrections-later = Of elections whose polls are not closed, corrections are shown later.

## Downloads
site-file = File
site-bytes = Bytes
site-downloads-says = Made from the same entries as these pages. Use them for whatever you want; say of which entries they are.
site-downloads-later = Tables with votes hold no election whose polls are not closed.
site-pictures = Pictures

## How to check
site-check-says = Do not believe these pages, and not the one who shows them. Everything on them follows from signed entries that you can judge yourself.
site-check-compare = Compare the ledger id and the root below with those that you know from elsewhere: from the gazette, from the wall of the commission, from an observer.
site-check-verify = Install the program from whom you trust and run `hattama verify` on the address of the published ledger, with the ledger id as a pin. It judges every entry again by the law and says what does not hold. With nothing installed, the page verify.html does the same in a browser: take it from whom you trust, not from here.
site-check-pages = Make these pages yourself from your own copy with `hattama site` and compare them byte by byte.
site-check-paper = Compare the protocol on the wall of the precinct, or your photo of it, with the lines shown here. If a line differs, one of the two is wrong, and both are signed.
site-check-not = What no check proves: that the figures on a protocol are those of the boxes. Observers see that, and nobody else.

## Feed
site-feed = Publications and corrections as a feed (Atom)
site-feed-snapshot = Snapshot { $n } published: { $entries } entries
site-feed-overridden = Published although checks failed: { $reason }
site-feed-correction = precinct { $number }, protocol replaced

## What the script says
site-search = Search
site-shown = { $n } of { $all } shown
site-live = Newer figures
site-live-says = As the node tells them now, newer than this page. They are not published yet: nobody has verified them, and they may still be corrected.
site-live-fresh = { $entries } entries, told at { $time }.
site-live-old = No answer since { $time }. Shown is what the node told then.

## A copy that failed
site-failed = This copy of the ledger does not hold. Believe nothing on these pages before it is known why.
site-failed-of = They are made of the first { $entries } entries, which were admitted by the rules. These checks failed:
