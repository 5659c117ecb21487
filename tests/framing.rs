//! An attempt to frame.
