//! Senders that do not keep a channel open.

use std::fmt;
use std::panic::Location;
use std::sync::Arc;

use explore::runtime::task;
use real::sync::mpsc;

use super::super::end::{Channel, End, Side};
use super::{Sender, UnboundedSender};

macro_rules! weak {
    ($name:ident, $strong:ident) => {
        /// A sender that does not keep its channel open.
        pub struct $name<T> {
            real: mpsc::$name<T>,
            channel: Arc<Channel>,
        }

        impl<T> $name<T> {
            pub(super) fn new(real: mpsc::$name<T>, channel: Arc<Channel>) -> Self {
                $name { real, channel }
            }

            #[track_caller]
            pub fn upgrade(&self) -> Option<$strong<T>> {
                let place = Location::caller();
                let turn = task::step(place);
                let real = self.real.upgrade();
                task::observe(real.is_some());
                turn.say(|note| {
                    let name = note.name(&self.channel.object);
                    let what = match real {
                        Some(_) => format!("gets another sender of {name}"),
                        None => format!("finds no sender of {name} left"),
                    };
                    note.what(what).uses(&self.channel.object)
                });
                let end = || End::new(&self.channel, Side::Sender, place);
                real.map(|real| $strong::new(real, end()))
            }

            pub fn strong_count(&self) -> usize {
                let count = self.real.strong_count();
                task::observe(count);
                count
            }

            pub fn weak_count(&self) -> usize {
                let count = self.real.weak_count();
                task::observe(count);
                count
            }
        }

        impl<T> Clone for $name<T> {
            fn clone(&self) -> Self {
                $name::new(self.real.clone(), self.channel.clone())
            }
        }

        impl<T> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.real.fmt(f)
            }
        }
    };
}
weak!(WeakSender, Sender);
weak!(WeakUnboundedSender, UnboundedSender);
