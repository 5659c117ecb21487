//! Files that systems, desktops and hosts lay into a folder, and that nobody could take for a part of a ledger.
//!
//! Contains their names. They are no part of the ledger, are not read, and are named in a note; every other file that a
//! ledger does not have is refused.

/// Files that an operating system, a desktop or a program for copies leaves in any folder, in lower case.
const FILES_ANYWHERE: [&str; 29] = [
    ".apdisk",
    ".com.apple.timemachine.donotpresent",
    ".com.apple.timemachine.supported",
    ".directory",
    ".dropbox",
    ".dropbox.attr",
    ".ds_store",
    ".gitattributes",
    ".gitignore",
    ".gitkeep",
    ".hidden",
    ".keep",
    ".localized",
    ".metadata_never_index",
    ".nomedia",
    ".owncloudsync.log",
    ".picasa.ini",
    ".stignore",
    ".sync.ffs_db",
    ".volumeicon.icns",
    "autorun.inf",
    "desktop.ini",
    "ehthumbs.db",
    "ehthumbs_vista.db",
    "icon\r",
    "sync.ffs_db",
    "thumbs.db",
    "thumbs.db:encryptable",
    "wpsettings.dat",
];

/// Files by which a host of static pages is told how to serve them, at the top.
const FILES_AT_TOP: [&str; 23] = [
    ".ftpquota",
    ".htaccess",
    ".htpasswd",
    ".nojekyll",
    ".s3cfg",
    ".user.ini",
    "_config.yml",
    "_headers",
    "_redirects",
    "ads.txt",
    "app-ads.txt",
    "apple-touch-icon.png",
    "cname",
    "error_log",
    "favicon.ico",
    "humans.txt",
    "netlify.toml",
    "robots.txt",
    "security.txt",
    "sitemap.xml",
    "vercel.json",
    "web.config",
    "wrangler.toml",
];

/// Beginnings of the names of files that belong to another file, or to one that is open.
const BEGINNINGS: [&str; 9] =
    [".#", "._", ".fuse_hidden", ".goutputstream-", ".nfs", ".smbdelete", ".syncthing.", ".~lock.", "~$"];

/// Folders of file systems, desktops and tools, at the top, in lower case.
const FOLDERS_AT_TOP: [&str; 27] = [
    "$recycle.bin",
    ".caltrash",
    ".documentrevisions-v100",
    ".dropbox.cache",
    ".fseventsd",
    ".git",
    ".github",
    ".hg",
    ".recycle",
    ".snapshot",
    ".spotlight-v100",
    ".stfolder",
    ".stversions",
    ".svn",
    ".sync",
    ".temporaryitems",
    ".trash",
    ".trashes",
    ".well-known",
    ".zfs",
    "__macosx",
    "cgi-bin",
    "found.000",
    "lost+found",
    "lost.dir",
    "recycler",
    "system volume information",
];

/// Folders of desktops and network drives that stand beside any file, in lower case.
const FOLDERS_ANYWHERE: [&str; 6] =
    ["#recycle", ".@__thumb", ".appledouble", ".thumbnails", "@eadir", "@recycle"];

/// Whether a folder, named by its whole path, is of a system or a host: it is not entered.
pub(crate) fn is_foreign_folder(path: &str) -> bool {
    let (at_top, name) = split_name(path);
    FOLDERS_ANYWHERE.contains(&name.as_str())
        || at_top && (FOLDERS_AT_TOP.contains(&name.as_str()) || name.starts_with(".trash-"))
}

/// Whether a file, named by its whole path, is of a system or a host, or lies in a folder that is.
pub(crate) fn is_foreign(path: &str) -> bool {
    let (at_top, name) = split_name(path);
    let own = FILES_ANYWHERE.contains(&name.as_str())
        || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning) && name.len() > beginning.len())
        || at_top && FILES_AT_TOP.contains(&name.as_str());
    own || path.match_indices('/').any(|(end, _)| path.get(..end).is_some_and(is_foreign_folder))
}

/// Whether it stands at the top, and its name in lower case.
fn split_name(path: &str) -> (bool, String) {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folder.is_empty(), name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_systems_leave_is_foreign_and_what_looks_like_a_part_is_not() {
        for path in [
            ".DS_Store",
            "snapshots/1/.DS_Store",
            "attachments/Thumbs.db",
            "tile/desktop.ini",
            "._checkpoint",
            "System Volume Information/IndexerVolumeGuid",
            "lost+found/#123",
            ".nojekyll",
            "CNAME",
            ".htaccess",
            ".well-known/security.txt",
            ".Trash-1000/files/x",
            "__MACOSX/._checkpoint",
            "snapshots/1/report/~$results.xlsx",
            ".~lock.results.csv#",
            ".stignore",
            ".dropbox",
            ".sync/ID",
            ".com.apple.timemachine.donotpresent",
            "error_log",
            "sitemap.xml",
        ] {
            assert!(is_foreign(path), "{path}");
        }
        for path in [
            "results.csv",
            "index.html",
            "404.html",
            "checkpoint ",
            "Checkpoint",
            "journal",
            "head",
            "snapshots/1/CNAME",
            "snapshots/1/robots.txt",
            ".DS_Store/results.html",
            "desktop.ini/index.html",
            "snapshots/lost+found/results.csv",
            "._",
            "tile/entries/000",
            "README",
            ".results.html",
            "~$",
            "snapshots/1/sitemap.xml",
            "snapshots/1/.sync/results.csv",
            "results.csv~",
        ] {
            assert!(!is_foreign(path), "{path}");
        }
    }
}
