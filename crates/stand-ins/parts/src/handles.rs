//! Who is still there: senders, receivers, members of a group.

use explore::runtime::{self, LaneId, Place, Released};

/// All senders, or all receivers, of one channel; all members of one group.
pub struct Handles {
    /// How a reader calls one of them.
    noun: &'static str,
    live: Vec<Handle>,
    next: u32,
    /// What those who dropped theirs had done.
    closing: Option<Released>,
}

/// One of them, from its making to its end.
struct Handle {
    id: u32,
    made: Place,
    maker: LaneId,
    /// The lane and the line that used it last.
    last: (LaneId, Place),
}

impl Handles {
    /// None yet; a reader calls one of them `noun`.
    pub fn new(noun: &'static str) -> Self {
        Handles {
            noun,
            live: Vec::new(),
            next: 0,
            closing: None,
        }
    }

    /// Adds one and names it.
    pub fn add(&mut self, made: Place) -> u32 {
        let id = self.next;
        self.next += 1;
        let maker = runtime::world().map_or(0, |_| runtime::lane());
        self.live.push(Handle {
            id,
            made,
            maker,
            last: (maker, made),
        });
        id
    }

    /// Remembers where it was used.
    pub fn used(&mut self, id: u32, place: Place) {
        if let Some(handle) = self.live.iter_mut().find(|handle| handle.id == id) {
            handle.last = (runtime::lane(), place);
        }
    }

    /// Where it was used last.
    pub fn last_place(&self, id: u32) -> Option<Place> {
        let handle = self.live.iter().find(|handle| handle.id == id);
        handle.map(|handle| handle.last.1)
    }

    /// Removes one, as far as others can tell.
    pub fn remove(&mut self, id: u32) {
        self.live.retain(|handle| handle.id != id);
        let now = Released::now();
        match &mut self.closing {
            Some(closing) => closing.merge(&now),
            None => self.closing = Some(now),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.live.len()
    }

    /// Whether there is none left.
    pub fn is_empty(&self) -> bool {
        self.live.is_empty()
    }

    /// The current lane has learned that there is none left.
    pub fn acquire_end(&self) {
        if let Some(closing) = &self.closing {
            closing.acquire();
        }
    }

    /// What there is to learn from the end, as a hash.
    pub fn learned(&self) -> u64 {
        self.closing.as_ref().map_or(0, Released::learned)
    }

    /// Why there is one left, as a clause.
    pub fn why_open(&self) -> Option<String> {
        let made = self.live.iter().map(|handle| (handle.maker, handle.made));
        runtime::still_there(self.noun, made)
    }

    /// The lane that one would have to count on, if it is only one and can still act.
    pub fn lane(&self) -> Option<LaneId> {
        let lane = self.live.first()?.last.0;
        let only = self.live.iter().all(|handle| handle.last.0 == lane);
        (only && !runtime::finished(lane)).then_some(lane)
    }
}
