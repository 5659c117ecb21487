//! The table of states: what may follow what, of a precinct's day, of a document, of a paper typed a second time.
//!
//! The desk asks it before it acts, the documentation prints it, and tests walk it.

/// What goes from state to state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskFlow {
    /// A precinct on voting day.
    Day,
    /// A document, until it is in the ledger.
    Signing,
    /// A paper that is typed a second time.
    SecondEntry,
}

/// One step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskStep {
    /// Of what.
    pub flow: DeskFlow,
    /// In which state.
    pub from: &'static str,
    /// What somebody does.
    pub act: &'static str,
    /// What has to hold besides; nothing where it always leads there.
    pub when: &'static str,
    /// To which state it leads.
    pub to: &'static str,
}

const fn describe_step(
    flow: DeskFlow,
    from: &'static str,
    act: &'static str,
    when: &'static str,
    to: &'static str,
) -> DeskStep {
    DeskStep { flow, from, act, when, to }
}

use DeskFlow::{Day, SecondEntry, Signing};

/// Every step of every flow.
pub const STEPS: &[DeskStep] = &[
    describe_step(Day, "ballots-received", "precinct-opened", "", "open"),
    describe_step(Day, "open", "turnout-reported", "", "open"),
    describe_step(Day, "open", "voting-closed", "", "closed"),
    describe_step(Day, "closed", "ballots-accounted", "", "accounted"),
    describe_step(Day, "accounted", "protocol-signed", "", "protocol-signed"),
    describe_step(Day, "protocol-signed", "copies-issued", "", "protocol-signed"),
    describe_step(Signing, "drafted", "back", "nobody has signed", "taken-back"),
    describe_step(Signing, "drafted", "sign", "one member has to sign", "complete"),
    describe_step(Signing, "drafted", "sign", "more members have to sign", "begun"),
    describe_step(Signing, "begun", "sign", "others have still to sign", "begun"),
    describe_step(Signing, "begun", "sign", "the last one signs", "complete"),
    describe_step(Signing, "complete", "send", "there is no line", "complete"),
    describe_step(Signing, "complete", "send", "the node takes it in", "sent"),
    describe_step(Signing, "complete", "send", "the node refuses it", "refused"),
    describe_step(SecondEntry, "typing", "keep", "", "typing"),
    describe_step(SecondEntry, "typing", "compare", "a figure is missing", "typing"),
    describe_step(SecondEntry, "typing", "compare", "every figure is that of the event", "equal"),
    describe_step(SecondEntry, "typing", "compare", "a figure differs", "again"),
    describe_step(SecondEntry, "again", "keep", "", "again"),
    describe_step(SecondEntry, "again", "compare", "a figure is missing", "again"),
    describe_step(SecondEntry, "again", "compare", "every figure is that of the event", "equal"),
    describe_step(SecondEntry, "again", "compare", "a figure still differs", "different"),
    describe_step(SecondEntry, "equal", "receive", "", "drafted"),
    describe_step(SecondEntry, "different", "return", "", "drafted"),
];

/// Whether somebody may do that in this state.
#[must_use]
pub fn may_follow(flow: DeskFlow, from: &str, act: &str) -> bool {
    STEPS.iter().any(|step| step.flow == flow && step.from == from && step.act == act)
}

/// The steps of a flow as a table of the documentation.
#[must_use]
pub fn print_steps(flow: DeskFlow) -> String {
    let mut text = "| state | act | when | leads to |\n|---|---|---|---|\n".to_owned();
    for step in STEPS.iter().filter(|step| step.flow == flow) {
        text.push_str(&format!("| `{}` | `{}` | {} | `{}` |\n", step.from, step.act, step.when, step.to));
    }
    text
}
