//! The ends of a channel: what happens when the last of a kind is dropped.

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use explore::runtime::task::Explain;
use explore::runtime::{self, Blocked, Edge, LaneId, Object, Place, Touch, Wait};

/// A channel as the explorer knows it.
#[derive(Debug)]
pub(crate) struct Channel {
    pub object: Arc<Object>,
    senders: Mutex<Ends>,
    receivers: Mutex<Ends>,
}

/// The ends of one kind that are left.
#[derive(Debug, Default)]
struct Ends {
    left: Vec<Made>,
    next: u32,
}

/// Where an end comes from.
#[derive(Clone, Copy, Debug)]
struct Made {
    id: u32,
    by: LaneId,
    at: Place,
}

/// Which end of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Sender,
    Receiver,
}

/// One end of a channel, until it is dropped. It stands after the real end in whatever has both,
/// so that it is dropped later.
pub(crate) struct End {
    channel: Arc<Channel>,
    side: Side,
    made: Made,
}

impl Channel {
    /// A channel without ends, of the type that readers know as `kind`.
    pub fn new(kind: &'static str, made: Place) -> Arc<Self> {
        Arc::new(Channel {
            object: Arc::new(Object::new(kind, made)),
            senders: Mutex::default(),
            receivers: Mutex::default(),
        })
    }

    /// How many ends of this kind there are.
    pub fn count(&self, side: Side) -> usize {
        self.ends(side).left.len()
    }

    fn ends(&self, side: Side) -> MutexGuard<'_, Ends> {
        let ends = match side {
            Side::Sender => &self.senders,
            Side::Receiver => &self.receivers,
        };
        ends.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whoever waits for a message waits for the senders.
impl Explain for Channel {
    fn explain(&self, blocked: Blocked) -> Blocked {
        let senders = self.ends(Side::Sender);
        let made = senders.left.iter().map(|made| (made.by, made.at));
        match runtime::still_there("sender", made) {
            Some(why) => blocked.because(why),
            None => blocked,
        }
    }
}

impl End {
    /// Another end of this kind.
    pub fn new(channel: &Arc<Channel>, side: Side, at: Place) -> Self {
        let by = runtime::world().map_or(0, |_| runtime::lane());
        let mut ends = channel.ends(side);
        let made = Made {
            id: ends.next,
            by,
            at,
        };
        ends.next += 1;
        ends.left.push(made);
        drop(ends);
        End {
            channel: channel.clone(),
            side,
            made,
        }
    }

    /// Another end of the same kind.
    pub fn another(&self, at: Place) -> Self {
        End::new(&self.channel, self.side, at)
    }

    pub fn object(&self) -> &Object {
        &self.channel.object
    }

    pub fn channel(&self) -> &Arc<Channel> {
        &self.channel
    }
}

impl Drop for End {
    fn drop(&mut self) {
        let left = {
            let mut ends = self.channel.ends(self.side);
            ends.left.retain(|made| made.id != self.made.id);
            ends.left.len()
        };
        // While others of the kind are left, nobody can tell.
        if left > 0 || runtime::world().is_none() {
            return;
        }
        let turn = runtime::turn_in_destructor(self.made.at, &Wait::none());
        turn.touch(&self.channel.object, Touch::Write, Edge::None);
        turn.say(|note| {
            let name = note.name(&self.channel.object);
            let what = match self.side {
                Side::Sender => format!("drops the last sender of {name}"),
                Side::Receiver => format!("drops the receiver of {name}"),
            };
            note.what(what).uses(&self.channel.object)
        });
    }
}

impl fmt::Debug for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.channel.object.fmt(f)
    }
}
