//! Waiting in several channels at once.

use std::fmt;
use std::marker::PhantomData;
use std::mem;
use std::panic::Location;
use std::ptr;
use std::time::Duration;

use explore::runtime::{self, Place};
use model_std::time::Instant;
use parts::channel::{Arm, Order, Ticket, Until, ready, select};

use super::clock::reading;
use super::receiver::Flavor;
use super::{
    ReadyTimeoutError, Receiver, RecvError, SelectTimeoutError, SendError, Sender, TryReadyError,
    TrySelectError,
};

/// A list of operations, of which one is to be done.
#[derive(Clone)]
pub struct Select<'a> {
    arms: Vec<Listed<'a>>,
    next: usize,
    order: Order,
}

#[derive(Clone, Copy)]
struct Listed<'a> {
    index: usize,
    arm: &'a dyn Arm,
    /// The sender or receiver, to tell it apart.
    end: *const (),
}

/// An operation that was selected, and has to be completed.
#[must_use]
pub struct SelectedOperation<'a> {
    ticket: Ticket,
    index: usize,
    end: *const (),
    place: Place,
    select: PhantomData<&'a ()>,
}

impl<'a> Select<'a> {
    #[must_use]
    pub fn new() -> Self {
        Select {
            arms: Vec::new(),
            next: 0,
            order: Order::Any,
        }
    }

    #[must_use]
    pub fn new_biased() -> Self {
        Select {
            order: Order::First,
            ..Select::new()
        }
    }

    pub fn send<T>(&mut self, s: &'a Sender<T>) -> usize {
        self.list(&s.0, ptr::from_ref(s).cast())
    }

    pub fn recv<T>(&mut self, r: &'a Receiver<T>) -> usize {
        let arm: &'a dyn Arm = match &r.0 {
            Flavor::Channel(receiver) => receiver,
            Flavor::Timer(timer, _) => &**timer,
        };
        self.list(arm, ptr::from_ref(r).cast())
    }

    fn list(&mut self, arm: &'a dyn Arm, end: *const ()) -> usize {
        let index = self.next;
        self.next += 1;
        self.arms.push(Listed { index, arm, end });
        index
    }

    pub fn remove(&mut self, index: usize) {
        assert!(
            index < self.next,
            "index out of bounds; {index} >= {}",
            self.next
        );
        let at = self.arms.iter().position(|listed| listed.index == index);
        self.arms
            .swap_remove(at.expect("no operation with this index"));
    }

    #[track_caller]
    pub fn try_select(&mut self) -> Result<SelectedOperation<'a>, TrySelectError> {
        self.decide(Until::Now, Location::caller())
            .ok_or(TrySelectError)
    }

    /// # Panics
    /// If there are no operations.
    #[track_caller]
    pub fn select(&mut self) -> SelectedOperation<'a> {
        self.decide(Until::Ready, Location::caller())
            .expect("a wait without an end ends with an operation")
    }

    #[track_caller]
    pub fn select_timeout(
        &mut self,
        timeout: Duration,
    ) -> Result<SelectedOperation<'a>, SelectTimeoutError> {
        self.decide(within(timeout), Location::caller())
            .ok_or(SelectTimeoutError)
    }

    #[track_caller]
    pub fn select_deadline(
        &mut self,
        deadline: Instant,
    ) -> Result<SelectedOperation<'a>, SelectTimeoutError> {
        self.decide(Until::Clock(reading(deadline)), Location::caller())
            .ok_or(SelectTimeoutError)
    }

    #[track_caller]
    pub fn try_ready(&mut self) -> Result<usize, TryReadyError> {
        self.watch(Until::Now, Location::caller())
            .ok_or(TryReadyError)
    }

    #[track_caller]
    pub fn ready(&mut self) -> usize {
        self.watch(Until::Ready, Location::caller())
            .expect("a wait without an end ends with an operation")
    }

    #[track_caller]
    pub fn ready_timeout(&mut self, timeout: Duration) -> Result<usize, ReadyTimeoutError> {
        self.watch(within(timeout), Location::caller())
            .ok_or(ReadyTimeoutError)
    }

    #[track_caller]
    pub fn ready_deadline(&mut self, deadline: Instant) -> Result<usize, ReadyTimeoutError> {
        self.watch(Until::Clock(reading(deadline)), Location::caller())
            .ok_or(ReadyTimeoutError)
    }

    #[track_caller]
    fn decide(&self, until: Until, place: Place) -> Option<SelectedOperation<'a>> {
        self.is_waiting_for_something(until);
        let (at, ticket) = select(&self.arms(), self.order, until, place)?;
        let Listed { index, end, .. } = self.arms[at];
        Some(SelectedOperation {
            ticket,
            index,
            end,
            place,
            select: PhantomData,
        })
    }

    #[track_caller]
    fn watch(&self, until: Until, place: Place) -> Option<usize> {
        self.is_waiting_for_something(until);
        let at = ready(&self.arms(), self.order, until, place)?;
        Some(self.arms[at].index)
    }

    #[track_caller]
    fn is_waiting_for_something(&self, until: Until) {
        let nothing = until == Until::Ready && self.arms.is_empty();
        assert!(!nothing, "no operations have been added to `Select`");
    }

    fn arms(&self) -> Vec<&'a dyn Arm> {
        self.arms.iter().map(|listed| listed.arm).collect()
    }
}

fn within(timeout: Duration) -> Until {
    let deadline = runtime::clock().checked_add(timeout);
    deadline.map_or(Until::Ready, Until::Clock)
}

impl SelectedOperation<'_> {
    #[must_use]
    pub fn index(&self) -> usize {
        self.index
    }

    pub fn send<T>(self, s: &Sender<T>, msg: T) -> Result<(), SendError<T>> {
        let same = ptr::eq(ptr::from_ref(s).cast(), self.end);
        assert!(same, "passed a sender that wasn't selected");
        let ticket = self.complete();
        s.0.redeem(ticket, msg).map_err(SendError)
    }

    pub fn recv<T>(self, r: &Receiver<T>) -> Result<T, RecvError> {
        let same = ptr::eq(ptr::from_ref(r).cast(), self.end);
        assert!(same, "passed a receiver that wasn't selected");
        let place = self.place;
        let ticket = self.complete();
        match &r.0 {
            Flavor::Channel(receiver) => receiver.redeem(ticket, place).map_err(|_| RecvError),
            Flavor::Timer(timer, make) => Ok(make(timer.redeem(ticket))),
        }
    }

    fn complete(self) -> Ticket {
        let ticket = self.ticket;
        mem::forget(self);
        ticket
    }
}

impl Drop for SelectedOperation<'_> {
    fn drop(&mut self) {
        panic!("dropped `SelectedOperation` without completing the operation");
    }
}

impl Default for Select<'_> {
    fn default() -> Self {
        Select::new()
    }
}

impl fmt::Debug for Select<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("Select { .. }")
    }
}

impl fmt::Debug for SelectedOperation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad("SelectedOperation { .. }")
    }
}
