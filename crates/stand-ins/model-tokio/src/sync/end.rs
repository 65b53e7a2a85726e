//! The ends of a channel: what happens when the last of a kind is dropped.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use explore::runtime::{self, Edge, Object, Place, Touch, Wait};

/// A channel as the explorer knows it.
#[derive(Debug)]
pub(crate) struct Channel {
    pub object: Object,
    senders: AtomicUsize,
    receivers: AtomicUsize,
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
    made: Place,
}

impl Channel {
    /// A channel without ends, of the type that readers know as `kind`.
    pub fn new(kind: &'static str, made: Place) -> Arc<Self> {
        Arc::new(Channel {
            object: Object::new(kind, made),
            senders: AtomicUsize::new(0),
            receivers: AtomicUsize::new(0),
        })
    }

    /// How many ends of this kind there are.
    pub fn count(&self, side: Side) -> usize {
        self.counter(side).load(Ordering::Relaxed)
    }

    fn counter(&self, side: Side) -> &AtomicUsize {
        match side {
            Side::Sender => &self.senders,
            Side::Receiver => &self.receivers,
        }
    }
}

impl End {
    /// Another end of this kind.
    pub fn new(channel: &Arc<Channel>, side: Side, made: Place) -> Self {
        channel.counter(side).fetch_add(1, Ordering::Relaxed);
        End {
            channel: channel.clone(),
            side,
            made,
        }
    }

    /// Another end of the same kind.
    pub fn another(&self, made: Place) -> Self {
        End::new(&self.channel, self.side, made)
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
        let left = self
            .channel
            .counter(self.side)
            .fetch_sub(1, Ordering::Relaxed)
            - 1;
        // While others of the kind are left, nobody can tell.
        if left > 0 || runtime::world().is_none() {
            return;
        }
        let turn = runtime::turn_in_destructor(self.made, &Wait::none());
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
