//! The help of commands in Kazakh and Russian: the texts of the catalogue in the places of clap's English.
//!
//! The English of a command and of its words stands in the code, as comments on them; `help.ftl` has it once more beside the
//! other languages, and a test holds the two against each other.

use clap::{
    Arg, ArgAction, Command,
    builder::{PossibleValue, Resettable},
};
use texts::{Language, Value, program::program_catalogue};

/// The ids under which a command has the help of one of its words: its own, else one for several commands.
#[must_use]
pub fn list_help_ids(command: &str, word: &str) -> [String; 2] {
    [format!("{command}-{word}"), format!("help-any-{word}")]
}

/// A word of a command as ids have it: its long option, else the name of its value.
#[must_use]
pub fn help_word(arg: &Arg) -> String {
    let name = arg.get_value_names().and_then(|names| names.first());
    let name = arg.get_long().map(str::to_owned).or_else(|| name.map(ToString::to_string));
    name.unwrap_or_else(|| arg.get_id().to_string()).to_lowercase().replace('_', "-")
}

/// The whole program with its help in a language. What has no text stays in English.
#[must_use]
pub fn localize_help(mut program: Command, lang: Language) -> Command {
    // Only now are the option `--help` and the command `help` there.
    program.build();
    HelpTexts { lang }.localize_command(program, "help")
}

/// The texts of one language.
struct HelpTexts {
    lang: Language,
}

impl HelpTexts {
    fn say(&self, id: &str, args: &[(&str, Value<'_>)]) -> String {
        program_catalogue().format_text(self.lang, id, args)
    }

    fn find(&self, id: &str) -> Option<String> {
        program_catalogue().has_text(self.lang, id).then(|| self.say(id, &[]))
    }

    fn localize_command(&self, command: Command, path: &str) -> Command {
        let template = format!(
            "{{about-with-newline}}\n{}\n\n{{all-args}}",
            self.say("help-word-usage", &[("usage", "{usage}".into())])
        );
        let mut command = command
            .help_template(template)
            .subcommand_help_heading(self.say("help-word-commands", &[]))
            .mut_args(|arg| self.localize_arg(arg, path))
            .mut_subcommands(|own| match own.get_name() {
                "help" => self.localize_command(own, path).about(self.say("help-word-subcommand", &[])),
                name => {
                    let path = format!("{path}-{name}");
                    self.localize_command(own, &path)
                }
            });
        if let Some(about) = self.find(path) {
            if let Some(more) = self.find(&format!("{path}.more")) {
                command = command.long_about(format!("{about}\n\n{more}"));
            }
            command = command.about(about);
        }
        command
    }

    fn localize_arg(&self, arg: Arg, path: &str) -> Arg {
        let heading = if arg.is_positional() { "help-word-arguments" } else { "help-word-options" };
        let arg = arg.help_heading(self.say(heading, &[]));
        match arg.get_action() {
            ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong => {
                return arg.help(self.say("help-word-help", &[])).long_help(Resettable::Reset);
            }
            ArgAction::Version => return arg.help(self.say("help-word-version", &[])),
            _ => {}
        }
        let ids = list_help_ids(path, &help_word(&arg));
        let Some((id, help)) = ids.iter().find_map(|id| Some((id, self.find(id)?))) else { return arg };
        let values = self.describe_values(&arg, path);
        let notes = self.list_notes(&arg);
        let names: Vec<&str> = values.iter().map(|(name, _)| name.as_str()).collect();
        let said = self.say("help-word-values", &[("values", names.join("`, `").into())]);
        let short: Vec<String> = [help.clone()]
            .into_iter()
            .chain((!values.is_empty()).then_some(said))
            .chain(notes.iter().cloned())
            .collect();
        let mut long = vec![help];
        long.extend(self.find(&format!("{id}.more")));
        if !values.is_empty() {
            let lines = values.iter().map(|(name, help)| format!("- {name}: {help}"));
            long.push(lines.collect::<Vec<_>>().join("\n"));
        }
        if long.len() > 1 {
            long.extend((!notes.is_empty()).then(|| notes.join(" ")));
        } else {
            long.clone_from(&short);
        }
        let joint = if long == short { " " } else { "\n\n" };
        arg.help(short.join(" "))
            .long_help(long.join(joint))
            .hide_env(true)
            .hide_default_value(true)
            .hide_possible_values(true)
    }

    /// The values that a word may have, where they can be listed, each with its help.
    fn describe_values(&self, arg: &Arg, path: &str) -> Vec<(String, String)> {
        let describe = |value: &PossibleValue| {
            let word = format!("{}-{}", help_word(arg), value.get_name());
            let help = list_help_ids(path, &word).iter().find_map(|id| self.find(id));
            let english = value.get_help().map(ToString::to_string).unwrap_or_default();
            (value.get_name().to_owned(), help.unwrap_or(english))
        };
        let values = if takes_values(arg) { arg.get_possible_values() } else { Vec::new() };
        values.iter().filter(|value| !value.is_hide_set()).map(describe).collect()
    }

    /// The value that stands for a word that is absent, and the variable that may stand for it.
    fn list_notes(&self, arg: &Arg) -> Vec<String> {
        let mut notes = Vec::new();
        if takes_values(arg) && !arg.is_hide_default_value_set() {
            let values = arg.get_default_values().iter().map(|value| value.to_string_lossy());
            let value = values.collect::<Vec<_>>().join(" ");
            if !value.is_empty() {
                notes.push(self.say("help-word-default", &[("value", value.into())]));
            }
        }
        if let Some(name) = arg.get_env().filter(|_| !arg.is_hide_env_set()) {
            let name = name.to_string_lossy().into_owned();
            notes.push(self.say("help-word-variable", &[("name", name.into())]));
        }
        notes
    }
}

fn takes_values(arg: &Arg) -> bool {
    arg.get_action().takes_values()
}
