//! An object store: S3 and what speaks its protocol, or a local path, through the crate `object_store`.
//!
//! Keys are written once and read back, the manifest of a snapshot last of its files, the checkpoint last of all.
//!
//! Some servers ignore the condition of a conditional put. So a key is read before it is written, and again after.

use futures_util::TryStreamExt as _;
use object_store::{
    Attribute, Error, ObjectStore, ObjectStoreExt as _, PutMode, PutOptions, PutPayload, path::Path as Key,
};
use phrase::{Phrase, Phrased as _, phrase};
use tokio::runtime::Runtime;
use url::Url;

use super::{fault::PublishError, target::PublicationTarget};
use crate::{
    files::FileError,
    http::answer_headers::{keeping_of, media_type},
};

/// A prefix in an object store.
pub struct BucketTarget {
    address: String,
    store: Box<dyn ObjectStore>,
    prefix: Key,
    runtime: Runtime,
}

impl BucketTarget {
    /// Opens an address such as `s3://bucket/prefix` or `file:///srv/ledger`; keys, region and endpoint come from
    /// `AWS_…` in the environment.
    ///
    /// # Errors
    /// [`PublishError::Address`].
    pub fn open(address: &str) -> Result<Self, PublishError> {
        let wrong = |found: Phrase| PublishError::Address { address: address.to_owned(), found };
        let url = Url::parse(address).map_err(|error| wrong(Phrase::verbatim(error)))?;
        if url.scheme() == "file" {
            // The store of local paths wants its root to be there.
            let path =
                url.to_file_path().map_err(|()| wrong(phrase!("no-absolute-path", "no absolute path")))?;
            let failed = FileError::at(&path);
            std::fs::create_dir_all(&path).map_err(&failed)?;
            remove_crash_leftovers(&path).map_err(&failed)?;
        }
        // Another provider may be there already, which serves as well.
        let _installed = rustls::crypto::ring::default_provider().install_default();
        let options = std::env::vars()
            .filter_map(|(name, value)| name.starts_with("AWS_").then(|| (name.to_ascii_lowercase(), value)));
        let (store, prefix) =
            object_store::parse_url_opts(&url, options).map_err(|error| wrong(Phrase::verbatim(error)))?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| wrong(error.phrase()))?;
        Ok(Self { address: address.trim_end_matches('/').to_owned(), store, prefix, runtime })
    }

    fn object_key(&self, path: &str) -> Key {
        path.split('/').filter(|part| !part.is_empty()).fold(self.prefix.clone(), Key::join)
    }

    fn remote_fault(&self, path: &str) -> impl Fn(Error) -> PublishError {
        let path = format!("{}/{path}", self.address);
        move |error| PublishError::Remote { path: path.clone(), quoted: error.to_string() }
    }

    fn put_object(&self, path: &str, bytes: &[u8], mode: PutMode) -> Result<(), Error> {
        let payload = PutPayload::from(bytes.to_vec());
        let mut options = PutOptions { mode, ..PutOptions::default() };
        // A folder keeps neither; whoever serves it says them.
        if !self.address.starts_with("file:") {
            options.attributes.insert(Attribute::ContentType, media_type(path).into());
            options.attributes.insert(Attribute::CacheControl, keeping_of(path).into());
        }
        self.runtime.block_on(self.store.put_opts(&self.object_key(path), payload, options)).map(|_| ())
    }

    /// What was written must be there: another writer may have been faster where conditions are ignored.
    fn require_written(&self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        if self.read(path)?.as_deref() == Some(bytes) {
            return Ok(());
        }
        Err(PublishError::Changed { path: format!("{}/{path}", self.address) })
    }

    /// The path of a key, without the prefix.
    fn relative_path(&self, key: &Key) -> String {
        let rest: Vec<_> = key.parts().skip(self.prefix.parts().count()).collect();
        rest.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("/")
    }
}

/// Removes what a crash of the store of local paths left: it writes `name#1` and renames. No path of ours has a `#`.
fn remove_crash_leftovers(folder: &std::path::Path) -> std::io::Result<()> {
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        if item.file_type()?.is_dir() {
            remove_crash_leftovers(&item.path())?;
        } else if item.file_name().to_string_lossy().contains('#') && is_publication_file(&item.path()) {
            std::fs::remove_file(item.path())?;
        }
    }
    Ok(())
}

/// Only below the folders that a publication writes.
fn is_publication_file(path: &std::path::Path) -> bool {
    path.components()
        .any(|part| ["attachments", "snapshots", "tile"].iter().any(|own| part.as_os_str() == *own))
        || path.file_name().is_some_and(|name| {
            ["checkpoint#", "index.html#"].iter().any(|own| name.to_string_lossy().starts_with(own))
        })
}

impl PublicationTarget for BucketTarget {
    fn name(&self) -> String {
        self.address.clone()
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, PublishError> {
        let found =
            self.runtime.block_on(async { self.store.get(&self.object_key(path)).await?.bytes().await });
        match found {
            Ok(bytes) => Ok(Some(bytes.to_vec())),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(self.remote_fault(path)(error)),
        }
    }

    fn top(&self) -> Result<Vec<String>, PublishError> {
        let found = self.runtime.block_on(self.store.list_with_delimiter(Some(&self.prefix)));
        let found = found.map_err(self.remote_fault(""))?;
        let objects = found.objects.iter().map(|object| &object.location);
        Ok(found.common_prefixes.iter().chain(objects).map(|key| self.relative_path(key)).collect())
    }

    fn list(&self, folder: &str) -> Result<Vec<String>, PublishError> {
        let below = self.object_key(folder);
        let found = self.store.list(Some(&below)).map_ok(|object| self.relative_path(&object.location));
        let mut found: Vec<String> =
            self.runtime.block_on(found.try_collect()).map_err(self.remote_fault(folder))?;
        found.sort();
        Ok(found)
    }

    fn create(&mut self, path: &str, bytes: &[u8]) -> Result<bool, PublishError> {
        match self.read(path)? {
            Some(there) if there == bytes => return Ok(false),
            Some(_) => return Err(PublishError::Changed { path: format!("{}/{path}", self.address) }),
            None => {}
        }
        match self.put_object(path, bytes, PutMode::Create) {
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => {
                self.put_object(path, bytes, PutMode::Overwrite).map_err(self.remote_fault(path))?;
            }
            Ok(()) | Err(Error::AlreadyExists { .. } | Error::Precondition { .. }) => {}
            Err(error) => return Err(self.remote_fault(path)(error)),
        }
        self.require_written(path, bytes)?;
        Ok(true)
    }

    fn create_snapshot(&mut self, n: u64, files: &[(String, Vec<u8>)]) -> Result<usize, PublishError> {
        let mut written = 0;
        let last = |name: &str| name == "manifest.json";
        let (manifest, others): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| last(name));
        for (name, bytes) in others.into_iter().chain(manifest) {
            written += usize::from(self.create(&format!("snapshots/{n}/{name}"), bytes)?);
        }
        Ok(written)
    }

    fn replace(&mut self, path: &str, bytes: &[u8]) -> Result<(), PublishError> {
        self.put_object(path, bytes, PutMode::Overwrite).map_err(self.remote_fault(path))?;
        self.require_written(path, bytes)
    }

    fn show(&mut self, checkpoint: &[u8]) -> Result<(), PublishError> {
        self.replace("checkpoint", checkpoint)
    }

    fn remove(&mut self, path: &str) -> Result<(), PublishError> {
        self.runtime.block_on(self.store.delete(&self.object_key(path))).map_err(self.remote_fault(path))
    }
}
