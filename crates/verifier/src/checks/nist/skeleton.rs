//! What the schema of the format says and its validators pass over: which field names which kind of object; and what every
//! object must have.
//!
//! Looks at the facts of NIST SP 1500-100 version 2. Elsewhere: judging a file by them (`nist`).

/// Types of the format, without `ElectionResults.`, each with its required fields.
pub(super) const REQUIRED: &[(&str, &[&str])] = &[
    ("AnnotatedString", &["Content"]),
    ("AnnotatedUri", &["Content"]),
    ("BallotCounts", &["GpUnitId", "Type"]),
    ("BallotMeasureContest", &["@id", "ElectionDistrictId", "Name"]),
    ("BallotMeasureSelection", &["@id", "Selection"]),
    ("BallotStyle", &["GpUnitIds"]),
    ("Candidate", &["@id", "BallotName"]),
    ("CandidateContest", &["@id", "ElectionDistrictId", "Name", "VotesAllowed"]),
    ("CandidateSelection", &["@id"]),
    ("Coalition", &["@id", "Name"]),
    ("ContactInformation", &[]),
    ("CountStatus", &["Status", "Type"]),
    ("DeviceClass", &[]),
    ("Election", &["ElectionScopeId", "EndDate", "Name", "StartDate", "Type"]),
    ("ElectionAdministration", &[]),
    (
        "ElectionReport",
        &[
            "Format",
            "GeneratedDate",
            "Issuer",
            "IssuerAbbreviation",
            "SequenceEnd",
            "SequenceStart",
            "Status",
            "VendorApplicationId",
        ],
    ),
    ("ExternalIdentifier", &["Type", "Value"]),
    ("Header", &["@id", "Name"]),
    ("Hours", &["EndTime", "StartTime"]),
    ("InternationalizedText", &["Text"]),
    ("LanguageString", &["Content", "Language"]),
    ("LatLng", &["Latitude", "Longitude"]),
    ("Office", &["@id", "Name"]),
    ("OfficeGroup", &["Name"]),
    ("OrderedContest", &["ContestId"]),
    ("OrderedHeader", &["HeaderId"]),
    ("OtherCounts", &["GpUnitId"]),
    ("Party", &["@id", "Name"]),
    ("PartyContest", &["@id", "ElectionDistrictId", "Name"]),
    ("PartyRegistration", &["Count", "PartyId"]),
    ("PartySelection", &["@id", "PartyIds"]),
    ("Person", &["@id"]),
    ("ReportingDevice", &["@id"]),
    ("ReportingUnit", &["@id", "Type"]),
    ("RetentionContest", &["@id", "CandidateId", "ElectionDistrictId", "Name"]),
    ("Schedule", &[]),
    ("SpatialDimension", &[]),
    ("SpatialExtent", &["Coordinates", "Format"]),
    ("Term", &[]),
    ("VoteCounts", &["Count", "GpUnitId", "Type"]),
];

/// Who may be named: groups of types that several fields share.
const UNITS: &[&str] = &["ReportingDevice", "ReportingUnit"];
const DISTRICT: &[&str] = &["ReportingUnit"];
const PARTIES: &[&str] = &["Coalition", "Party"];
const PERSON: &[&str] = &["Person"];
const CANDIDATE: &[&str] = &["Candidate"];
const OFFICE: &[&str] = &["Office"];
const HEADER: &[&str] = &["Header"];
const CONTESTS: &[&str] = &["BallotMeasureContest", "CandidateContest", "PartyContest", "RetentionContest"];
const SELECTIONS: &[&str] = &["BallotMeasureSelection", "CandidateSelection", "PartySelection"];

/// A field that names other objects: its type, the field, the types that it may name.
pub(super) const REFERENCES: &[(&str, &str, &[&str])] = &[
    ("BallotCounts", "GpUnitId", UNITS),
    ("BallotMeasureContest", "ElectionDistrictId", DISTRICT),
    ("BallotStyle", "GpUnitIds", UNITS),
    ("BallotStyle", "PartyIds", PARTIES),
    ("Candidate", "PartyId", PARTIES),
    ("Candidate", "PersonId", PERSON),
    ("CandidateContest", "ElectionDistrictId", DISTRICT),
    ("CandidateContest", "OfficeIds", OFFICE),
    ("CandidateContest", "PrimaryPartyIds", PARTIES),
    ("CandidateSelection", "CandidateIds", CANDIDATE),
    ("CandidateSelection", "EndorsementPartyIds", PARTIES),
    ("Coalition", "ContestIds", CONTESTS),
    ("Coalition", "LeaderPersonIds", PERSON),
    ("Coalition", "PartyIds", PARTIES),
    ("Coalition", "PartyScopeGpUnitIds", UNITS),
    ("Election", "ElectionScopeId", DISTRICT),
    ("ElectionAdministration", "ElectionOfficialPersonIds", PERSON),
    ("Office", "ElectionDistrictId", DISTRICT),
    ("Office", "OfficeHolderPersonIds", PERSON),
    ("OfficeGroup", "OfficeIds", OFFICE),
    ("OrderedContest", "ContestId", CONTESTS),
    ("OrderedContest", "OrderedContestSelectionIds", SELECTIONS),
    ("OrderedHeader", "HeaderId", HEADER),
    ("OtherCounts", "GpUnitId", UNITS),
    ("Party", "LeaderPersonIds", PERSON),
    ("Party", "PartyScopeGpUnitIds", UNITS),
    ("PartyContest", "ElectionDistrictId", DISTRICT),
    ("PartyRegistration", "PartyId", PARTIES),
    ("PartySelection", "PartyIds", PARTIES),
    ("Person", "PartyId", PARTIES),
    ("ReportingDevice", "ComposingGpUnitIds", UNITS),
    ("ReportingUnit", "AuthorityIds", PERSON),
    ("ReportingUnit", "ComposingGpUnitIds", UNITS),
    ("RetentionContest", "CandidateId", CANDIDATE),
    ("RetentionContest", "ElectionDistrictId", DISTRICT),
    ("RetentionContest", "OfficeId", OFFICE),
    ("VoteCounts", "GpUnitId", UNITS),
];
