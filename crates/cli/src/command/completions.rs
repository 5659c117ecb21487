//! `hattama completions`: what a shell completes after `hattama`.

use clap::Args;
use clap_complete::Shell;

use crate::{fault::Fault, terminal::print};

/// Print what a shell reads to complete commands and words of hattama
///
/// bash: `hattama completions bash > /usr/share/bash-completion/completions/hattama`; zsh: a file `_hattama` in a folder of $fpath; fish:
/// `~/.config/fish/completions/hattama.fish`.
#[derive(Debug, Args)]
pub(crate) struct CompletionsWords {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl CompletionsWords {
    pub(crate) fn run(self, mut program: clap::Command) -> Result<(), Fault> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut program, "hattama", &mut script);
        print(String::from_utf8_lossy(&script).trim_end());
        Ok(())
    }
}
