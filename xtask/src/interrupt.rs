//! Ctrl-C: what was started is ended, what was written is cleared away, and then we go.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use anyhow::{Context, Result};

use crate::tree;

static HAPPENED: AtomicBool = AtomicBool::new(false);

/// From now on, Ctrl-C ends every program that we started. Whoever waits for one of them goes on,
/// sees [`happened`], and returns, so that everything is put away in the usual manner.
///
/// # Errors
/// When the system does not let us listen.
pub fn listen() -> Result<()> {
    ctrlc::set_handler(|| {
        HAPPENED.store(true, SeqCst);
        tree::end_all();
    })
    .context("cannot listen for Ctrl-C")
}

/// Whether the user wants us to stop.
pub fn happened() -> bool {
    HAPPENED.load(SeqCst)
}
