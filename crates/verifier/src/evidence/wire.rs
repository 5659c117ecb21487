//! The claim as it stands in the file: an object with exactly one field.
//!
//! In: from the object to the kind and back. Out: what each kind holds (`evidence`).

use serde::{Deserialize, Serialize};

use super::{
    AuthorFork, BadEntry, Claim, FalseFile, ReceiptNotHonoured, RetiredKey, RuleBroken, SplitView, StaleLog,
};

macro_rules! claims {
    ($($field:ident $kind:ident)*) => {
        #[derive(Clone, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub(super) struct Claims {
            $(#[serde(default, skip_serializing_if = "Option::is_none")] $field: Option<$kind>,)*
        }

        impl From<Claim> for Claims {
            fn from(claim: Claim) -> Self {
                let mut claims = Self { $($field: None,)* };
                match claim {
                    $(Claim::$kind(content) => claims.$field = Some(content),)*
                }
                claims
            }
        }

        impl TryFrom<Claims> for Claim {
            type Error = String;

            fn try_from(claims: Claims) -> Result<Self, Self::Error> {
                let mut found = Vec::new();
                $(found.extend(claims.$field.map(Claim::$kind));)*
                let count = found.len();
                match found.pop() {
                    Some(claim) if count == 1 => Ok(claim),
                    _ => Err(format!("expected one claim, found {count}")),
                }
            }
        }
    };
}

claims! {
    author_fork AuthorFork
    bad_entry BadEntry
    false_file FalseFile
    receipt_not_honoured ReceiptNotHonoured
    retired_key RetiredKey
    rule_broken RuleBroken
    split_view SplitView
    stale_log StaleLog
}
