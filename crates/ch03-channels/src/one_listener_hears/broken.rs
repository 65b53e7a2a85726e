//! The loudspeakers of a department store.

use crossbeam::channel::{self, Receiver, Sender};

/// Where announcements are made. Dropping it turns the loudspeakers off.
pub struct Microphone {
    speakers: Sender<&'static str>,
}

impl Microphone {
    /// A microphone with a loudspeaker for each of so many floors.
    pub fn install(floors: usize) -> (Self, Vec<Receiver<&'static str>>) {
        let (speakers, speaker) = channel::unbounded();
        (Self { speakers }, vec![speaker; floors])
    }

    /// Says `text` on all floors where somebody may hear it.
    pub fn announce(&self, text: &'static str) {
        let _ = self.speakers.send(text);
    }
}
