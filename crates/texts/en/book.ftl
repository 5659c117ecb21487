### A precinct's book, and the forms that are filled in from it.

## The book
book-made = { $dir }: { $events } events, each proved in the tree of size { $size }
book-none = nothing to write: no precinct votes in { $election } yet (precincts-fixed)
book-ledger = ledger
book-election = election
book-precinct = precinct
book-tree = tree of the book
book-proved = proved
book-proved-value = { $entries } events, each signed and in the tree of size { $size }; what was added since, only the ledger says
book-list = voters on the list handed over
book-delivered = ballots delivered
book-status = how far
book-own = own events
book-own-value = { $waiting } signed, { $unsigned } to be signed
book-ballot = Candidates in the order of the ballot:
book-members = Members and their keys:
book-no-key = no key
book-places = The next document of each:
book-board = the commission
book-next = No. { $number }; its files begin with { $form }-
book-no-pin = the book has no checkpoint that reads ({ $found }); it is made again, and what was there before cannot be compared
book-refused = NOT TAKEN { $path }: { $why }
book-guide-what = PRECINCT No. { $number } ({ $precinct }): the book of an election without a line
    Ledger { $ledger }
    Tree of size { $size }, root { $root }
    Compare the ledger's id with the one printed in the gazette.
book-guide-steps = In the course of the day, in this folder. The first run writes a form into forms/; fill it in and run the same command once more:
book-guide-sign = Every draft in outbox/ is then checked, and signed by each member on this laptop, who sees it before the passphrase is asked for:
    { "   " }hattama event check FILE --book .
    { "   " }hattama event sign FILE --key KEY
    { "   " }hattama slip FILE               # the sheet that hangs at the precinct
book-guide-line = When there is a line, here or at the territorial commission:
    { "   " }hattama outbox send --dir outbox --to ADDRESS
    { "   " }hattama book renew . ADDRESS
    Nothing is lost if it is interrupted: run it again. Keep this folder.
hint-book = `hattama book new` writes one for each precinct
hint-book-broken = `hattama book renew` writes it again; forms and outbox stay
hint-book-fork = keep this folder and show its file `checkpoint` to observers: `hattama verify SOURCE --pin DIR/checkpoint` says more
hint-add-up = compare each line with the paper; where the paper itself says so, write the rule and the reason on a line 18 of the form
hint-by-the-book = look at the form first; if it is right and the commission above has recorded more since the book was made, renew the book, or draft with --anyway
hint-book-astray = move that file out of the outbox, keep it, and say so in the minutes; or draft in its place with --voids FILE

## Drafts
form-written = { $path }: fill it in with any text editor, then run the same command again
draft-written = { $path }: draft { $hash }, { $signers } signatures to come
draft-gone = { $path }: the draft that nobody had signed is removed
draft-paper = keep { $path } with the event: it is named by its hash, and goes to the territorial commission with the paper
draft-noted = noted        { $rule }  { $said }
form-not-filled-in = { $path } is not filled in yet ({ $faults }):

## The forms
form-precinct = Precinct No. { $number }. { $election }
form-how = Write a value behind each sign "=". An empty line is no zero: where there is none, write 0.
    Copy the figures from the paper; the paper is never changed to please the program.
form-how-members = For each member: + signs; or absent, refused, suspended; or dissent, with ": FILE" for the opinion.
form-how-explained = Files are named from the folder of the book.
form-part-day = The precinct
form-part-stands-in = Only where somebody stands in for the chair
form-part-ballots = Lists and ballots (art. 43)
form-part-home = Voting outside the premises
form-part-votes = What was in the boxes
form-part-times = The count
form-part-members = The members
form-part-paper = The paper
form-part-explained = Only where a control ratio does not hold on the signed paper: rule and reason, as ARI-04: the reason
form-part-copies = The copies
form-ballots = Ballots received
form-boxes = Boxes, shown empty and sealed
form-issued-so-far = Ballots issued so far
form-stands-in = Why
form-copies = Copies handed out
form-posted = Hangs at the precinct (yes or no)
form-expected-count = a number in digits, 0 or more
form-expected-time = a time as 12.10.2025 22:30
form-expected-words = words
form-expected-file = a file that is there
form-expected-member = + or absent, refused, dissent, suspended
form-expected-explanation = a rule and a reason, as ARI-04: the reason
form-expected-yes = yes or no
form-fault-no-text = expected text in UTF-8: save it as UTF-8 in the editor
form-fault-other = expected the form "{ $expected }", found "{ $found }"
form-fault-no-line = line { $line }: expected "number) words = value", found: { $found }
form-fault-number = line { $line }: the form has no line { $found })
form-fault-twice = line { $line }: { $number }) stands already on line { $first }
form-fault-left-out = { $number }) { $label }: this line is gone
form-fault-no-act = { $number }): damaged ballots need their act
form-fault-idle-act = { $number }): an act about damaged ballots, and none are damaged
form-fault-rule-twice = { $number }) explains { $rule }, which { $first }) explains already
form-fault-words = line { $line }: { $number }) is "{ $expected }", found other words: { $found }
form-fault-empty = line { $line }: { $number }) { $label }: nothing written; empty is no zero
form-fault-value = line { $line }: { $number }) { $label }: expected { $expected }, found: { $found }
form-word-signs = signs
form-word-absent = absent
form-word-refused = refused
form-word-dissent = dissent
form-word-suspended = suspended
form-word-yes = yes
form-word-no = no
draft-doubt = look at this before anybody signs ({ $rule }): { $message }
form-hint-time = time: 2:59 is that hour of the night after the polls closed; or 13.10.2025 02:59
form-hint-damaged-act = the file of the act, if the line above is not zero; if it is, leave it empty
form-hint-box-act = the file of the act, if the box holds more ballots than applications; else leave it empty
form-hint-paper = the path of the file from the folder of the book, as scan.pdf; left empty, the event names no paper; it must be there if line 18 is filled in
form-hint-explanation = only if the figures on the signed paper do not agree: which rule and why, as ARI-04: one ballot was torn
form-hint-posted = yes or no; + and - will do too
form-fault-word-processor = expected plain text, found the document of a word processor: save the form there as plain text (UTF-8, .txt)
form-fault-no-paper = { $number }) line { $explained } is filled in: name the scan of the paper that gives the explanation
