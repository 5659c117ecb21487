### Words of the law and of the ledger: facts, statuses, inputs of checks, cases from elsewhere.

## Facts
fact-ledger-opened = Ledger opened
fact-snapshot-published = Snapshot published
fact-commission-formed = Commission formed
fact-key-enrolled = Key enrolled
fact-key-revoked = Key revoked
fact-precinct-formed = Precinct formed
fact-precincts-fixed = Precincts fixed
fact-election-called = Election called
fact-candidate-nominated = Candidate nominated
fact-eligibility-checked = Eligibility checked
fact-signatures-verified = Signature sheets verified
fact-candidate-registered = Candidate registered
fact-candidate-withdrew = Candidate withdrew
fact-ballot-approved = Ballot approved
fact-ballots-printed = Ballots printed
fact-ballot-amended = Ballot amended
fact-voter-list-handed-over = Voter list handed over
fact-ballots-delivered = Ballots delivered
fact-precinct-opened = Precinct opened
fact-turnout-reported = Turnout reported
fact-voting-closed = Voting closed
fact-ballots-accounted = Ballots accounted for before the boxes were opened
fact-protocol-signed = Protocol signed
fact-copies-issued = Copies of the protocol issued
fact-protocol-received = Protocol received
fact-protocol-returned = Protocol returned
fact-recount-ordered = Recount ordered
fact-protocol-superseded = Protocol superseded
fact-results-determined = Results of the election determined
fact-results-published = Results of the election published
fact-duties-resigned = Incompatible duties resigned
fact-akim-registered = Akim registered
fact-certificate-issued = Certificate of the akim issued
fact-root-keys-replaced = Root keys of the CEC replaced
fact-office-keys-replaced = Office keys of the CEC replaced
fact-log-key-replaced = Log key replaced
fact-rules-adopted = Rules adopted
fact-clock-corrected = Clock corrected
fact-ledger-closed = Ledger closed
fact-commission-dissolved = Commission dissolved
fact-member-changed = Member of a commission changed
fact-member-suspended = Member of a commission suspended
fact-key-replaced = Key replaced
fact-precincts-changed = List of precincts changed
fact-nomination-extended = Nomination extended
fact-election-extended = Election extended
fact-repeat-voting-called = Repeat voting called
fact-repeat-election-called = Repeat election called
fact-candidate-refused = Registration of a candidate refused
fact-candidate-cancelled = Registration of a candidate cancelled
fact-candidate-restored = Registration of a candidate restored
fact-organisation-accredited = Organisation accredited
fact-proxies-registered = Proxies registered
fact-observers-counted = Observers counted
fact-observer-removed = Observer removed
fact-recount-requested = Recount requested
fact-copy-refused = Copy of the protocol refused
fact-precinct-invalidated = Result of a precinct invalidated
fact-complaint-filed = Complaint filed
fact-complaint-decided = Complaint decided
fact-decision-cancelled = Decision cancelled
fact-akim-registration-denied = Registration of the akim denied
fact-certificate-revoked = Certificate of the akim revoked

## How far a precinct is
poll-formed = formed
poll-list-received = voter list received
poll-ballots-received = ballots received
poll-open = open
poll-closed = voting closed
poll-accounted = ballots accounted for, boxes not yet opened
poll-protocol-signed = protocol signed
poll-protocol-received = protocol received
poll-protocol-returned = protocol returned
poll-recount-ordered = recount ordered
poll-protocol-cancelled = protocol cancelled from above
poll-invalidated = result invalidated

## How far a candidate came
candidate-nominated = nominated
candidate-registered = registered
candidate-withdrawn = out of the race
candidate-elected = elected
candidate-refused = registration refused
candidate-cancelled = registration cancelled
candidate-died = died

## What became of a protocol
protocol-signed = signed
protocol-received = received
protocol-returned = returned
protocol-recount-ordered = recount ordered
protocol-superseded = superseded
protocol-cancelled = cancelled from above
ground-recount = recount ordered from above (art. 43(9))
ground-transcription = wrong transcription of an unchanged paper
ground-decision = decision of a higher commission or a court

## What an election came to
outcome-elected = elected
outcome-tie = equal highest number of votes: nobody is elected
outcome-invalid = nobody can be elected: repeat election

## Checks
category-INT = integrity
category-SIG = signatures
category-ATY = authority
category-PRO = procedure
category-ARI = arithmetic
category-COM = completeness
category-PUB = publication
category-SNP = snapshots
category-OBS = observers
category-MAN = by hand
severity-F = a failure refuses an event, and fails a verification
severity-W = a failure is a warning
severity-I = for information
built-yes = made by this version
built-no = not built yet

## What a check needs
input-entries = the entries of the ledger
input-charter = the charter (first entry)
input-checkpoint = the signed checkpoint
input-tiles = the tiles of the tree
input-snapshots = the snapshots with their manifests
input-projections = the published projections (JSON)
input-reports = the published report files (CSV, workbook, NIST)
input-attachments = the attached documents
input-pin = what you kept from elsewhere: an id or an older checkpoint (--pin)
input-store = the node's own store
input-time-stamps = time stamps of third parties
input-heads = heads collected elsewhere, with their sizes
input-mirrors = the addresses of the mirrors
input-receipts = receipts that submitters hold
input-policy = the policy: which witnesses, and how many
input-sheet = the codes scanned from a sheet (--qr)
input-copies = copies of protocols held by observers
input-sealed = sealed hashes of observers' photographs
input-sample = the observers' quick count
input-print = the printed or posted original
input-program = the program itself

## Cases from elsewhere
incident-malawi-2019 = Malawi 2019: figures on result sheets were altered with correction fluid after signing; a court annulled the election.
incident-kenya-2017 = Kenya 2017: the audit of the servers showed entries under other people's names and forms that came and went; the election was annulled.
incident-kenya-2022 = Kenya 2022: nearly all forms stood open on a portal within days, and the court could compare them.
incident-ukraine-2004 = Ukraine 2004: by the evidence of the time, results passed through a server that changed them on their way.
incident-ukraine-2012 = Ukraine 2012: results posted by district commissions differed from protocols of precincts.
incident-bolivia-2019 = Bolivia 2019: the fast count stopped for a day, and experts still dispute what its last part shows.
incident-honduras-2017 = Honduras 2017: the results page stood still for about a day and a half; when it moved again, the lead had changed.
incident-kyrgyzstan-2021 = Kyrgyzstan 2021: the screen of the commission showed shares adding up to more than 150 percent and went dark; a recount found no difference.
incident-philippines-2016 = Philippines 2016: a cosmetic change of one letter (? to ñ) on a server changed the hashes of files and cost it much trust.
incident-nigeria-2023 = Nigeria 2019 and 2023: results were corrected on the spot without a record, and the portal came late.
incident-sierra-leone-2023 = Sierra Leone 2023: results of single polling stations were never published.
incident-venezuela-2024 = Venezuela 2024: only totals were announced; witnesses collected and scanned the coded sheets of most stations.
incident-belarus-2020 = Belarus 2020: no results by station were published; protocols that citizens collected did not fit the official totals.
incident-georgia-2020 = Georgia 2020: observers counted more ballots than signatures at about one station in twelve.
incident-germany-2017 = Germany 2017: a program that carried results took unsigned updates and used weak passwords.
incident-immudb = A known ledger database once accepted forged proofs, because the client trusted what the server said.
incident-verifier-2023 = 2023: a verifier of another system printed checks that it had not made as passed.
incident-almaty-2007 = Almaty 2007: observers of one precinct held 244 to 150, the commission above 47 to 347; in court members of the precinct doubted their own signatures.
incident-oskemen-2023 = Ust-Kamenogorsk 2023: a candidate with protocols of all 15 precincts counted herself ahead, and the official result had her 33 votes behind.
incident-copies-2023 = Kazakhstan 2023: candidates reported that they were refused copies of final protocols and that nothing was posted.
incident-circulating-2023 = Almaty 2023: a commission called a protocol that went from hand to hand a fake, by the number of its form; nobody could check.
incident-astana-2023 = Astana 2023: in published figures 56,045 votes stood as 19.96 percent, where 16.96 is right, and the parts did not give the whole.

## What of a test ledger is made up
synthetic-figures = SYNTHETIC, made up: { $kinds }.
scope-synthetic = synthetic
synthetic-birth-years = years of birth
synthetic-candidates = names of candidates
synthetic-counts = numbers of ballots and turnout
synthetic-dates = dates before the voting
synthetic-members = names of members of commissions
synthetic-nominators = who nominated whom
synthetic-other-birth-years = years of birth, but that of the elected
synthetic-other-candidates = names of candidates that say so themselves
synthetic-outcomes = who is elected
synthetic-papers = documents
synthetic-precincts = figures of single precincts
synthetic-sizes = how many voters, precincts, members and candidates
synthetic-territories = that there was an election here
synthetic-vote-numbers = numbers of votes (not the shares)
synthetic-votes = votes and shares
synthetic-watching = how those who watch are split
