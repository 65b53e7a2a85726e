//! What a program prints: the beginning and the end of it, however much there is.

use std::collections::VecDeque;
use std::io::Read;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How much is kept of the beginning, and as much of the end.
const HALF: usize = 32 * 1024;
/// How long to wait for the end of the output once the program is gone. Only somebody who fled
/// from the process tree can still hold the pipe then.
const GRACE: Duration = Duration::from_millis(500);

/// The output of one program, read while it runs.
pub struct Capture {
    kept: Arc<Mutex<Kept>>,
    ended: Receiver<()>,
}

#[derive(Default)]
struct Kept {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    dropped: u64,
}

impl Kept {
    fn add(&mut self, mut bytes: &[u8]) {
        let room = HALF - self.head.len();
        let (first, rest) = bytes.split_at(room.min(bytes.len()));
        self.head.extend_from_slice(first);
        bytes = rest;
        if bytes.len() > HALF {
            self.dropped += (bytes.len() - HALF) as u64;
            bytes = &bytes[bytes.len() - HALF..];
        }
        let over = (self.tail.len() + bytes.len()).saturating_sub(HALF);
        self.tail.drain(..over);
        self.dropped += over as u64;
        self.tail.extend(bytes);
    }

    fn text(&self) -> String {
        let tail: Vec<u8> = self.tail.iter().copied().collect();
        let head = String::from_utf8_lossy(&self.head);
        let tail = String::from_utf8_lossy(&tail);
        match self.dropped {
            0 => format!("{head}{tail}"),
            dropped => format!("{head}\n[{dropped} bytes left out]\n{tail}"),
        }
    }
}

impl Capture {
    /// Reads to the end in a thread of its own, so that the program never waits for us.
    ///
    /// # Errors
    /// When there can be no more threads.
    pub fn start(mut source: impl Read + Send + 'static) -> std::io::Result<Self> {
        let kept = Arc::new(Mutex::new(Kept::default()));
        let (end, ended) = mpsc::channel();
        let shared = Arc::clone(&kept);
        std::thread::Builder::new()
            .name("capture".to_owned())
            .spawn(move || {
                let mut buffer = vec![0; 64 * 1024];
                while let Ok(count @ 1..) = source.read(&mut buffer) {
                    shared
                        .lock()
                        .unwrap_or_else(PoisonError::into_inner)
                        .add(&buffer[..count]);
                }
                drop(end);
            })?;
        Ok(Self { kept, ended })
    }

    /// What the program printed; to be called when it is gone.
    pub fn finish(self) -> String {
        // An error means that the reader has ended, or that there is nothing to wait for.
        let _ = self.ended.recv_timeout(GRACE);
        self.kept
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_kept_whole() {
        let capture = Capture::start(&b"hello\nworld\n"[..]).expect("a thread");
        assert_eq!(capture.finish(), "hello\nworld\n");
    }

    #[test]
    fn of_much_the_beginning_and_the_end_are_kept() {
        for chunk in [1, 7, 1000, 5 * HALF] {
            let all: Vec<u8> = (0..5 * HALF).map(|i| b'a' + (i / HALF) as u8).collect();
            let mut kept = Kept::default();
            all.chunks(chunk).for_each(|bytes| kept.add(bytes));
            assert_eq!(kept.head.len(), HALF, "chunks of {chunk}");
            assert_eq!(kept.tail.len(), HALF, "chunks of {chunk}");
            assert_eq!(kept.dropped, 3 * HALF as u64, "chunks of {chunk}");
            let text = kept.text();
            assert!(
                text.starts_with('a') && text.ends_with('e'),
                "chunks of {chunk}"
            );
            assert!(text.contains("[98304 bytes left out]"), "chunks of {chunk}");
        }
    }
}
