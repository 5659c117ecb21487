//! A program that signs: the bytes go to its standard input, the signature comes from its standard output.
//!
//! ```text
//! COMMAND public-key      prints the public key, on one line: base64 (44 signs) or hexadecimal (64 digits)
//! COMMAND sign            reads the bytes to their end, prints the signature: base64 (88 signs) or hexadecimal (128 digits)
//! ```
//!
//! Nothing is believed: a signature that is not this key's over these bytes, by the strict rule, is refused.

use std::{
    io::{self, Read as _, Write as _},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use super::fault::{PASSPHRASE_FILE_VARIABLE, PASSPHRASE_VARIABLE};
use event::{Key, KeyFault, Signature, require_strong, verify};

/// More than this is no key and no signature.
const ANSWER_BYTES_MAX: usize = 4096;
/// How often it is looked whether the program has ended.
const GLANCE: Duration = Duration::from_millis(10);

/// A program that holds a key.
#[derive(Debug)]
pub struct SigningProgram {
    shown: String,
    words: Vec<String>,
    patience: Duration,
    key: Key,
}

/// Why a program gave no signature that counts.
#[derive(Debug, thiserror::Error, phrase::Phrased)]
#[allow(missing_docs, reason = "the words say it")]
pub enum SigningProgramFault {
    #[error(
        "expected a command that signs, found {command}: quotation marks come in pairs, and the program stands first"
    )]
    Words { command: String },
    #[error("{command}: cannot be started: {error}")]
    Start { command: String, error: io::Error },
    #[error(
        "{command}: expected an answer within {seconds} s, found none: it was ended, and nothing was signed"
    )]
    Patience { command: String, seconds: u64 },
    #[error("{command}: expected exit code 0, found {status}: what it says stands above")]
    Ended { command: String, status: i32 },
    #[error("{command}: its answer cannot be read: {error}")]
    Answer { command: String, error: io::Error },
    #[error(
        "{command}: expected a public key on one line (44 signs of base64 or 64 digits), found {found} bytes of something else"
    )]
    NoKey { command: String, found: usize },
    #[error(
        "{command}: expected a signature on one line (88 signs of base64 or 128 digits), found {found} bytes of something else"
    )]
    NoSignature { command: String, found: usize },
    #[error("{command}: {error}")]
    Weak { command: String, error: KeyFault },
    #[error(
        "{command}: expected a signature by {key} over exactly the bytes that it was given, found one that does not verify: another key, or another mechanism than pure Ed25519"
    )]
    WrongSignature { command: String, key: Key },
}

impl SigningProgramFault {
    /// 64: no command; 1: a signature that is not the key's; 2: no answer.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Words { .. } => 64,
            Self::WrongSignature { .. } | Self::Weak { .. } => 1,
            Self::Start { .. }
            | Self::Patience { .. }
            | Self::Ended { .. }
            | Self::Answer { .. }
            | Self::NoKey { .. }
            | Self::NoSignature { .. } => 2,
        }
    }
}

impl SigningProgram {
    /// A program by its command line, which is split at spaces outside of quotation marks and seen by no shell. Where no public
    /// key is given, the program is asked for it.
    ///
    /// # Errors
    /// [`SigningProgramFault`]: no command, no answer, no strong key.
    pub fn open(command: &str, key: Option<Key>, patience: Duration) -> Result<Self, SigningProgramFault> {
        let shown = command.trim().to_owned();
        let words = split_words(command).filter(|words| !words.is_empty());
        let words = words.ok_or_else(|| SigningProgramFault::Words { command: shown.clone() })?;
        let mut program = Self { shown, words, patience, key: Key([0; 32]) };
        program.key = match key {
            Some(key) => key,
            None => {
                let answer = program.run("public-key", &[])?;
                let command = program.shown.clone();
                read_line(&answer)
                    .and_then(read_public_key)
                    .ok_or(SigningProgramFault::NoKey { command, found: answer.len() })?
            }
        };
        require_strong(&program.key)
            .map_err(|error| SigningProgramFault::Weak { command: program.shown.clone(), error })?;
        Ok(program)
    }

    /// The public key.
    #[must_use]
    pub fn public_key(&self) -> Key {
        self.key
    }

    /// Has the text signed, and verifies what comes back.
    ///
    /// # Errors
    /// [`SigningProgramFault`].
    pub fn sign(&self, text: &[u8]) -> Result<Signature, SigningProgramFault> {
        let answer = self.run("sign", text)?;
        let command = self.shown.clone();
        let Some(signature) = read_line(&answer).and_then(read_signature) else {
            return Err(SigningProgramFault::NoSignature { command, found: answer.len() });
        };
        if verify(&self.key, text, &signature) {
            Ok(signature)
        } else {
            Err(SigningProgramFault::WrongSignature { command, key: self.key })
        }
    }

    /// Runs the program with one more word; its standard output, once it has ended well.
    fn run(&self, word: &str, input: &[u8]) -> Result<Vec<u8>, SigningProgramFault> {
        let until = Instant::now() + self.patience;
        let command = || self.shown.clone();
        let (first, rest) =
            self.words.split_first().ok_or(SigningProgramFault::Words { command: command() })?;
        // The passphrase of a key file is no word for another program; what a token asks, it asks at the terminal.
        let mut child = Command::new(first)
            .args(rest)
            .arg(word)
            .env_remove(PASSPHRASE_VARIABLE)
            .env_remove(PASSPHRASE_FILE_VARIABLE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| SigningProgramFault::Start { command: command(), error })?;
        let answer = self.exchange(&mut child, input, until);
        let ended = answer.and_then(|answer| Ok((answer, self.wait(&mut child, until)?)));
        if ended.is_err() {
            let _ = child.kill();
            let _ = child.wait();
        }
        let (answer, status) = ended?;
        match status.success() {
            true => Ok(answer),
            false => {
                Err(SigningProgramFault::Ended { command: command(), status: status.code().unwrap_or(-1) })
            }
        }
    }

    /// Writes what is to be signed and reads the answer to its end.
    fn exchange(
        &self,
        child: &mut Child,
        input: &[u8],
        until: Instant,
    ) -> Result<Vec<u8>, SigningProgramFault> {
        let (told, answer) = mpsc::channel();
        if let Some(mut stdin) = child.stdin.take() {
            let input = input.to_vec();
            // A program that reads nothing must not hold this one; it is told by its signature.
            thread::spawn(move || stdin.write_all(&input));
        }
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                let mut bytes = Vec::new();
                let read = stdout.take(ANSWER_BYTES_MAX as u64 + 1).read_to_end(&mut bytes);
                told.send(read.map(|_| bytes))
            });
        }
        let left = until.saturating_duration_since(Instant::now());
        let read = answer.recv_timeout(left).map_err(|_| self.lost_patience())?;
        read.map_err(|error| SigningProgramFault::Answer { command: self.shown.clone(), error })
    }

    fn wait(&self, child: &mut Child, until: Instant) -> Result<ExitStatus, SigningProgramFault> {
        loop {
            let ended = child.try_wait();
            match ended.map_err(|error| SigningProgramFault::Answer { command: self.shown.clone(), error })? {
                Some(status) => return Ok(status),
                None if Instant::now() >= until => return Err(self.lost_patience()),
                None => thread::sleep(GLANCE),
            }
        }
    }

    fn lost_patience(&self) -> SigningProgramFault {
        SigningProgramFault::Patience { command: self.shown.clone(), seconds: self.patience.as_secs() }
    }
}

/// The one line of an answer, without its end.
fn read_line(answer: &[u8]) -> Option<&str> {
    let line = str::from_utf8(answer).ok()?;
    let line = line.strip_suffix('\n').unwrap_or(line);
    Some(line.strip_suffix('\r').unwrap_or(line))
}

/// Exactly so many bytes in hexadecimal digits.
fn read_digits<const N: usize>(line: &str) -> Option<[u8; N]> {
    if line.len() != N * 2 || !line.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (n, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(line.get(n * 2..n * 2 + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// A key as a program prints it, or as somebody gives it on a command line: base64 or hexadecimal digits.
#[must_use]
pub fn read_public_key(line: &str) -> Option<Key> {
    Key::parse(line).ok().or_else(|| read_digits(line).map(Key))
}

fn read_signature(line: &str) -> Option<Signature> {
    Signature::parse(line).ok().or_else(|| read_digits(line).map(Signature))
}

/// The words of a command line: split at white space outside of quotation marks. A backslash is a sign like any other, so that
/// paths of every system can be written.
fn split_words(command: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut open) = (Vec::new(), None::<String>, None);
    for sign in command.chars() {
        match (open, sign) {
            (Some(mark), sign) if mark == sign => open = None,
            (Some(_), sign) => word.get_or_insert_default().push(sign),
            (None, '"' | '\'') => {
                open = Some(sign);
                word.get_or_insert_default();
            }
            (None, sign) if sign.is_whitespace() => words.extend(word.take()),
            (None, sign) => word.get_or_insert_default().push(sign),
        }
    }
    words.extend(word);
    (open.is_none() && words.first().is_some_and(|first| !first.is_empty())).then_some(words)
}

#[cfg(test)]
mod tests {
    use ed25519_dalek::{Signer as _, SigningKey};

    use super::*;

    fn script(body: &str) -> (tempfile::TempDir, String) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sign it.sh");
        std::fs::write(&path, body).unwrap();
        let command = format!("sh \"{}\"", path.display());
        (folder, command)
    }

    #[test]
    fn what_a_program_answers_is_verified_before_it_counts() {
        let key = SigningKey::from_bytes(&[7; 32]);
        let (public, text) = (hex::encode(key.verifying_key()), b"hattama-key-v1\n".as_slice());
        let signature = hex::encode(key.sign(text).to_bytes());
        let answer =
            |said: &str| format!("[ $1 = public-key ] && exec echo {public}\ncat >/dev/null\n{said}\n");
        let signed = |said: &str, patience| {
            let (_folder, command) = script(&answer(said));
            let program = SigningProgram::open(&command, None, Duration::from_millis(patience)).unwrap();
            assert_eq!(program.public_key().0, key.verifying_key().to_bytes());
            program.sign(text)
        };
        assert_eq!(signed(&format!("echo {signature}"), 60_000).unwrap().0, key.sign(text).to_bytes());
        let base64 = Signature(key.sign(text).to_bytes());
        assert_eq!(signed(&format!("printf '%s\\r\\n' {base64}"), 60_000).unwrap(), base64);
        let other = hex::encode(key.sign(b"other").to_bytes());
        use SigningProgramFault as Fault;
        assert!(matches!(signed(&format!("echo {other}"), 60_000), Err(Fault::WrongSignature { .. })));
        for none in ["echo", "echo no", &format!("echo {signature}00"), &format!("echo; echo {signature}")] {
            assert!(matches!(signed(none, 60_000), Err(Fault::NoSignature { .. })), "{none}");
        }
        assert!(matches!(signed(&format!("echo {signature}; exit 3"), 60_000), Err(Fault::Ended { .. })));
        assert!(matches!(signed("exec sleep 60", 2_000), Err(Fault::Patience { .. })));
        assert!(matches!(signed("exec >&-; exec sleep 60", 2_000), Err(Fault::Patience { .. })));
        // It goes on printing for ever.
        assert!(matches!(signed("exec yes", 2_000), Err(Fault::Ended { .. } | Fault::Patience { .. })));
    }

    #[test]
    fn a_command_is_split_as_it_is_written() {
        let words = |text: &str| split_words(text).map(|words| words.join("|"));
        assert_eq!(
            words(r#"C:\bin\sign.exe --slot 1 "two words" ''"#).as_deref(),
            Some(r"C:\bin\sign.exe|--slot|1|two words|")
        );
        for none in ["", "  ", "sign \"", "'' x"] {
            assert_eq!(words(none), None, "{none}");
        }
        let fault = SigningProgram::open("/nowhere/sign", None, Duration::from_secs(1)).unwrap_err();
        assert!(matches!(fault, SigningProgramFault::Start { .. }));
        let weak = SigningProgram::open("true", Some(Key([0; 32])), Duration::from_secs(1)).unwrap_err();
        assert!(matches!(weak, SigningProgramFault::Weak { .. }));
    }
}
