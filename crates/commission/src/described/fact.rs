//! One fact with its fields, and a fact from its content as JSON.

use law::{Fact, FactError, Signing, signing_rule};
use serde_json::Value;

use super::field::{self, Field, Scope};

/// One fact with its fields.
#[derive(Debug)]
pub struct DescribedFact {
    /// Its name in the format.
    pub name: &'static str,
    /// The article that it rests on, or `format`.
    pub article: &'static str,
    /// Whether it is about an election.
    pub scope: Scope,
    /// Its fields, ascending by name, as they stand in the bytes.
    pub fields: &'static [Field],
}

impl DescribedFact {
    /// Whether it names an election.
    #[must_use]
    pub fn is_about_election(&self) -> bool {
        self.scope != Scope::Ledger
    }

    /// A body in which every field is filled with its example.
    ///
    /// # Errors
    /// [`FactError`]; a test holds that there is none.
    pub fn example(&self) -> Result<Fact, FactError> {
        read_value(self.name, &Value::Object(field::example_of(self.fields)))
    }

    /// Who signs it; for facts whose level depends on the commission that they are about, the usual one.
    ///
    /// # Errors
    /// [`FactError`]; a test holds that there is none.
    pub fn signing(&self) -> Result<Signing, FactError> {
        Ok(signing_rule(&self.example()?))
    }
}

/// A fact from its content as JSON.
///
/// # Errors
/// [`FactError::Body`].
pub fn read_value(fact: &str, body: &Value) -> Result<Fact, FactError> {
    Fact::read_body(fact, body.to_string().as_bytes())
}
