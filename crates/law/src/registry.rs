//! The registry: every check by its stable id.
//!
//! Contains id, name, severity, article and question of each of the 106 checks; rules at admission and checks of the
//! verifier share the ids. Does not contain how a check is made. A retired check keeps its number.
//!
//! Articles are those of the constitutional law on elections of 28 September 1995, redaction of 1 January 2025.

use alloc::string::String;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// What a failure of a check means for the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The ledger or the snapshot lies, or the law was broken.
    Fail,
    /// Something that people must look at.
    Warn,
    /// Something that people may want to know.
    Info,
}

macro_rules! rules {
    ($($variant:ident $id:literal $name:ident $severity:ident $article:literal $question:literal)*) => {
        /// A rule of admission and a check of the verifier, by one id.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = concat!($id, " ", stringify!($name), ". ", $question)] $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of the report.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The rule of that id, if this version knows it.
            #[must_use]
            pub fn of(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|rule| rule.id() == id)
            }

            /// The stable id.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// The name, one word.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => stringify!($name),)* }
            }

            /// What a failure means.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity,)* }
            }

            /// The article it rests on, or the format where no article does.
            #[must_use]
            pub fn article(self) -> &'static str {
                match self { $(Self::$variant => $article,)* }
            }

            /// What it asks, in plain words.
            #[must_use]
            pub fn question(self) -> &'static str {
                match self { $(Self::$variant => $question,)* }
            }
        }
    };
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for Rule {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        Self::of(&id).ok_or_else(|| D::Error::custom(format_args!("expected the id of a check, found {id}")))
    }
}

rules! {
    Int01 "INT-01" GenesisPinned Fail "format"
        "Does the ledger start from the pinned first event?"
    Int02 "INT-02" ChainLinks Fail "format"
        "Does every entry name the hash of the one before?"
    Int03 "INT-03" EventHashRecomputed Fail "format"
        "Does the content of every event give the hash that is signed and used?"
    Int04 "INT-04" SequenceGapFree Fail "format"
        "Are numbers without gaps or repeats, in the ledger and in each author's chain?"
    Int05 "INT-05" CanonicalBytes Fail "format"
        "Is every entry in the one allowed byte form?"
    Int06 "INT-06" EndsAtCheckpoint Fail "format"
        "Does the ledger end exactly where the signed checkpoint says?"
    Int07 "INT-07" AttachmentHashes Fail "format"
        "Do attached papers match the hashes in their events?"
    Int08 "INT-08" KnownEventTypes Fail "format"
        "Is every fact and version known to this verifier?"
    Int09 "INT-09" ProjectionReplay Fail "format"
        "Does a replay from zero give the published projections?"
    Int10 "INT-10" ReplayDeterministic Fail "format"
        "Do two replays give the same state?"
    Int11 "INT-11" MerkleRoot Fail "format"
        "Does the tree over the entries have the signed root, and do the tiles follow from it?"
    Int12 "INT-12" StoreVsExport Fail "format"
        "Does the node's store equal the published ledger?"
    Sig01 "SIG-01" EventSignatures Fail "format"
        "Is every signature valid over the text its member signed?"
    Sig02 "SIG-02" KeyRegistered Fail "format"
        "Was every key registered, with proof of possession, before it was used?"
    Sig03 "SIG-03" KeyWindow Fail "format"
        "Was every key inside its validity?"
    Sig04 "SIG-04" RevocationRespected Fail "format"
        "Was no key used after it was revoked?"
    Sig05 "SIG-05" Quorum Fail "art. 20(4), 43(8)"
        "Did as many sign as the law and the charter ask?"
    Sig06 "SIG-06" DistinctSigners Fail "format"
        "Does no key serve two roles or two commissions?"
    Sig07 "SIG-07" SnapshotSigned Fail "format"
        "Did the CEC sign the snapshot, and the log its checkpoint?"
    Sig08 "SIG-08" Countersigned Warn "format"
        "Did the territorial commission countersign every protocol?"
    Sig09 "SIG-09" TimeAnchored Warn "format"
        "Does an outside time stand behind the events?"
    Sig10 "SIG-10" KeyUseAnomaly Warn "format"
        "Is no key used in bursts or at odd hours?"
    Sig11 "SIG-11" DissentRecorded Info "art. 20(5)"
        "Are members who did not sign named with the reason?"
    Aty01 "ATY-01" CommissionExists Fail "art. 10(3), 13, 17"
        "Was every acting commission formed by the competent body, in its lawful size?"
    Aty02 "ATY-02" JurisdictionMatch Fail "art. 14, 18"
        "Does each commission act only for its own precincts and elections?"
    Aty03 "ATY-03" ActionForLevel Fail "art. 12, 14, 18"
        "Does the act belong to that level and that desk?"
    Aty04 "ATY-04" OfficerInOffice Fail "art. 19, 20"
        "Did each signer hold the office when it was received?"
    Aty05 "ATY-05" DelegationRecorded Warn "art. 43(8)"
        "Does whoever stands in for the chair say on what ground?"
    Aty06 "ATY-06" CorrectionAuthority Fail "art. 43(8)(9)"
        "Do counted figures change only on a lawful ground?"
    Aty07 "ATY-07" NoSelfApproval Fail "art. 20(4)"
        "Is no correction approved by its author alone?"
    Pro01 "PRO-01" StateMachine Fail "art. 113-1 to 113-11"
        "Is every act lawful in the state it met?"
    Pro02 "PRO-02" CalendarWindows Fail "art. 113-3(5), 113-5(14)"
        "Are the acts inside the dates of the calendar?"
    Pro03 "PRO-03" RegistrationBeforeBallot Fail "art. 37(1)"
        "Does the ballot list exactly the registered candidates, in the order of the Kazakh alphabet?"
    Pro04 "PRO-04" WithdrawalDeadline Fail "art. 113-6(1)"
        "Did withdrawals come in time?"
    Pro05 "PRO-05" NoVotesForWithdrawn Fail "art. 113-6"
        "Has no withdrawn candidate votes?"
    Pro06 "PRO-06" ProtocolAfterClose Fail "art. 38(1)(3), 43(1)"
        "Was every protocol drawn up after its precinct closed?"
    Pro07 "PRO-07" CountWithinLimit Warn "art. 43(1)"
        "Was the count done within 12 hours?"
    Pro08 "PRO-08" PostedAndCopied Warn "art. 43(8)"
        "Are posting and copies of each protocol recorded?"
    Pro09 "PRO-09" CorrectionReasoned Fail "art. 43(9)"
        "Does every correction carry ground, decision and who was present?"
    Pro10 "PRO-10" SupersedesOnce Fail "art. 43(8)(9)"
        "Does a new protocol name the current one it replaces?"
    Pro11 "PRO-11" ResultInTime Warn "art. 113-10(1), 44(4)"
        "Was the result determined in time?"
    Pro12 "PRO-12" WinnerRule Fail "art. 113-10(2)"
        "Does the outcome follow from the replayed totals?"
    Pro13 "PRO-13" RepeatVoteTrigger Fail "art. 113-9"
        "Does a tie or an invalid election lead to the prescribed path?"
    Pro14 "PRO-14" CertificateAfterRegistration Fail "art. 46(3), 113-11"
        "Is there one certificate, for the registered winner?"
    Pro15 "PRO-15" CertificateRevocation Fail "art. 113-11(2)"
        "Is a certificate of an annulled result revoked?"
    Pro16 "PRO-16" ComplaintsBeforeFinal Warn "art. 20(9), 49"
        "Is no complaint open when the result is final?"
    Pro17 "PRO-17" EventTimePlausible Warn "—"
        "Are the authors' times plausible?"
    Ari01 "ARI-01" WholeNonNegative Fail "art. 43(8)"
        "Are all figures whole numbers from zero on, and none left out?"
    Ari02 "ARI-02" BallotSupply Fail "art. 43(4)(4-1)"
        "Do received ballots equal issued, cancelled and damaged ones, and the members' shares the issued?"
    Ari03 "ARI-03" BoxNotMoreThanIssued Fail "art. 43(4-1)"
        "Are there no more ballots in the boxes than were issued?"
    Ari04 "ARI-04" VotesSum Fail "art. 43(1)(5)"
        "Do votes, against all and invalid ballots add up to the ballots found?"
    Ari05 "ARI-05" ValidInvalid Fail "art. 43(3-1)(4-1)"
        "Do the boxes add up to the ballots found?"
    Ari06 "ARI-06" IssuedVsRegister Fail "art. 41(3)(4)"
        "Were no more ballots issued than voters are on the list?"
    Ari07 "ARI-07" PortableBox Fail "art. 43(3-1)"
        "Is there no more in a portable box than was applied for?"
    Ari08 "ARI-08" RollUp Fail "art. 113-10(1)"
        "Are the totals the sums of the current protocols?"
    Ari09 "ARI-09" PercentRecompute Fail "art. 43(5)"
        "Do published percentages follow from the counts?"
    Ari10 "ARI-10" PrintRunBalance Warn "art. 37(2)(3)"
        "Do printed ballots cover the deliveries within the legal reserve?"
    Ari11 "ARI-11" TurnoutSeries Warn "art. 43(4)"
        "Does reported turnout never fall?"
    Ari12 "ARI-12" CorrectionDelta Fail "—"
        "Did each correction move the total by exactly its difference?"
    Ari13 "ARI-13" TwinProtocols Warn "—"
        "Are no two protocols suspiciously alike?"
    Ari14 "ARI-14" InvalidShareHigh Warn "—"
        "Is the share of invalid ballots usual?"
    Ari15 "ARI-15" DifferenceHigh Warn "—"
        "Is the difference between issued and found usual?"
    Ari16 "ARI-16" PossibleSwap Warn "—"
        "Do no two candidates look swapped?"
    Ari17 "ARI-17" ShareOutlier Info "—"
        "Is no share far from the rest of the district?"
    Ari18 "ARI-18" TurnoutExtreme Info "—"
        "Where is turnout extreme?"
    Com01 "COM-01" EveryPrecinctOnce Fail "art. 113-10(1)"
        "Has every precinct exactly one current protocol?"
    Com02 "COM-02" NoUnknownPrecinct Fail "art. 23"
        "Is there no protocol from an unknown precinct?"
    Com03 "COM-03" ScanPresent Warn "—"
        "Is a scan attached to each protocol?"
    Com04 "COM-04" BallotOrderComplete Fail "art. 37(1)"
        "Are all ballot lines there, in ballot order?"
    Com05 "COM-05" NoEmptyField Fail "—"
        "Are all mandatory fields filled?"
    Com06 "COM-06" AllTecHeadsIncluded Fail "—"
        "Are the heads of all territorial commissions included?"
    Com07 "COM-07" ReceiptsHonoured Fail "—"
        "Is every receipt honoured?"
    Com08 "COM-08" ComplaintsAnswered Warn "—"
        "Is every complaint answered?"
    Com09 "COM-09" ClosedProperly Fail "—"
        "Is the ledger properly closed?"
    Pub01 "PUB-01" ManifestComplete Fail "format"
        "Does the manifest list exactly the files that are there?"
    Pub02 "PUB-02" ExportsReproduce Fail "format"
        "Do the exports follow from the ledger?"
    Pub03 "PUB-03" NistErrValid Fail "format"
        "Is the NIST report valid?"
    Pub04 "PUB-04" PublicationLatency Warn "format"
        "How long from signature to publication?"
    Pub05 "PUB-05" CadenceKept Warn "format"
        "Was the promised cadence kept?"
    Pub06 "PUB-06" PrivacyRedaction Info "format"
        "Is no personal data in public files?"
    Pub07 "PUB-07" MirrorsAgree Fail "format"
        "Do the mirrors agree?"
    Pub08 "PUB-08" SoftwareDeclared Warn "format"
        "Is the software of each snapshot declared?"
    Pub09 "PUB-09" LanguageParity Info "format"
        "Do all languages carry the same numbers?"
    Pub10 "PUB-10" TestFlagOff Fail "format"
        "Is nothing marked test in a real ledger?"
    Pub11 "PUB-11" PagesReproduce Fail "format"
        "Do the pages follow from the ledger?"
    Pub12 "PUB-12" VerifierOfRelease Warn "format"
        "Is the verifier beside the pages that of its release?"
    Snp01 "SNP-01" PrefixExtension Fail "format"
        "Is the older ledger a prefix of this one?"
    Snp02 "SNP-02" SameSizeSameHead Fail "format"
        "Have two checkpoints of one size one root?"
    Snp03 "SNP-03" NumberAndTimeMonotone Fail "format"
        "Do numbers and sizes of snapshots grow?"
    Snp04 "SNP-04" NothingDisappeared Fail "format"
        "Has nothing disappeared between snapshots?"
    Snp05 "SNP-05" ChangedResultsExplained Fail "format"
        "Has every changed figure its correction?"
    Snp06 "SNP-06" KeyContinuity Fail "format"
        "Is the signing key the same, or handed over?"
    Snp07 "SNP-07" HeadsSeenElsewhere Fail "format"
        "Do heads collected elsewhere lie on this chain?"
    Snp08 "SNP-08" WitnessQuorum Warn "format"
        "Did enough witnesses cosign?"
    Snp09 "SNP-09" LateArrivalShift Info "format"
        "Do late arrivals differ strongly?"
    Obs01 "OBS-01" ObserverCopyMatch Fail "—"
        "Do observers' copies match, field by field?"
    Obs02 "OBS-02" QrMatchesLedger Fail "—"
        "Do scanned codes match the ledger?"
    Obs03 "OBS-03" CoveragePower Info "—"
        "How likely would the copies held have shown a lie?"
    Obs04 "OBS-04" EvidenceSealed Info "—"
        "Was the observer's evidence committed before the official figure?"
    Obs05 "OBS-05" CopyWithoutRecord Fail "—"
        "Is there no copy without a record?"
    Obs06 "OBS-06" PvtInterval Warn "—"
        "Is the official share inside the quick count's interval?"
    Man01 "MAN-01" RootKeyFingerprint Info "—"
        "Is the root key the one in the gazette?"
    Man02 "MAN-02" HeadOnPaper Info "—"
        "Is the head the one printed or hung up?"
    Man03 "MAN-03" CountsDecided Info "—"
        "Are the numbers of precincts, voters and candidates those decided?"
    Man04 "MAN-04" VerifierBinary Info "—"
        "Is this program the one others have?"
    Man05 "MAN-05" RecomputedByHand Info "—"
        "Do three protocols, added by hand, agree?"
}

impl core::fmt::Display for Rule {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(self.id())
    }
}

impl phrase::ToArgument for Rule {
    fn to_argument(&self) -> phrase::Argument {
        phrase::Argument::quote(self.id())
    }
}
