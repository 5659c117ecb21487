//! Turnout of one election: of three kinds where protocols are there, else as reported during the day.

use ledger::projections::format_percent;
use maud::{Markup, html};
use texts::group_digits;

use crate::{frame::PageFrame, shown_election::ShownElection};

impl PageFrame<'_> {
    /// Turnout as far as it is known.
    pub(crate) fn render_turnout(&self, shown: &ShownElection<'_>) -> Markup {
        if shown.picture.count_protocols() > 0 {
            return self.render_turnout_of_protocols(shown);
        }
        let reported: Vec<(u64, u64)> =
            shown.polls().filter_map(|(point, poll)| Some((poll.turnout.last()?.1, point.voters))).collect();
        let over = |of: fn(&(u64, u64)) -> u64| reported.iter().map(of).fold(0, u64::saturating_add);
        let (issued, voters) = (over(|one| one.0), over(|one| one.1));
        let args = [
            ("issued", group_digits(&issued.to_string()).into()),
            ("counted", reported.len().into()),
            ("all", shown.picture.precincts.len().into()),
            ("voters", group_digits(&voters.to_string()).into()),
            ("share", self.plotter.print_decimal(&format_percent(issued, voters, 2)).into()),
        ];
        let said = if reported.is_empty() {
            self.say("site-turnout-none", &[])
        } else {
            self.say("site-turnout-reported", &args)
        };
        html! { p { (said) } }
    }

    fn render_turnout_of_protocols(&self, shown: &ShownElection<'_>) -> Markup {
        let totals = &shown.picture.totals;
        let kinds = [
            ("site-turnout-issued", totals.issued),
            ("site-turnout-found", totals.found),
            ("site-turnout-law", totals.participated()),
        ];
        let share = |part| self.plotter.print_decimal(&format_percent(part, totals.voters, 2));
        html! { div.wide tabindex="0" { table.votes {
            thead { tr {
                th scope="col" { (self.say("site-turnout", &[])) (self.plotter.explain_part(&shown.picture)) }
                th.n scope="col" { (self.say("site-turnout-ballots", &[])) }
                th.n scope="col" { (self.say("site-turnout-of-voters", &[])) }
            } }
            tbody { @for (name, part) in kinds { tr {
                th scope="row" { (self.say(name, &[])) }
                td.n { (group_digits(&part.to_string())) }
                td.n { (share(part)) }
            } } }
        } } }
    }
}
