//! A passphrase typed where nobody sees it. However the asking ends, by Ctrl-C too, the terminal shows again what is typed.

use std::io;

use zeroize::Zeroizing;

/// Asks at the terminal for a line that is not shown.
///
/// # Errors
/// What the system says; `UnexpectedEof` where the terminal was closed (Ctrl-D).
#[cfg(windows)]
pub(crate) fn ask_hidden(prompt: &str) -> io::Result<Zeroizing<String>> {
    rpassword::prompt_password(prompt).map(Zeroizing::new)
}

/// Asks at the terminal for a line that is not shown.
///
/// # Errors
/// What the system says; `UnexpectedEof` where the terminal was closed (Ctrl-D).
#[cfg(not(windows))]
pub(crate) fn ask_hidden(prompt: &str) -> io::Result<Zeroizing<String>> {
    let terminal = quiet::QuietTerminal::open()?;
    let config = rpassword::ConfigBuilder::new().input_reader(terminal).output_file_path("/dev/tty").build();
    let read = rpassword::prompt_password_with_config(prompt, config).map(Zeroizing::new);
    quiet::end_line()?;
    read
}

/// The terminal of a process, which shows nothing of what is typed for as long as it is open.
#[cfg(not(windows))]
mod quiet {
    use std::{
        fs::{File, OpenOptions},
        io::{self, Read, Write as _},
    };

    use rustix::termios::{LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

    /// What a terminal sends for Ctrl-C.
    const INTERRUPT: u8 = 3;

    pub(super) struct QuietTerminal {
        terminal: File,
        before: Termios,
    }

    impl QuietTerminal {
        pub(super) fn open() -> io::Result<Self> {
            let terminal = File::open("/dev/tty")?;
            let before = tcgetattr(&terminal)?;
            let mut quiet = before.clone();
            let shown = LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
            quiet.local_modes.remove(shown);
            quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
            quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
            tcsetattr(&terminal, OptionalActions::Now, &quiet)?;
            Ok(Self { terminal, before })
        }

        fn show_again(&self) {
            let _as_far_as_it_can = tcsetattr(&self.terminal, OptionalActions::Now, &self.before);
        }
    }

    impl Read for QuietTerminal {
        fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
            let count = self.terminal.read(bytes)?;
            // Whoever reads on ends the process at once, and nothing is dropped then.
            if bytes.iter().take(count).any(|byte| *byte == INTERRUPT) {
                self.show_again();
                end_line()?;
            }
            Ok(count)
        }
    }

    impl Drop for QuietTerminal {
        fn drop(&mut self) {
            self.show_again();
        }
    }

    /// What was not shown does not end its line either.
    pub(super) fn end_line() -> io::Result<()> {
        OpenOptions::new().write(true).open("/dev/tty")?.write_all(b"\n")
    }
}
