//! One file of a site.

/// A file's path below the folder of the site, and its bytes.
pub type SiteFile = (String, Vec<u8>);
