//! `hattama key new|member|show|prove|passphrase`: makes a signing key, registers it, says which public key belongs to it,
//! proves who holds it, changes its passphrase.
//!
//! The fingerprint is what people read to each other. The file and its passphrase are `keyfile`.

mod changed;
mod made;
mod member;

use std::{
    io::{self, Write as _},
    path::PathBuf,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use commission::keys::fingerprint::fingerprint_of;
use ed25519_dalek::{SigningKey, VerifyingKey};
use event::{Hash, Id, Key, key_text};
use texts::program::say;
use tlog::cosignature::CosignerKey;

use crate::{key_fault::KeyCommandFault, keyfile, signing::ProgramWords};
use made::make_key;

/// Make a signing key, or show which public key belongs to one
#[derive(Debug, clap::Subcommand)]
pub(crate) enum KeyCommand {
    /// Make a new signing key in a file that only you can read
    ///
    /// Every member of a commission makes their own key, on a device they trust, and keeps it: a signature
    /// made with it counts as theirs. The program asks twice for a passphrase; without it a finder cannot use
    /// the file. Nobody can recover a lost passphrase; a lost key is replaced by a new one. Scripts put the
    /// passphrase into a file and name that in HATTAMA_PASSPHRASE_FILE (or set HATTAMA_PASSPHRASE).
    ///
    /// Prints the public key. Hand that to the secretary of the commission: it is no secret. An existing file
    /// is never overwritten.
    New {
        /// Where the new key goes, for example chair.pem
        #[arg(value_name = "FILE")]
        out: PathBuf,
        /// Write the key without a passphrase: whoever gets the file can sign in your name
        ///
        /// For trials, and for a log key on a machine that must start by itself.
        // No variable stands for this flag: protection is given up by hand, never by a forgotten setting.
        #[arg(long)]
        insecure_no_passphrase: bool,
        /// Make the key of a witness with this name (witness.example.org), and print its verifier key
        ///
        /// That is what stands in the policy of those who count on the witness: `witness <any name> <verifier key> <address>`.
        #[arg(long, env = "HATTAMA_WITNESS_NAME", value_name = "NAME", value_parser = name_of_witness)]
        witness: Option<String>,
        /// Print the answer as JSON
        #[arg(long, env = "HATTAMA_JSON")]
        json: bool,
    },
    /// Make a key, the proof that you hold it, and the piece by which it is registered, in one go
    Member(member::MemberWords),
    /// Lock a key file with another passphrase
    Passphrase(changed::PassphraseWords),
    /// Show the public key that belongs to a secret key file, and its fingerprint
    ///
    /// Asks for the passphrase if the file has one. To check a key over the telephone, both sides read the
    /// fingerprint aloud: sixteen groups of four signs, all of which must agree. The secret is never shown.
    Show {
        /// The secret key file, as made by `hattama key new`
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Show the verifier key of the witness with this name, too, as it stands in policies
        #[arg(long, env = "HATTAMA_WITNESS_NAME", value_name = "NAME", value_parser = name_of_witness)]
        witness: Option<String>,
        /// Print the answer as JSON
        #[arg(long, env = "HATTAMA_JSON")]
        json: bool,
    },
    /// Prove that you hold a key, so that it can be registered
    ///
    /// Prints the `proof` that stands beside the key in commission-formed, in key-enrolled and in the charter. For the
    /// keys of a charter leave --ledger out (the ledger has no id yet); the commission is then `cec`, the seat
    /// `office-1`, `office-2` … or `service`.
    Prove {
        /// The secret key file
        #[arg(value_name = "FILE", required_unless_present = "sign_with", conflicts_with = "sign_with")]
        file: Option<PathBuf>,
        #[command(flatten)]
        program: ProgramWords,
        /// Id of the ledger, 64 hexadecimal digits [default: 64 zeros, for a charter]
        #[arg(long, env = "HATTAMA_LEDGER_ID", value_name = "ID")]
        ledger: Option<String>,
        /// The commission whose member holds the key
        #[arg(long, env = "HATTAMA_COMMISSION", value_name = "ID")]
        commission: String,
        /// The member's seat: chair, deputy, secretary, m4 …
        #[arg(long, env = "HATTAMA_SEAT", value_name = "SEAT")]
        seat: String,
    },
}

impl KeyCommand {
    /// Runs the command: the answer goes to stdout, notes go to stderr.
    ///
    /// # Errors
    /// [`KeyCommandFault`]; when it is `Print`, a new key file is nevertheless complete.
    pub(crate) fn run(self) -> Result<(), KeyCommandFault> {
        let answer = match self {
            Self::New { out, insecure_no_passphrase, witness, json } => {
                let key = make_key(&out, insecure_no_passphrase)?;
                match cosigner_key(witness.as_deref(), &key)? {
                    witness if json => encode_key(&key, witness.as_ref()),
                    Some(witness) => witness.encode(),
                    None => STANDARD.encode(key),
                }
            }
            Self::Show { file, witness, json } => {
                let key = keyfile::open_key(&file, || keyfile::read_passphrase_for(&file))?.verifying_key();
                let witness = cosigner_key(witness.as_deref(), &key)?;
                if json { encode_key(&key, witness.as_ref()) } else { describe_key(&key, witness.as_ref()) }
            }
            Self::Member(words) => return words.run(),
            Self::Passphrase(words) => return words.run(),
            Self::Prove { file, program, ledger, commission, seat } => {
                let ledger = ledger.map_or(Ok(Hash::ZERO), |id| Hash::parse(&id))?;
                let text = key_text(&ledger, &Id::new(&commission)?, &Id::new(&seat)?);
                program.open(file.as_deref())?.sign(text.as_bytes())?.to_string()
            }
        };
        writeln!(io::stdout(), "{answer}").map_err(KeyCommandFault::Print)
    }
}

/// A name that can stand in a note, so that no key is made for one that cannot.
fn name_of_witness(name: &str) -> Result<String, tlog::note::KeyError> {
    // Any sound key will do: the name is what is looked at.
    let sample = SigningKey::from_bytes(&[1; 32]).verifying_key();
    CosignerKey::new(name, sample.to_bytes()).map(|_| name.to_owned())
}

fn cosigner_key(name: Option<&str>, key: &VerifyingKey) -> Result<Option<CosignerKey>, KeyCommandFault> {
    Ok(name.map(|name| CosignerKey::new(name, key.to_bytes())).transpose()?)
}

/// Letters before a value, at least.
const WIDTH: usize = 12;

fn describe_key(key: &VerifyingKey, witness: Option<&CosignerKey>) -> String {
    let mut pairs = vec![
        (say("key-shown-public", &[]), STANDARD.encode(key)),
        (say("key-shown-hexadecimal", &[]), hex::encode(key)),
        (say("key-shown-fingerprint", &[]), fingerprint(key)),
    ];
    pairs.extend(witness.map(|witness| (say("key-shown-verifier", &[]), witness.encode())));
    let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default().max(WIDTH);
    pairs.iter().map(|(name, value)| format!("{name:width$} {value}")).collect::<Vec<_>>().join("\n")
}

fn encode_key(key: &VerifyingKey, witness: Option<&CosignerKey>) -> String {
    // Neither value has a sign that JSON would escape; a name may have.
    let shown = format!(r#""public_key":"{}","fingerprint":"{}""#, STANDARD.encode(key), fingerprint(key));
    match witness.map(|witness| serde_json::Value::from(witness.encode())) {
        Some(witness) => format!(r#"{{{shown},"verifier_key":{witness}}}"#),
        None => format!("{{{shown}}}"),
    }
}

fn fingerprint(key: &VerifyingKey) -> String {
    fingerprint_of(&Key(key.to_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    use zeroize::Zeroizing;

    use crate::keyfile::KeyFileError;

    /// RFC 8032, section 7.1, test 1; the fingerprint by `xxd -r -p | sha256sum`.
    const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";

    fn key() -> VerifyingKey {
        VerifyingKey::from_bytes(&hex::decode(PUBLIC).unwrap().try_into().unwrap()).unwrap()
    }

    #[test]
    fn fingerprint_is_sixteen_groups_of_four() {
        assert_eq!(fingerprint(&key()), FINGERPRINT);
    }

    #[test]
    fn json_has_two_members() {
        let public = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
        assert_eq!(
            encode_key(&key(), None),
            format!(r#"{{"public_key":"{public}","fingerprint":"{FINGERPRINT}"}}"#)
        );
    }

    #[test]
    fn show_opens_what_new_made_and_new_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("chair.pem");
        let made = make_key(&path, true).unwrap();
        let opened = keyfile::open_key(&path, || panic!("the key is not locked")).unwrap();
        assert_eq!(opened.verifying_key(), made);
        assert!(matches!(make_key(&path, false), Err(KeyFileError::Exists(_))));
    }

    #[test]
    fn the_example_keys_can_be_made_again() {
        let folder = tempfile::tempdir().unwrap();
        for (label, example) in [
            ("chair", include_str!("../../../../keys-example/chair.pem")),
            ("secretary", include_str!("../../../../keys-example/secretary.pem")),
            ("log", include_str!("../../../../keys-example/log.pem")),
        ] {
            let path = folder.path().join(label);
            keyfile::create_key_file(&path, &demo::seed::demonstration_key("keys-example", label), None)
                .unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), example, "{label}");
        }
    }

    #[test]
    fn keys_of_openssl_open_if_they_are_secret_ed25519_keys() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("theirs.pem");
        let made = |line: &str| {
            let status = Command::new("openssl").args(line.split(' ')).arg("-out").arg(&path).status();
            assert!(status.ok()?.success(), "{line}");
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            Some(keyfile::open_key(&path, || Ok(Zeroizing::new("sesame".to_owned()))))
        };
        let Some(pbkdf2) = made("genpkey -algorithm ed25519 -aes256 -pass pass:sesame") else {
            println!("skipped: no openssl");
            return;
        };
        pbkdf2.unwrap();
        let other = made("genpkey -algorithm x25519").unwrap();
        assert!(matches!(other, Err(KeyFileError::WrongAlgorithm(..))));
        let ours = folder.path().join("ours.pem");
        keyfile::create_key_file(&ours, &[7; 32], None).unwrap();
        let public = made(&format!("pkey -in {} -pubout", ours.display())).unwrap();
        assert!(matches!(public, Err(KeyFileError::Label(_, found)) if found == "PUBLIC KEY"));
    }

    const FINGERPRINT: &str =
        "21fe 31df a154 a261 626b f854 046f d227 1b7b ed4b 6abe 45aa 5887 7ef4 7f97 21b9";
}
