//! One cell for each precinct. A list, not a drawing: it flows into any width, and can be read aloud.

use maud::{Markup, html};

use super::{
    charts::{ElectionPicture, PrecinctPoint, ProtocolStage},
    plot::{PicturePlace, Plotter},
};

impl Plotter<'_> {
    /// The cells of an election with their legend; `link` may lead from a cell to its precinct.
    pub fn render_grid(
        &self,
        place: &PicturePlace,
        election: &ElectionPicture,
        link: impl Fn(usize) -> Option<String>,
    ) -> Markup {
        let count = |stage| election.precincts.iter().filter(|point| point.stage == stage).count();
        let counted =
            [("counted", election.count_precincts().into()), ("all", election.precincts.len().into())];
        html! {
            div.grid-figure id=(format!("{}-grid", place.prefix)) {
                (self.render_heading(&self.say("pic-grid", &[])))
                p { (self.say("pic-counted", &counted)) }
                ul.legend {
                    @for stage in ProtocolStage::ALL.into_iter().filter(|stage| count(*stage) > 0) {
                        @let (class, sign) = stage_sign(stage);
                        li { span class=(format!("cell {class}")) aria-hidden="true" { (sign) } " "
                            (self.say(stage_text(stage), &[])) ": " (count(stage)) }
                    }
                }
                ol.grid { @for (n, point) in election.precincts.iter().enumerate() {
                    (self.render_cell(point, link(n).as_deref()))
                } }
                p.foot { (self.foot) }
            }
        }
    }

    fn render_cell(&self, point: &PrecinctPoint, link: Option<&str>) -> Markup {
        let (class, sign) = stage_sign(point.stage);
        let said = self.say(stage_text(point.stage), &[]);
        let inside = html! {
            bdi { (point.number) } " " span aria-hidden="true" { (sign) }
            span.aloud { ": " (said) }
        };
        html! {
            li class=(format!("cell {class}")) title=(format!("{}: {said}", point.number)) {
                @match link { Some(link) => a href=(link) { (inside) }, None => (inside), }
            }
        }
    }
}

/// A letter beside the colour: a tenth of all men cannot tell red from green, and printers are black.
#[must_use]
pub fn stage_sign(stage: ProtocolStage) -> (&'static str, &'static str) {
    match stage {
        ProtocolStage::Missing => ("missing", "–"),
        ProtocolStage::Signed => ("signed", "›"),
        ProtocolStage::Countersigned => ("countersigned", "✓"),
        ProtocolStage::Corrected => ("corrected", "±"),
        ProtocolStage::Disputed => ("disputed", "!"),
        ProtocolStage::Invalidated => ("invalidated", "✗"),
    }
}

/// The text of a stage.
#[must_use]
pub fn stage_text(stage: ProtocolStage) -> &'static str {
    match stage {
        ProtocolStage::Missing => "stage-missing",
        ProtocolStage::Signed => "stage-signed",
        ProtocolStage::Countersigned => "stage-countersigned",
        ProtocolStage::Corrected => "stage-corrected",
        ProtocolStage::Disputed => "stage-disputed",
        ProtocolStage::Invalidated => "stage-invalidated",
    }
}
