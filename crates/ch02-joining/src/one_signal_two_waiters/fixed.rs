//! Reads scans and puts them into an album.

use std::sync::{Arc, Mutex};

use tokio::sync::SetOnce;

/// Reads every scan, then binds the album; returns when both are done.
pub async fn bind(scans: Vec<&'static str>) -> String {
    let pages = Arc::new(Mutex::new(Vec::new()));
    let read = Arc::new(SetOnce::new());

    let (reader_pages, reader_read) = (Arc::clone(&pages), Arc::clone(&read));
    tokio::spawn(async move {
        for scan in scans {
            reader_pages.lock().unwrap().push(scan);
        }
        reader_read.set(()).expect("the scans are read once");
    });

    let binder_read = Arc::clone(&read);
    let binder = tokio::spawn(async move {
        binder_read.wait().await;
        pages.lock().unwrap().join(", ")
    });

    read.wait().await;
    binder.await.expect("binding does not panic")
}
