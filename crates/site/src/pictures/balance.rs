//! Where the ballots went: from those received down to the lines of the ballot.
//!
//! Contains bars that stand where their sum continues the one above, and the three sums in words. Elsewhere: single
//! precincts (they are in the table, and the control ratios in the checks).

use law::facts::Totals;
use ledger::projections::format_percent;
use maud::{Markup, html};

use super::{
    charts::ElectionPicture,
    plot::{self, Picture, PicturePlace, Plotter, Scale, WIDTH, to_signed},
};
use texts::group_digits;

const ROW: i64 = 330;

/// One bar: how it is called, where it begins and how long it is, and how it is drawn.
struct Bar {
    name: String,
    from: u64,
    length: u64,
    class: &'static str,
}

impl Plotter<'_> {
    /// Where the ballots went.
    #[must_use]
    pub fn picture_balance(&self, place: &PicturePlace, election: &ElectionPicture) -> Picture {
        let totals = &election.totals;
        let bars = self.list_bars(election);
        let most = bars.iter().map(|bar| bar.from.saturating_add(bar.length)).max().unwrap_or_default();
        let scale = Scale { values: (0, to_signed(most)), places: (0, WIDTH) };
        let drawing = html! {
            @for (row, bar) in (0_i64..).zip(&bars) {
                @let y = row * ROW;
                @let from = scale.at(to_signed(bar.from));
                @let to = scale.at(to_signed(bar.from.saturating_add(bar.length)));
                text.label x="0" y=(y + 150) { (plot::shorten_name(&bar.name)) }
                text.label.end x=(WIDTH) y=(y + 150) { (group_digits(&bar.length.to_string())) }
                rect.track x="0" y=(y + 190) width=(WIDTH) height="90" {}
                rect class=(bar.class) x=(from) y=(y + 190) width=((to - from).max(i64::from(bar.length > 0) * 12)) height="90" {}
            }
        };
        let after = html! {
            ul.sums { @for sum in list_sums(totals, election.damaged) { (self.render_sum(&sum)) } }
        };
        Picture {
            id: format!("{}-balance", place.prefix),
            title: self.say("pic-balance", &[]) + &self.explain_part(election),
            description: self.say(
                "pic-balance-says",
                &[
                    ("issued", group_digits(&totals.issued.to_string()).into()),
                    ("voters", group_digits(&totals.voters.to_string()).into()),
                    ("share", self.print_decimal(&format_percent(totals.issued, totals.voters, 1)).into()),
                ],
            ),
            height: ROW * i64::try_from(bars.len()).unwrap_or(1),
            note: self.say("pic-balance-note", &[]),
            after,
            drawing,
        }
    }

    fn list_bars(&self, election: &ElectionPicture) -> Vec<Bar> {
        let totals = &election.totals;
        let valid = totals.participated();
        let figure = |line: &str, from: u64, length: u64, class| Bar {
            name: self.explain_line(line),
            from,
            length,
            class,
        };
        let mut bars = vec![
            figure("voters", 0, totals.voters, "bar list"),
            figure("received", 0, totals.received, "bar whole"),
            figure("issued", 0, totals.issued, "bar"),
            figure("cancelled", totals.issued, totals.cancelled, "bar off"),
        ];
        if election.damaged > 0 {
            let from = totals.issued.saturating_add(totals.cancelled);
            bars.push(figure("damaged", from, election.damaged, "bar off"));
        }
        bars.push(figure("found", 0, totals.found, "bar whole"));
        bars.push(figure("valid", 0, valid, "bar"));
        bars.push(figure("invalid", valid, totals.invalid, "bar off"));
        let mut from = 0_u64;
        for line in &election.candidates {
            bars.push(Bar { name: self.name_candidate(line), from, length: line.votes, class: "bar vote" });
            from = from.saturating_add(line.votes);
        }
        bars.push(figure("against_all", from, totals.against_all, "bar vote"));
        bars
    }

    /// The bars as a table.
    #[must_use]
    pub fn render_balance_table(&self, election: &ElectionPicture) -> Markup {
        html! { div.wide tabindex="0" { table.votes {
            thead { tr {
                th scope="col" { (self.say("col-line", &[])) }
                th.n scope="col" { (self.say("site-turnout-ballots", &[])) }
            } }
            tbody { @for bar in self.list_bars(election) { tr {
                th scope="row" { bdi { (bar.name) } }
                td.n { (group_digits(&bar.length.to_string())) }
            } } }
        } } }
    }

    /// Behind figures that only a part of the protocols stands for.
    #[must_use]
    pub fn explain_part(&self, election: &ElectionPicture) -> String {
        let (counted, all) = (election.count_protocols(), election.precincts.len());
        if counted == all {
            return String::new();
        }
        format!(" ({})", self.say("pic-of-protocols", &[("counted", counted.into()), ("all", all.into())]))
    }

    /// A line of the protocol in a few words.
    #[must_use]
    pub fn explain_line(&self, line: &str) -> String {
        self.say(&format!("line-{line}"), &[])
    }

    fn render_sum(&self, sum: &Sum) -> Markup {
        let (id, left, right) = *sum;
        let (class, sign) = match left.cmp(&right) {
            std::cmp::Ordering::Equal => ("good", "="),
            std::cmp::Ordering::Less => ("look", "<"),
            std::cmp::Ordering::Greater => ("look", ">"),
        };
        html! { li {
            (self.say(id, &[])) ": " span class=(format!("badge {class}")) {
                (group_digits(&left.to_string())) " " (sign) " " (group_digits(&right.to_string())) }
        } }
    }

    /// What each line of the ballot got.
    #[must_use]
    pub fn render_votes(&self, election: &ElectionPicture) -> Markup {
        let base = election.totals.participated();
        let share = |votes: u64| self.print_decimal(&format_percent(votes, base, 1));
        html! { div.wide tabindex="0" { table.votes {
            thead { tr {
                th scope="col" { (self.say("col-line", &[])) }
                th.n scope="col" { (self.say("col-votes", &[])) (self.explain_part(election)) }
                th.n scope="col" { "%" }
            } }
            tbody {
                @for line in &election.candidates { tr {
                    th scope="row" { bdi { (self.name_candidate(line)) } }
                    td.n { (group_digits(&line.votes.to_string())) }
                    td.n { (share(line.votes)) }
                } }
                tr {
                    th scope="row" { (self.explain_line("against_all")) }
                    td.n { (group_digits(&election.totals.against_all.to_string())) }
                    td.n { (share(election.totals.against_all)) }
                }
            }
        } } }
    }
}

/// A sum in words, and both its sides.
type Sum = (&'static str, u64, u64);

fn list_sums(totals: &Totals, damaged: u64) -> [Sum; 3] {
    let spent = totals.issued.saturating_add(totals.cancelled).saturating_add(damaged);
    [
        ("sum-received", totals.received, spent),
        ("sum-found", totals.found, totals.participated().saturating_add(totals.invalid)),
        ("sum-issued", totals.issued, totals.found),
    ]
}
