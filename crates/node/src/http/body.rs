//! Reading the body of a request within bounds of size and time.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
};
use futures_util::StreamExt as _;

/// Why a body is not read.
#[derive(Debug)]
pub(crate) enum BodyError {
    /// It is too large.
    TooLarge {
        /// Bytes that it may have.
        max: usize,
        /// Bytes that its header says; none where it turned out to be longer than it may be.
        found: Option<u64>,
    },
    /// The connection broke off.
    Broken(axum::Error),
    /// It did not come in time.
    Late {
        /// How long it may take.
        time: Duration,
    },
}

/// The whole body, within its bounds.
pub(crate) async fn read_body(
    headers: &HeaderMap,
    body: Body,
    max: usize,
    time: Duration,
) -> Result<Bytes, BodyError> {
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if let Some(found) = length.filter(|length| *length > max as u64) {
        return Err(BodyError::TooLarge { max, found: Some(found) });
    }
    let whole = async {
        let mut bytes = Vec::with_capacity(length.map_or(0, |length| usize::try_from(length).unwrap_or(0)));
        let mut chunks = body.into_data_stream();
        while let Some(chunk) = chunks.next().await {
            let chunk = chunk.map_err(BodyError::Broken)?;
            if bytes.len() + chunk.len() > max {
                return Err(BodyError::TooLarge { max, found: None });
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(Bytes::from(bytes))
    };
    tokio::time::timeout(time, whole).await.map_err(|_| BodyError::Late { time })?
}
