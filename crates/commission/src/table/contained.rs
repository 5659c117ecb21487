//! Readers that other people wrote, held so that one of them that stops in the middle is a fault of the file.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::fault::InputTableFault;

/// What the work gives; where its reader panics, the file is damaged.
///
/// # Errors
/// What the work says, or [`InputTableFault::ReaderStopped`].
pub(crate) fn contain_reader<T, E: From<InputTableFault>>(
    work: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(InputTableFault::ReaderStopped.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::panic, reason = "a foreign reader does so")]
    fn a_reader_that_stops_is_a_fault_of_the_file() {
        let stopped = contain_reader::<(), InputTableFault>(|| panic!("a reader's own bound"));
        assert!(matches!(&stopped, Err(InputTableFault::ReaderStopped)));
        let fault = stopped.err();
        assert_eq!(fault.as_ref().map(InputTableFault::exit_code), Some(2));
        assert!(fault.is_some_and(|fault| fault.hint().is_some()));
    }
}
