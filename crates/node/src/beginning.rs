//! What comes before the first event of a node: an anchor, the mark of the instance, a signature over what a crash left unsigned; and
//! reading only, where none of it is to be had.

use phrase::{Phrase, Phrased};

use crate::{
    shared::Mode,
    witnesses::anchors::Standing,
    writer::Writer,
    writer_thread::{PAUSES, WriterThread, close_ledger},
};

impl WriterThread {
    /// What comes before the first event: an anchor, the mark of the instance, a signature over what a crash left unsigned.
    pub(crate) fn begin(&mut self, writer: Writer, standing: Standing) -> Option<Writer> {
        let mut writer = self.wait_for_anchor(writer, standing)?;
        self.anchored = true;
        self.sizes = writer.size_keeper();
        writer.tell_exemption();
        match self.begin_writing(&mut writer) {
            Ok(()) => Some(writer),
            Err(error) => {
                tracing::error!(%error, "cannot sign the head");
                self.after_failed_write = true;
                drop(writer);
                self.reopen_ledger()
            }
        }
    }

    /// Serves without signing until somebody who may know more was reached and the mark of the instance is kept, or the end. Only what
    /// contradicts this ledger, or tells that it is a copy, is for people.
    fn wait_for_anchor(&mut self, mut writer: Writer, standing: Standing) -> Option<Writer> {
        let mut standing = Ok(standing);
        for round in 0.. {
            let settled = standing.and_then(|standing| match standing {
                Standing::Anchored => self.anchors.mark_opening(&mut writer).map(|()| standing),
                waiting => Ok(waiting),
            });
            let why = match settled {
                Ok(Standing::Anchored) => return Some(writer),
                Ok(Standing::Unanchored { why } | Standing::Claimed { found: why }) => why,
                Ok(Standing::Copied { why }) => {
                    return self.serve_read_only(&writer, why);
                }
                Err(error) if error.is_contradiction() => {
                    return self.serve_read_only(&writer, error.phrase());
                }
                Err(error) => {
                    tracing::error!(%error, "cannot begin to write; trying again");
                    error.phrase()
                }
            };
            self.shared.set_mode(Mode::ReadOnly(why));
            if self.pause(round) {
                close_ledger(writer);
                return None;
            }
            standing = self.anchors.compare_newest(&writer);
        }
        None
    }

    /// The world has another history, or the files are gone: this ledger is read and never written to, and what is open stays
    /// open until the end.
    pub(crate) fn serve_read_only(&mut self, _held: &Writer, why: Phrase) -> Option<Writer> {
        tracing::error!(%why, "nothing is signed");
        self.shared.set_mode(Mode::ReadOnly(why));
        while !self.pause(PAUSES.len()) {}
        None
    }
}
