//! Random lives of several elections at once, against a naive model that adds up and judges by itself.

#[test]
fn random_lives_agree_with_a_naive_model() {
    scene::lives::live_random_plans(&|_| {});
}
