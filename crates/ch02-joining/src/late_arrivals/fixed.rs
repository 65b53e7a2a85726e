//! Measures a folder, a thread for each folder in it.

use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use super::Folder;

/// What `root` and all that is in it take, in bytes.
pub fn size(root: Folder) -> u64 {
    let walk = Arc::new(Walk {
        bytes: Mutex::new(0),
        visits: Mutex::new(Vec::new()),
    });
    visit(&walk, root);
    // A visit adds those to the folders inside before it ends.
    let next = || walk.visits.lock().unwrap().pop();
    while let Some(visit) = next() {
        visit.join().expect("a visit does not panic");
    }
    *walk.bytes.lock().unwrap()
}

struct Walk {
    bytes: Mutex<u64>,
    visits: Mutex<Vec<JoinHandle<()>>>,
}

fn visit(walk: &Arc<Walk>, folder: Folder) {
    let inside = Arc::clone(walk);
    let visit = thread::spawn(move || {
        *inside.bytes.lock().unwrap() += folder.files;
        for folder in folder.folders {
            visit(&inside, folder);
        }
    });
    walk.visits.lock().unwrap().push(visit);
}
