//! Every refusal of the law that is not exempt is said at the draft and again at the check.

use commission::drafting::{compose_draft, fault::DraftFault};
use law::Rule;
use scene::trials::{self, How};

use super::{at, body_of, content, ground, keys_of, order};

/// The rule that a draft fault names.
fn rule_of(fault: &DraftFault) -> Option<Rule> {
    match fault {
        DraftFault::Refused(refusal) => Some(refusal.rule()),
        _ => None,
    }
}

#[test]
fn every_refused_trial_is_refused_at_the_draft_and_at_the_check() {
    let (mut told, mut exempt, mut mended) = (0, Vec::new(), Vec::new());
    for trial in trials::all() {
        let (mut scene, mut step) = (trial.lawful)();
        match trial.how {
            How::Refused => (trial.broken)(&mut scene, &mut step),
            How::Explained(without) => without(&mut scene, &mut step),
            How::Noted => continue,
        }
        // What no draft can have is broken in the signed event itself.
        let Ok(signed) = scene.try_sign(&step) else { continue };
        let keys = keys_of(&mut scene, &step);
        let (ground, time) = (ground(&scene), at(&step));
        let order = order(&step, &time, &keys);
        let composed = compose_draft(&ground, &order, content(body_of(&step.fact)));
        let order_mended = composed.as_ref().is_ok_and(|draft| body_of(&draft.fact) != body_of(&step.fact));
        let drafted = composed.and_then(|draft| ground.judge(&draft.event, order.received));
        let checked = ground.judge(&signed, order.received);
        let (at_draft, at_check) =
            (drafted.as_ref().err().and_then(rule_of), checked.as_ref().err().and_then(rule_of));
        if trial.rule.unforeseen().is_some() && at_check != Some(trial.rule) {
            exempt.push(trial.rule);
            continue;
        }
        assert_eq!(at_check, Some(trial.rule), "check, {}: {checked:?}", trial.what);
        // Rows that name what they are about have one order: the draft puts them there.
        if order_mended && drafted.is_ok() {
            mended.push(trial.rule);
            continue;
        }
        assert_eq!(at_draft, Some(trial.rule), "draft, {}: {drafted:?}", trial.what);
        told += 1;
    }
    assert!(told > 40, "{told}");
    assert!(mended.iter().all(|rule| matches!(rule, Rule::Com04 | Rule::Sig11)), "{mended:?}");
    eprintln!("{told} refusals said at the draft; exempt {exempt:?}");
}

#[test]
fn every_lawful_step_of_a_trial_is_drafted() {
    for trial in trials::all() {
        let (mut scene, step) = (trial.lawful)();
        let keys = keys_of(&mut scene, &step);
        let (ground, time) = (ground(&scene), at(&step));
        let order = order(&step, &time, &keys);
        let draft = compose_draft(&ground, &order, content(body_of(&step.fact)));
        let draft = draft.unwrap_or_else(|fault| panic!("{}, not {}: {fault}", trial.rule, trial.what));
        let judged = ground.judge(&draft.event, order.received);
        assert!(judged.is_ok(), "{}, not {}: {judged:?}", trial.rule, trial.what);
    }
}
