//! Measures a folder, a thread for each folder in it.

use std::sync::Mutex;
use std::thread::{self, Scope};

use super::Folder;

/// What `root` and all that is in it take, in bytes.
pub fn size(root: Folder) -> u64 {
    let walk = Walk::default();
    thread::scope(|visits| visit(visits, &walk, root));
    *walk.bytes.lock().unwrap()
}

#[derive(Default)]
struct Walk {
    bytes: Mutex<u64>,
}

fn visit<'s>(visits: &'s Scope<'s, '_>, walk: &'s Walk, folder: Folder) {
    visits.spawn(move || {
        *walk.bytes.lock().unwrap() += folder.files;
        for folder in folder.folders {
            visit(visits, walk, folder);
        }
    });
}
