//! One request as the pages see it: its path, the fields of a form, the files that came along.

use axum::{
    body::Bytes,
    extract::{FromRequest as _, Multipart, Request},
    http::{StatusCode, header},
};
use url::form_urlencoded;
use zeroize::Zeroizing;

use crate::guard::RefusedCall;

/// Bytes of a form without files: some hundred lines of a paper.
pub(crate) const FORM_BYTES_MAX: usize = 512 * 1024;
/// Bytes of a form with files: some scans.
pub(crate) const UPLOAD_BYTES_MAX: usize = 80 << 20;
/// Fields of a form.
const FIELDS_MAX: usize = 1_000;

/// A file that came with a form.
pub(crate) struct SentFile {
    pub(crate) field: String,
    pub(crate) name: String,
    pub(crate) bytes: Bytes,
}

/// One request.
pub(crate) struct DeskCall {
    pub(crate) is_post: bool,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) fields: Vec<(String, Zeroizing<String>)>,
    pub(crate) files: Vec<SentFile>,
}

impl DeskCall {
    /// A field of the form.
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// A field of the address.
    pub(crate) fn asked(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.query.as_bytes());
        pairs.find(|(own, _)| own == name).map(|(_, value)| value.into_owned())
    }

    /// Reads the fields of a form that was posted, and the files that came along, within their bounds.
    pub(crate) async fn read_form(&mut self, request: Request) -> Result<(), RefusedCall> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
        let kind = kind.map(|kind| kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase());
        match kind.as_deref() {
            Some("application/x-www-form-urlencoded") => {
                let expected = FORM_BYTES_MAX;
                let body = axum::body::to_bytes(request.into_body(), expected).await;
                let body = body.map_err(|_| RefusedCall::TooLong { expected })?;
                let pairs = form_urlencoded::parse(&body).take(FIELDS_MAX);
                self.fields.extend(
                    pairs.map(|(name, value)| (name.into_owned(), Zeroizing::new(value.into_owned()))),
                );
                Ok(())
            }
            Some("multipart/form-data") => self.read_parts(request).await,
            _ => Err(RefusedCall::NoForm),
        }
    }

    async fn read_parts(&mut self, request: Request) -> Result<(), RefusedCall> {
        let mut parts = Multipart::from_request(request, &()).await.map_err(|_| RefusedCall::NoForm)?;
        let refused = |error: axum::extract::multipart::MultipartError| match error.status() {
            StatusCode::PAYLOAD_TOO_LARGE => RefusedCall::TooLong { expected: UPLOAD_BYTES_MAX },
            _ => RefusedCall::NoForm,
        };
        while let Some(part) = parts.next_field().await.map_err(refused)? {
            if self.fields.len() + self.files.len() >= FIELDS_MAX {
                return Err(RefusedCall::NoForm);
            }
            let field = part.name().unwrap_or_default().to_owned();
            let name = part.file_name().map(str::to_owned);
            let bytes = part.bytes().await.map_err(refused)?;
            match name {
                // A field for a file in which none was chosen comes along empty.
                Some(name) if name.is_empty() && bytes.is_empty() => {}
                Some(name) => self.files.push(SentFile { field, name, bytes }),
                None => {
                    let value = String::from_utf8(bytes.to_vec()).map_err(|_| RefusedCall::NoForm)?;
                    self.fields.push((field, Zeroizing::new(value)));
                }
            }
        }
        Ok(())
    }
}
