//! Whether the figures of a report add up.
//!
//! Looks at units within units, votes rolled up, ballots balanced, precincts counted. Elsewhere: single figures
//! (`nist`).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::checks::nist::fault::NistFault;

type NistObject = Map<String, Value>;

/// An identifier by which a precinct says that a ratio of its protocol does not hold and is explained.
const EXPLAINED: &str = "ratio-explained";

/// The units of a report by id, and what each is composed of.
struct Units<'a> {
    units: BTreeMap<&'a str, &'a NistObject>,
}

/// The totals of a contest's selections at each unit, summed over the selections.
type VotesByUnit<'a> = BTreeMap<&'a str, u128>;

pub(super) fn check_figures(report: &NistObject, faults: &mut Vec<NistFault>) {
    let units = list_objects(report, "GpUnit");
    let units = Units { units: units.filter_map(|unit| Some((read_text(unit, "@id")?, unit))).collect() };
    if let Some(unit) = units.find_cycle() {
        // Without an order of units no sum means anything.
        faults.push(NistFault::Cycle { unit: unit.to_owned() });
        return;
    }
    for election in list_objects(report, "Election") {
        let cast =
            list_objects(election, "BallotCounts").filter(|row| read_text(row, "Type") == Some("total"));
        let cast: BTreeMap<&str, &NistObject> =
            cast.filter_map(|row| Some((read_text(row, "GpUnitId")?, row))).collect();
        for contest in list_objects(election, "Contest") {
            let votes = rolled_up(contest, &units, faults);
            for (unit, votes) in &votes {
                check_balance(unit, *votes, cast.get(unit).copied(), &units, faults);
            }
            check_reported_units(contest, &votes, &units, faults);
        }
    }
}

/// Each total of a selection is the sum of those of the precincts below it.
fn rolled_up<'a>(contest: &'a NistObject, units: &Units<'a>, faults: &mut Vec<NistFault>) -> VotesByUnit<'a> {
    let mut all = VotesByUnit::new();
    for selection in list_objects(contest, "ContestSelection") {
        let name = || read_text(selection, "@id").unwrap_or_default().to_owned();
        let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
        for row in list_objects(selection, "VoteCounts").filter(|row| read_text(row, "Type") == Some("total"))
        {
            let (Some(unit), Some(count)) = (read_text(row, "GpUnitId"), read_figure(row, "Count")) else {
                continue;
            };
            if totals.insert(unit, count).is_some() {
                faults.push(NistFault::DuplicateCount { selection: name(), unit: unit.to_owned() });
            }
        }
        for (unit, found) in &totals {
            *all.entry(unit).or_default() += u128::from(*found);
            let below: Vec<u64> = units
                .list_precincts(unit)
                .iter()
                .filter_map(|precinct| totals.get(precinct).copied())
                .collect();
            let expected = below.iter().copied().map(u128::from).sum();
            if !below.is_empty() && expected != u128::from(*found) {
                let unit = (*unit).to_owned();
                faults.push(NistFault::RollUp { selection: name(), unit, expected, found: *found });
            }
        }
    }
    all
}

/// Votes and rejected ballots are the ballots cast; these are no more than were issued, those to no more than there are.
fn check_balance(
    unit: &str,
    votes: u128,
    cast: Option<&NistObject>,
    units: &Units<'_>,
    faults: &mut Vec<NistFault>,
) {
    let name = || unit.to_owned();
    let known = |field: &str| units.units.get(unit).and_then(|unit| read_figure(unit, field));
    let (took_part, registered) = (known("VotersParticipated"), known("VotersRegistered"));
    if let (Some(expected), Some(row)) = (cast.and_then(|row| read_figure(row, "BallotsCast")), cast) {
        let found = votes + u128::from(read_figure(row, "BallotsRejected").unwrap_or_default());
        if found != u128::from(expected) {
            faults.push(match units.is_explained(unit, "ARI-04") {
                true => NistFault::BalanceExplained { unit: name(), expected, found },
                false => NistFault::Balance { unit: name(), expected, found },
            });
        }
        if let Some(issued) = took_part.filter(|issued| expected > *issued) {
            let (expected, found) = (issued, expected);
            faults.push(match units.is_explained(unit, "ARI-03") {
                true => NistFault::MoreBallotsExplained { unit: name(), expected, found },
                false => NistFault::MoreBallotsThanIssued { unit: name(), expected, found },
            });
        }
    }
    if let (Some(found), Some(expected)) = (took_part, registered)
        && found > expected
    {
        faults.push(NistFault::Turnout { unit: name(), expected, found });
    }
}

/// A contest counts the precincts of its district that have votes.
fn check_reported_units(
    contest: &NistObject,
    votes: &VotesByUnit<'_>,
    units: &Units<'_>,
    faults: &mut Vec<NistFault>,
) {
    let (Some(found), Some(district)) =
        (read_figure(contest, "SubUnitsReported"), read_text(contest, "ElectionDistrictId"))
    else {
        return;
    };
    let counted = units.list_precincts(district).into_iter().filter(|precinct| votes.contains_key(precinct));
    let expected = counted.count() as u64;
    if expected != found {
        let contest = read_text(contest, "@id").unwrap_or_default().to_owned();
        faults.push(NistFault::SubUnits { contest, expected, found });
    }
}

impl<'a> Units<'a> {
    fn list_parts(&self, unit: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let parts = self.units.get(unit).and_then(|unit| unit.get("ComposingGpUnitIds"));
        parts.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
    }

    /// A unit within itself, if there is one. No recursion: a file may nest units as deep as it likes.
    fn find_cycle(&self) -> Option<&'a str> {
        let mut done: BTreeSet<&str> = BTreeSet::new();
        for start in self.units.keys() {
            let mut path = vec![(*start, self.list_parts(start))];
            let mut open = BTreeSet::from([*start]);
            while let Some((unit, parts)) = path.last_mut() {
                let unit = *unit;
                match parts.next() {
                    Some(part) if open.contains(part) => return Some(part),
                    Some(part) if done.contains(part) => {}
                    Some(part) => {
                        open.insert(part);
                        path.push((part, self.list_parts(part)));
                    }
                    None => {
                        open.remove(unit);
                        done.insert(unit);
                        path.pop();
                    }
                }
            }
        }
        None
    }

    /// Everything that a unit is composed of, at any depth; not the unit itself.
    fn list_units_below(&self, unit: &str) -> BTreeSet<&'a str> {
        let mut found = BTreeSet::new();
        let mut waiting: Vec<&str> = self.list_parts(unit).collect();
        while let Some(part) = waiting.pop() {
            if found.insert(part) {
                waiting.extend(self.list_parts(part));
            }
        }
        found
    }

    fn list_precincts(&self, unit: &str) -> BTreeSet<&'a str> {
        let is_precinct =
            |part: &&str| self.units.get(part).and_then(|unit| read_text(unit, "Type")) == Some("precinct");
        self.list_units_below(unit).into_iter().filter(is_precinct).collect()
    }

    /// Whether the unit, or one below it, says that the ratio does not hold on paper and is explained.
    fn is_explained(&self, unit: &str, rule: &str) -> bool {
        let says = |unit: &&NistObject| {
            list_objects(unit, "ExternalIdentifier").any(|identifier| {
                read_text(identifier, "OtherType") == Some(EXPLAINED)
                    && read_text(identifier, "Value") == Some(rule)
            })
        };
        let below = self.list_units_below(unit);
        let own = self.units.get(unit).copied();
        own.into_iter().chain(below.iter().filter_map(|part| self.units.get(part).copied())).any(|u| says(&u))
    }
}

fn read_figure(object: &NistObject, field: &str) -> Option<u64> {
    object.get(field).and_then(Value::as_u64)
}

/// The objects of a list; none if there is no such list.
fn list_objects<'a>(object: &'a NistObject, field: &str) -> impl Iterator<Item = &'a NistObject> + use<'a> {
    object.get(field).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// A field that is text.
pub(super) fn read_text<'a>(object: &'a Map<String, Value>, field: &str) -> Option<&'a str> {
    object.get(field).and_then(Value::as_str)
}
