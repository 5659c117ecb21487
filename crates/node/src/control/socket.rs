//! The control socket itself: a file that its owner, and at most one group, may use; a place in which a killed node left one; who asks.

use std::{
    fs, io,
    os::unix::{
        fs::{DirBuilderExt as _, FileTypeExt as _, MetadataExt as _, PermissionsExt as _, chown},
        net::{UnixListener, UnixStream},
    },
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::Duration,
};

use tokio::sync::Semaphore;

use super::{
    answer::serve_question,
    fault::ControlSocketError,
    server::{Caller, ControlServer},
};

/// Questions at a time.
const QUESTIONS_MAX: usize = 16;

/// How long one end may be silent.
const SILENCE: Duration = Duration::from_secs(60);

/// Where a node listens for operators.
#[derive(Debug, Clone)]
pub struct ControlSettings {
    /// The path of the socket.
    pub path: PathBuf,
    /// The group that may publish, attach and look; none leaves it to the node's own account.
    pub group: Option<u32>,
}

/// A socket that is listened on; its file goes with it.
pub(crate) struct ControlSocket {
    listener: UnixListener,
    path: PathBuf,
    owner: u32,
    group: Option<u32>,
}

impl Drop for ControlSocket {
    fn drop(&mut self) {
        let _gone = fs::remove_file(&self.path);
    }
}

impl ControlSocket {
    /// Listens. What a killed node left is replaced; what somebody listens on, or is no socket, is not.
    pub(crate) fn bind(settings: &ControlSettings) -> Result<Self, ControlSocketError> {
        let path = settings.path.clone();
        let system = |error| ControlSocketError::System { path: settings.path.clone(), error };
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(system(error)),
            Ok(there) if !there.file_type().is_socket() => {
                return Err(ControlSocketError::NoSocket { path });
            }
            Ok(_) => match UnixStream::connect(&path) {
                Ok(_) => return Err(ControlSocketError::InUse { path }),
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {}
                Err(error) => return Err(system(error)),
            },
        }
        // Made where nobody else comes, and given its name with its permissions.
        let beside = path.with_file_name(format!(".{}.new", std::process::id()));
        let _earlier = fs::remove_dir_all(&beside);
        fs::DirBuilder::new().mode(0o700).create(&beside).map_err(system)?;
        let made = Self::bind_within(&beside.join("s"), settings).map_err(system);
        let _empty = fs::remove_dir_all(&beside);
        made
    }

    fn bind_within(making: &Path, settings: &ControlSettings) -> io::Result<Self> {
        let listener = UnixListener::bind(making)?;
        let mode = if settings.group.is_some() { 0o660 } else { 0o600 };
        if settings.group.is_some() {
            chown(making, None, settings.group)?;
        }
        fs::set_permissions(making, fs::Permissions::from_mode(mode))?;
        let owner = fs::symlink_metadata(making)?.uid();
        fs::rename(making, &settings.path)?;
        Ok(Self { listener, path: settings.path.clone(), owner, group: settings.group })
    }

    /// Answers until the process ends.
    pub(crate) async fn answer_questions(self, server: Arc<ControlServer>) -> io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let listener = tokio::net::UnixListener::from_std(self.listener.try_clone()?)?;
        let room = Arc::new(Semaphore::new(QUESTIONS_MAX));
        tracing::info!(path = %self.path.display(), "operators are answered on the control socket");
        loop {
            let Ok(place) = room.clone().acquire_owned().await else { return Ok(()) };
            let (stream, asker) = match listener.accept().await.and_then(|(stream, _)| {
                let asker = self.find_asker(&stream)?;
                Ok((stream, asker))
            }) {
                Ok(accepted) => accepted,
                Err(error) => {
                    tracing::warn!(%error, "accepting on the control socket");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            };
            let server = server.clone();
            let answer = move || {
                let answered = blocking(stream).and_then(|stream| serve_question(&server, stream, asker));
                if let Err(error) = answered {
                    tracing::debug!(%error, "a question on the control socket");
                }
                drop(place);
            };
            if let Err(error) = thread::Builder::new().name("control".to_owned()).spawn(answer) {
                tracing::warn!(%error, "answering on the control socket");
            }
        }
    }

    /// Who asks, as the system says; the user and group of a stranger.
    fn find_asker(&self, stream: &tokio::net::UnixStream) -> io::Result<Caller> {
        let peer = stream.peer_cred()?;
        Ok(match (peer.uid(), peer.gid()) {
            (uid, _) if uid == self.owner || uid == 0 => Ok(true),
            (_, gid) if self.group == Some(gid) => Ok(false),
            stranger => Err(stranger),
        })
    }
}

fn blocking(stream: tokio::net::UnixStream) -> io::Result<UnixStream> {
    let stream = stream.into_std()?;
    stream.set_nonblocking(false)?;
    stream.set_read_timeout(Some(SILENCE))?;
    stream.set_write_timeout(Some(SILENCE))?;
    Ok(stream)
}
