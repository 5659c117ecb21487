//! Numbers that nobody guesses: of the start, of a session, of its forms.

use std::io;

use crate::fault::DeskFault;

/// 256 random bits as 64 hexadecimal digits.
#[derive(Clone)]
pub(crate) struct DeskSecret(String);

impl DeskSecret {
    pub(crate) fn new() -> Result<Self, DeskFault> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes).map_err(|error| DeskFault::Random { error: io::Error::other(error) })?;
        Ok(Self(hex::encode(bytes)))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it was given; the time that this takes does not tell where they differ.
    pub(crate) fn is_given_as(&self, given: &str) -> bool {
        let (own, given) = (self.0.as_bytes(), given.as_bytes());
        let differ = own.iter().zip(given).fold(0, |differ, (a, b)| differ | (a ^ b));
        own.len() == given.len() && differ == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_given_as_a_whole_or_not_at_all() {
        let secret = DeskSecret::new().unwrap();
        assert!(secret.is_given_as(secret.as_str()) && secret.as_str().len() == 64);
        for other in ["", &secret.as_str()[..63], &format!("{}0", secret.as_str()), &"0".repeat(64)] {
            assert!(!secret.is_given_as(other), "{other}");
        }
        assert_ne!(secret.as_str(), DeskSecret::new().unwrap().as_str());
    }
}
