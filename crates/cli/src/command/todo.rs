//! `hattama todo`: what a commission may or must do next, by when, under which article, with the command that drafts it.

use std::path::{Path, PathBuf};

use clap::Args;
use commission::{
    book::{Book, layout::is_book},
    described::field::Named,
    drafting::lookup::find_named,
    standing::{
        task::{Duty, Task},
        tasks::list_tasks,
    },
};
use event::{Id, Time};
use law::State;
use phrase::{Phrase, phrase};
use serde_json::json;
use texts::{
    page::describe_article_list,
    program::{answer_language, law_word, say},
};

use crate::{
    command::results::mark_test,
    fault::Fault,
    named::{name_commission, name_subject, tell_time},
    open::time_or_now,
    source,
    terminal::print,
};

/// Print what a commission may or must do next
///
/// By when, under which article, and the command that drafts it. It is the commission's turn where it must; where it may,
/// somebody needs a reason first.
#[derive(Debug, Args)]
pub(crate) struct Todo {
    /// A ledger, a published copy as folder, zip or address, a node, or a precinct's book
    #[arg(env = "HATTAMA_LEDGER")]
    source: PathBuf,
    /// The commission; a book says it
    #[arg(long, env = "HATTAMA_AUTHOR", value_name = "ID")]
    author: Option<String>,
    /// Only what it must do
    #[arg(long, env = "HATTAMA_MUST")]
    must: bool,
    /// At what time [default: now, or the last entry's where the clock is simulated]
    #[arg(long, env = "HATTAMA_AT", value_name = "TIME")]
    at: Option<String>,
    /// As it was at a number of entries, at a time, or at the end of a day
    #[arg(long, env = "HATTAMA_AS_OF", value_name = "SIZE|TIME")]
    as_of: Option<String>,
    /// Print it as JSON
    #[arg(long, env = "HATTAMA_JSON")]
    json: bool,
}

impl Todo {
    pub(crate) fn run(self) -> Result<(), Fault> {
        if is_book(&self.source) {
            let book = Book::open(&self.source)?;
            return self.tell(book.excerpt.state(), &book.author.clone());
        }
        let head = source::replay_source(&self.source, self.as_of.as_deref())?;
        let known: Vec<&str> = head.state().commissions.keys().map(Id::as_str).collect();
        let named = |text: &str| find_named(head.state(), None, Named::Commission, text).ok();
        let author = match (self.author.as_deref(), self.author.as_deref().and_then(named)) {
            (_, Some(id)) if id.as_str() == "cec" || known.contains(&id.as_str()) => id,
            (other, _) => {
                let expected = phrase!(
                    "argument-author",
                    "--author with one of: {commissions}",
                    commissions = shorten_list(&known)
                );
                let found = other.map_or_else(|| phrase!("found-none", "none"), Phrase::verbatim);
                return Err(Fault::Argument { expected, found });
            }
        };
        self.tell(head.state(), &author)
    }

    fn tell(&self, state: &State, author: &Id) -> Result<(), Fault> {
        let now = time_or_now(self.at.as_deref(), state)?;
        let mut tasks = list_tasks(state, author, &now);
        tasks.retain(|task| !self.must || task.duty == Duty::Must);
        if self.json {
            print(&encode_tasks(author, &now, &tasks, &self.source, state)?);
            return Ok(());
        }
        let name = name_commission(state, author);
        print(&format!("{name} ({author}), {}", tell_time(&now)));
        mark_test(state, &state.synthetic_kinds()).iter().for_each(|mark| print(mark));
        if tasks.is_empty() {
            print(&say("todo-nothing", &[]));
        }
        for task in &tasks {
            print(&describe_task(state, author, task, &now, &self.source));
        }
        Ok(())
    }
}

/// The first of many names.
fn shorten_list(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let more = names.len().saturating_sub(SHOWN);
    let first = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{first} … (+{more})") } else { first }
}

fn describe_task(state: &State, author: &Id, task: &Task, now: &Time, source: &Path) -> String {
    let duty = say(if task.duty == Duty::Must { "todo-must" } else { "todo-may" }, &[]);
    let mut text = format!("\n{duty}  {} ({})", law_word(&format!("fact-{}", task.fact)), task.fact);
    let mut line = |id: &str, value: String| text.push_str(&format!("\n      {}: {value}", say(id, &[])));
    if !task.about.is_empty() {
        let election = task.election.as_ref().and_then(|id| state.elections.get(id));
        let names: Vec<String> = task.about.iter().map(|id| name_subject(state, election, id)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let count = if names.len() > 1 { format!(" ({})", names.len()) } else { String::new() };
        line("todo-about", format!("{}{count}", shorten_list(&names)));
    }
    if let Some(from) = task.from.as_ref().filter(|from| from.seconds() > now.seconds()) {
        line("todo-from", tell_time(from));
    }
    if let Some(by) = &task.by {
        let late = if task.is_late(now) { format!(" ({})", say("todo-late", &[])) } else { String::new() };
        line("todo-by", format!("{}{late}", tell_time(by)));
    }
    line("facts-article", describe_article_list(task.article(), answer_language()));
    text.push_str(&format!("\n      {}", task.command(author, &source.display().to_string())));
    text
}

fn encode_tasks(
    author: &Id,
    now: &Time,
    tasks: &[Task],
    source: &Path,
    state: &State,
) -> Result<String, Fault> {
    let one = |task: &Task| {
        json!({
            "about": task.about,
            "article": task.article(),
            "by": task.by,
            "command": task.command(author, &source.display().to_string()),
            "duty": if task.duty == Duty::Must { "must" } else { "may" },
            "election": task.election,
            "fact": task.fact,
            "from": task.from,
            "late": task.is_late(now),
        })
    };
    let tasks: Vec<_> = tasks.iter().map(one).collect();
    let mut all = json!({ "at": now, "author": author, "tasks": tasks });
    let kinds = state.synthetic_kinds();
    if let Some(answer) = all.as_object_mut().filter(|_| !kinds.is_empty()) {
        answer.insert("synthetic".to_owned(), json!(kinds));
    }
    Ok(serde_json::to_string_pretty(&all)?)
}
