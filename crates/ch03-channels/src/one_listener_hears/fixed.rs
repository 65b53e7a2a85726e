//! The loudspeakers of a department store.

use crossbeam::channel::{self, Receiver, Sender};

/// Where announcements are made. Dropping it turns the loudspeakers off.
pub struct Microphone {
    speakers: Vec<Sender<&'static str>>,
}

impl Microphone {
    /// A microphone with a loudspeaker for each of so many floors.
    pub fn install(floors: usize) -> (Self, Vec<Receiver<&'static str>>) {
        let (speakers, floors) = (0..floors).map(|_| channel::unbounded()).unzip();
        (Self { speakers }, floors)
    }

    /// Says `text` on all floors where somebody may hear it.
    pub fn announce(&self, text: &'static str) {
        for speaker in &self.speakers {
            let _ = speaker.send(text);
        }
    }
}
