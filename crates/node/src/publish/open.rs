//! Opening a publication target by what people call it: an address, a zip or a folder.

use std::path::Path;

use phrase::phrase;

use super::{
    archive::ArchiveTarget, bucket::BucketTarget, fault::PublishError, folder::FolderTarget,
    target::PublicationTarget,
};

/// Opens a place: an address has a scheme, a zip its ending; anything else is a folder.
///
/// # Errors
/// [`PublishError::Address`], or what the place says.
pub fn open_target(to: &str) -> Result<Box<dyn PublicationTarget>, PublishError> {
    if to.is_empty() {
        return Err(PublishError::Address { address: to.to_owned(), found: phrase!("nothing", "nothing") });
    }
    if to.contains("://") {
        return Ok(Box::new(BucketTarget::open(to)?));
    }
    let path = Path::new(to);
    if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("zip")) && !path.is_dir() {
        return Ok(Box::new(ArchiveTarget::open(path)?));
    }
    Ok(Box::new(FolderTarget::new(path)))
}
