//! The signals that ask a process to leave.

use std::io;

/// SIGTERM and SIGINT; elsewhere Ctrl-C.
pub struct Signals {
    #[cfg(unix)]
    each: [tokio::signal::unix::Signal; 2],
}

#[cfg(unix)]
impl Signals {
    /// From now on a signal does not end the process by itself.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let each = [
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        ];
        Ok(Self { each })
    }

    /// Waits for one of them. Cancel safe.
    pub async fn next(&mut self) {
        let [terminate, interrupt] = &mut self.each;
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    /// From now on Ctrl-C does not end the process by itself.
    ///
    /// # Errors
    /// Never.
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Waits for Ctrl-C. Cancel safe.
    pub async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}
